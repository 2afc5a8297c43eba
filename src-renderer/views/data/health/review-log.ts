// What a person decides while going through a finding: one decision after the other, each saved as
// steps of the dataset and each taken back by its own undo. The screen moves on at once; saving
// follows in order. No DOM.
import { computed, reactive, ref, shallowReactive, shallowRef, type ComputedRef } from 'vue'
import type { EditChange, EditStep } from '@api/dto/edits.ts'
import type { ItemRow } from '@api/dto/datasets.ts'
import type { Verdict } from './review-progress.ts'

/** A change of some items that belongs to a decision. */
export interface ReviewChange {
  readonly items: readonly ItemRow[]
  /** Rows beside `items` that change in the same way and are not on the screen. */
  readonly moreRows?: readonly number[] | undefined
  readonly change: Extract<EditChange, { kind: 'aside' | 'label' }>
}

/** One decision about an item, a group, or several items at once. */
export interface ReviewDecision {
  /** Rows of items, or the number of a group. */
  readonly units: readonly number[]
  readonly verdict: Verdict
  /** Where the review was, to go back there on undo. */
  readonly position: number
  readonly changes: readonly ReviewChange[]
}

/** What the log needs of the backend. */
export interface ReviewSaver {
  /** Saves one change of rows; the step that takes it back, or null when nothing changed. */
  save(rows: readonly number[], change: ReviewChange['change']): Promise<EditStep | null>
  undo(step: EditStep): Promise<unknown>
  /** Says why a change could not be saved. */
  failed(problem: unknown): void
}

/** Decisions so far, in numbers. */
export interface ReviewTally {
  readonly units: number
  readonly aside: number
  readonly relabelled: number
  readonly kept: number
}

/** What undo came to. */
export interface TakenBack {
  /** Where the review was when it was decided. */
  readonly position: number
  /** It was about all items: the list has to be read again once this is settled. */
  readonly isForAll: boolean
}

/** The decisions of one review. */
export interface ReviewLog {
  readonly isSaving: ComputedRef<boolean>
  readonly canUndo: ComputedRef<boolean>
  readonly tally: ComputedRef<ReviewTally>
  readonly verdicts: ReadonlyMap<number, Verdict>
  /** The item with what was decided here. Reactive. */
  current<T extends ItemRow>(item: T): T
  decide(decision: ReviewDecision): void
  /** Notes a step made for all items at once, so that undo comes to it in its turn. */
  noteStep(step: EditStep, position: number): void
  /** Takes the last decision back; undefined when there is none. */
  undo(): TakenBack | undefined
  /** Drops a step for all items that was taken back elsewhere; true when there was one. */
  dropTakenBack(steps: readonly EditStep[]): boolean
  /** Resolves when everything decided so far is saved. */
  settled(): Promise<void>
}

type Known = Pick<ItemRow, 'isAside' | 'label' | 'givenLabel'>
interface Entry {
  readonly decision: ReviewDecision
  readonly verdictsBefore: readonly (readonly [number, Verdict | undefined])[]
  readonly before: ReadonlyMap<number, Known>
  readonly aside: number
  readonly relabelled: number
  readonly isForAll: boolean
  steps: EditStep[]
  isTakenBack: boolean
}

