// What people read about Aioli.
import type { MethodCard } from '../../method.ts'

export const aioliCard: MethodCard = {
  name: 'Sources that lower the loss now (Aioli)',
  oneLine:
    'Feels out, while a helper model learns, which source lowers the loss, and takes more of it.',
  description:
    'A small helper model learns in rounds. In every round each source comes into focus for a few steps, several ' +
    'times in random order; how far the losses fall shows which source helps. The mixture then moves a little towards ' +
    'what helps most. The mean mixture of the rounds gives the shares, and fresh helper models check them against ' +
    'shares by size and equal shares.',
  whenToUse:
    'When equal shares are nearly right and you look for a careful change, at little cost.',
  whenNotToUse:
    'When a strong change is needed: it stays near equal shares. Once the helper model has learned what it can, ' +
    'differences are mostly noise. The paper reports gains over equal shares on 6 of 6 data sets (mean 0.27 perplexity ' +
    'points) for language models, and other methods up to 6.9 points worse than equal shares.',
  reads: ['sources', 'labels', 'embeddings', 'example sets, if given'],
  gives: 'An order of all items, the share of every source, and which source lowers which loss.',
  memory: '32 bytes x items, and at most 200 MB for the items the helper model learns from.',
  reference: {
    title: 'Aioli: A unified optimization framework for language model data mixing',
    authors: 'Mayee F. Chen, Michael Y. Hu, Nicholas Lourie, Kyunghyun Cho, Christopher Ré',
    where: 'ICLR 2025, arXiv 2411.05735',
    note:
      "The paper's: the linear mixing law, the sweeps with 0.625 in focus, shift and division, the exponential update. " +
      'Ours: a linear head in place of a language model, example tasks in place of held-out items where there are ' +
      'some, and one fixed set of shares (the mean over the rounds) in place of a changing mixture.'
  }
}
