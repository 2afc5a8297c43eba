// Graph cut: items that are like many others and unlike what is already picked.
import { z } from 'zod'
import { defineMethod } from '../../method.ts'
import {
  amongLabel,
  explainUnable,
  mixParam,
  selectionOf,
  weightedMeasure
} from '../../coverage/coverage-result.ts'
import {
  runCoverage,
  type CoverageInfo,
  type Picked,
  type PickStep,
  type PickTask
} from '../../coverage/coverage-run.ts'
import { residentBytes } from '../../coverage/prepared-rows.ts'
import {
  followGroup,
  measureRows,
  picksThenRest,
  shardSize,
  wholeLimit
} from '../../coverage/shards.ts'
import { graphCutCard } from './card.ts'

const params = z.object({
  mix: mixParam,
  lambda: z
    .number()
    .min(0)
    .max(1000)
    .default(0)
    .meta({
      title: 'Weight of typical items',
      description:
        'How much being like many items counts against being like kept ones. 0 = automatic: twice the share ' +
        'you keep, so that both balance at the end. 1 = the usual form: with a small share it ' +
        'keeps only the most typical items.'
    })
})

/** Orders one group. */
export async function* pickGraphCut(
  task: PickTask,
  lambda: number,
  limit = wholeLimit
): AsyncGenerator<PickStep, Picked, void> {
  const { group, columns } = task
  const { rows, quota } = group
  if (quota === 0) return { order: rows }
  const weight = lambda > 0 ? lambda : (2 * quota) / rows.length
  const { picks, total, picked, shards } = yield* followGroup(task, {
    // gain / 1 = lambda (n + x.T) / 2 - (|S| + x.sum S): what is the same for all rows drops out.
    direction: (sum, taken) => sum.map((value, j) => (weight / 2) * value - taken[j]),
    drift: () => undefined,
    isNearest: false,
    limit
  })
  const dot = (values: Float32Array, at: number, sum: Float64Array): number => {
    let out = 0
    for (let j = 0; j < sum.length; j++) out += values[at + j] * sum[j]
    return out
  }
  const typical = await measureRows(task, (values, at) => dot(values, at, total) / rows.length)
  const overlap = await measureRows(task, (values, at) => dot(values, at, picked) / quota)
  rows.forEach((row, at) => {
    columns['typical'][row] = typical[at]
    columns['overlap'][row] = overlap[at]
  })
  const gain = typical.map((value, at) => (weight / 2) * value * rows.length - overlap[at] * quota)
  let squares = 0
  for (const value of picked) squares += (value / quota) ** 2
  return {
    order: picksThenRest(rows, picks, gain),
    measure: squares,
    notes:
      shards === 1
        ? []
        : [
            `There were more than ${limit.toLocaleString('en-US')} items to compare at once, so they were dealt by lot into ` +
              'parts; what was kept before counts in every part.'
          ]
  }
}

export default defineMethod({
  id: 'graph-cut',
  family: 'selection',
  version: 1,
  card: graphCutCard,
  params,
  inputs: { labels: false, tasks: false },
  estimate({ candidates, columns, classes, budget }, { mix }) {
    const groups = mix === 'keep' ? Math.max(1, classes) : 1
    const partners = shardSize(candidates / groups)
    return {
      seconds:
        0.2 +
        (candidates * partners * columns) / 13e9 +
        (2 * budget * partners + 6 * candidates * columns) / 0.8e9,
      megabytes:
        250 +
        (Math.min(residentBytes, 4 * candidates * columns) +
          5 * partners * (partners + columns) +
          24 * candidates) /
          1e6,
      why: `Items are compared in parts of ${Math.round(partners).toLocaleString('en-US')}.`
    }
  },
  async *run(context, inputs, chosen) {
    const outcome = yield* runCoverage(context, inputs, {
      form: 'direction',
      mix: chosen.mix,
      columns: { typical: { type: 'real', fill: -2 }, overlap: { type: 'real', fill: -2 } },
      pick: (task) => pickGraphCut(task, chosen.lambda)
    })
    return selectionOf(outcome, inputs.budget, {
      value: weightedMeasure(outcome.info),
      meaning: 'How alike the kept items of a label are, on average (0 = not at all, 1 = the same)'
    })
  },
  explain(inputs) {
    const unable = explainUnable(inputs)
    if (unable !== undefined) return unable
    // Written by this method; the cast undoes only the loss of its type on disk.
    const among = amongLabel(inputs, inputs.info as CoverageInfo)
    const typical = inputs.columns['typical'][inputs.row]
    const overlap = inputs.columns['overlap'][inputs.row]
    if (typical < -1)
      return inputs.isChosen
        ? { code: 'kept-rest', text: 'Kept to fill the number you asked for.' }
        : { code: 'no-place', text: `Left out: no items${among} were asked for.` }
    const numbers = `average likeness ${typical.toFixed(2)} to all items${among}, ${overlap.toFixed(2)} to the kept ones`
    return inputs.isChosen
      ? {
          code: 'kept-typical',
          text: `Kept for being like many items and unlike those kept before: ${numbers}.`
        }
      : {
          code: 'less-typical',
          text: `Left out: others were more typical or less like the kept ones: ${numbers}.`
        }
  }
})
