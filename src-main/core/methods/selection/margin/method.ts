// Margin: how far the label is ahead of the strongest other label.
import { z } from 'zod'
import { defineLens } from '../../difficulty/lens.ts'
import { measureMargin } from '../../difficulty/measures.ts'
import {
  balanceParam,
  dropParam,
  keepParam,
  keepRules,
  passesParam,
  runsParam
} from '../../difficulty/params.ts'

/** "label ahead by 31 points" */
function measured(value: number): string {
  const points = Math.round(Math.abs(1 - 2 * value) * 100)
  return `label ${value <= 0.5 ? 'ahead' : 'behind'} by ${points} points of 100`
}

export default defineLens({
  id: 'margin',
  version: 1,
  keeps: 'last',
  card: {
    name: 'Borderline items (margin)',
    oneLine: 'Shows which items helper models can hardly tell apart from another label.',
    description:
      'Several small helper models learn briefly, each from its own draw of the items. For every item ' +
      'the lead of its label over the strongest other label is averaged. A small lead = borderline; ' +
      'a negative one = the models say another label.',
    whenToUse:
      'To look at the data: items between two labels, and behind them those whose label looks wrong. As ' +
      'a choice only when you keep more than about 30 %.',
    whenNotToUse:
      'To choose a few items at the border: that was far worse than Random in our measurements. Items ' +
      'that are far behind are mostly wrong labels, not lessons.',
    reads: ['embeddings', 'labels'],
    gives: 'An order of all items by margin, and in how many tries each was right.',
    memory: '40 bytes x items, plus at most 128 MB of items to learn from.',
    reference: {
      title: 'DeepCore: A Comprehensive Library for Coreset Selection in Deep Learning',
      authors: 'Chengcheng Guo, Bo Zhao, Yanbing Bai',
      where: 'DEXA 2022, arXiv 2204.08499',
      note:
        'Margins as a measure of uncertainty are much older (uncertainty sampling). Ours: the margin is ' +
        'taken from the given label, so that wrong labels show; linear heads, averaged over runs.'
    }
  },
  params: z.object({
    keep: keepParam(keepRules, 'middle'),
    dropFirst: dropParam(10),
    balance: balanceParam,
    runs: runsParam(10),
    passes: passesParam(4, 'Few are better: later all items look easy.')
  }),
  words: { measured },
  measure: () => measureMargin
})
