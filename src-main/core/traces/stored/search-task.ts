// Compute task: where a text occurs in one attempt. Reads a page of events after the other over a
// connection of its own, so that a log of 100 MB keeps nobody waiting.
import type { TraceEventKind, TraceHits } from '../../../api/dto/trace-sets.ts'
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { openTraceReader } from '../../store/trace-reader.ts'
import type { TraceReads } from '../../store/trace-records.ts'

export interface SearchInput {
  /** The project file. */
  readonly path: string
  readonly trace: number
  readonly events: number
  readonly text: string
  /** Empty: all kinds. */
  readonly kinds: readonly TraceEventKind[]
}

const eventsAtOnce = 200
/** Texts up to this many UTF-16 units come with their event; longer ones are asked for by themselves. */
const commonLength = 65_536
const mostHits = 10_000

/** {@link searchTrace} in a compute thread. */
export const searchTraceTask: ComputeTask<SearchInput, never, TraceHits> = {
  name: 'traces.search',
  // eslint-disable-next-line require-yield -- one answer: its result is its only event
  async *run(input, { signal }) {
    const reader = openTraceReader(input.path)
    try {
      return await searchTrace(reader.traces, input, signal)
    } finally {
      reader.close()
    }
  }
}

/**
 * Events that hold a text in what was said, the tool's name or the arguments as JSON text, upper and
 * lower case alike. `total` counts all places.
 */
export async function searchTrace(
  traces: TraceReads,
  { trace, events, text, kinds }: Omit<SearchInput, 'path'>,
  signal: AbortSignal
): Promise<TraceHits> {
  const wanted = text.toLowerCase()
  const among = new Set(kinds)
  const hits: { seq: number; count: number }[] = []
  let total = 0
  for (let from = 0; from < events; from += eventsAtOnce) {
    signal.throwIfAborted()
    for (const part of traces.events(trace, from, from + eventsAtOnce, commonLength)) {
      if (among.size > 0 && !among.has(part.kind)) continue
      const said =
        part.length > part.text.length
          ? (traces.text(trace, part.seq, 'text', 0, part.length)?.text ?? '')
          : part.text
      const data =
        part.dataLength === 0
          ? ''
          : part.dataLength > commonLength
            ? (traces.text(trace, part.seq, 'data', 0, part.dataLength)?.text ?? '')
            : JSON.stringify(part.data)
      const count =
        occurrences(said, wanted) + occurrences(part.name ?? '', wanted) + occurrences(data, wanted)
      total += count
      if (count > 0 && hits.length < mostHits) hits.push({ seq: part.seq, count })
    }
    await letMessagesIn()
  }
  return { hits, total }
}

/** Places, none over another. `wanted` is in lower case. */
function occurrences(text: string, wanted: string): number {
  const within = text.toLowerCase()
  let count = 0
  for (let at = within.indexOf(wanted); at !== -1; at = within.indexOf(wanted, at + wanted.length))
    count++
  return count
}
