// Labels of every changed view of the items, stored for some passes ("a label for every view", FKD,
// Shen and Xing 2022): the changes are drawn from a seed, so that only the labels take room. A random
// part of the batches may be kept, as in LPLD (Xiao and He 2024).
import { createRandom, type Random } from '../../../compute/random.ts'
import { inputSize, type InputShape } from '../../../networks/network.ts'
import {
  augmentValues,
  drawAugmentation,
  type Augmentation,
  type AugmentationDraw
} from '../../../networks/siamese-augmentation.ts'
import { gather, type Labeller } from '../../../networks/train-student.ts'
import type { StoredArray } from '../distillation-method.ts'
import { roundToHalf } from '../../../compute/half-precision.ts'
import { pruneViews, type KeptViews } from './prune-views.ts'
import { normalisedShares } from './shares.ts'

/** How views are drawn: the same plan gives the same views of as many items. Plain data. */
export interface ViewPlan {
  readonly seed: number
  readonly augmentation: Augmentation
  /** Passes over the items; students begin again after them. */
  readonly passes: number
  /** Items of a batch; the last one of a pass may have fewer. */
  readonly batch: number
  /** One of so many batches is kept, by lot; 1 = all. */
  readonly keepOneOf: number
}

/** Labels of the kept views. Plain data. */
export interface ViewLabels extends ViewPlan {
  readonly kind: 'views'
  /**
   * Kept batch after kept batch, each in the order of its items: views x classes, numbers that half
   * precision can hold.
   */
  readonly shares: Float32Array
}

/** One batch of views. */
export interface ViewBatch {
  /** Items in it. */
  readonly rows: Uint32Array
  readonly change: AugmentationDraw
  /** Place of its first view among all kept ones. */
  readonly first: number
}

/** The kept batches of a plan, and which of them a training meets when. */
export interface Views {
  /** Views in all kept batches. */
  readonly count: number
  readonly batches: number
  batch(place: number, shape: InputShape): ViewBatch
  /** Steps after which the batches come again in the same order. */
  readonly steps: number
  /** Place of the kept batch that a step takes. */
  placeAt(step: number): number
}

/** Draws the views of `items` items. Throws a RangeError when so few batches cannot be kept. */
export function planViews(plan: ViewPlan, items: number): Views {
  const random = createRandom(plan.seed)
  const batch = Math.min(plan.batch, items)
  const batchesPerPass = Math.ceil(items / batch)
  const kept = keptBatches(plan, batchesPerPass, random)
  const sizeOf = (id: number): number => Math.min(batch, items - (id % batchesPerPass) * batch)
  const firsts: number[] = []
  let count = 0
  for (const id of kept.kept) {
    firsts.push(count)
    count += sizeOf(id)
  }
  const orders = new Map<number, Uint32Array>()
  const orderOf = (pass: number): Uint32Array => {
    const known = orders.get(pass)
    if (known !== undefined) return known
    const order = random
      .fork(`order ${pass}`)
      .shuffle(Uint32Array.from({ length: items }, (_, i) => i))
    orders.set(pass, order)
    return order
  }
  return {
    count,
    batches: kept.kept.length,
    steps: kept.schedule.length,
    batch(place, shape) {
      const id = kept.kept[place]
      const at = id % batchesPerPass
      const rows = orderOf(Math.floor(id / batchesPerPass)).slice(at * batch, (at + 1) * batch)
      const own = random.fork(`changes ${id}`)
      return {
        rows,
        change: drawAugmentation(own, plan.augmentation, shape, rows.length),
        first: firsts[place]
      }
    },
    placeAt: (step) => kept.schedule[step % kept.schedule.length]
  }
}

/** All batches in their order, or the part of them that {@link pruneViews} keeps. */
function keptBatches(
  { passes, keepOneOf, batch }: ViewPlan,
  batchesPerPass: number,
  random: Random
): Pick<KeptViews, 'kept' | 'schedule'> {
  const all = Uint32Array.from({ length: passes * batchesPerPass }, (_, id) => id)
  if (keepOneOf === 1) return { kept: all, schedule: all }
  const facts = { passes, batchesPerPass, itemsPerBatch: batch, classes: 1, viewNumbers: 0 }
  // No fewer than one batch can be kept.
  return pruneViews(
    { ...facts, bytesEach: 2 },
    Math.min(keepOneOf, all.length),
    random.fork('kept')
  )
}

/** Numbers of a batch as its views show them. @param values all items, normalised */
export function viewedValues(
  values: Float32Array,
  { rows, change }: Pick<ViewBatch, 'rows' | 'change'>,
  shape: InputShape
): Float32Array {
  const seen = gather(values, rows, inputSize(shape))
  augmentValues(seen, change)
  return seen
}

/**
 * Has every kept view labelled. Yields views done.
 * @param values all items, normalised
 * @param label shares of views, count x classes, by the items they are of
 */
export async function* labelViews(
  plan: ViewPlan,
  values: Float32Array,
  shape: InputShape,
  classes: number,
  label: (seen: Float32Array, rows: Uint32Array) => Float32Array
): AsyncGenerator<number, ViewLabels, void> {
  const items = values.length / inputSize(shape)
  const views = planViews(plan, items)
  const shares = new Float32Array(views.count * classes)
  for (let place = 0; place < views.batches; place++) {
    const batch = views.batch(place, shape)
    const given = label(viewedValues(values, batch, shape), batch.rows)
    shares.set(given.map(roundToHalf), batch.first * classes)
    yield batch.first + batch.rows.length
  }
  return { ...plan, kind: 'views', shares }
}

const storedName = 'view shares'

/** The labels among the stored arrays of a set, as {@link storedViews} wrote them. */
export function viewShares(
  stored: readonly (Pick<StoredArray, 'name'> & {
    readonly values: StoredArray['values'] | undefined
  })[]
): Float32Array {
  const values = stored.find(({ name }) => name === storedName)?.values
  return values instanceof Float32Array ? values : new Float32Array(0)
}

/** What has to be on disk besides the plan: the labels in half precision. */
export function storedViews({ shares }: ViewLabels, classes: number): StoredArray[] {
  const shape = [shares.length / classes, classes]
  return [{ name: storedName, part: 'labels', shape, values: shares, bytesEach: 2 }]
}

/** Stored views as a student's training takes them. */
export function viewSource(labels: ViewLabels, items: number, classes: number): Labeller {
  const views = planViews(labels, items)
  // Rounding takes a row a little off 1.
  const shares = normalisedShares(labels.shares, classes)
  let first = 0
  return {
    pick(step, shape) {
      const batch = views.batch(views.placeAt(step), shape)
      first = batch.first
      return batch
    },
    shares: (_values, rows) => shares.slice(first * classes, (first + rows.length) * classes),
    dispose: () => undefined
  }
}
