// One group after the other: which one is shown, which of its copies stay, and what is decided about
// it. The screen only draws this.
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { FindingItem, FindingKind } from '@api/dto/health.ts'
import { describeProblem } from '../../../stores/problem.ts'
import type { GroupWalker, ReviewGroup } from './group-walker.ts'
import type { ReviewChange, ReviewLog } from './review-log.ts'

/** What the review of groups needs. */
export interface GroupReviewOptions {
  readonly kind: FindingKind
  readonly walker: GroupWalker
  readonly log: ReviewLog
  /** Position in the list of the group shown. */
  readonly position: Ref<number>
  /** Starts at the first group that is not settled. */
  readonly isSeeking: boolean
  readonly isReadOnly: () => boolean
  /** Asks before many items change; true = go on. */
  readonly confirm: (count: number) => Promise<boolean>
  readonly onDone: () => void
  readonly onUndo: () => void
}

/** The review as a screen shows it. */
export interface GroupReviewState {
  readonly group: Readonly<ShallowRef<ReviewGroup | undefined>>
  /** Items of the group as they are now. */
  readonly items: ComputedRef<readonly FindingItem[]>
  /** Items of all groups; undefined until the first one is there. */
  readonly total: Readonly<Ref<number | undefined>>
  /** Groups of the list, settled ones included; undefined until they were counted. */
  readonly groups: Readonly<Ref<number | undefined>>
  /** Why the group could not be read; empty when it could. */
  readonly failure: Readonly<Ref<string>>
  /** Rows of the copies to keep. */
  readonly keepers: Readonly<Ref<ReadonlySet<number>>>
  readonly isBusy: Readonly<Ref<boolean>>
  readonly isSettled: ComputedRef<boolean>
  show(at: number): Promise<void>
  /** Keeps this copy, alone or beside others. */
  pick(index: number, also: boolean): void
  setOthersAside(): Promise<void>
  keepAll(): void
  move(by: 1 | -1): void
  undo(): void
}

const rowOf = (found: FindingItem): number => found.item.row

/** Nothing is left to decide: the best ones are left, or what is left is no problem any more. */
function isGroupSettled(kind: FindingKind, group: ReviewGroup, log: ReviewLog): boolean {
  const alive = group.items
    .map((found) => ({ ...found, item: log.current(found.item) }))
    .filter((found) => !found.item.isAside)
  const [first] = alive
  if (first === undefined || alive.length === 1) return true
  switch (kind) {
    case 'conflicting-labels':
      return alive.every((found) => found.item.label === first.item.label)
    case 'split-leakage':
      return alive.every((found) => found.item.split === first.item.split)
    default:
      return alive.every((found) => found.isBest)
  }
}

/** Follows `position` through the groups of a walker. */
export function useGroupReview(options: GroupReviewOptions): GroupReviewState {
  const { kind, walker, log, position, isReadOnly, confirm, onDone, onUndo } = options
  const group = shallowRef<ReviewGroup>()
  const total = ref<number>()
  const groups = ref<number>()
  const failure = ref('')
  const keepers = ref<ReadonlySet<number>>(new Set())
  const isBusy = ref(false)
  let generation = 0

  const items = computed(() =>
    (group.value?.items ?? []).map((found) => ({ ...found, item: log.current(found.item) }))
  )
  function isSettled(of: ReviewGroup): boolean {
    return log.verdicts.has(of.number) || isGroupSettled(kind, of, log)
  }
  const isNowSettled = computed(() => group.value !== undefined && isSettled(group.value))

  async function show(at: number): Promise<void> {
    const mine = ++generation
    failure.value = ''
    try {
      const found = await walker.at(at)
      if (mine !== generation) return
      total.value = walker.total()
      groups.value ??= (await walker.lastGroup()) + 1
      if (found === undefined) {
        if (walker.total() > 0) await show(0)
        return
      }
      take(found)
    } catch (problem) {
      if (mine === generation) failure.value = describeProblem(problem).message
    }
  }
  function take(found: ReviewGroup): void {
    group.value = found
    const alive = found.items.filter((entry) => !log.current(entry.item).isAside)
    const best = alive.filter((entry) => entry.isBest)
    const kept = isSettled(found) ? alive : best.length > 0 ? best : alive.slice(0, 1)
    keepers.value = new Set((kept.length > 0 ? kept : found.items.slice(0, 1)).map(rowOf))
  }
  watch(position, (at) => {
    if (group.value === undefined || at < group.value.start || at >= group.value.end) void show(at)
    else take(group.value)
  })

  /** Goes on to the next group that is not settled; the end is a place of its own. */
  async function goOn(from: number): Promise<void> {
    const mine = ++generation
    try {
      let at = from
      let found = await walker.at(at)
      while (found !== undefined && isSettled(found)) {
        at = found.end
        found = await walker.at(at)
      }
      if (mine !== generation) return
      if (found === undefined) onDone()
      else position.value = found.start
    } catch (problem) {
      if (mine === generation) failure.value = describeProblem(problem).message
    }
  }
  function pick(index: number, also: boolean): void {
    const row = items.value[index]?.item.row
    if (row === undefined || isReadOnly()) return
    if (!also) {
      keepers.value = new Set([row])
      return
    }
    const next = new Set(keepers.value)
    if (next.has(row)) next.delete(row)
    else next.add(row)
    // One is always kept.
    if (next.size > 0) keepers.value = next
  }
  async function setOthersAside(): Promise<void> {
    const now = group.value
    if (now === undefined || isReadOnly() || isBusy.value) return
    const shown = items.value.map((found) => found.item)
    if (!(await confirm(now.end - now.start - keepers.value.size))) return
    isBusy.value = now.end - now.start > now.items.length
    try {
      // Read before anything is decided: a part of a group must not be left out.
      const moreRows = isBusy.value ? await walker.restOf(now) : []
      const back = shown.filter((item) => item.isAside && keepers.value.has(item.row))
      const away = shown.filter((item) => !item.isAside && !keepers.value.has(item.row))
      const changes: ReviewChange[] = []
      if (back.length > 0) changes.push({ items: back, change: { kind: 'aside', aside: false } })
      if (away.length + moreRows.length > 0)
        changes.push({ items: away, moreRows, change: { kind: 'aside', aside: true } })
      log.decide({ units: [now.number], verdict: 'best', position: now.start, changes })
      await goOn(now.end)
    } catch (problem) {
      failure.value = describeProblem(problem).message
    } finally {
      isBusy.value = false
    }
  }
  function keepAll(): void {
    const now = group.value
    if (now === undefined) return
    if (!isReadOnly())
      log.decide({ units: [now.number], verdict: 'kept', position: now.start, changes: [] })
    void goOn(now.end)
  }
  function move(by: 1 | -1): void {
    const now = group.value
    if (now === undefined) return
    const at = by === 1 ? now.end : now.start - 1
    if (at < 0) return
    if (at >= (total.value ?? 0)) onDone()
    else position.value = at
  }
  /** Stays here if the decision taken back was about this group. */
  function undo(): void {
    generation += 1
    onUndo()
    if (group.value !== undefined) take(group.value)
  }

  async function start(): Promise<void> {
    await show(position.value)
    if (options.isSeeking && group.value !== undefined && isSettled(group.value))
      await goOn(position.value)
  }
  void start()
  return {
    group,
    items,
    total,
    groups,
    failure,
    keepers,
    isBusy,
    isSettled: isNowSettled,
    show,
    pick,
    setOthersAside,
    keepAll,
    move,
    undo
  }
}
