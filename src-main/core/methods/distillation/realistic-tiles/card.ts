// What people read about realistic tiles.
import type { MethodCard } from '../../method.ts'

export const realisticTilesCard: MethodCard = {
  name: 'Best parts, tiled (RDED)',
  oneLine: 'Puts the most telling parts of many real pictures together, four in the room of one.',
  description:
    'A helper model is trained on all your pictures. Many pictures of each label are cut at random, and the part of ' +
    'each that the helper model names most surely is kept. The best parts are made smaller and put together, ' +
    'so that one picture shows several. Labels are plain ones or what the helper model says about ' +
    'the picture, its parts, or every changed view of it, whichever does better on items kept apart.',
  whenToUse:
    'For larger pictures with their subject in a part of them. Takes no longer than the helper model.',
  whenNotToUse:
    'For small pictures (below about 64 pixels) where half the size loses what matters, and where everything in the ' +
    'picture counts.',
  reads: ['pictures', 'labels'],
  gives:
    'Pictures of tiles, stored as bytes, with their labels and the pictures each tile is from.',
  memory: '300 MB, and 40 bytes x numbers of a picture x pictures looked at for one label.',
  reference: {
    title:
      'On the Diversity and Realism of Distilled Dataset: An Efficient Dataset Distillation Paradigm',
    authors: 'Peng Sun, Bei Shi, Daiwei Yu, Tao Lin',
    where: 'CVPR 2024 (arXiv 2312.03526)',
    note:
      "The paper's: 300 pictures of each label with 5 crops, the best crop of each, the best of these tiled, AdamW with a " +
      'falling rate, and a helper model asked about every changed picture while students learn (KL at temperature 20): tried ' +
      'where a helper model may be kept with the set. Ours: crops are scored at the size of a tile, labels stored once are ' +
      'tried beside it, no mixtures of pictures, the last pass counts (the published code reports the best one).'
  }
}
