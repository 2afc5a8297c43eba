// Support for tests of queues: plans and attempts with every field filled in.
import { QueuePlan } from '../../../../api/dto/trace-reviews.ts'
import { TraceFilter } from '../../../../api/dto/trace-sets.ts'
import type { Candidate } from './candidate.ts'

/** A plan for ten attempts of set "s". */
export function queuePlan(change: Partial<QueuePlan> = {}): QueuePlan {
  const base = QueuePlan.parse({
    set: 's',
    name: 'Plan',
    template: 'training',
    questions: [],
    filter: TraceFilter.parse({}),
    count: 10
  })
  return { ...base, ...change }
}

/** An attempt that failed at a task of its own in ten steps. */
export function candidate(trace: number, change: Partial<Candidate> = {}): Candidate {
  return {
    trace,
    name: `attempt ${trace}`,
    task: `task ${trace}`,
    outcome: 'fail',
    steps: 10,
    tools: ['read', 'write'],
    detectors: [],
    startedAt: null,
    state: 'none',
    verdict: null,
    isFlagged: false,
    ...change
  }
}

/** Attempts 1 to `count`, each changed by its number. */
export function candidates(
  count: number,
  change: (trace: number) => Partial<Candidate> = () => ({})
): Candidate[] {
  return Array.from({ length: count }, (_, i) => candidate(i + 1, change(i + 1)))
}
