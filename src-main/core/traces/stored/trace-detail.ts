// One attempt as the reading screens show it: its outline at once, its events a page at a time.
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import { AppError } from '../../../api/errors.ts'
import type { TraceDetail, TraceEventView } from '../../../api/dto/trace-sets.ts'
import type { EventPart, TraceReads } from '../../store/trace-records.ts'
import { findingView } from './finding-text.ts'
import { noTrace, type TraceSource } from './load-trace.ts'
import type { TraceLists } from './trace-lists.ts'

/** Attempts at the same task that are listed with one. */
const mostSiblings = 500
/** Events of a page. */
export const eventsAtOnce = 400
/** Characters of all texts of a page together, about. */
const pageChars = 8_000_000

/** An attempt without its texts. Throws AppError "item-not-found". */
export async function traceDetail(
  store: TraceSource,
  lists: TraceLists,
  trace: number
): Promise<TraceDetail> {
  const head = store.traces.head(trace)
  const outline = store.traces.outline(trace)
  if (head === undefined || outline === undefined) throw noTrace()
  const siblings = store.traces
    .attempts(head.set, head.task.key)
    .filter((each) => each !== trace)
    .slice(0, mostSiblings)
  const [row, ...others] = lists.rows(head.set, [trace, ...siblings])
  if (row === undefined) throw noTrace()
  // The steps of a long attempt take their time to read, to put together, and to send.
  await letMessagesIn()
  const byStep = Map.groupBy(outline.findings, ({ step }) => step)
  return {
    row,
    set: head.set,
    goal: head.task.goal,
    endReason: head.endReason,
    warnings: [...head.warnings],
    steps: outline.steps.map((step) => ({
      ...step,
      findings: (byStep.get(step.index) ?? []).map(({ detector, severity }) => ({
        detector,
        severity
      }))
    })),
    events: head.events,
    kinds: new Uint8Array(outline.kinds),
    side: store.traces.sideEvents(trace),
    findings: outline.findings.map(findingView),
    siblings: others,
    marked: head.marked
  }
}

/** A page of events. Throws AppError "item-not-found", "invalid-input" for too many at once. */
export function eventViews(
  store: TraceSource,
  {
    trace,
    from,
    to,
    maxChars
  }: {
    readonly trace: number
    readonly from: number
    readonly to: number
    readonly maxChars: number
  }
): TraceEventView[] {
  if (to - from > eventsAtOnce)
    throw new AppError('invalid-input', `At most ${eventsAtOnce} events can be read at once.`)
  requireTrace(store, trace)
  const most = Math.min(maxChars, Math.ceil(pageChars / Math.max(1, to - from)))
  return store.traces.events(trace, from, to, most).map(eventView)
}

/** An event as it is shown. */
export function eventView(part: EventPart): TraceEventView {
  const { seq, kind, actor, name, callId, text, length, data, dataLength, isError, time } = part
  return {
    ...{ seq, kind, actor, name, callId, text, length, data, dataLength, isError, time },
    attachments: part.attachments.map((file, index) => ({ index, ...file }))
  }
}

/** A part of a long text. Throws AppError "item-not-found". */
export function eventText(
  store: TraceSource,
  {
    trace,
    seq,
    what,
    from,
    size
  }: {
    readonly trace: number
    readonly seq: number
    readonly what: 'text' | 'data'
    readonly from: number
    readonly size: number
  }
): { text: string; length: number } {
  requireTrace(store, trace)
  const found = store.traces.text(trace, seq, what, from, size)
  if (found === undefined) throw new AppError('item-not-found', 'This event is not in the attempt.')
  return found
}

/** Bytes of an attachment, never to be run. Throws AppError "item-not-found". */
export function eventAttachment(
  store: TraceSource,
  trace: number,
  seq: number,
  index: number
): NonNullable<ReturnType<TraceReads['attachment']>> {
  requireTrace(store, trace)
  const found = store.traces.attachment(trace, seq, index)
  if (found === undefined)
    throw new AppError('item-not-found', 'This attachment is not in the attempt.')
  return found
}

function requireTrace(store: TraceSource, trace: number): void {
  if (store.traces.head(trace) === undefined) throw noTrace()
}
