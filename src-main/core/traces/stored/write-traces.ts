// Adds attempts to a set, invisible until they are all there. Used by imports and by what makes
// traces itself (the runner).
import type { JsonValue } from '../../../api/dto/common.ts'
import { AppError } from '../../../api/errors.ts'
import type { Store } from '../../store/records.ts'
import type {
  HiddenCount,
  NewOutline,
  ToolUse,
  TraceSetRules,
  TraceSourceRecord
} from '../../store/trace-records.ts'
import type { ComputePool } from '../../jobs/compute-task.ts'
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import { deriveTrace, plainRules } from '../model/derive-steps.ts'
import type { TraceEvent, TraceRecord } from '../model/trace.ts'
import { deriveTracesTask, type DeriveEvent, type DeriveInput } from './derive-task.ts'
import { firstRules, joinTools } from './tool-rules.ts'

/** What a writer writes into. */
export interface WriterTarget {
  /** Id of the set: a new one is made with `name`; one that is there gets another part. */
  readonly set: string
  /** Name of a new set; null adds to the set that is there. */
  readonly name: string | null
  /** Kept with the part: import options, or what made the traces. */
  readonly options: JsonValue
  readonly now: number
}

/** How the end of a writer is followed and stopped. */
export interface FinishOptions {
  readonly pool: ComputePool
  readonly signal: AbortSignal
  /** Names of arguments that do not tell calls apart; of a new set only. */
  readonly volatile: readonly string[]
  readonly secrets?: readonly HiddenCount[]
  /** Called before steps are looked at, with the number of attempts, and after some of them. */
  onStart?(total: number): void
  onProgress?(done: number): void | Promise<void>
}

/** Adds attempts. Nothing is seen of them before `finish`; `discard` takes them away again. */
export interface TraceWriter {
  readonly part: number
  /** Attempts added so far. */
  readonly traces: number
  addSource(source: TraceSourceRecord): void
  addProblems(problems: readonly { readonly where: string; readonly reason: string }[]): void
  /** A whole record. Give it the number of an added source. Returns the attempt's number. */
  add(record: TraceRecord, source?: number): number
  /** A record whose events come in blocks; `steps` is the number of its agent's decisions. */
  begin(head: Omit<TraceRecord, 'events'>, source: number, steps: number): number
  /** More events of the attempt that was begun last. */
  append(events: readonly TraceEvent[]): void
  /**
   * Makes steps and findings, then shows everything at once. Throws AppError "nothing-to-import" when
   * nothing was added; then, and when it is stopped, call `discard`.
   */
  finish(options: FinishOptions): Promise<void>
  /** Gives everything up; rows go in the background (removals). */
  discard(): void
}

/** Starts a part. Throws AppError "dataset-name-taken" or "dataset-not-found". */
export function createTraceWriter(store: Store, target: WriterTarget): TraceWriter {
  const { traces } = store
  const part = store.transaction(() => {
    if (target.name !== null)
      traces.insertSet({
        id: target.set,
        name: target.name,
        rules: firstRules([]),
        createdAt: target.now
      })
    else if (traces.set(target.set)?.state !== 'ready')
      throw new AppError('dataset-not-found', 'This set of traces is not in the project.')
    return traces.addPart(target.set, target.options, target.now)
  })
  let count = 0
  let current = { trace: 0, events: 0 }

  function begin(head: Omit<TraceRecord, 'events'>, source: number, steps: number): number {
    current = { trace: traces.addTrace({ ...head, part, source, steps }), events: 0 }
    count++
    return current.trace
  }
  function append(events: readonly TraceEvent[]): void {
    traces.addEvents(current.trace, current.events, events)
    current = { ...current, events: current.events + events.length }
  }

  return {
    part,
    get traces() {
      return count
    },
    addSource: (source) => traces.addSource(part, source),
    addProblems: (problems) => traces.addProblems(part, problems),
    add: ({ events, ...head }, source = 0) =>
      store.transaction(() => {
        // Turns do not depend on rules.
        const { steps } = deriveTrace({ ...head, events }, plainRules)
        const trace = begin(head, source, steps.length)
        append(events)
        return trace
      }),
    begin,
    append,
    async finish(options) {
      if (count === 0)
        throw new AppError('nothing-to-import', 'These files hold no attempts that can be read.')
      await finishPart(store, target, part, count, options)
    },
    discard() {
      store.transaction(() => {
        traces.updatePart(part, { state: 'removing' })
        const set = traces.set(target.set)
        // The name is free at once.
        if (set?.state === 'building')
          traces.updateSet(target.set, { state: 'removing', name: `${set.name} ${target.set}` })
      })
    }
  }
}

const noKinds = new Uint8Array(0)

async function finishPart(
  store: Store,
  target: WriterTarget,
  part: number,
  count: number,
  { pool, signal, volatile, secrets = [], onStart, onProgress }: FinishOptions
): Promise<void> {
  const { traces } = store
  const isNew = target.name !== null
  const rules: TraceSetRules = isNew
    ? firstRules(volatile)
    : (traces.set(target.set)?.rules ?? firstRules(volatile))
  const own = new Set(traces.partTraces(part))
  // Findings on attempts that were there change with their new siblings, but only with them.
  const others: NewOutline[] = []
  let done = 0
  onStart?.(count)
  const tools = await pool.run<DeriveInput, DeriveEvent, readonly ToolUse[]>(
    deriveTracesTask,
    { path: store.path, set: target.set, rules, part },
    {
      signal,
      async onEvent({ outlines }) {
        const mine = outlines.filter(({ trace }) => own.has(trace))
        for (const outline of outlines)
          // A set of a hundred thousand attempts: no steps are kept in memory that nobody writes.
          if (!own.has(outline.trace)) others.push({ ...outline, steps: '', kinds: noKinds })
        traces.saveOutlines(mine)
        done += mine.length
        await onProgress?.(done)
      }
    }
  )
  const isLarge = others.length > findingsAtOnce
  const isStaleNow = store.transaction(() => {
    const set = traces.set(target.set)
    if (set === undefined || set.state === 'removing')
      throw new AppError('dataset-not-found', 'This set of traces was removed meanwhile.')
    // Should the app be killed between the slices below, steps and findings are made anew.
    const isStale = isLarge && !set.isStale
    if (!isLarge) for (const each of others) traces.saveFindings(each.trace, each)
    traces.updatePart(part, { state: 'ready', secrets })
    traces.updateSet(target.set, {
      tools: joinTools(set.tools, tools),
      ...(isStale && { isStale }),
      ...(isNew && { rules, state: 'ready' })
    })
    return isStale
  })
  if (isLarge) await saveInSlices(store, target.set, rules, others, isStaleNow)
}

/** Findings of other attempts that are written at once. */
const findingsAtOnce = 250

/** What was added is seen by now, so that this is not stopped any more. */
async function saveInSlices(
  store: Store,
  set: string,
  rules: TraceSetRules,
  others: readonly NewOutline[],
  isOurs: boolean
): Promise<void> {
  const { traces } = store
  const isSame = (): boolean => JSON.stringify(traces.set(set)?.rules) === JSON.stringify(rules)
  for (let from = 0; from < others.length; from += findingsAtOnce) {
    await letMessagesIn()
    // New rules have a job of their own that makes everything anew; a removed set needs nothing.
    if (!isSame()) return
    store.transaction(() => {
      for (const each of others.slice(from, from + findingsAtOnce))
        traces.saveFindings(each.trace, each)
    })
  }
  if (isOurs) traces.updateSet(set, { isStale: false })
}
