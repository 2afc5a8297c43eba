// Steps and findings of a whole set made anew, after its table of tools was changed. Stopped in
// between, it goes on when the project is opened again.
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { Store } from '../../store/records.ts'
import type { ToolUse } from '../../store/trace-records.ts'
import { deriveTracesTask, type DeriveEvent, type DeriveInput } from './derive-task.ts'
import { requireSet } from './load-trace.ts'

/** Parameters. */
export const DeriveParams = z.strictObject({ set: z.string().min(1).max(64) })
export type DeriveParams = z.infer<typeof DeriveParams>

/** Name of the kind of job. */
export const deriveTracesKind = 'derive-traces'

/** The kind. Throws AppError "dataset-not-found" for a set that was removed meanwhile. */
export function createDeriveTracesJob({
  store
}: {
  readonly store: Store
}): JobKind<DeriveParams, { readonly set: string; readonly traces: number }> {
  return {
    kind: deriveTracesKind,
    params: DeriveParams,
    canPause: true,
    canResume: true,
    isHeavy: true,
    phases: [{ name: 'Finding steps and likely trouble', weight: 1 }],
    async run(context, { set }) {
      const { rules } = requireSet(store, set)
      const total = store.traces.listings(set).length
      context.phase(0, total, 'attempts')
      let count = 0
      const tools = await context.pool.run<DeriveInput, DeriveEvent, readonly ToolUse[]>(
        deriveTracesTask,
        { path: store.path, set, rules, part: null },
        {
          signal: context.signal,
          async onEvent({ outlines, done }) {
            store.traces.saveOutlines(outlines)
            count += done
            context.progress(count)
            await context.breathe()
            await setImmediate()
          }
        }
      )
      // Rules that were changed once more meanwhile have a job of their own, behind this one.
      const isCurrent = JSON.stringify(requireSet(store, set).rules) === JSON.stringify(rules)
      store.traces.updateSet(set, { tools, ...(isCurrent && { isStale: false }) })
      return { set, traces: count }
    }
  }
}
