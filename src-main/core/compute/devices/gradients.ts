// Automatic differentiation for code that needs it. The Node build of tfjs-core leaves its
// gradient functions out; they are in the package as modules meant for bundlers.
import { registerHooks } from 'node:module'

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
  await import('@tensorflow/tfjs-core')
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
    isLoaded = true
  } finally {
    hooks.deregister()
  }
}
