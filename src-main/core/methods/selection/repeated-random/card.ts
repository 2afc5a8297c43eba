// What people read about repeated random sampling.
import type { MethodCard } from '../../method.ts'

export const repeatedRandomCard: MethodCard = {
  name: 'Fresh draw every pass (repeated random)',
  oneLine: 'Draws another random part of the data for every pass of a training.',
  description:
    'All items are shuffled, and each training pass gets the next part, until all have come once; then they are ' +
    'shuffled anew. The first part is shown as the chosen set, and all lists are kept with the result.',
  whenToUse:
    'When you want to train for less time and still own all the data. It is the yardstick that choosing has to beat.',
  whenNotToUse: 'When you need one smaller set, for example to store, label or hand on.',
  reads: [],
  gives: 'One list of items per training pass.',
  memory: '24 bytes x items, and 4 bytes x items for every 32 passes.',
  reference: {
    title: 'Repeated Random Sampling for Minimizing the Time-to-Accuracy of Learning',
    authors:
      'Patrik Okanovic, Roger Waleffe, Vasilis Mageirakos, Konstantinos Nikolakakis, Amin Karbasi, Dionysios Kalogerias, Nezihe Merve Gürel, Theodoros Rekatsinas',
    where: 'ICLR 2024 (arXiv 2305.18424)',
    note: "The paper's: both ways to draw. Ours: the mix of labels in every list, by largest remainder."
  }
}
