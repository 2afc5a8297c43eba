// Changes of weights by gradients: SGD with momentum as PyTorch does it, and AdamW.
import type { Tensor, Variable } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../compute/devices/device.ts'

export interface OptimizerRules {
  readonly optimizer: 'sgd' | 'adamw'
  /** SGD only. */
  readonly momentum: number
  /** L2 of all weights added to the gradient for SGD; decoupled, of matrices alone, for AdamW. */
  readonly decay: number
}

export interface Optimizer {
  /** Numbers that a step takes besides its batch, for step `index` at this rate. */
  rates(index: number, rate: number): number[]
  /** Changes the weights; part of the compiled step. */
  update(gradients: readonly Tensor[], rates: readonly Tensor[]): void
  /** Its memory, which is zero at the beginning. */
  moments(): readonly Variable[]
  restart(): void
  dispose(): void
}

/** An optimizer of these weights, with a memory of its own or a given one. */
export function createOptimizer(
  tf: TensorFlow,
  weights: readonly Variable[],
  rules: OptimizerRules,
  from?: readonly Float32Array[]
): Optimizer {
  return rules.optimizer === 'sgd'
    ? createSgd(tf, weights, rules, from)
    : createAdamW(tf, weights, rules, from)
}

/** v = momentum v + gradient + decay w, w = w - rate v (torch.optim.SGD). */
function createSgd(
  tf: TensorFlow,
  weights: readonly Variable[],
  { momentum, decay }: OptimizerRules,
  from?: readonly Float32Array[]
): Optimizer {
  const velocities = momentum === 0 ? [] : memoryOf(tf, weights, from)
  return {
    ...holding(tf, velocities),
    rates: (_index, rate) => [rate],
    update(gradients, [rate]) {
      weights.forEach((values, at) => {
        const gradient = gradients[at]
        const slope = decay === 0 ? gradient : tf.add(gradient, tf.mul(values, decay))
        if (momentum === 0) return values.assign(tf.sub(values, tf.mul(slope, rate)))
        const velocity = tf.add(tf.mul(velocities[at], momentum), slope)
        values.assign(tf.sub(values, tf.mul(velocity, rate)))
        velocities[at].assign(velocity)
      })
    }
  }
}

const momentum = 0.9
const squares = 0.999
const epsilon = 1e-8

/** AdamW (Loshchilov and Hutter 2019); biases and scales do not decay. */
function createAdamW(
  tf: TensorFlow,
  weights: readonly Variable[],
  { decay }: OptimizerRules,
  from?: readonly Float32Array[]
): Optimizer {
  const memory = memoryOf(tf, [...weights, ...weights], from)
  return {
    ...holding(tf, memory),
    rates(index, rate) {
      const correction = Math.sqrt(1 - squares ** (index + 1)) / (1 - momentum ** (index + 1))
      return [rate * correction, rate * decay]
    },
    update(gradients, [rate, decayed]) {
      weights.forEach((values, at) => {
        const gradient = gradients[at]
        const [mean, square] = [memory[at], memory[weights.length + at]]
        const m = tf.add(tf.mul(mean, momentum), tf.mul(gradient, 1 - momentum))
        const s = tf.add(tf.mul(square, squares), tf.mul(tf.square(gradient), 1 - squares))
        const change = tf.mul(tf.div(m, tf.add(tf.sqrt(s), epsilon)), rate)
        const kept = values.rank > 1 ? tf.sub(values, tf.mul(values, decayed)) : values
        values.assign(tf.sub(kept, change))
        mean.assign(m)
        square.assign(s)
      })
    }
  }
}

function holding(
  tf: TensorFlow,
  memory: readonly Variable[]
): Pick<Optimizer, 'moments' | 'restart' | 'dispose'> {
  return {
    moments: () => memory,
    restart() {
      for (const variable of memory) tf.tidy(() => variable.assign(tf.zerosLike(variable)))
    },
    dispose: () => tf.dispose([...memory])
  }
}

function memoryOf(
  tf: TensorFlow,
  weights: readonly Variable[],
  from?: readonly Float32Array[]
): Variable[] {
  return weights.map(({ shape, size }, at) =>
    makeVariable(tf, from?.[at] ?? new Float32Array(size), shape)
  )
}

/** A variable of these numbers; nothing else stays on the device. */
export function makeVariable(
  tf: TensorFlow,
  values: Float32Array,
  shape: readonly number[]
): Variable {
  // A copy: the device may keep the array it is given.
  const initial = tf.tensor(values.slice(), [...shape])
  const variable = tf.variable(initial)
  initial.dispose()
  return variable
}

/** A copy of a variable's numbers. */
export function numbersOf(variable: Variable): Float32Array {
  return Float32Array.from(variable.dataSync<'float32'>())
}
