// The one list of changes: what the project keeps (steps of datasets, acts of reviews) and what this
// window can take back (the journal), newest first, and going back and forward in it. Taking back is
// done by the calls of each place.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { ChangePlaceId, ChangesPage, StoredChange } from '@api/dto/changes.ts'
import { AppError } from '@api/errors.ts'
import { useConnection } from './connection.ts'
import { useEdits } from './edits.ts'
import { useJournal, type JournalEntry, type JournalPlace } from './journal.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'
import { useTraceReview } from './trace-review.ts'

/** Where changes are made. */
export type ChangePlace = Pick<JournalPlace, 'kind' | 'id'>

/** One change of the list. */
export interface Change {
  readonly key: string
  /** Who keeps it: each is taken back in its own way. */
  readonly keeper: 'dataset' | 'review' | 'window'
  readonly place: ChangePlace
  readonly placeName: string
  /** Changes of one line are taken back in turn, the last one first. */
  readonly line: string
  readonly number: number
  /** Number of the line's last change in force; 0 = none. */
  readonly head: number
  readonly at: number
  readonly sentence: string
  readonly review: StoredChange['review']
}

/** A place with how many changes it has. */
export interface PlaceCount {
  readonly place: ChangePlace
  readonly name: string
  readonly changes: number
}

/** Changes read at once. */
const pageSize = 100

/** True for a change that was taken back. */
export function isUndone(change: Change): boolean {
  return change.number > change.head
}
/** True for the change of its line that Undo takes back. */
export function isNextBack(change: Change): boolean {
  return change.number === change.head
}
/** True for the change of its line that Redo makes again. */
export function isNextForward(change: Change): boolean {
  return change.number === change.head + 1
}
/** One text for a place, to compare and to choose by. */
export function placeKey({ kind, id }: ChangePlace): string {
  return `${kind} ${id}`
}

function ofProject(stored: StoredChange): Change {
  const { place, line, number } = stored
  return {
    ...stored,
    keeper: place.kind === 'dataset' ? 'dataset' : 'review',
    key: `${placeKey(place)} ${line} ${number}`
  }
}
function ofWindow(entry: JournalEntry, line: readonly JournalEntry[]): Change {
  return {
    key: `window ${entry.id}`,
    keeper: 'window',
    place: entry.place,
    placeName: entry.place.name,
    line: entry.line,
    number: line.indexOf(entry) + 1,
    head: line.filter((one) => !one.isUndone).length,
    at: entry.at,
    sentence: entry.sentence,
    review: null
  }
}
/** The place as the project file knows it; undefined where it keeps nothing. */
function storedPlace({ kind, id }: ChangePlace): ChangePlaceId | undefined {
  return kind === 'dataset' || kind === 'traces' ? { kind, id } : undefined
}

