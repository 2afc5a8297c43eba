// Side lines of a log: tries that were given up, and what helpers did that an agent called. Events of
// one line have one number; the main line has none.
import type { TraceEvent } from '../model/trace.ts'
import type { JsonValue } from '../../../api/dto/common.ts'

/** Events on a side line; lines inside of them move along, so that they stay lines of their own. */
export function onLane(events: readonly TraceEvent[], lane: number): TraceEvent[] {
  return events.map((each) => ({ ...each, lane: lane + (each.lane ?? 0) }))
}

/** The last line that is in use. */
export function lastLane(events: readonly TraceEvent[]): number {
  return events.reduce((most, { lane = 0 }) => Math.max(most, lane), 0)
}

/** An entry of a log that names the one before it. */
export interface LinkedEntry {
  readonly id: string
  /** Null, or of an entry that is not there: a beginning. */
  readonly parent: string | null
  readonly value: JsonValue
}

/** An entry with the line it stands on. */
export interface PlacedEntry {
  readonly value: JsonValue
  readonly lane: number
}

/**
 * Puts a tree of entries in order: the way to `last` is the main line, and every branch that leaves it
 * comes before what went on instead, each on a line of its own. `isMain` says of a branch off that way
 * that it is none (answers to parallel calls are written as branches).
 */
export function orderLinked(
  entries: readonly LinkedEntry[],
  last: string,
  isMain: (branch: readonly JsonValue[]) => boolean = () => false
): PlacedEntry[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const childrenOf = Map.groupBy(entries, ({ id, parent }) =>
    parent !== null && parent !== id && byId.has(parent) ? parent : ''
  )
  const way = new Set<string>()
  for (let at = byId.get(last); at !== undefined && !way.has(at.id);) {
    way.add(at.id)
    at = at.parent === null ? undefined : byId.get(at.parent)
  }
  const placed: PlacedEntry[] = []
  const seen = new Set<string>()
  let lanes = 0
  // A stack, not recursion: chats have chains of tens of thousands of entries.
  const branchOf = (from: LinkedEntry): LinkedEntry[] => {
    const all: LinkedEntry[] = []
    const open = [from]
    for (let each = open.pop(); each !== undefined; each = open.pop()) {
      if (seen.has(each.id)) continue
      seen.add(each.id)
      all.push(each)
      open.push(...(childrenOf.get(each.id) ?? []).toReversed())
    }
    return all
  }
  const open = (childrenOf.get('') ?? []).toReversed()
  const leave = (children: readonly LinkedEntry[]): void => {
    const next = children.filter(({ id }) => way.has(id))
    for (const child of children) {
      if (way.has(child.id) || seen.has(child.id)) continue
      const values = branchOf(child).map(({ value }) => value)
      // A file may begin more than once, when a part of it was lost: nothing was given up there.
      const lane = isMain(values) ? 0 : ++lanes
      placed.push(...values.map((value) => ({ value, lane })))
    }
    open.push(...next)
  }
  leave(open.splice(0).toReversed())
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at.id)) continue
    seen.add(at.id)
    placed.push({ value: at.value, lane: 0 })
    leave(childrenOf.get(at.id) ?? [])
  }
  return placed
}
