// What people read about influence functions.
import type { MethodCard } from '../../method.ts'

export const influenceCard: MethodCard = {
  name: 'What my examples would miss (influence functions)',
  oneLine: 'Keeps the items whose absence would hurt your examples most.',
  description:
    'A small helper model is trained to its end. For every item it is worked out how the error on your ' +
    'examples would change if the item were left out and the model trained again, without training it ' +
    'again: from the item’s gradient, your examples’ gradients and the curvature between them.',
  whenToUse:
    'When you want the best founded answer to "which items matter for my examples", or want to find ' +
    'items that harm them: the lowest values are where wrong labels gather.',
  whenNotToUse:
    'As a recipe for a small set: it says what one missing item does, not what many do together, and the ' +
    'strongest items are often the odd ones. On clean handwritten digits a draw by lot did better up to 20 %. Keep "Mix of labels" on, or a few labels ' +
    'take nearly everything. It explains the linear helper model, not the model you train later.',
  reads: ['embeddings', 'labels', 'example sets'],
  gives: 'An order of all items with the change each makes for your examples.',
  memory:
    '4 bytes x items x tasks; 8 bytes x (labels x columns)^2 up to 128 MB (exact) or 32 bytes x columns^2 ' +
    '(ek-fac); 8 bytes x columns x measured items.',
  reference: {
    title: 'Studying Large Language Model Generalization with Influence Functions',
    authors: 'Roger Grosse, Juhan Bae, Cem Anil and others',
    where:
      'arXiv 2308.03296 (EK-FAC form); Koh and Liang, ICML 2017, arXiv 1703.04730 (influence functions)',
    note:
      "The papers': gradient times inverse curvature times gradient, and the EK-FAC form. Ours: a linear " +
      'helper model trained on at most so many items, the mean over predicted labels taken exactly instead ' +
      'of sampled, weight decay inside the curvature, tasks joined by importance, places shared out over labels.'
  }
}
