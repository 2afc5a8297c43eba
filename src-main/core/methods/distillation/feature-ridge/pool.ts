// Networks that learn from the set while it is being made (Zhou, Nezhadarya and Ba 2022, section 3.3):
// one is drawn in each step, the set is improved for its features, it learns one step and goes back,
// until it is old and a new one begins.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import type { Random } from '../../../compute/random.ts'
import { inputSize, type NetworkCode } from '../../../networks/network.ts'
import { gather } from '../../../networks/train-student.ts'
import { createTrainer, type Trainer, type TrainerState } from '../../../networks/trainer.ts'
import type { MethodCheckpoint } from '../../method.ts'

/** One network of the pool. */
interface Learner {
  readonly trainer: Trainer
  readonly age: number
  readonly until: number
}

export interface PoolOptions {
  readonly networks: number
  /** Steps after which a network is replaced. */
  readonly lifetime: number
}

/** Adam of the online networks, and its published rate times three: they live for few steps here. */
const rules = {
  optimizer: 'adamw',
  momentum: 0,
  decay: 0,
  loss: 'squared-error',
  temperature: 1,
  sharpness: 0
} as const
const rate = 1e-3

/** Items that a network learns from in one step, at most. */
const mostLearned = 256

/** The set as it is now: values, and numbers to learn, one row for each item. */
export interface LearnedSet {
  readonly values: Float32Array
  readonly targets: Float32Array
}

export interface Pool {
  /** Parameters of a network. */
  parameters(index: number): readonly Float32Array[]
  /**
   * The network learns one step from the set, or from some of its items by lot; an old one is
   * replaced, with weights from `fresh`.
   */
  learn(index: number, set: LearnedSet, lot: Random, fresh: Random): void
  keep(): Pick<MethodCheckpoint, 'arrays' | 'values'>
  dispose(): void
}

/** A pool of new networks, of different ages to come; or the one of a checkpoint. */
export function createPool(
  tf: TensorFlow,
  network: NetworkCode,
  { networks, lifetime }: PoolOptions,
  random: Random,
  kept?: Pick<MethodCheckpoint, 'arrays' | 'values'>
): Pool {
  const start = (stream: Random): Trainer =>
    createTrainer(tf, network, rules, { parameters: network.start(stream) })
  const learners: Learner[] = Array.from({ length: networks }, (_, at) =>
    kept === undefined
      ? {
          trainer: start(random.fork(`network ${at}`)),
          age: 0,
          // The first ones end at different times, so that there are always young and old ones.
          until: Math.max(1, Math.ceil((lifetime * (at + 1)) / networks))
        }
      : learnerFrom(tf, network, kept, at)
  )
  return {
    parameters: (index) => learners[index].trainer.state().parameters,
    learn(index, { values, targets }, lot, fresh) {
      const { trainer, age, until } = learners[index]
      if (age + 1 >= until) {
        trainer.dispose()
        learners[index] = { trainer: start(fresh), age: 0, until: lifetime }
        return
      }
      const { classes, input } = network
      const count = targets.length / classes
      const items = lot.sample(count, Math.min(mostLearned, count))
      trainer.step(gather(values, items, inputSize(input)), gather(targets, items, classes), rate)
      learners[index] = { trainer, age: age + 1, until }
    },
    keep() {
      const arrays: Record<string, Float32Array> = {}
      const values: Record<string, number> = {}
      learners.forEach(({ trainer, age, until }, at) => {
        const { parameters, moments, steps } = trainer.state()
        parameters.forEach((each, i) => (arrays[`network ${at} ${i}`] = each))
        moments.forEach((each, i) => (arrays[`moment ${at} ${i}`] = each))
        Object.assign(values, {
          [`steps ${at}`]: steps,
          [`age ${at}`]: age,
          [`until ${at}`]: until
        })
      })
      return { arrays, values }
    },
    dispose() {
      for (const { trainer } of learners) trainer.dispose()
    }
  }
}

function learnerFrom(
  tf: TensorFlow,
  network: NetworkCode,
  { arrays, values }: Pick<MethodCheckpoint, 'arrays' | 'values'>,
  at: number
): Learner {
  const read = (kind: string, count: number): Float32Array[] =>
    Array.from({ length: count }, (_, i) => {
      const found = arrays[`${kind} ${at} ${i}`]
      if (!(found instanceof Float32Array))
        throw new Error(`the checkpoint does not hold ${kind} ${at}`)
      return found.slice()
    })
  const count = network.parameters.length
  const state: TrainerState = {
    parameters: read('network', count),
    moments: read('moment', 2 * count),
    statistics: [],
    steps: Number(values[`steps ${at}`])
  }
  return {
    trainer: createTrainer(tf, network, rules, state),
    age: Number(values[`age ${at}`]),
    until: Number(values[`until ${at}`])
  }
}
