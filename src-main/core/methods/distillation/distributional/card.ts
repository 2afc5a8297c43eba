// What people read about the distributional method.
import type { MethodCard } from '../../method.ts'

export const distributionalCard: MethodCard = {
  name: 'Store how items vary (D3)',
  oneLine:
    'Keeps a small drawing program and a few clouds of numbers instead of items, and draws fresh items for every pass.',
  description:
    'Each class becomes one or more clouds in a space of a few dozen numbers, and one small decoder draws a picture ' +
    'from any point of it. First the decoder learns to draw your own items; then networks look at drawn and at real ' +
    'items of each class, and clouds and decoder are changed until the two look alike, not only on average but in ' +
    'how they vary. The decoder is made as large as fits into the room of the items asked for. Check models get ' +
    'fresh items in every pass.',
  whenToUse:
    'When room is what counts: as many different items as you like in the room of one to ten per class, and classes ' +
    'that vary much. Many classes can be split into groups that are made one after the other.',
  whenNotToUse:
    'When single items have to be looked at or shared as pictures, and for detailed pictures: a small decoder ' +
    'draws blurred ones. With few classes the decoder has little room.',
  reads: ['pictures', 'labels'],
  gives:
    'Clouds, a decoder and labels with the room of each; items drawn from them; the decoder as an ONNX model.',
  memory: 'About 400 MB, and 12 bytes for each number of the decoder.',
  reference: {
    title: 'Distributional Dataset Distillation with Subtask Decomposition',
    authors: 'Tian Qin, Zhiwei Deng, David Alvarez-Melis',
    where: 'arXiv 2403.00999 (2024)',
    note:
      "The paper's: Gaussian clouds and one decoder, matching by the kernel distance of features (MMD, five " +
      'widths, unbiased), groups of classes that are put together, one label vector for each cloud, fresh items for ' +
      'each pass. Ours: a start that draws real items, features put to one scale, a decoder without batch norm ' +
      'that is as wide as the room allows, one byte for each number, random networks as a view. The matching of ' +
      'training paths (its second loss) is left out: it needs second derivatives through the decoder in every step.'
  }
}
