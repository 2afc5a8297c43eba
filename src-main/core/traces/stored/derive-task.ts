// Compute task: steps and findings of the attempts of a set, task by task, because some detectors
// compare an attempt with its siblings. Reads over a connection of its own.
import { openTraceReader } from '../../store/trace-reader.ts'
import type { NewOutline, ToolUse, TraceReads, TraceSetRules } from '../../store/trace-records.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import { findAll } from '../detectors/registry.ts'
import { deriveTrace, type DerivationRules } from '../model/derive-steps.ts'
import type { Trace } from '../model/trace.ts'
import { derivationRules } from './load-trace.ts'
import { outlineOf } from './outline.ts'
import { PassLengths } from './pass-lengths.ts'
import { createToolCounter } from './tool-rules.ts'

export interface DeriveInput {
  /** The project file. */
  readonly path: string
  readonly set: string
  readonly rules: TraceSetRules
  /** A part that is being added: its tasks alone are looked at. null = the whole set. */
  readonly part: number | null
}

export interface DeriveEvent {
  readonly outlines: readonly NewOutline[]
  /** Attempts looked at since the last event. */
  readonly done: number
}

/** Successful siblings an attempt is compared with; more say little more and take long. */
const mostPasses = 40
const outlinesAtOnce = 50
/** Steps of them; an attempt with more comes alone. */
const stepsAtOnce = 1_500

/** Sends outlines; returns the tools that calls of the part, or of the whole set, use. */
export const deriveTracesTask: ComputeTask<DeriveInput, DeriveEvent, readonly ToolUse[]> = {
  name: 'traces.derive',
  async *run({ path, set, rules: given, part }, { signal }) {
    const reader = openTraceReader(path)
    try {
      const { traces } = reader
      const rules = derivationRules(given)
      const lengths = new PassLengths(traces.passLengths(set, part ?? undefined))
      const tools = createToolCounter()
      let waiting: NewOutline[] = []
      let steps = 0
      for (const key of traces.taskKeys(set, part ?? undefined, part ?? undefined)) {
        const attempts = traces.attemptParts(set, key, part ?? undefined)
        for (const found of deriveAttempts(traces, attempts, rules, lengths)) {
          signal.throwIfAborted()
          if (part === null || found.part === part) tools.add(found.events)
          waiting.push(found.outline)
          steps += found.outline.stepCount
          if (waiting.length >= outlinesAtOnce || steps >= stepsAtOnce) {
            yield { outlines: waiting, done: waiting.length }
            waiting = []
            steps = 0
          }
          await letMessagesIn()
        }
      }
      if (waiting.length > 0) yield { outlines: waiting, done: waiting.length }
      return tools.uses()
    } finally {
      reader.close()
    }
  }
}

interface Derived {
  readonly part: number
  readonly events: Trace['events']
  readonly outline: NewOutline
}

/** Attempts at one task, one in memory at a time beside the successful ones they are compared with. */
function* deriveAttempts(
  traces: TraceReads,
  attempts: ReturnType<TraceReads['attemptParts']>,
  rules: DerivationRules,
  lengths: PassLengths
): Generator<Derived, void, void> {
  const passes = new Map<number, Trace>()
  const load = (trace: number): Trace | undefined => {
    const record = traces.record(trace)
    return record && deriveTrace(record, rules)
  }
  const passed = attempts.filter(({ isPass }) => isPass).slice(0, mostPasses + 1)
  for (const { trace } of passed) {
    const loaded = load(trace)
    if (loaded !== undefined) passes.set(trace, loaded)
  }
  for (const { trace, part } of attempts) {
    const whole = passes.get(trace) ?? load(trace)
    if (whole === undefined) continue
    const others = [...passes].filter(([id]) => id !== trace).slice(0, mostPasses)
    const findings = findAll(whole, {
      passes: others.map(([, pass]) => pass),
      passLengths: lengths.without(trace)
    })
    yield { part, events: whole.events, outline: outlineOf(trace, whole, findings) }
  }
}
