// What people read about Dataset Quantization.
import type { MethodCard } from '../../method.ts'

export const dataQuantizationCard: MethodCard = {
  name: 'A share of every layer (Dataset Quantization)',
  oneLine:
    'Parts the items into layers from typical to particular, and draws the same share from each.',
  description:
    'The first layer holds the most typical items that are not repeats of each other; the next one is made in ' +
    'the same way from what is left, and so on. Then the same share is drawn by lot from each layer.',
  whenToUse:
    'When you keep a good part of the data (20 % and more) and want both typical and particular items.',
  whenNotToUse: 'For very small sets: the draw inside the layers is by lot.',
  reads: ['embeddings'],
  gives: 'An order of all items and the layer of each.',
  memory:
    '256 MB for up to 8,000 items compared at once (64 MB above that), 24 bytes x items, and the fingerprints ' +
    'where they take up to 256 MB.',
  reference: {
    title: 'Dataset Quantization',
    authors:
      'Daquan Zhou, Kai Wang, Jianyang Gu, Xiangyu Peng, Dongze Lian, Yifan Zhang, Yang You, Jiashi Feng',
    where: 'ICCV 2023 (arXiv 2308.10524)',
    note:
      "The paper's: recursive bins by graph cut, a uniform draw from each. Ours: no item is lost when the number of items " +
      'does not divide, running sums in place of recomputed ones, the mix of labels, parts for large sets. Its ' +
      'pixel step is not part of this.'
  }
}
