// What is kept of an attempt beside its events: the list of steps in short, kinds of events, tools.
import { eventKinds, type NewOutline, type StepOutline } from '../../store/trace-records.ts'
import { decisionKey, type Finding } from '../detectors/detector.ts'
import { laneOf, sayVerb } from '../model/derive-steps.ts'
import type { ActionStatus, Effect, Trace, TraceEvent, TraceStep } from '../model/trace.ts'

const titleLength = 120

// What a step is marked with when its actions differ: what weighs most.
const statuses: readonly ActionStatus[] = ['error', 'soft', 'ok', 'none']
const effects: readonly Effect[] = ['write', 'end', 'unknown', 'read', 'talk', 'think']

/** The outline of an attempt with what detectors found on it. */
export function outlineOf(trace: number, whole: Trace, findings: readonly Finding[]): NewOutline {
  const steps = stepOutlines(whole)
  const tools = new Set<string>()
  for (const { kind, name } of whole.events)
    if (kind === 'tool-call' && name !== null) tools.add(name)
  return {
    trace,
    kinds: Uint8Array.from(whole.events, ({ kind }) => eventKinds.indexOf(kind)),
    steps: JSON.stringify(steps),
    stepCount: steps.length,
    findings: JSON.stringify(findings),
    detectors: JSON.stringify(detectorsOf(findings)),
    errors: steps.filter(({ status }) => status === 'error').length,
    tools: JSON.stringify([...tools].sort())
  }
}

/** Each detector once, strongest first. */
function detectorsOf(findings: readonly Finding[]): string[] {
  return [
    ...new Set(findings.toSorted((a, b) => b.severity - a.severity).map(({ detector }) => detector))
  ]
}

/** Steps in short. */
export function stepOutlines({ steps, events }: Trace): StepOutline[] {
  const repeats = runLengths(steps.map(decisionKey))
  return steps.map((step, i): StepOutline => {
    const until = endOfResults(events, step.to, steps[i + 1]?.from ?? events.length)
    const said = events
      .slice(step.from, step.to)
      .find(({ kind, text }) => (kind === 'assistant' || kind === 'thought') && text !== '')
    const calls = step.actions.filter(({ verb }) => verb !== sayVerb).map(({ verb }) => verb)
    return {
      index: step.index,
      from: step.from,
      to: step.to,
      until,
      actor: step.actor,
      title: calls.length > 0 ? counted(calls) : beginning(said?.text ?? ''),
      kind: calls.length > 0 ? 'call' : step.actions.length > 0 ? 'talk' : 'thought',
      status: weightiest(
        statuses,
        step.actions.map(({ status }) => status),
        'none'
      ),
      effect: weightiest(
        effects,
        step.actions.map(({ effect }) => effect),
        'think'
      ),
      durationMs: duration(events, step, until),
      repeats: repeats[i],
      lane: events[step.from].lane ?? 0
    }
  })
}

/** Results, screens and scores after a step, up to what a person says or the next step. */
function endOfResults(events: readonly TraceEvent[], from: number, next: number): number {
  let until = from
  for (let at = from; at < next; at++) {
    const { kind } = events[at]
    const isOther = laneOf(events[at]) !== laneOf(events[from - 1])
    if (isOther || kind === 'user' || kind === 'system') break
    until = at + 1
  }
  return until
}

function duration(
  events: readonly TraceEvent[],
  { from }: TraceStep,
  until: number
): number | null {
  const start = events[from].time
  const end = events[until - 1].time
  return start === null || end === null || end < start ? null : end - start
}

function weightiest<T>(order: readonly T[], found: readonly T[], none: T): T {
  return order.find((each) => found.includes(each)) ?? none
}

/** "search_flights, get_user ×2". */
function counted(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  const text = [...counts].map(([name, n]) => (n === 1 ? name : `${name} \u00D7${n}`)).join(', ')
  return beginning(text)
}

/** One line of at most {@link titleLength} characters. */
function beginning(text: string): string {
  const line = text
    .slice(0, titleLength * 4)
    .replaceAll(/\s+/g, ' ')
    .trim()
  return line.length <= titleLength
    ? line
    : `${line.slice(0, titleLength - 1).toWellFormed()}\u2026`
}

/** For each key: how many equal ones in a row it begins; 1 inside a row and for null. */
function runLengths(keys: readonly (string | null)[]): number[] {
  const lengths = keys.map(() => 1)
  for (let i = keys.length - 2, run = 1; i >= 0; i--) {
    run = keys[i] !== null && keys[i] === keys[i + 1] ? run + 1 : 1
    if (i === 0 || keys[i] === null || keys[i - 1] !== keys[i]) lengths[i] = run
  }
  return lengths
}
