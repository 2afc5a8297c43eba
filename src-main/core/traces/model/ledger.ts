// State of the world as an agent's writes made it: the multiset of writes that took effect so far.
// It stands in for a screen where a log has none (tool agents).
import { hash } from 'node:crypto'
import { isEffectiveWrite, type Trace, type TraceAction } from './trace.ts'

/** A write of a trace and the step it happened in. */
export interface TraceWrite {
  readonly step: number
  readonly action: TraceAction
}

/** Writes that took effect, in order. */
export function effectiveWrites({ steps }: Pick<Trace, 'steps'>): TraceWrite[] {
  return steps.flatMap(({ index, actions }) =>
    actions.filter(isEffectiveWrite).map((action) => ({ step: index, action }))
  )
}

/** How often each write took effect, by key. */
export function writeCounts(trace: Pick<Trace, 'steps'>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { action } of effectiveWrites(trace))
    counts.set(action.key, (counts.get(action.key) ?? 0) + 1)
  return counts
}

/**
 * The state before every step, and after the last: the screen where the log has screens, else the
 * writes so far, whatever their order. One more than there are steps.
 */
export function statesOf({ steps }: Pick<Trace, 'steps'>): string[] {
  const done: string[] = []
  let ledger = ledgerKey(done)
  const states: string[] = []
  for (const { before, actions } of steps) {
    states.push(before ?? ledger)
    const writes = actions.filter(isEffectiveWrite)
    if (writes.length === 0) continue
    done.push(...writes.map(({ key }) => key))
    ledger = ledgerKey(done)
  }
  states.push(steps.at(-1)?.after ?? ledger)
  return states
}

function ledgerKey(done: readonly string[]): string {
  return `writes:${hash('sha256', done.toSorted().join('\n')).slice(0, 16)}`
}
