// Training a student on a tiny set: the recipe's optimizer, schedule, loss and augmentation, the
// same for every set so that sets can be compared.
import type { TensorFlow } from '../compute/devices/device.ts'
import { letMessagesIn } from '../compute/let-messages-in.ts'
import type { Random } from '../compute/random.ts'
import { inputSize, type InputShape, type NetworkCode } from './network.ts'
import { augmentValues, drawAugmentation, type AugmentationDraw } from './siamese-augmentation.ts'
import type { StudentRecipe } from './student-recipe.ts'
import { createTrainer, type Trainer } from './trainer.ts'

/** Gives the batches of a training their labels as their items are changed. */
export interface Labeller {
  /** The items of a step and how they are changed; drawn by the training where absent. */
  pick?(
    step: number,
    shape: InputShape
  ): { readonly rows: Uint32Array; readonly change: AugmentationDraw }
  /** rows x classes shares for these items as they were changed. */
  shares(values: Float32Array, rows: Uint32Array): Float32Array
  dispose(): void
}

/** What a student learns from. */
export interface StudentItems {
  /** count x height x width x channels, normalised. */
  readonly values: Float32Array
  readonly count: number
  /**
   * count x classes: one-hot, shares that sum to 1, or free numbers for "squared-error". With "kl"
   * the shares are those at temperature 1; they are softened like the student's own.
   */
  readonly targets: Float32Array
  /** New values for a pass over the items, 0 first; `values` are then not used. */
  readonly fresh?: (pass: number) => Promise<Float32Array>
  /**
   * Labels of changed items, where the recipe changes them; `targets` are those of the items as they
   * are. Nothing random may be in it.
   */
  readonly labeller?: (tf: TensorFlow) => Labeller
}

/** A student as plain numbers. */
export interface Student {
  readonly parameters: Float32Array[]
  /** Running mean and variance of each batch normalisation, mean then variance; empty without. */
  readonly statistics: Float32Array[]
}

/** A student in training. */
export interface StudentTraining {
  readonly steps: number
  /** Steps done. */
  readonly done: number
  /**
   * Has to be awaited before a step where the items are fresh in every pass; else it does nothing.
   */
  prepare(): Promise<void>
  /** The next step; returns the mean loss of its batch before the change. */
  step(): number
  parameters(): Float32Array[]
  statistics(): Float32Array[]
  dispose(): void
}

/**
 * A student before its first step; `enableGradients` comes first. First weights, order and
 * augmentation depend on `random` alone. Throws a RangeError when there are no items.
 */
export function startStudent(
  tf: TensorFlow,
  network: NetworkCode,
  items: StudentItems,
  recipe: StudentRecipe,
  random: Random
): StudentTraining {
  if (items.count === 0) throw new RangeError('a student needs at least one item')
  const targets = softened(items.targets, network.classes, recipe)
  const least = entropies(targets, network.classes, recipe)
  const size = inputSize(network.input)
  const batch = Math.min(recipe.batch, items.count)
  const perPass = Math.ceil(items.count / batch)
  const order = random.fork('order')
  const changes = random.fork('augmentation')
  const rows = Uint32Array.from({ length: items.count }, (_, i) => i)
  const trainer = createTrainer(
    tf,
    network,
    { ...recipe, sharpness: 0 },
    { parameters: network.start(random.fork('weights')) }
  )
  const labeller = recipe.augment === null ? undefined : items.labeller?.(tf)
  let values = items.fresh === undefined ? items.values : undefined
  let done = 0
  return {
    steps: perPass * recipe.epochs,
    get done() {
      return done
    },
    async prepare() {
      if (items.fresh !== undefined && done % perPass === 0)
        values = await items.fresh(done / perPass)
    },
    step() {
      if (values === undefined) throw new Error('fresh items were not prepared')
      const pass = Math.floor(done / perPass)
      const at = done % perPass
      if (at === 0) startPass(trainer, recipe, pass)
      if (at === 0) order.shuffle(rows)
      const picked = labeller?.pick?.(done, network.input)
      const taken = picked?.rows ?? rows.subarray(at * batch, (at + 1) * batch)
      const x = gather(values, taken, size)
      if (picked === undefined) augmentBatch(x, recipe, network.input, changes)
      else augmentValues(x, picked.change)
      const asked = labeller && softened(labeller.shares(x, taken), network.classes, recipe)
      const y = asked ?? gather(targets, taken, network.classes)
      const rate = rateOf(recipe, pass, done / (perPass * recipe.epochs))
      const loss = trainer.step(x, y, rate)
      done++
      return loss - (asked === undefined ? meanOf(least, taken) : leastLoss(asked, network, recipe))
    },
    parameters: () => trainer.state().parameters,
    statistics: () => trainer.state().statistics,
    dispose() {
      labeller?.dispose()
      trainer.dispose()
    }
  }
}

