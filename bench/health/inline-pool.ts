// A compute pool for benchmarks: runs the product's tasks one after the other in this thread, on the
// product's own device.
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import type { ComputePool, ComputeTask } from '../../src-main/core/jobs/compute-task.ts'
import type { PhaseContext } from '../../src-main/core/health/run-blocks.ts'

/** A pool of one thread over these tasks. */
export function inlinePool(tasks: readonly ComputeTask<never>[]): ComputePool {
  return {
    size: 1,
    async run<I, E, O>(
      task: { readonly name: string },
      input: I,
      options: {
        readonly signal: AbortSignal
        readonly onEvent?: (event: E) => void | Promise<void>
      }
    ): Promise<O> {
      const found = tasks.find(({ name }) => name === task.name)
      if (found === undefined) throw new Error(`no task ${task.name}`)
      // Tasks are listed without their types; the name says which they are.
      const steps = found.run(input as never, {
        signal: options.signal,
        device: async (requested) => (await openDevice(requested)).device,
        transfer: () => {}
      })
      for (;;) {
        const step = await steps.next()
        if (step.done === true) return step.value as O
        await options.onEvent?.(step.value as E)
      }
    },
    resize: () => {},
    dispose: async () => {}
  }
}

/** What a phase needs of a job, for a benchmark. */
export function phaseContext(
  tasks: readonly ComputeTask<never>[]
): PhaseContext & { total(total: number): void } {
  return {
    signal: new AbortController().signal,
    pool: inlinePool(tasks),
    deviceRequest: 'auto',
    progress: () => {},
    total: () => {},
    breathe: async () => {}
  }
}
