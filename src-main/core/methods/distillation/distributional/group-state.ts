// What is learned for one group of classes, as plain numbers that checkpoints keep, and as variables
// while it is being learned.
import type { Variable } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import type { Random } from '../../../compute/random.ts'
import type { DecoderCode } from '../../../networks/decoder.ts'
import { concatArrays, cutArrays } from '../../../networks/flat-arrays.ts'
import { createOptimizer, makeVariable, type Optimizer } from '../../../networks/optimizers.ts'
import type { MethodCheckpoint } from '../../method.ts'

/** A group's clouds and decoder, with the optimizer's memory. */
export interface GroupState {
  /** Parameters of the decoder. */
  readonly decoder: readonly Float32Array[]
  /** Clouds x latent. */
  readonly mean: Float32Array
  /** Clouds x latent: logarithms of the variances. */
  readonly spread: Float32Array
  /** Memory of the optimizer: two arrays for each of decoder, mean and spread; empty at the start. */
  readonly memory: readonly Float32Array[]
  /** Steps that the memory is from. */
  readonly steps: number
}

/** Before anything is learned: the paper's start, N(0, 1) for means and for spreads. */
export function startGroup(code: DecoderCode, clouds: number, random: Random): GroupState {
  const draws = (name: string): Float32Array => {
    const stream = random.fork(name)
    return Float32Array.from({ length: clouds * code.spec.latent }, () => stream.normal())
  }
  return {
    decoder: code.start(random.fork('decoder')),
    mean: draws('means'),
    spread: draws('spreads'),
    memory: [],
    steps: 0
  }
}

/** A group on the device. */
export interface GroupVariables {
  readonly decoder: readonly Variable[]
  readonly mean: Variable
  readonly spread: Variable
  readonly optimizer: Optimizer
  state(steps: number): GroupState
  dispose(): void
}

/** Adam for all of it; one optimizer whose memory goes on from the state's. */
export function groupVariables(
  tf: TensorFlow,
  code: DecoderCode,
  from: GroupState
): GroupVariables {
  const decoder = code.parameters.map(({ shape }, i) => makeVariable(tf, from.decoder[i], shape))
  const shape = [from.mean.length / code.spec.latent, code.spec.latent]
  const mean = makeVariable(tf, from.mean, shape)
  const spread = makeVariable(tf, from.spread, shape)
  const all = [...decoder, mean, spread]
  const memory = from.memory.length === 0 ? undefined : from.memory
  const optimizer = createOptimizer(tf, all, { optimizer: 'adamw', momentum: 0, decay: 0 }, memory)
  const numbers = (variable: Variable): Float32Array =>
    Float32Array.from(variable.dataSync<'float32'>())
  return {
    decoder,
    mean,
    spread,
    optimizer,
    state: (steps) => ({
      decoder: decoder.map(numbers),
      mean: numbers(mean),
      spread: numbers(spread),
      memory: optimizer.moments().map(numbers),
      steps
    }),
    dispose() {
      optimizer.dispose()
      tf.dispose(all)
    }
  }
}

/** Arrays of a checkpoint for all groups. */
export function keepGroups(groups: readonly GroupState[]): MethodCheckpoint['arrays'] {
  const arrays: Record<string, Float32Array> = {}
  groups.forEach(({ decoder, mean, spread, memory }, g) => {
    arrays[`decoder ${g}`] = concatArrays(decoder)
    arrays[`mean ${g}`] = mean
    arrays[`spread ${g}`] = spread
    arrays[`memory ${g}`] = concatArrays(memory)
  })
  arrays['steps'] = Float32Array.from(groups, ({ steps }) => steps)
  return arrays
}

/** The reverse of {@link keepGroups}; throws an Error when an array does not fit its decoder. */
export function groupsFrom(
  arrays: MethodCheckpoint['arrays'],
  codes: readonly DecoderCode[]
): GroupState[] {
  const read = (name: string): Float32Array => {
    const found = arrays[name]
    if (!(found instanceof Float32Array)) throw new Error(`the checkpoint has no "${name}"`)
    return found
  }
  return codes.map(({ parameters }, g) => {
    const sizes = parameters.map(({ shape }) => shape.reduce((a, b) => a * b, 1))
    const mean = read(`mean ${g}`)
    const all = [...sizes, mean.length, mean.length]
    const memory = read(`memory ${g}`)
    return {
      decoder: cutArrays(read(`decoder ${g}`), sizes),
      mean,
      spread: read(`spread ${g}`),
      memory: memory.length === 0 ? [] : cutArrays(memory, [...all, ...all]),
      steps: read('steps')[g]
    }
  })
}
