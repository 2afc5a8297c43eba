// A compute thread for tests of this folder: serves the tasks of core/features and nothing else.
// Run as a worker by `createFeaturePool` in extract.test.ts.
import { parentPort } from 'node:worker_threads'
import { deviceRegistry } from '../compute/devices/registry.ts'
import { serveTasks, type ToThread } from '../jobs/serve-tasks.ts'
import { featureTasks } from './feature-tasks.ts'

const port = parentPort
if (port) {
  serveTasks(
    {
      post: (message, transfer) => port.postMessage(message, [...transfer]),
      onMessage: (callback) => port.on('message', (message: ToThread) => callback(message))
    },
    featureTasks,
    deviceRegistry
  )
}
