// A compute thread for tests of the pool: serves tasks that behave and tasks that do not. Run as a
// worker; the tests import only its types.
import { parentPort } from 'node:worker_threads'
import { AppError } from '../../api/errors.ts'
import type { ComputeTask } from './compute-task.ts'
import { serveTasks, type ToThread } from './serve-tasks.ts'

/**
 * Shared memory: [0] steps made, [1] set when the task's own clean-up ran, or by the test to let the
 * task end, [2] devices opened.
 */
export interface Shared {
  readonly shared: Int32Array
}

const echo: ComputeTask<unknown, never, unknown> = {
  name: 'echo',
  // eslint-disable-next-line require-yield -- answers at once
  async *run(input) {
    return input
  }
}

const count: ComputeTask<Shared & { readonly to: number }, number, string> = {
  name: 'count',
  async *run({ to, shared }, context) {
    try {
      for (let i = 1; i <= to; i++) {
        context.signal.throwIfAborted()
        Atomics.add(shared, 0, 1)
        yield i
      }
      return `counted to ${to}`
    } finally {
      Atomics.store(shared, 1, 1)
    }
  }
}

/** Works until it is told to stop, without ever sending anything. */
const work: ComputeTask<Shared, never, void> = {
  name: 'work',
  // eslint-disable-next-line require-yield -- long and silent on purpose
  async *run({ shared }, context) {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve))
      context.signal.throwIfAborted()
      if (Atomics.add(shared, 0, 1) === 0) Atomics.notify(shared, 0)
    }
  }
}

/** Never looks up: only ending the thread helps. */
const deaf: ComputeTask<Shared, never, void> = {
  name: 'deaf',
  // eslint-disable-next-line require-yield -- never comes to it
  async *run({ shared }) {
    for (;;) if (Atomics.add(shared, 0, 1) === 0) Atomics.notify(shared, 0)
  }
}

const bytes: ComputeTask<{ readonly size: number }, never, Uint8Array> = {
  name: 'bytes',
  // eslint-disable-next-line require-yield -- answers at once
  async *run({ size }, context) {
    const made = new Uint8Array(size).fill(7)
    context.transfer(made.buffer)
    return made
  }
}

const fail: ComputeTask<{ readonly how: string }, never, void> = {
  name: 'fail',
  // eslint-disable-next-line require-yield -- fails at once
  async *run({ how }) {
    switch (how) {
      case 'refuse':
        throw new AppError('file-damaged', 'Row 7 is cut off.', { hint: 'Save it again.' })
      case 'bug':
        throw new TypeError('x is not a function')
      case 'allocate':
        new ArrayBuffer(2 ** 53 - 1)
        return
      case 'exit':
        process.exit(3)
        break
      case 'uncaught':
        setImmediate(() => {
          throw new Error('nobody caught this')
        })
        await new Promise(() => undefined)
        break
      case 'memory': {
        const kept: number[][] = []
        for (;;) kept.push(Array.from({ length: 10_000 }, (_, i) => i + 0.5))
      }
    }
  }
}

const device: ComputeTask<Shared, never, string> = {
  name: 'device',
  // eslint-disable-next-line require-yield -- answers at once
  async *run({ shared }, context) {
    Atomics.add(shared, 2, 1)
    return (await context.device(Atomics.load(shared, 2) < 2 ? 'broken' : 'good')).name
  }
}

/** Every number of cores the thread's device was told during its task. */
const heard: number[] = []

/** Opens a device and keeps its cores until shared [1] is set; returns every number it was told. */
const cores: ComputeTask<Shared, never, number[]> = {
  name: 'cores',
  // eslint-disable-next-line require-yield -- answers at the end
  async *run({ shared }, context) {
    heard.length = 0
    await context.device('odd')
    Atomics.store(shared, 0, 1)
    Atomics.notify(shared, 0)
    while (Atomics.load(shared, 1) === 0) {
      context.signal.throwIfAborted()
      await new Promise((resolve) => setImmediate(resolve))
    }
    return heard
  }
}

const port = parentPort
let tries = 0
if (port) {
  serveTasks(
    {
      post: (message, transfer) => port.postMessage(message, [...transfer]),
      onMessage: (callback) => port.on('message', (message: ToThread) => callback(message))
    },
    [echo, count, work, deaf, bytes, fail, device, cores],
    {
      async openDevice(requested) {
        if (tries++ === 0 && requested === 'broken') throw new AppError('device-not-available')
        const device = {
          id: requested,
          name: `the ${requested} one`,
          isReference: false,
          tf: {} as never,
          setCores: (count: number) => void heard.push(count)
        }
        return { device, fallback: requested === 'odd' ? 'It is not there.' : undefined }
      },
      failureIn: () => undefined,
      markFailed: () => undefined,
      usage: () => ({})
    }
  )
}
