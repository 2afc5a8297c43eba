// From a plan to sizes and pictures: what is learned from, what is kept for measuring, and what stands
// against it.
import type { GroupsDetail, GroupsEffort, GroupsPlan, GroupsSource } from '../../api/dto/groups.ts'
import { createRandom } from '../compute/random.ts'
import { usualEffort, type GroupingSpec } from '../networks/grouping/grouping-spec.ts'
import { usualDino } from '../networks/grouping/objectives.ts'
import type { TokenizerRecipe } from '../networks/grouping/train-tokenizer.ts'
import { usualViews } from '../networks/grouping/views.ts'
import type { ItemColumns } from '../store/records.ts'

/** How much is learned and measured. Plain data. */
export interface GroupsSizes {
  readonly spec: GroupingSpec
  readonly batch: number
  readonly steps: number
  /** Pictures to learn from and to measure on, at most. */
  readonly pictures: number
  readonly heldOut: number
}

const specOf = (layers: number, width: number): GroupingSpec => ({
  patch: 4,
  width,
  layers,
  heads: 4,
  headWidth: width / 4,
  ratio: 2
})

/** Sizes for small pictures on a laptop (specs, A1.6). */
export const sizesOf: Readonly<Record<GroupsEffort, GroupsSizes>> = {
  quick: { spec: specOf(2, 64), batch: 32, steps: 300, pictures: 1000, heldOut: 500 },
  usual: { spec: specOf(3, 96), batch: 64, steps: 1000, pictures: 4000, heldOut: 1000 },
  thorough: { spec: specOf(4, 128), batch: 64, steps: 3000, pictures: 10_000, heldOut: 2000 }
}

/** Passes over the pictures, at most: few pictures teach nothing new after that. */
const mostPasses = 40
/** Steps that are always taken. */
const fewestSteps = 30

/** Sizes for so many pictures: with few of them, fewer steps. */
export function sizesFor(sizes: GroupsSizes, pictures: number): GroupsSizes {
  const enough = Math.max(fewestSteps, Math.ceil((mostPasses * pictures) / sizes.batch))
  return { ...sizes, steps: Math.min(sizes.steps, enough) }
}

/** What is learned with; other numbers are measured on the same weights. */
export const trainedWith: GroupsDetail = { ...usualEffort }

/** Other numbers of groups and rounds that are measured. */
export const measuredDetails: readonly GroupsDetail[] = [
  trainedWith,
  ...[2, 4, 16].map((groups) => ({ ...trainedWith, groups })),
  ...[1, 2, 5].map((rounds) => ({ ...trainedWith, rounds }))
]

/** Fewer pictures than this are not learned from. */
const fewestPictures = 30
/** Labels are learned from when this many pictures with one are there. */
const fewestLabelled = 40
/** Fewer held-out pictures than this judge nothing. */
const fewestHeldOut = 20
/** Share kept for measuring where the data has no test pictures. */
const heldOutShare = 0.2

/** Rows of a plan, each list ascending. */
export interface GroupsRows {
  readonly learnsFrom: GroupsSource
  readonly train: Uint32Array
  readonly heldOut: Uint32Array
  /** Why it cannot be carried out, in a sentence; undefined when it can. */
  readonly problem: string | undefined
}

/**
 * Rows to learn from and labelled rows to measure on; no row is in both. The data's own test rows are
 * measured on where it has labelled ones, else a seeded fifth of the labelled rows.
 */
export function plannedRows(
  { labels, splits, aside }: Pick<ItemColumns, 'labels' | 'splits' | 'aside'>,
  plan: Pick<GroupsPlan, 'useLabels' | 'seed'>,
  sizes: Pick<GroupsSizes, 'pictures' | 'heldOut'>
): GroupsRows {
  const random = createRandom(plan.seed).fork('rows of groups')
  const there = Array.from(labels.keys()).filter((row) => aside[row] === 0)
  const tests = there.filter((row) => splits[row] === 2)
  const labelledTests = tests.filter((row) => labels[row] >= 0)
  const others = there.filter((row) => splits[row] !== 2)
  const hasTests = labelledTests.length >= fewestHeldOut && others.length >= fewestPictures
  const pool = hasTests ? others : there
  const labelled = pool.filter((row) => labels[row] >= 0)
  const share = hasTests ? 0 : Math.floor(heldOutShare * labelled.length)
  const drawn = hasTests ? [] : draw(labelled, share, random.fork('held out'))
  const heldOut = draw(hasTests ? labelledTests : drawn, sizes.heldOut, random.fork('measured'))
  const kept = new Set(hasTests ? [] : drawn)
  const left = pool.filter((row) => !kept.has(row))
  const named = left.filter((row) => labels[row] >= 0)
  const isByLabels =
    plan.useLabels &&
    named.length >= fewestLabelled &&
    new Set(named.map((row) => labels[row])).size > 1
  const train = draw(isByLabels ? named : left, sizes.pictures, random.fork('learned from'))
  const measured = heldOut.length >= fewestHeldOut ? heldOut : []
  return {
    learnsFrom: isByLabels ? 'labels' : 'pictures',
    train: Uint32Array.from(train),
    heldOut: Uint32Array.from(measured),
    problem:
      train.length < fewestPictures
        ? `There are ${train.length} pictures to learn from; at least ${fewestPictures} are needed.`
        : undefined
  }
}

function draw(
  rows: readonly number[],
  most: number,
  random: ReturnType<typeof createRandom>
): number[] {
  if (rows.length <= most) return [...rows]
  return [...random.sample(rows.length, most)].map((at) => rows[at]).toSorted((a, b) => a - b)
}

/** Side that pictures are squeezed to: small ones stay as they are, if they are made of squares. */
export function sideOf({ widths, heights }: Pick<ItemColumns, 'widths' | 'heights'>): number {
  const longest = (sides: Uint32Array): number =>
    sides.reduce((most, side) => Math.max(most, side), 0)
  const side = Math.max(longest(widths), longest(heights))
  return side > 0 && side <= 28 ? 28 : 32
}

/** How a tokenizer is trained for a plan. */
export function recipeOf(
  plan: Pick<GroupsPlan, 'mirror'>,
  sizes: Pick<GroupsSizes, 'batch' | 'steps'>,
  learnsFrom: GroupsSource,
  classes: number
): TokenizerRecipe {
  return {
    objective:
      learnsFrom === 'labels'
        ? { kind: 'labels', classes }
        : { kind: 'views', rules: usualDino, teacherMomentum: 0.99 },
    effort: trainedWith,
    // A label must stay right in what is seen of its picture; two views must differ.
    views: { ...usualViews, leastArea: learnsFrom === 'labels' ? 0.7 : 0.5, flip: plan.mirror },
    batch: sizes.batch,
    steps: sizes.steps,
    // Measured on Fashion-MNIST: labels bear three times the usual rate and need it in so few steps.
    rate: learnsFrom === 'labels' ? 3e-3 : 1e-3,
    decay: [0.04, learnsFrom === 'labels' ? 0.04 : 0.4],
    warmUp: 0.1,
    clip: 3
  }
}
