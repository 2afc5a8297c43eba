// A compute thread for tests of devices that give up: the first device computes like the plain one
// until its nth matrix product. Run as a worker with FrailData.
import type { KernelFunc } from '@tensorflow/tfjs-core'
import { parentPort, workerData } from 'node:worker_threads'
import { DeviceFailed, type DeviceDriver } from '../compute/devices/driver.ts'
import { plainDriver } from '../compute/devices/plain.ts'
import { createDeviceRegistry } from '../compute/devices/registry.ts'
import type { ComputeTask } from './compute-task.ts'
import { serveTasks, type ToThread } from './serve-tasks.ts'

export interface FrailData {
  /** The matrix product of the first device that fails, counted after its self-test. */
  readonly failAt: number
}

/** Products made by a thread's frail device since it was tested. */
let products = 0

function frailDriver({ failAt }: FrailData): DeviceDriver {
  return {
    id: 'frail',
    name: 'frail card',
    shortName: 'Frail',
    isReference: false,
    backend: 'frail',
    async load(tf) {
      const { MathBackendCPU } = await import('@tensorflow/tfjs-backend-cpu')
      tf.registerBackend('frail', () => new MathBackendCPU())
      tf.copyRegisteredKernels('cpu', 'frail')
      const plain = tf.getKernel('BatchMatMul', 'cpu')
      tf.unregisterKernel('BatchMatMul', 'frail')
      // The first product is the self-test's.
      products = -1
      const kernelFunc: KernelFunc = (call) => {
        if (++products === failAt) throw new DeviceFailed('frail', 'the card was taken out')
        return plain.kernelFunc(call)
      }
      tf.registerKernel({ kernelName: 'BatchMatMul', backendName: 'frail', kernelFunc })
    },
    usage: () => ({ bytes: 64, tensors: 1, graphs: 0, compiled: 0, fallbacks: { Erf: 2 } })
  }
}

export interface MultiplyInput {
  readonly times: number
  /** Tell each product as it is made. */
  readonly isTelling: boolean
  /** Moved or copied along; not used. */
  readonly bytes: Uint8Array
}

const multiply: ComputeTask<MultiplyInput, number, { sum: number; device: string }> = {
  name: 'multiply',
  async *run({ times, isTelling }, context) {
    const { tf, name } = await context.device('auto')
    let sum = 0
    for (let i = 0; i < times; i++) {
      const product = tf.matMul(tf.tensor2d([[i, 1]]), tf.tensor2d([[2], [3]]))
      sum += product.dataSync()[0]
      if (isTelling) yield i
    }
    return { sum, device: name }
  }
}

const port = parentPort
if (port) {
  // Started by our own test with exactly this.
  const data = workerData as FrailData
  serveTasks(
    {
      post: (message, transfer) => port.postMessage(message, [...transfer]),
      onMessage: (callback) => port.on('message', (message: ToThread) => callback(message))
    },
    [multiply],
    createDeviceRegistry([frailDriver(data), plainDriver])
  )
}