/** The list, and what is done with it. */
export const useChanges = defineStore('changes', () => {
  const connection = useConnection()
  const edits = useEdits()
  const journal = useJournal()
  const project = useProject()
  const isOpen = ref(false)
  const place = shallowRef<ChangePlace>()
  const stored = shallowRef<readonly Change[]>([])
  const total = ref(0)
  const storedPlaces = shallowRef<ChangesPage['places']>([])
  const isLoaded = ref(false)
  const isMoving = ref(false)
  const problem = shallowRef<Problem>()
  /** Keys of what was taken back here, the last one last: Redo begins with it. */
  const takenBack = shallowRef<readonly string[]>([])
  let latest = 0

  watch(
    () => project.generation,
    () => {
      close()
      forget()
      takenBack.value = []
    },
    { flush: 'sync' }
  )
  connection.on('dataset', () => {
    if (isOpen.value && !isMoving.value) void load()
  })

  function forget(): void {
    latest += 1
    stored.value = []
    total.value = 0
    isLoaded.value = false
    problem.value = undefined
  }
  /** Shows the list, of one place or of all. */
  function open(of?: ChangePlace): void {
    isOpen.value = true
    void show(of)
  }
  function close(): void {
    isOpen.value = false
  }
  /** Shows the changes of another place, or of all. */
  async function show(of?: ChangePlace): Promise<void> {
    forget()
    place.value = of
    await load()
  }
  /** Reads `count` changes, or more where all of those are taken back. */
  async function load(count = Math.max(pageSize, stored.value.length)): Promise<void> {
    const mine = ++latest
    const wanted = place.value === undefined ? null : storedPlace(place.value)
    const found: Change[] = []
    try {
      let page: ChangesPage
      do {
        const limit = Math.min(500, Math.max(pageSize, count - found.length))
        page = await connection.call('changes.list', {
          place: wanted ?? null,
          from: found.length,
          // A place of this window alone: only the names of the others are needed.
          limit: wanted === undefined ? 1 : limit
        })
        if (mine !== latest) return
        if (wanted === undefined) break
        found.push(...page.changes.map(ofProject))
      } while (
        page.changes.length > 0 &&
        found.length < page.total &&
        (found.length < count || found.every(isUndone))
      )
      stored.value = found
      total.value = wanted === undefined ? 0 : page.total
      storedPlaces.value = page.places
      problem.value = undefined
      isLoaded.value = true
    } catch (thrown) {
      if (mine === latest) problem.value = describeProblem(thrown)
    }
  }
  const more = (): Promise<void> => load(stored.value.length + pageSize)
  const hasMore = computed(() => stored.value.length < total.value)

  const ofThisWindow = computed(() =>
    journal.entries.map((entry) => ofWindow(entry, journal.lineOf(entry.line)))
  )
  const list = computed(() => {
    const of = place.value === undefined ? undefined : placeKey(place.value)
    // Older than what is read: it follows with the next page.
    const oldest = hasMore.value ? (stored.value.at(-1)?.at ?? 0) : 0
    const mine = ofThisWindow.value.filter(
      (change) => change.at >= oldest && (of === undefined || placeKey(change.place) === of)
    )
    return [...stored.value, ...mine.reverse()].sort((a, b) => b.at - a.at)
  })
  const places = computed<readonly PlaceCount[]>(() => {
    const counts = new Map<string, PlaceCount>()
    for (const one of storedPlaces.value) counts.set(placeKey(one.place), one)
    for (const { place: of, placeName } of ofThisWindow.value) {
      const key = placeKey(of)
      const known = counts.get(key) ?? { place: of, name: placeName, changes: 0 }
      counts.set(key, { ...known, changes: known.changes + 1 })
    }
    return [...counts.values()].sort((a, b) => a.name.localeCompare(b.name))
  })
  const undoable = computed(() => list.value.find(isNextBack))
  const redoable = computed(() => {
    const candidates = list.value.filter(isNextForward)
    const last = takenBack.value.findLast((key) => candidates.some((one) => one.key === key))
    return candidates.find(({ key }) => key === last) ?? candidates.at(-1)
  })
  /** What else changes when `change` becomes the last one in force, in the order it is shown. */
  function between(change: Change, to = change.number): readonly Change[] {
    return list.value.filter(
      ({ keeper, line, number, head }) =>
        keeper === change.keeper &&
        line === change.line &&
        (to < head ? number > to && number <= head : number > head && number <= to)
    )
  }
  /** Takes back, or makes again, until `to` is the last one of the change's line in force. */
  async function move(change: Change, to: number): Promise<void> {
    if (isMoving.value) return
    isMoving.value = true
    try {
      const moved = between(change, to).map(({ key }) => key)
      if (change.keeper === 'dataset') await edits.stepTo(change.line, to)
      else {
        const isBack = to < change.head
        for (let i = Math.abs(change.head - to); i > 0; i--)
          await (change.keeper === 'review'
            ? stepReview(change.line, isBack)
            : isBack
              ? journal.undo(change.line)
              : journal.redo(change.line))
      }
      const rest = takenBack.value.filter((key) => !moved.includes(key))
      takenBack.value = to < change.head ? [...rest, ...moved] : rest
    } finally {
      isMoving.value = false
      // Also after a failure: part of it may have been done.
      await load()
    }
  }
  /** The review on the screen does it itself, so that it shows what is so. */
  async function stepReview(id: string, isBack: boolean): Promise<void> {
    const open = useTraceReview()
    if (open.review?.review === id) {
      if (isBack) open.undo()
      else open.redo()
      if (await open.settled()) return
      const failed = open.actProblem
      open.acts?.skip()
      throw new AppError(
        failed?.code ?? 'internal',
        failed?.message,
        failed?.hint === undefined ? {} : { hint: failed.hint }
      )
    }
    await connection.call(isBack ? 'reviews.undo' : 'reviews.redo', { review: id })
  }
  const undo = (change: Change): Promise<void> => move(change, change.number - 1)
  const goTo = (change: Change): Promise<void> => move(change, change.number)

  return {
    isOpen,
    place,
    list,
    places,
    total,
    hasMore,
    isLoaded,
    isMoving,
    problem,
    undoable,
    redoable,
    open,
    close,
    show,
    load,
    more,
    between,
    move,
    undo,
    goTo
  }
})
