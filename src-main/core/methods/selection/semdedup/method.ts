// SemDeDup: repeats in meaning are left out; of what remains, as many as asked for are kept.
import { z } from 'zod'
import { shareOut } from '../../../compute/kernels/largest-remainder.ts'
import { rankDescending } from '../../../compute/kernels/ranking.ts'
import type { Random } from '../../../compute/random.ts'
import { defineMethod, type SelectionInputs } from '../../method.ts'
import {
  alikePercent,
  explainUnable,
  mixParam,
  selectionOf
} from '../../coverage/coverage-result.ts'
import {
  items,
  runCoverage,
  type CoverageOutcome,
  type Picked,
  type PickStep,
  type PickTask
} from '../../coverage/coverage-run.ts'
import { groupByLabel, interleave } from '../../coverage/label-groups.ts'
import { residentBytes } from '../../coverage/prepared-rows.ts'
import { findRepeats, keepRules, repeatCells, repeatFrom } from '../../coverage/repeats.ts'
import { semdedupCard } from './card.ts'

const params = z.object({
  mix: mixParam,
  alikePercent: z
    .number()
    .gt(0)
    .max(100)
    .default(95)
    .meta({
      title: 'Alike from',
      description:
        'An item is a repeat when it is at least this much like an item before it. 95 leaves out what is nearly ' +
        'the same; lower values leave out more.',
      unit: '%'
    }),
  stays: z
    .enum(keepRules)
    .default('far')
    .meta({
      title: 'Which repeat stays',
      description:
        'far: the one farthest from the middle of its group of alike items (as in later use of the method). near: the ' +
        'one nearest to the middle.'
    }),
  beyond: z
    .enum(['lot', 'raise'])
    .default('lot')
    .meta({
      title: 'When more are left than you keep',
      description:
        'lot: draw among them by lot. raise: go on leaving out the most alike ones until the number ' +
        'fits, which keeps rare items.'
    }),
  fill: z.boolean().default(true).meta({
    title: 'Fill up with repeats',
    description:
      'When fewer are left than you asked for, the least alike repeats fill the number up. Off: you get fewer.'
  }),
  cells: z.int().min(0).max(1024).default(0).meta({
    title: 'Groups of alike items',
    description:
      'Items are compared within this many groups. 0 = automatic: one per 1,000 items, at most 256.'
  })
})
type SemdedupParams = z.output<typeof params>

/** Fills the columns `alike` and `nearest`; the order is made afterwards. */
async function* compareAll(
  task: PickTask,
  { stays, cells }: SemdedupParams
): AsyncGenerator<PickStep, Picked, void> {
  const { prepared, group, context, columns } = task
  const { rows } = group
  const random = context.random.fork('repeats')
  const count = cells > 0 ? cells : repeatCells(rows.length)
  const run = findRepeats(context, prepared, rows, stays, count, random)
  let step = await run.next()
  while (step.done !== true) {
    yield { done: Math.floor(step.value / 2) }
    step = await run.next()
  }
  const { alike, of } = step.value
  rows.forEach((row, at) => {
    columns['alike'][row] = alike[at]
    columns['nearest'][row] = rows[of[at]]
  })
  return { order: rows }
}

/** Unique rows first in the chosen way, then repeats, the least alike first; both by label. */
function arrange(
  outcome: CoverageOutcome,
  inputs: SelectionInputs,
  { mix, beyond, alikePercent: percent }: SemdedupParams,
  seed: number,
  random: Random
): { order: Uint32Array; unique: number } {
  const alike = outcome.columns['alike']
  const limit = repeatFrom(percent)
  const grouping = groupByLabel(inputs, outcome.prepared.flags, mix, seed)
  const parts = grouping.groups.map(({ index, rows }) => {
    const byLikeness = rankDescending(
      Float32Array.from(rows, (row) => -alike[row]),
      rows.map((_, at) => at)
    ).map((at) => rows[at])
    const single = byLikeness.filter((row) => alike[row] < limit)
    const repeats = byLikeness.filter((row) => alike[row] >= limit)
    if (beyond === 'lot') random.fork(`lot-${index}`).shuffle(single)
    return { rows, single, repeats }
  })
  const sizes = parts.map(({ rows }) => rows.length)
  const singles = parts.map(({ single }) => single.length)
  const unique = singles.reduce((sum, count) => sum + count, 0)
  const first = shareOut(Math.min(inputs.budget, unique), sizes, singles)
  const repeated = parts.map(({ repeats }) => repeats.length)
  const rest = shareOut(Math.max(0, inputs.budget - unique), repeated, repeated)
  const orders = parts.map(({ single, repeats }, at) => {
    const rows = new Uint32Array(single.length + repeats.length)
    rows.set(single)
    rows.set(repeats, single.length)
    return { rows, quota: first[at] + rest[at] }
  })
  return { order: interleave(orders, grouping.unable, inputs.features.rows), unique }
}

