// Walks a finding's list group by group: where a group begins and ends is found by looking at the
// list, a window at a time, so that neither long lists nor huge groups are ever read as a whole.
import type { FindingItem } from '@api/dto/health.ts'

/** One group of a finding, with the items that are shown of it. */
export interface ReviewGroup {
  /** 0-based number. */
  readonly number: number
  /** Positions in the list, `end` not included. */
  readonly start: number
  readonly end: number
  /** The first items; all of them unless the group is huge. */
  readonly items: readonly FindingItem[]
}

type Load = (
  first: number,
  limit: number
) => Promise<{ readonly items: readonly FindingItem[]; readonly total: number }>

/** Items read at a time. */
export const windowItems = 100
/** Windows kept. */
const keptWindows = 40
/** Items of one group that are shown. */
export const shownInGroup = 60
/** Rows read at a time where only the rows matter. */
const rowsAtOnce = 1000

/** Steps through the groups of one list. */
export interface GroupWalker {
  /** The group an item at this position belongs to; undefined past the end. Throws as `load`. */
  at(position: number): Promise<ReviewGroup | undefined>
  /** Items of the list. 0 until something was read. */
  total(): number
  /** Number of the last group, -1 in an empty list. Something must have been read before. */
  lastGroup(): Promise<number>
  /** Rows of a group's items that are not shown. */
  restOf(group: ReviewGroup): Promise<number[]>
  /** Forgets what was read. */
  forget(): void
}

/** Makes a walker over `load`. Items without a group are groups of their own. */
export function createGroupWalker(load: Load): GroupWalker {
  let windows = new Map<number, Promise<readonly FindingItem[]>>()
  let known = 0

  function windowOf(index: number): Promise<readonly FindingItem[]> {
    const had = windows.get(index)
    if (had !== undefined) return had
    const mine = windows
    const reading = load(index * windowItems, windowItems).then(
      ({ items, total }) => {
        if (mine === windows) known = total
        return items
      },
      (problem: unknown) => {
        mine.delete(index)
        throw problem
      }
    )
    mine.set(index, reading)
    if (mine.size > keptWindows) {
      const [oldest] = mine.keys()
      if (oldest !== undefined) mine.delete(oldest)
    }
    return reading
  }
  async function itemAt(position: number): Promise<FindingItem | undefined> {
    if (position < 0) return undefined
    const items = await windowOf(Math.floor(position / windowItems))
    return items[position % windowItems]
  }
  /** First position in [low, high) whose item is not of the group; the groups come in order. */
  async function firstOutside(number: number, low: number, high: number): Promise<number> {
    let [from, to] = [low, high]
    while (from < to) {
      const middle = (from + to) >> 1
      if ((await itemAt(middle))?.group === number) from = middle + 1
      else to = middle
    }
    return from
  }
  async function firstInside(number: number, low: number, high: number): Promise<number> {
    let [from, to] = [low, high]
    while (from < to) {
      const middle = (from + to) >> 1
      if ((await itemAt(middle))?.group === number) to = middle
      else from = middle + 1
    }
    return from
  }
  /** Doubles its steps, so that small groups cost nothing and huge ones a few windows. */
  async function endOf(number: number, position: number): Promise<number> {
    let low = position + 1
    for (let step = 1; low < known; step *= 2) {
      const probe = Math.min(low + step - 1, known - 1)
      if ((await itemAt(probe))?.group !== number) return firstOutside(number, low, probe)
      low = probe + 1
    }
    return known
  }
  async function startOf(number: number, position: number): Promise<number> {
    let high = position
    for (let step = 1; high > 0; step *= 2) {
      const probe = Math.max(high - step, 0)
      if ((await itemAt(probe))?.group !== number) return firstInside(number, probe + 1, high)
      high = probe
    }
    return 0
  }

  return {
    total: () => known,
    async at(position) {
      const item = await itemAt(position)
      if (item === undefined) return undefined
      if (item.group === null)
        return { number: position, start: position, end: position + 1, items: [item] }
      const number = item.group
      const start = await startOf(number, position)
      const end = await endOf(number, position)
      const items: FindingItem[] = []
      for (let at = start; at < Math.min(end, start + shownInGroup); at++) {
        const shown = await itemAt(at)
        if (shown !== undefined) items.push(shown)
      }
      return { number, start, end, items }
    },
    async lastGroup() {
      return known === 0 ? -1 : ((await itemAt(known - 1))?.group ?? known - 1)
    },
    async restOf({ start, end, items }) {
      const rows: number[] = []
      for (let first = start + items.length; first < end; first += rowsAtOnce) {
        const answer = await load(first, Math.min(rowsAtOnce, end - first))
        for (const { item } of answer.items) rows.push(item.row)
      }
      return rows
    },
    forget() {
      windows = new Map()
    }
  }
}
