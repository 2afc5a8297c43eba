// Herding: the items whose running average stays closest to the average of all.
import { z } from 'zod'
import { makesFew } from '../../../compute/kernels/follow-direction.ts'
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
import { rereadSeconds } from '../../coverage/held-rows.ts'
import { residentBytes } from '../../coverage/prepared-rows.ts'
import {
  followGroup,
  measureRows,
  picksThenRest,
  shardSize,
  wholeLimit
} from '../../coverage/shards.ts'
import { herdingCard } from './card.ts'

const params = z.object({
  mix: mixParam,
  compare: z
    .enum(['direction', 'position'])
    .default('direction')
    .meta({
      title: 'Compare items by',
      description:
        'direction: by the angle between their fingerprints, which suits most fingerprints. position: by plain ' +
        'distance, as in the paper.'
    })
})

/** Orders one group; `limit` is the largest number of rows compared all at once. */
export async function* pickHerding(
  task: PickTask,
  limit = wholeLimit
): AsyncGenerator<PickStep, Picked, void> {
  const { group, columns } = task
  const { rows, quota } = group
  if (quota === 0) return { order: rows }
  const size = rows.length
  const { picks, total, shards } = yield* followGroup(task, {
    // The next pick x makes the average nearest to mu: x is nearest to (t + 1) mu - sum.
    direction: (sum, picked, count) =>
      sum.map((value, j) => ((count + 1) * value) / size - picked[j]),
    drift: (sum) => sum.map((value) => value / size),
    isNearest: true,
    limit
  })
  const mean = total.map((value) => value / size)
  const distance = await measureRows(task, (values, at) => {
    let sum = 0
    for (let j = 0; j < mean.length; j++) sum += (values[at + j] - mean[j]) ** 2
    return Math.sqrt(sum)
  })
  rows.forEach((row, at) => {
    columns['distance'][row] = distance[at]
  })
  const last = await trackGap(task, picks, mean)
  return {
    order: picksThenRest(
      rows,
      picks,
      distance.map((value) => -value)
    ),
    measure: last,
    notes:
      shards === 1
        ? []
        : [
            `There were more than ${limit.toLocaleString('en-US')} items to compare at once, so they were dealt by lot into ` +
              'parts; the average was carried on from part to part.'
          ]
  }
}

/** Fills the column "gap": how far the picks' average lies from the mean after each pick. */
async function trackGap(
  { prepared, columns, context }: PickTask,
  picks: Uint32Array,
  mean: Float64Array
): Promise<number> {
  const sum = new Float64Array(mean.length)
  let gap = 0
  for (let from = 0; from < picks.length; from += 1024) {
    context.signal.throwIfAborted()
    const part = picks.subarray(from, from + 1024)
    const ascending = part.slice().sort()
    const values = await prepared.read(ascending)
    const placeOf = new Map(Array.from(ascending, (row, at) => [row, at]))
    part.forEach((row, at) => {
      const start = (placeOf.get(row) ?? 0) * mean.length
      const count = from + at + 1
      let squares = 0
      for (let j = 0; j < mean.length; j++) {
        sum[j] += values[start + j]
        squares += (sum[j] / count - mean[j]) ** 2
      }
      gap = Math.sqrt(squares)
      columns['gap'][row] = gap
    })
  }
  return gap
}

export default defineMethod({
  id: 'herding',
  family: 'selection',
  version: 1,
  card: herdingCard,
  params,
  inputs: { labels: false, tasks: false },
  estimate({ candidates, columns, classes, budget }, { mix }) {
    const groups = mix === 'keep' ? Math.max(1, classes) : 1
    const partners = shardSize(candidates / groups)
    // Few picks of each part: products are made for these alone.
    const isFew = makesFew(budget, candidates)
    const picking = isFew
      ? (budget * partners * columns) / 0.6e9
      : (candidates * partners * columns) / 13e9 + (3 * budget * partners) / 0.8e9
    const isWhole = candidates / groups <= wholeLimit
    return {
      seconds:
        0.2 +
        picking +
        (6 * candidates * columns) / 0.8e9 +
        rereadSeconds(candidates, columns, groups, isWhole ? 1 : 2),
      megabytes:
        250 +
        (Math.min(residentBytes, 4 * candidates * columns) +
          (isFew ? 0 : 5 * partners ** 2) +
          5 * partners * columns +
          24 * candidates) /
          1e6,
      why: `Items are compared in parts of ${Math.round(partners).toLocaleString('en-US')}.`
    }
  },
  async *run(context, inputs, chosen) {
    const outcome = yield* runCoverage(context, inputs, {
      form: chosen.compare,
      mix: chosen.mix,
      columns: { distance: { type: 'real', fill: -1 }, gap: { type: 'real', fill: -1 } },
      pick: (task) => pickHerding(task)
    })
    return selectionOf(outcome, inputs.budget, {
      value: weightedMeasure(outcome.info),
      meaning:
        'Distance between the average of the kept items and the average of all (0 = the same)'
    })
  },
  explain(inputs) {
    const unable = explainUnable(inputs)
    if (unable !== undefined) return unable
    // Written by this method; the cast undoes only the loss of its type on disk.
    const among = amongLabel(inputs, inputs.info as CoverageInfo)
    const gap = inputs.columns['gap'][inputs.row]
    const distance = inputs.columns['distance'][inputs.row]
    if (inputs.isChosen && gap >= 0)
      return {
        code: 'kept-average',
        text: `Kept because, of the items it was compared with, it brought the average of the kept ones${among} closest to the average of all of them (${gap.toFixed(3)} apart after it).`
      }
    if (inputs.isChosen)
      return { code: 'kept-rest', text: 'Kept to fill the number you asked for.' }
    return {
      code: 'average-met',
      text:
        distance < 0
          ? `Left out: no items${among} were asked for.`
          : `Left out: other items${among} brought the average of the kept ones closer to the average of all; this one lies ${distance.toFixed(2)} away from it.`
    }
  }
})