export default defineMethod({
  id: 'semdedup',
  family: 'selection',
  version: 1,
  card: semdedupCard,
  params,
  inputs: { labels: false, tasks: false },
  estimate({ candidates, columns }, { cells }) {
    const count = cells > 0 ? cells : repeatCells(candidates)
    const products = candidates * columns * (count + candidates / count / 2 + 240)
    return {
      seconds:
        0.2 +
        products / 13e9 +
        (candidates * candidates) / count / 0.8e9 +
        (count * Math.max(2000, 20 * count) * columns) / 0.8e9,
      megabytes: 350 + (Math.min(residentBytes, 4 * candidates * columns) + 40 * candidates) / 1e6,
      why: `Items are compared within ${count.toLocaleString('en-US')} groups of alike ones.`
    }
  },
  async *run(context, inputs, chosen) {
    const outcome = yield* runCoverage(context, inputs, {
      form: 'direction',
      mix: 'free',
      columns: { alike: { type: 'real', fill: -2 }, nearest: { type: 'whole', fill: 0xffffffff } },
      pick: (task) => compareAll(task, chosen)
    })
    const { order, unique } = arrange(outcome, inputs, chosen, context.seed, context.random)
    const { rows } = inputs.features
    const repeats = outcome.prepared.able - unique
    const isShort = unique < inputs.budget
    const got = isShort && !chosen.fill ? Math.max(1, unique) : inputs.budget
    const nearest = Uint32Array.from(outcome.columns['nearest'], (row) =>
      row === 0xffffffff ? row : inputs.rowIds[row]
    )
    const notes = [
      ...outcome.notes,
      `${items(repeats)} of ${rows.toLocaleString('en-US')} are repeats.`
    ]
    if (isShort && chosen.fill)
      notes.push(
        `${items(unique)} are no repeats; the number you asked for was filled up with the least alike repeats.`
      )
    else if (isShort)
      notes.push(`Only ${items(unique)} are no repeats, so fewer were kept than you asked for.`)
    return selectionOf(
      {
        ...outcome,
        order,
        columns: { ...outcome.columns, nearest },
        info: {
          ...outcome.info,
          mix: chosen.mix,
          alikePercent: chosen.alikePercent,
          unique,
          beyond: chosen.beyond
        },
        notes
      },
      got,
      { value: rows === 0 ? 0 : repeats / rows, meaning: 'Share of the items that are repeats' }
    )
  },
  explain(inputs) {
    const unable = explainUnable(inputs)
    if (unable !== undefined) return unable
    // Written by this method; the cast undoes only the loss of its type on disk.
    const info = inputs.info as unknown as { alikePercent: number; beyond: 'lot' | 'raise' }
    const alike = inputs.columns['alike'][inputs.row]
    const isRepeat = alike >= repeatFrom(info.alikePercent)
    const percent = alikePercent(alike)
    if (isRepeat)
      return inputs.isChosen
        ? {
            code: 'kept-repeat',
            text: `Kept to fill the number you asked for, although it is ${percent} like another item.`
          }
        : {
            code: 'repeat',
            text: `Left out as a repeat: it is ${percent} like another item, and repeats count from ${info.alikePercent} %.`
          }
    const likeness =
      alike < -1
        ? 'nothing before it in its group of alike items'
        : `the item before it that is most like it is ${percent} alike`
    if (inputs.isChosen) return { code: 'kept-single', text: `Kept as no repeat: ${likeness}.` }
    return info.beyond === 'lot'
      ? {
          code: 'single-not-drawn',
          text: 'Left out: it is no repeat, but more were left than you keep, and it was not drawn.'
        }
      : {
          code: 'single-alike',
          text: `Left out to reach the number: ${likeness}, more than for those kept.`
        }
  }
})
