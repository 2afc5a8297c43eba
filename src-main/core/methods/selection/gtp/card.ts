// What people read about Gradient Trajectory Pursuit.
import type { MethodCard } from '../../method.ts'

export const gtpCard: MethodCard = {
  name: 'Stands in for everything (GTP, reconstructed)',
  oneLine: 'Keeps items that together teach what all items, or your examples, would teach.',
  description:
    'A small helper model learns briefly from a sample. At several moments of that learning it is ' +
    'measured in which direction each item pulls the model. Items are then chosen together, with ' +
    'weights, so that their joint pull comes as close as possible to that of all items (or of your ' +
    'example items). What a chosen item already covers no longer counts, so repeats are not chosen. ' +
    'Items whose label clearly looks wrong are left out of both.',
  whenToUse:
    'When you keep a small part (up to about a tenth), and when the data holds many repeats or near-repeats. ' +
    'Works with or without example items.',
  whenNotToUse:
    'When many labels are wrong and you keep a fifth or more: most wrong labels are left out, not all, ' +
    'so check labels first. When you keep a third or more, Stratified random is simpler and about as good.',
  reads: ['embeddings', 'labels', 'example sets'],
  gives:
    'An order of all items, a training weight for each chosen item, and how closely the chosen items ' +
    'stand in for what they should.',
  memory:
    'Up to 256 MB of rows, 108 bytes x (items chosen at once) squared (at most 2,000 at once: 430 MB), and ' +
    '60 bytes x items.',
  reference: {
    title: 'Influential Language Data Selection via Gradient Trajectory Pursuit',
    authors: 'Zhiwei Deng, Tao Li, Yang Li',
    where: 'arXiv 2410.16710',
    note:
      "The paper's (its abstract and summaries; its body was not available): gradient trajectories are " +
      'matched by a joint choice with few non-zero, non-negative weights, in a subspace that changes during ' +
      'training, with compressive-sampling steps that can be distributed; repeats drop out by themselves. ' +
      'Reconstructed by us from CoSaMP (Needell and Tropp 2009) and GRAD-MATCH: the equations, the steps and ' +
      'all settings, exact gradients of a linear head instead of projections, parts and labels for large ' +
      'budgets, the guard against repeats, and filling up by variety.'
  }
}
