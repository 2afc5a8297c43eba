// What people read about distribution matching.
import type { MethodCard } from '../../method.ts'

export const distributionMatchingCard: MethodCard = {
  name: 'Match averages (DM)',
  oneLine:
    'Draws new items whose average looks like the average of your data to a thousand untrained networks.',
  description:
    'Each class begins as a few of its own items. In every step a fresh network that has learned nothing ' +
    'looks at many real items and at the made ones of each class, and the made ones are moved so that ' +
    'the two averages agree. Because every network looks at other things, what remains is what the ' +
    'class has in common.',
  whenToUse:
    'The first method to try for made items, above all with 1 to 10 per class: it is quick, needs no ' +
    'helper model and does well with hard labels.',
  whenNotToUse:
    'With many items per class: only averages are compared, so the variety within a class is lost, and ' +
    'real items with richer labels do better. Labels must be right.',
  reads: ['pictures or rows of numbers', 'labels'],
  gives:
    'Made items with their class, stored as bytes; how far the averages were apart in each step.',
  memory: 'About 300 MB, and 12 bytes for each number of the made items.',
  reference: {
    title: 'Dataset Condensation with Distribution Matching',
    authors: 'Bo Zhao, Hakan Bilen',
    where: 'WACV 2023, pages 6514-6523',
    note:
      "The paper's: random networks, class averages, the same random changes for real and made pictures, " +
      'rate and momentum. Ours: values kept within black and white when stored as bytes; a start from ' +
      'averages. Options of others: tiles (IDC), mirror images (FYI), trained networks and their ' +
      'class loss (TGDD).'
  }
}
