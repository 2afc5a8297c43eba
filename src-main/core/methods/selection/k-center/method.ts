// k-center greedy: always the item farthest from everything picked so far, exact and streamed.
import { z } from 'zod'
import {
  farthestFirst,
  type ReadableRows,
  type TraversalState
} from '../../../compute/kernels/farthest-first.ts'
import { rankDescending } from '../../../compute/kernels/ranking.ts'
import { defineMethod } from '../../method.ts'
import { alikeless, explainKCenter } from './explain.ts'
import { kCenterCard } from './card.ts'
import { mixParam, selectionOf } from '../../coverage/coverage-result.ts'
import {
  runCoverage,
  type Picked,
  type PickStep,
  type PickTask
} from '../../coverage/coverage-run.ts'
import { residentBytes } from '../../coverage/prepared-rows.ts'
import { rowsPerBlock } from '../../coverage/cells.ts'

const params = z.object({
  mix: mixParam,
  compare: z
    .enum(['direction', 'position'])
    .default('direction')
    .meta({
      title: 'Compare items by',
      description:
        'direction: by the angle between their fingerprints, which suits most fingerprints. position: by plain ' +
        'distance, which suits numbers whose size matters.'
    }),
  start: z.enum(['typical', 'lot']).default('typical').meta({
    title: 'First item',
    description: 'typical: the item nearest to the middle. lot: one drawn with the repeat code.'
  })
})

/** Orders one group. */
async function* pick(
  task: PickTask,
  start: 'typical' | 'lot'
): AsyncGenerator<PickStep, Picked, void> {
  const { prepared, group, context, columns, resume } = task
  const { rows, quota } = group
  if (quota === 0) return { order: rows }
  const source: ReadableRows = {
    rows: rows.length,
    columns: prepared.columns,
    readBlock: (from, count) => prepared.read(rows.subarray(from, from + count)),
    readRows: (list) => prepared.read(list.map((at) => rows[at]))
  }
  const random = context.random.fork(`k-center-${group.index}`)
  const first = start === 'lot' ? random.below(rows.length) : yield* mostTypical(task)
  const run = farthestFirst(context.device.tf, source, quota, first, {
    signal: context.signal,
    ...(resume === undefined ? {} : { resume: resume.arrays as unknown as TraversalState })
  })
  let step = await run.next()
  // Twenty checkpoints at most: each holds some numbers per row.
  let saved = 0
  while (step.done !== true) {
    const { picked, state } = step.value
    const isDue = state !== undefined && 20 * (picked - saved) >= quota
    if (isDue) saved = picked
    const done = Math.floor((picked / quota) * rows.length)
    yield isDue ? { done, state: { arrays: { ...state }, values: {} } } : { done }
    step = await run.next()
  }
  const { picks, distances, squared, nearest } = step.value
  const isPicked = new Uint8Array(rows.length)
  let tied = 0
  picks.forEach((at, place) => {
    isPicked[at] = 1
    if (distances[place] === 0) tied++
  })
  let largest = 0
  rows.forEach((row, at) => {
    const distance = isPicked[at] === 1 ? 0 : Math.sqrt(squared[at])
    largest = Math.max(largest, distance)
    columns['distance'][row] = distance
    columns['nearest'][row] = rows[picks[nearest[at]]]
  })
  picks.forEach((at, place) => {
    columns['distance'][rows[at]] = place === 0 ? alikeless : distances[place]
    columns['nearest'][rows[at]] = rows[at]
  })
  const positions = Uint32Array.from({ length: rows.length }, (_, at) => at)
  const others = positions.filter((at) => isPicked[at] === 0)
  const ranked = rankDescending(squared, positions).filter((at) => isPicked[at] === 0)
  const order = new Uint32Array(rows.length)
  order.set(picks.map((at) => rows[at]))
  order.set(
    ranked.map((at) => rows[at]),
    quota
  )
  // All rows of a tail at distance 0 fit: nothing was decided.
  return { order, measure: largest, tied: others.length === 0 ? 0 : tied }
}

/** The row nearest to the group's mean. */
async function* mostTypical({
  prepared,
  group,
  context
}: PickTask): AsyncGenerator<PickStep, number, void> {
  const { rows } = group
  const { columns } = prepared
  const size = rowsPerBlock(columns)
  const mean = new Float64Array(columns)
  const best = { at: 0, distance: Infinity }
  for (const isSecond of [false, true]) {
    for (let from = 0; from < rows.length; from += size) {
      context.signal.throwIfAborted()
      const values = await prepared.read(rows.subarray(from, from + size))
      for (let at = 0; at < values.length; at += columns) {
        let distance = 0
        for (let j = 0; j < columns; j++) {
          if (isSecond) distance += (values[at + j] - mean[j] / rows.length) ** 2
          else mean[j] += values[at + j]
        }
        if (!isSecond || distance >= best.distance) continue
        best.at = from + at / columns
        best.distance = distance
      }
      yield { done: 0 }
    }
  }
  return best.at
}

export default defineMethod({
  id: 'k-center',
  family: 'selection',
  version: 1,
  card: kCenterCard,
  params,
  inputs: { labels: false, tasks: false },
  estimate({ candidates, columns, classes, budget }, { mix }) {
    const groups = mix === 'keep' ? Math.max(1, classes) : 1
    const products = (candidates * budget * columns) / groups
    const held = Math.min(4096, candidates / groups)
    const passes = 3 + budget / groups / 100
    // Rows that are not kept in memory are read and prepared anew in every pass.
    const perPass = candidates * columns * (4 * candidates * columns > residentBytes ? 5 : 1)
    return {
      seconds: 0.2 + products / 13e9 + (budget * held * columns + passes * perPass) / 0.8e9,
      megabytes: 250 + (Math.min(residentBytes, 4 * candidates * columns) + 28 * candidates) / 1e6,
      why: `${budget.toLocaleString('en-US')} picks, each compared with ${Math.round(candidates / groups).toLocaleString('en-US')} items.`
    }
  },
  async *run(context, inputs, chosen) {
    const outcome = yield* runCoverage(context, inputs, {
      form: chosen.compare,
      mix: chosen.mix,
      columns: {
        nearest: { type: 'whole', fill: 0xffffffff },
        distance: { type: 'real', fill: -1 }
      },
      pick: (task) => pick(task, chosen.start)
    })
    const nearest = Uint32Array.from(outcome.columns['nearest'], (row) =>
      row === 0xffffffff ? row : inputs.rowIds[row]
    )
    const radius = Math.max(0, ...outcome.info.measures)
    return selectionOf({ ...outcome, columns: { ...outcome.columns, nearest } }, inputs.budget, {
      value: radius,
      meaning: 'Distance of the item that is farthest from every kept one'
    })
  },
  explain: explainKCenter
})
