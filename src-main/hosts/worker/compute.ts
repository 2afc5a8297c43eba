// Entry of a compute thread: serves the product's tasks on the channel to its parent.
import { parentPort } from 'node:worker_threads'
import { computeTasks } from '../../core/app/compute-tasks.ts'
import { deviceRegistry } from '../../core/compute/devices/registry.ts'
import { serveTasks, type ToThread } from '../../core/jobs/serve-tasks.ts'

const port = parentPort
if (!port) throw new Error('this file runs in a worker thread')

serveTasks(
  {
    post: (message, transfer) => port.postMessage(message, [...transfer]),
    onMessage: (callback) => port.on('message', (message: ToThread) => callback(message))
  },
  computeTasks,
  deviceRegistry
)
