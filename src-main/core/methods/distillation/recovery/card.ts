// What people read about recovery.
import type { MethodCard } from '../../method.ts'

export const recoveryCard: MethodCard = {
  name: 'Draw from a helper model (SRe2L)',
  oneLine:
    'Changes pictures until a helper model trained on your data names them surely and sees nothing unusual in them.',
  description:
    'A helper model is trained on all your pictures; while it learns, it keeps the average and the spread of what it ' +
    'sees inside. Pictures, from noise or from real ones, are then changed until it names them rightly and they have ' +
    'the same averages and spreads. Labels are plain ones or what the helper model says about the finished ' +
    'pictures, whichever does better on items kept apart.',
  whenToUse:
    'For larger pictures (64 pixels and more), many classes and ten or more items per class: pictures are made in batches ' +
    'that do not depend on each other, so the time grows only with their number.',
  whenNotToUse:
    'For small grey pictures and very few items per class, where matching averages or real items with richer labels do ' +
    'better. The helper model has to be good.',
  reads: ['pictures', 'labels'],
  gives: 'Made pictures, stored as bytes, with plain or richer labels.',
  memory: 'About 400 MB, and 20 bytes for each number of the made pictures.',
  reference: {
    title:
      'Squeeze, Recover and Relabel: Dataset Condensation at ImageNet Scale From A New Perspective',
    authors: 'Zeyuan Yin, Eric Xing, Zhiqiang Shen',
    where: 'NeurIPS 2023 (arXiv 2306.13092)',
    note:
      "The paper's: cross-entropy and batch statistics with ten times the weight for the first layer, Adam with a " +
      'falling rate, small shifts, values kept within black and white. Options of others: falling crops (CDA), a ' +
      'real start and pushed weights (DWA), two helper models at once (CV-DD). Ours: one label for each picture ' +
      'instead of one for each view and pass, decided on validation items; helper models are of one kind.'
  }
}
