// Rows of a long list, read by position: any jump loads just the pages it lands on. Keeps the pages
// near what is shown and forgets far ones, so that a million rows never live in memory. No DOM.
import {
  computed,
  onScopeDispose,
  ref,
  shallowRef,
  triggerRef,
  type ComputedRef,
  type Ref
} from 'vue'
import type { Window } from '@api/dto/browse.ts'

/** Rows of a window, and the length of the whole list. */
export interface ListPage<T> {
  readonly items: readonly T[]
  readonly total: number
}
/** Fetches the rows of a window. */
export type LoadPage<T> = (window: Window) => Promise<ListPage<T>>

/** A list being read page by page. */
export interface PagedList<T> {
  /** Undefined until the first page came. */
  readonly total: Ref<number | undefined>
  readonly error: Ref<unknown>
  readonly isLoading: ComputedRef<boolean>
  /** The row at an index, or undefined while it is on its way. Reactive. */
  at(index: number): T | undefined
  /** Says which rows are shown; loads what is missing, and nothing asked for before. */
  need(first: number, last: number): void
  /** Starts again, for a new filter or after a change. `quiet` keeps the old rows until then. */
  reload(quiet?: boolean): void
  /** Asks once more for what failed, keeping what is there. */
  retry(): void
  /** Replaces rows in place, for a change that keeps their order. */
  patch(change: (row: T) => T): void
}

/** Rows of one page. */
export const pageRows = 100
/** Pages kept in memory around what is shown. */
export const keptPages = 40
/** Requests under way at once: a fast scroll leaves at most these behind. */
const requestsAtOnce = 2

/** Makes a paged list over `load`, which may change between reloads. */
export function usePagedList<T>(load: () => LoadPage<T>): PagedList<T> {
  const pages = shallowRef(new Map<number, readonly T[]>())
  /** Rows shown until a quiet reload has replaced them. */
  let oldPages: ReadonlyMap<number, readonly T[]> = new Map()
  const total = ref<number>()
  const error = shallowRef<unknown>()
  const pending = ref(0)
  const inFlight = new Set<number>()
  let generation = 0
  let wanted = { first: 0, last: 0 }
  onScopeDispose(() => {
    generation += 1
    inFlight.clear()
  })

  const pageOf = (index: number): number => Math.floor(index / pageRows)
  function nextMissing(): number | undefined {
    // Before the length is known, one page tells it.
    if (total.value === undefined) return inFlight.size > 0 ? undefined : pageOf(wanted.first)
    const end = Math.min(wanted.last, total.value - 1)
    for (let page = pageOf(wanted.first); page <= pageOf(end); page++) {
      if (!pages.value.has(page) && !inFlight.has(page)) return page
    }
    return undefined
  }
  function pump(): void {
    while (inFlight.size < requestsAtOnce) {
      const page = isFresh() ? nextMissing() : freshPage()
      if (page === undefined) return
      void fetchPage(page)
    }
  }
  /** After a quiet reload the old length still stands, so the first answer must come first. */
  const isFresh = (): boolean => oldPages.size === 0 || pages.value.size > 0
  const freshPage = (): number | undefined =>
    inFlight.size > 0
      ? undefined
      : pageOf(Math.min(wanted.first, Math.max(1, total.value ?? 1) - 1))

  async function fetchPage(page: number): Promise<void> {
    const mine = generation
    inFlight.add(page)
    pending.value += 1
    try {
      const answer = await load()({ first: page * pageRows, limit: pageRows })
      if (mine === generation) take(page, answer)
    } catch (problem) {
      if (mine !== generation) return
      inFlight.delete(page)
      error.value = problem
    } finally {
      pending.value -= 1
    }
  }
  function take(page: number, answer: ListPage<T>): void {
    inFlight.delete(page)
    pages.value.set(page, answer.items)
    total.value = answer.total
    error.value = undefined
    forgetFarPages()
    triggerRef(pages)
    pump()
    // All that is wanted is there: the old rows have done their duty.
    if (inFlight.size === 0) oldPages = new Map()
  }
  function forgetFarPages(): void {
    if (pages.value.size <= keptPages) return
    const middle = pageOf((wanted.first + wanted.last) / 2)
    const byDistance = [...pages.value.keys()].sort(
      (a, b) => Math.abs(b - middle) - Math.abs(a - middle)
    )
    for (const page of byDistance.slice(0, pages.value.size - keptPages)) pages.value.delete(page)
  }
  const find = (known: ReadonlyMap<number, readonly T[]>, index: number): T | undefined =>
    known.get(pageOf(index))?.[index % pageRows]

  return {
    total,
    error,
    isLoading: computed(() => pending.value > 0),
    at(index) {
      const row = find(pages.value, index)
      return row !== undefined || index >= (total.value ?? 0) ? row : find(oldPages, index)
    },
    need(first, last) {
      // Never more than is kept: a page would be forgotten for the next and asked for again.
      const most = first + (keptPages - 2) * pageRows
      wanted = { first: Math.max(0, first), last: Math.max(first, Math.min(last, most)) }
      pump()
    },
    reload(quiet = false) {
      generation += 1
      inFlight.clear()
      // A second quiet reload during the first still has the rows from before both.
      if (!quiet) oldPages = new Map()
      else if (pages.value.size > 0) oldPages = pages.value
      pages.value = new Map()
      error.value = undefined
      if (!quiet) total.value = undefined
      pump()
    },
    retry() {
      error.value = undefined
      pump()
    },
    patch(change) {
      const changed = ([page, rows]: [number, readonly T[]]): [number, readonly T[]] => [
        page,
        rows.map(change)
      ]
      oldPages = new Map([...oldPages].map(changed))
      pages.value = new Map([...pages.value].map(changed))
    }
  }
}
