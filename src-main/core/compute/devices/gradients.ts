// Automatic differentiation for code that needs it. The Node build of tfjs-core leaves its
// gradient functions out; they are in the package as modules meant for bundlers.
import { registerHooks } from 'node:module'
import type { GradConfig, SumAttrs, Tensor, TileAttrs } from '@tensorflow/tfjs-core'
import type { TensorFlow } from './device.ts'

let loading: Promise<void> | undefined
let isLoaded = false

/** True once {@link enableGradients} is through in this thread. */
export function gradientsAreEnabled(): boolean {
  return isLoaded
}

/**
 * Registers tfjs-core's gradient functions in this thread, so that `tf.grad` and `tf.variableGrads`
 * work on every device. Takes about a quarter of a second the first time.
 */
export function enableGradients(): Promise<void> {
  loading ??= load()
  return loading
}

// The modules import one another without file endings, which Node does not resolve by itself.
// They share the engine and the registries with the Node build, because tfjs-core keeps those on
// the global object; a test proves it.
async function load(): Promise<void> {
  // The Node build first: whichever copy comes first makes the tensors, and only this one is whole
  // (tensors of the other cannot be cloned, which the gradients of cast and addN do).
  const tf = await import('@tensorflow/tfjs-core')
  const hooks = registerHooks({
    resolve(specifier, context, nextResolve) {
      const isInside = context.parentURL?.includes('/tfjs-core/dist/') === true
      if (!isInside || !specifier.startsWith('.') || specifier.endsWith('.js'))
        return nextResolve(specifier, context)
      try {
        return nextResolve(`${specifier}.js`, context)
      } catch {
        return nextResolve(`${specifier}/index.js`, context)
      }
    }
  })
  try {
    await import('@tensorflow/tfjs-core/dist/register_all_gradients.js')
    tf.unregisterGradient(tf.Tile)
    tf.registerGradient(tileGradient(tf))
    for (const name of ['Sum', 'Mean'] as const) {
      tf.unregisterGradient(name)
      tf.registerGradient(reductionGradient(tf, name))
    }
    isLoaded = true
  } finally {
    hooks.deregister()
  }
}

/**
 * The gradient of tile: the sum over the repetitions. tfjs-core's own cuts out every repetition one
 * by one (2 s for a number spread to 4 x 6 x 7 x 8) and knows only up to four axes.
 */
function tileGradient(tf: TensorFlow): GradConfig {
  return {
    kernelName: tf.Tile,
    inputsToSave: ['x'],
    gradFunc(dy, saved, attributes) {
      const [x] = saved as [Tensor]
      // tfjs-core hands every gradient the attributes of its kernel.
      const { reps } = attributes as unknown as TileAttrs
      return {
        x() {
          let sum = dy as Tensor // one result, so one gradient
          reps.forEach((times, axis) => {
            if (times === 1) return
            const { shape } = sum
            const parts = [
              product(shape.slice(0, axis)),
              times,
              product(x.shape.slice(axis, axis + 1))
            ]
            const rest = product(shape.slice(axis + 1))
            const summed = tf.sum(tf.reshape(sum, [...parts, rest]), 1)
            sum = tf.reshape(summed, shape.toSpliced(axis, 1, x.shape[axis]))
          })
          return sum
        }
      }
    }
  }
}

/**
 * The gradients of sum and mean, as tfjs-core has them but for the ones they spread a number with:
 * these come from an operation, not from an array, so that a step with them can be repeated as it
 * was recorded.
 */
function reductionGradient(tf: TensorFlow, kernelName: 'Sum' | 'Mean'): GradConfig {
  return {
    kernelName,
    inputsToSave: ['x'],
    gradFunc(dy, saved, attributes) {
      const [x] = saved as [Tensor]
      // tfjs-core hands every gradient the attributes of its kernel.
      const { axis } = attributes as unknown as SumAttrs
      const axes = tf.util.parseAxisParam(axis, x.shape)
      const kept = x.shape.map((side, at) => (axes.includes(at) ? 1 : side))
      return {
        x() {
          const sums = tf.reshape(dy as Tensor, kept) // one result, so one gradient
          const spread = tf.mul(sums, tf.fill(x.shape, 1))
          if (kernelName === 'Sum') return spread
          return tf.div(spread, product(axes.map((at) => x.shape[at])))
        }
      }
    }
  }
}

function product(dims: readonly number[]): number {
  return dims.reduce((total, dim) => total * dim, 1)
}
