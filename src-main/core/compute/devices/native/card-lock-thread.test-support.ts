// A thread that takes its turn at the card again and again, or dies in the middle of one.
import { parentPort, workerData } from 'node:worker_threads'
import { withCard } from './card-lock.ts'

interface Orders {
  readonly shared: SharedArrayBuffer
  readonly turns: number
  readonly dies: boolean
}

// The test that starts the thread sends these.
const { shared, turns, dies } = workerData as Orders
/** [0]: threads in their turn, [1]: the most that were at once, [2]: turns taken. */
const counts = new Int32Array(shared)

for (let turn = 0; turn < turns; turn++) {
  withCard(() => {
    const now = Atomics.add(counts, 0, 1) + 1
    if (now > Atomics.load(counts, 1)) Atomics.store(counts, 1, now)
    // Long enough for another thread to come in, if it could.
    for (let i = 0; i < 2000; i++) Atomics.load(counts, 1)
    Atomics.add(counts, 2, 1)
    if (dies) process.exit(3)
    Atomics.sub(counts, 0, 1)
  })
}
parentPort?.postMessage('done')
