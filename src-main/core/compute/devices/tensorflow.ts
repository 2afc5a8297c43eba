// TensorFlow's native library as npm packages bring it: @tensorflow/tfjs-node-gpu for NVIDIA cards,
// @tensorflow/tfjs-node for processors. Both register the same backend, so a thread holds one of
// them. Results are copied into buffers of the JavaScript engine (tfjs-node 4.22,
// binding/tfjs_backend.cc), so Electron, which forbids buffers of foreign memory, can read them;
// the self-test reads results before the device is offered.
import { DeviceMissing } from './driver.ts'
import type { TensorFlow } from './device.ts'

/** Name under which both packages register with tfjs-core. */
export const tensorflowBackend = 'tensorflow'

/**
 * Makes sure that the backend is registered in this thread: by the package if it is installed.
 * Throws DeviceMissing "not installed" or "installed, but its library could not be loaded".
 */
export async function loadTensorFlow(tf: TensorFlow, packageName: string): Promise<void> {
  if (tf.findBackendFactory(tensorflowBackend) === null) {
    try {
      // Importing the package registers its backend with the shared engine of tfjs-core.
      await import(packageName)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      const isAbsent = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND'
      const reason = isAbsent ? 'not installed' : 'installed, but its library could not be loaded'
      throw new DeviceMissing(reason, { cause: error })
    }
  }
  if (!(await tf.setBackend(tensorflowBackend))) throw new DeviceMissing('could not be started')
}

/** True when the registered backend computes on a graphics card. */
export function usesCard(tf: TensorFlow): boolean {
  const backend: unknown = tf.findBackend(tensorflowBackend)
  return (
    typeof backend === 'object' &&
    backend !== null &&
    'isUsingGpuDevice' in backend &&
    backend.isUsingGpuDevice === true
  )
}