/** Makes the log of one review, with the verdicts of an earlier visit. */
export function createReviewLog(
  saver: ReviewSaver,
  earlier: ReadonlyMap<number, Verdict> = new Map()
): ReviewLog {
  const verdicts = shallowReactive(new Map(earlier))
  /** Items as they are after what was decided; pages read before still have them as they were. */
  const known = shallowReactive(new Map<number, Known>())
  const entries = shallowRef<readonly Entry[]>([])
  const counts = reactive({ aside: 0, relabelled: 0 })
  const pending = ref(0)
  let queue: Promise<void> = Promise.resolve()

  function enqueue(work: () => Promise<void>): void {
    pending.value += 1
    queue = queue
      .then(work)
      .catch(saver.failed)
      .finally(() => {
        pending.value -= 1
      })
  }
  const asKnown = ({ isAside, label, givenLabel }: ItemRow): Known => ({
    isAside,
    label,
    givenLabel
  })
  function current<T extends ItemRow>(item: T): T {
    const now = known.get(item.row)
    return now === undefined ? item : { ...item, ...now }
  }
  function show({ items, change }: ReviewChange): void {
    for (const item of items) {
      const now = asKnown(current(item))
      if (change.kind === 'aside') known.set(item.row, { ...now, isAside: change.aside })
      else {
        const given = now.givenLabel ?? now.label
        known.set(item.row, {
          ...now,
          label: change.label,
          givenLabel: given === change.label ? null : given
        })
      }
    }
  }
  function takeOffScreen(entry: Entry): void {
    if (entry.isTakenBack) return
    entry.isTakenBack = true
    for (const [row, before] of entry.before) known.set(row, before)
    for (const [unit, verdict] of entry.verdictsBefore) {
      if (verdict === undefined) verdicts.delete(unit)
      else verdicts.set(unit, verdict)
    }
    counts.aside -= entry.aside
    counts.relabelled -= entry.relabelled
  }
  async function takeBackSteps(entry: Entry): Promise<void> {
    const [first] = entry.steps
    // Later steps of the same decision go with the first one.
    if (first !== undefined) await saver.undo(first)
    entry.steps = []
  }
  async function save(entry: Entry): Promise<void> {
    try {
      for (const { items, moreRows = [], change } of entry.decision.changes) {
        const rows = [...items.map((item) => item.row), ...moreRows]
        if (rows.length === 0) continue
        const step = await saver.save(rows, change)
        if (step !== null) entry.steps.push(step)
      }
    } catch (problem) {
      entries.value = entries.value.filter((candidate) => candidate !== entry)
      takeOffScreen(entry)
      await takeBackSteps(entry)
      throw problem
    }
  }
  const sizeOf = (changes: readonly ReviewChange[]): number =>
    changes.reduce((sum, { items, moreRows }) => sum + items.length + (moreRows?.length ?? 0), 0)

  return {
    isSaving: computed(() => pending.value > 0),
    canUndo: computed(() => entries.value.length > 0),
    tally: computed(() => ({
      units: verdicts.size,
      aside: counts.aside,
      relabelled: counts.relabelled,
      kept: [...verdicts.values()].filter((verdict) => verdict === 'kept').length
    })),
    verdicts,
    current,
    decide(decision) {
      const { changes } = decision
      const isAside = ({ change }: ReviewChange): boolean => change.kind === 'aside' && change.aside
      const isBack = ({ change }: ReviewChange): boolean => change.kind === 'aside' && !change.aside
      const entry: Entry = {
        decision,
        verdictsBefore: decision.units.map((unit) => [unit, verdicts.get(unit)]),
        before: new Map(
          changes.flatMap(({ items }) => items.map((item) => [item.row, asKnown(current(item))]))
        ),
        aside: sizeOf(changes.filter(isAside)) - sizeOf(changes.filter(isBack)),
        relabelled: sizeOf(changes.filter(({ change }) => change.kind === 'label')),
        isForAll: false,
        steps: [],
        isTakenBack: false
      }
      counts.aside += entry.aside
      counts.relabelled += entry.relabelled
      for (const unit of decision.units) verdicts.set(unit, decision.verdict)
      for (const change of changes) show(change)
      entries.value = [...entries.value, entry]
      if (changes.length > 0) enqueue(() => save(entry))
    },
    noteStep(step, position) {
      const isAside = step.kind === 'aside'
      const entry: Entry = {
        decision: { units: [], verdict: 'best', position, changes: [] },
        verdictsBefore: [],
        before: new Map(),
        aside: isAside ? step.changed : 0,
        relabelled: step.kind === 'labels' || step.kind === 'label' ? step.changed : 0,
        isForAll: true,
        steps: [step],
        isTakenBack: false
      }
      counts.aside += entry.aside
      counts.relabelled += entry.relabelled
      entries.value = [...entries.value, entry]
      // Everything known here may have changed with it.
      known.clear()
    },
    undo() {
      const entry = entries.value.at(-1)
      if (entry === undefined) return undefined
      entries.value = entries.value.slice(0, -1)
      takeOffScreen(entry)
      enqueue(() => takeBackSteps(entry))
      return { position: entry.decision.position, isForAll: entry.isForAll }
    },
    dropTakenBack(steps) {
      const gone = new Set(steps.filter((step) => step.isUndone).map((step) => step.number))
      const dropped = entries.value.filter(
        (entry) => entry.isForAll && entry.steps.some((step) => gone.has(step.number))
      )
      for (const entry of dropped) takeOffScreen(entry)
      entries.value = entries.value.filter((entry) => !dropped.includes(entry))
      return dropped.length > 0
    },
    settled: () => queue
  }
}
