// Why an attempt teaches a reviewer much: mixed tasks first, then failures, loops, great length,
// unusual tools, and checks that contradict each other or the outcome.
import { detectors } from '../../detectors/registry.ts'
import type { Candidate } from './candidate.ts'

const loops: ReadonlySet<string> = new Set(['repeat', 'repeat-window', 'period', 'cycle', 'stall'])

// A tool is unusual when at most one attempt in thirty uses it.
const unusual01 = 1 / 30
// A check points to failure, or to success, when the share of failures where it fires is this far
// from the share among all, over at least `fewest` attempts.
const pointing01 = 0.15
const fewest = 5

/** What is usual among the attempts that a queue is planned from. */
export interface Usual {
  readonly attempts: number
  readonly mixedTasks: ReadonlySet<string>
  readonly medianSteps: number
  /** Longer than 19 of 20, and than twice the median. */
  readonly longSteps: number
  readonly toolUses: ReadonlyMap<string, number>
  readonly toFailure: ReadonlySet<string>
  readonly toSuccess: ReadonlySet<string>
}

/** Looks over all attempts once. */
export function usualOf(candidates: readonly Candidate[]): Usual {
  const lengths = Float64Array.from(candidates, ({ steps }) => steps).sort()
  const medianSteps = lengths[Math.floor((lengths.length - 1) / 2)] ?? 0
  const most = lengths[Math.floor((lengths.length - 1) * 0.95)] ?? 0
  const toolUses = new Map<string, number>()
  for (const { tools } of candidates)
    for (const tool of tools) toolUses.set(tool, (toolUses.get(tool) ?? 0) + 1)
  return {
    attempts: candidates.length,
    mixedTasks: mixedTasksOf(candidates),
    medianSteps,
    longSteps: Math.max(most, 2 * medianSteps),
    toolUses,
    ...pointersOf(candidates)
  }
}

function mixedTasksOf(candidates: readonly Candidate[]): ReadonlySet<string> {
  const withOutcome = (outcome: string): ReadonlySet<string> =>
    new Set(candidates.filter((it) => it.outcome === outcome).map(({ task }) => task))
  const failed = withOutcome('fail')
  return new Set([...withOutcome('pass')].filter((task) => failed.has(task)))
}

function pointersOf(candidates: readonly Candidate[]): Pick<Usual, 'toFailure' | 'toSuccess'> {
  const judged = candidates.filter(({ outcome }) => outcome === 'pass' || outcome === 'fail')
  const fails = new Map<string, number>()
  const fires = new Map<string, number>()
  let failed = 0
  for (const { outcome, detectors: firing } of judged) {
    const fail = outcome === 'fail' ? 1 : 0
    failed += fail
    for (const id of new Set(firing)) {
      fires.set(id, (fires.get(id) ?? 0) + 1)
      fails.set(id, (fails.get(id) ?? 0) + fail)
    }
  }
  const base = failed / judged.length
  const known = [...fires].filter(([, count]) => count >= fewest)
  const lift = (id: string, count: number): number => (fails.get(id) ?? 0) / count - base
  return {
    toFailure: new Set(known.filter(([id, n]) => lift(id, n) >= pointing01).map(([id]) => id)),
    toSuccess: new Set(known.filter(([id, n]) => lift(id, n) <= -pointing01).map(([id]) => id))
  }
}

const kinds: readonly ((candidate: Candidate, usual: Usual) => string | undefined)[] = [
  mixedReason,
  failureReason,
  loopReason,
  lengthReason,
  toolReason,
  contradictionReason
]

/** How much an attempt promises: each reason outweighs all after it together. */
export function promiseOf(candidate: Candidate, usual: Usual): number {
  return kinds.reduce((sum, kind) => 2 * sum + (kind(candidate, usual) === undefined ? 0 : 1), 0)
}

/** The reasons in sentences, strongest first. */
export function reasonsOf(candidate: Candidate, usual: Usual): string[] {
  // A sentence may be empty: that of a mixed task names the outcome already.
  return kinds.flatMap((kind) => kind(candidate, usual) || [])
}

function mixedReason({ task, outcome }: Candidate, { mixedTasks }: Usual): string | undefined {
  if (!mixedTasks.has(task)) return undefined
  if (outcome === 'fail') return 'It failed at a task that other attempts solved.'
  if (outcome === 'pass') return 'It solved a task that other attempts failed at.'
  return 'Its task was both solved and failed.'
}

function failureReason({ task, outcome }: Candidate, { mixedTasks }: Usual): string | undefined {
  if (outcome === 'partial') return 'It was solved in part.'
  if (outcome !== 'fail') return undefined
  return mixedTasks.has(task) ? '' : 'It failed.'
}

function loopReason({ detectors: firing }: Candidate): string | undefined {
  return firing.some((id) => loops.has(id)) ? 'It repeats itself.' : undefined
}

function lengthReason({ steps }: Candidate, usual: Usual): string | undefined {
  if (usual.attempts < 10 || steps <= usual.longSteps) return undefined
  return `It is very long: ${steps} steps, where half have ${usual.medianSteps} or fewer.`
}

/** The tool of an attempt that the fewest attempts use; undefined without tools. */
export function rarestTool({ tools }: Candidate, { toolUses }: Usual): string | undefined {
  let rarest: string | undefined
  for (const tool of tools)
    if (rarest === undefined || (toolUses.get(tool) ?? 0) < (toolUses.get(rarest) ?? 0))
      rarest = tool
  return rarest
}

function toolReason(candidate: Candidate, usual: Usual): string | undefined {
  const tool = rarestTool(candidate, usual)
  if (tool === undefined) return undefined
  const uses = usual.toolUses.get(tool) ?? 0
  if (uses > usual.attempts * unusual01) return undefined
  return `It uses “${tool}”, which few attempts do.`
}

function contradictionReason(candidate: Candidate, usual: Usual): string | undefined {
  const { outcome, detectors: firing } = candidate
  const bad = firing.find((id) => usual.toFailure.has(id))
  const good = firing.find((id) => usual.toSuccess.has(id))
  if (outcome === 'pass' && bad !== undefined)
    return `It passed, although a check fired that is typical of failures: ${nameOf(bad)}.`
  if (outcome === 'fail' && bad === undefined && good !== undefined)
    return `It failed, although checks look like success: ${nameOf(good)}.`
  if (bad !== undefined && good !== undefined)
    return `Checks contradict each other: ${nameOf(bad)}, ${nameOf(good)}.`
  return undefined
}

const names: ReadonlyMap<string, string> = new Map(
  detectors.map(({ id, name }) => [id, name.charAt(0).toLowerCase() + name.slice(1)])
)

/** A detector's name within a sentence. */
export function nameOf(detector: string): string {
  return names.get(detector) ?? detector
}