/** Milliseconds of steps between two looks at the event loop. */
const pauseEvery = 80

/**
 * Trains a student to the end of its recipe, with pauses. Throws the signal's reason within a step.
 * @param onProgress after a pause, with steps done and in all
 */
export async function trainStudent(
  tf: TensorFlow,
  network: NetworkCode,
  items: StudentItems,
  recipe: StudentRecipe,
  random: Random,
  signal: AbortSignal,
  onProgress?: (done: number, total: number) => void
): Promise<Student> {
  signal.throwIfAborted()
  const training = startStudent(tf, network, items, recipe, random)
  try {
    let paused = performance.now()
    while (training.done < training.steps) {
      await training.prepare()
      training.step()
      if (performance.now() - paused < pauseEvery) continue
      await letMessagesIn()
      signal.throwIfAborted()
      onProgress?.(training.done, training.steps)
      paused = performance.now()
    }
    return { parameters: training.parameters(), statistics: training.statistics() }
  } finally {
    training.dispose()
  }
}

/** The pass from which "drop-at-half" goes on slower: E / 2 + 1 counted from 1. */
function halfOf({ epochs }: StudentRecipe): number {
  return Math.floor(epochs / 2)
}

function startPass(trainer: Trainer, recipe: StudentRecipe, pass: number): void {
  // The published code makes a new optimizer when the rate drops.
  const isDrop = recipe.schedule === 'drop-at-half' && pass === halfOf(recipe) && pass > 0
  if (isDrop) trainer.restart()
}

/** The rate of a step. @param share steps done of all, 0..1 */
function rateOf(recipe: StudentRecipe, pass: number, share: number): number {
  const { rate, epochs, schedule } = recipe
  switch (schedule) {
    case 'drop-at-half':
      return pass > 0 && pass >= halfOf(recipe) ? 0.1 * rate : rate
    case 'quarter-drops':
      return rate * 0.3 ** Math.floor((4 * pass) / epochs)
    case 'cosine':
      return rate * 0.5 * (1 + Math.cos(Math.PI * share))
    case 'none':
      return rate
  }
}

/** A change of its own for each picture of a batch, in place. */
export function augmentBatch(
  values: Float32Array,
  { augment }: Pick<StudentRecipe, 'augment'>,
  shape: InputShape,
  random: Random
): void {
  if (augment === null) return
  const count = values.length / inputSize(shape)
  augmentValues(values, drawAugmentation(random, augment, shape, count))
}

/** Rows of a row-major matrix, in this order. */
export function gather(matrix: Float32Array, rows: Uint32Array, columns: number): Float32Array {
  const out = new Float32Array(rows.length * columns)
  rows.forEach((row, i) =>
    out.set(matrix.subarray(row * columns, (row + 1) * columns), i * columns)
  )
  return out
}

/** Shares at the recipe's temperature: p^(1/T), which is softmax(z / T) for p = softmax(z). */
function softened(shares: Float32Array, classes: number, recipe: StudentRecipe): Float32Array {
  if (recipe.loss !== 'kl' || recipe.temperature === 1) return shares
  const out = shares.map((share) => Math.max(0, share) ** (1 / recipe.temperature))
  for (let from = 0; from < out.length; from += classes) {
    const row = out.subarray(from, from + classes)
    const total = row.reduce((sum, share) => sum + share, 0)
    if (total > 0) row.forEach((share, c) => (row[c] = share / total))
  }
  return out
}

/** What KL takes off the cross-entropy of each item; zeros for other losses. */
function entropies(targets: Float32Array, classes: number, recipe: StudentRecipe): Float64Array {
  const out = new Float64Array(targets.length / classes)
  if (recipe.loss !== 'kl') return out
  targets.forEach((share, at) => {
    if (share > 0)
      out[Math.floor(at / classes)] -= share * Math.log(share) * recipe.temperature ** 2
  })
  return out
}

/** Mean of {@link entropies}. */
function leastLoss(shares: Float32Array, { classes }: NetworkCode, recipe: StudentRecipe): number {
  const all = entropies(shares, classes, recipe)
  return all.reduce((sum, value) => sum + value, 0) / all.length
}

function meanOf(values: Float64Array, rows: Uint32Array): number {
  return rows.reduce((sum, row) => sum + values[row], 0) / rows.length
}
