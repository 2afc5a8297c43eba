// What people read about TRAK.
import type { MethodCard } from '../../method.ts'

export const trakCard: MethodCard = {
  name: 'Forecast of what helps my examples (TRAK)',
  oneLine: 'Keeps the items that are forecast to make your examples come out right.',
  description:
    'Several small helper models learn from different samples. For each, a formula forecasts how every ' +
    'item moves the answer for your examples, with what many items have in common counted once and not ' +
    'for each of them. The forecasts are averaged, and items that the models already know count less. ' +
    'With learning directions made elsewhere no helper model learns, and that last weight is left out.',
  whenToUse:
    'When you want a forecast of which items your examples need, better founded than agreement of ' +
    'directions and without training a model to its end.',
  whenNotToUse:
    'As a recipe for a small set: it favours unusual items, and on handwritten digits a draw by lot did ' +
    'better up to 20 % of clean data and about as well with wrong labels. Without "Mix of labels" a few labels take ' +
    'nearly everything. It is unsteady with fewer labelled items than columns x labels, and with little ' +
    'damping (forecast 0.30 of 1 with none, 0.82 with the default).',
  reads: ['embeddings', 'labels', 'example sets'],
  gives: 'An order of all items with the forecast of what each does for your examples.',
  memory:
    '4 bytes x items x tasks; 8 bytes x (labels x columns)^2 up to 128 MB; 4 bytes x columns x measured items. ' +
    'With learning directions made elsewhere 16 bytes x (their numbers)^2, up to 256 MB.',
  reference: {
    title: 'TRAK: Attributing Model Behavior at Scale',
    authors: 'Sung Min Park, Kristian Georgiev, Andrew Ilyas, Guillaume Leclerc, Aleksander Madry',
    where: 'ICML 2023, arXiv 2303.14186',
    note:
      "The paper's: gradients of the log odds, the least-squares formula, random projection, the mean over " +
      'models and the weight 1 - p. Ours: gradients of a linear helper model (no projection up to 4,000 ' +
      'numbers) or joined gradients, damping, the measured sample, tasks joined by importance, places ' +
      'shared out over labels.'
  }
}
