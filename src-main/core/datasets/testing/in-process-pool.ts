// A compute pool for tests: runs tasks in this thread, but sends everything through a structured
// clone, as between threads.
import { AppError } from '../../../api/errors.ts'
import type { ComputePool, ComputeTask } from '../../jobs/compute-task.ts'

type AnyTask = ComputeTask<never>

/** Runs the given tasks; every event waits for its consumer. */
export function createInProcessPool(tasks: readonly AnyTask[]): ComputePool {
  return {
    size: 1,
    async run<I, E, O>(
      task: { readonly name: string },
      input: I,
      options: Parameters<ComputePool['run']>[2] & {
        readonly onEvent?: (event: E) => void | Promise<void>
      }
    ): Promise<O> {
      const found = tasks.find(({ name }) => name === task.name)
      if (found === undefined) throw new Error(`no task ${task.name}`)
      const context = {
        signal: options.signal,
        device: () => Promise.reject(new Error('no device in tests')),
        transfer: () => {}
      }
      // Tasks are listed without their types; the name says which they are.
      const steps = found.run(structuredClone(input) as never, context)
      for (;;) {
        if (options.signal.aborted) {
          await steps.return(undefined)
          throw new AppError('cancelled')
        }
        const step = await steps.next()
        const value = structuredClone(step.value)
        if (step.done === true) return value as O
        try {
          await options.onEvent?.(value as E)
        } catch (error) {
          await steps.return(undefined)
          throw error
        }
      }
    },
    resize: () => {},
    dispose: async () => {}
  }
}
