// What people read about RegMix.
import type { MethodCard } from '../../method.ts'

export const regmixCard: MethodCard = {
  name: 'Best mix of sources by trial (RegMix)',
  oneLine: 'Tries many mixtures of the sources on helper models and picks shares with a low loss.',
  description:
    'Many small helper models are trained, each on another random mixture of the sources, and the loss of each is ' +
    'measured on items held out from every source, or on your example tasks. A regression learns how the loss ' +
    'hangs on the shares; tens of thousands of mixtures are judged by it, and the average of the best gives the ' +
    'shares. Fresh helper models then check the shares against shares by size. Within a source items are ' +
    'drawn by lot. You can also paste a table of losses from training runs of your own.',
  whenToUse:
    'With example tasks and sources that differ in how well they fit them; or with a loss table from real ' +
    'training runs, which says more than helper models can.',
  whenNotToUse:
    'Without example tasks, when some sources are noisy: then a loss on noisy items counts as much as any ' +
    'other. When you keep nearly all items, there is little to mix. Show it beside "Sources by size" and "Same ' +
    'from every source": in the study of Aioli, methods that learn shares were up to 6.9 perplexity points worse ' +
    'than equal shares.',
  reads: ['sources', 'labels and embeddings (not with a loss table)', 'example sets, if given'],
  gives:
    'An order of all items, the share of every source, and how well the fit foretells mixtures it has not seen.',
  memory: '32 bytes x items, and at most 200 MB for the items the helper models learn from.',
  reference: {
    title: 'RegMix: Data Mixture as Regression for Language Model Pre-training',
    authors:
      'Qian Liu, Xiaosen Zheng, Niklas Muennighoff, Guangtao Zeng, Longxu Dou, Tianyu Pang, Jing Jiang, Min Lin',
    where: 'ICLR 2025, arXiv 2407.01492',
    note:
      "The paper's: how mixtures are drawn, fit and simulation, the average of the best 128. Ours: linear heads in " +
      'place of small language models, a ridge regression on shares and their square roots in place of ' +
      'LightGBM, shares never above what a source has, and the check by fresh models. The numbers published for ' +
      'language models say nothing about heads.'
  }
}
