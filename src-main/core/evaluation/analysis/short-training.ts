// The training of an analysis: plain SGD with momentum, no augmentation, a fixed number of steps, on
// the whole set at once where it fits into a batch (Yang et al. 2024, section 3). With looks on the way.
import { enableGradients } from '../../compute/devices/gradients.ts'
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import type { Random } from '../../compute/random.ts'
import type { LabelledRows } from '../../methods/distillation/distillation-method.ts'
import type { NetworkCode } from '../../networks/network.ts'
import { oneHotShares } from '../../networks/normalisation.ts'
import { gather } from '../../networks/train-student.ts'
import { createTrainer } from '../../networks/trainer.ts'
import type { AnalysedSet, AnalysisKit } from './analysis.ts'

/** Items as a training reads them. */
export interface Lessons {
  readonly count: number
  values(rows: Uint32Array): Float32Array
  /** rows x classes shares. */
  shares(rows: Uint32Array): Float32Array
}

/** Real items with plain labels. */
export function realLessons(rows: LabelledRows, classes: number): Lessons {
  return {
    count: rows.count,
    values: (wanted) => rows.read(wanted),
    shares: (wanted) =>
      oneHotShares(
        Int32Array.from(wanted, (row) => rows.labels[row]),
        classes
      )
  }
}

/** Items of a set with its own labels. */
export function setLessons(set: AnalysedSet, size: number, classes: number): Lessons {
  return {
    count: set.count,
    values: (wanted) => gather(set.values, wanted, size),
    shares: (wanted) => gather(set.shares, wanted, classes)
  }
}

/** Items of both, the first ones first. */
export function joinedLessons(first: Lessons, second: Lessons): Lessons {
  const both = (wanted: Uint32Array, read: (lessons: Lessons, rows: Uint32Array) => Float32Array) =>
    // Read one by one: the order of a batch must stay as it is.
    Array.from(wanted, (row) =>
      row < first.count
        ? read(first, Uint32Array.of(row))
        : read(second, Uint32Array.of(row - first.count))
    )
  const joined = (parts: readonly Float32Array[]): Float32Array => {
    const out = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const part of parts) {
      out.set(part, at)
      at += part.length
    }
    return out
  }
  return {
    count: first.count + second.count,
    values: (wanted) => joined(both(wanted, (lessons, rows) => lessons.values(rows))),
    shares: (wanted) => joined(both(wanted, (lessons, rows) => lessons.shares(rows)))
  }
}

export interface ShortTraining {
  readonly network: NetworkCode
  readonly steps: number
  /** First weights and order depend on it alone. */
  readonly random: Random
  /** Steps (0 = before the first) after which `look` is called, ascending. */
  readonly looks?: readonly number[]
  readonly look?: (step: number, trained: Trained) => Promise<void>
}

/** A network as plain numbers. */
export interface Trained {
  readonly parameters: readonly Float32Array[]
  /** Running statistics of batch normalisations; empty without. */
  readonly statistics: readonly Float32Array[]
}

const rate = 0.01
const momentum = 0.9
/** Milliseconds of steps between two looks at the event loop. */
const pauseEvery = 80

/** Trains a network and returns it. Throws the signal's reason within a step. */
export async function trainShort(
  { tf, sizes, signal }: Pick<AnalysisKit, 'tf' | 'sizes' | 'signal'>,
  lessons: Lessons,
  { network, steps, random, looks = [], look }: ShortTraining
): Promise<Trained> {
  signal.throwIfAborted()
  await enableGradients()
  const trainer = createTrainer(
    tf,
    network,
    {
      optimizer: 'sgd',
      momentum,
      decay: 0,
      loss: 'cross-entropy',
      temperature: 1,
      sharpness: 0
    },
    { parameters: network.start(random.fork('weights')) }
  )
  const batches = createBatches(lessons, sizes.batch, random)
  const wanted = new Set(look === undefined ? [] : looks)
  let paused = performance.now()
  try {
    for (let done = 0; ; done++) {
      if (look !== undefined && wanted.has(done)) await look(done, trainer.state())
      if (done === steps) return trainer.state()
      const rows = batches(done)
      trainer.step(lessons.values(rows), lessons.shares(rows), rate)
      if (performance.now() - paused < pauseEvery) continue
      await letMessagesIn()
      signal.throwIfAborted()
      paused = performance.now()
    }
  } finally {
    trainer.dispose()
  }
}

/** The rows of each step: all of them in their order, or parts of passes in random order. */
function createBatches(
  { count }: Lessons,
  most: number,
  random: Random
): (step: number) => Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, row) => row)
  if (count <= most) return () => order
  const perPass = Math.floor(count / most)
  return (step) => {
    const at = step % perPass
    if (at === 0) random.fork(`pass ${step / perPass}`).shuffle(order)
    return order.slice(at * most, (at + 1) * most)
  }
}
