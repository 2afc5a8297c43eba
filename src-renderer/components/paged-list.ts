// Rows of a long list that arrive page by page through cursors. Keeps the pages near what is shown
// and forgets far ones, so that a million rows never live in memory at once. No DOM.
import {
  computed,
  onScopeDispose,
  ref,
  shallowRef,
  triggerRef,
  type ComputedRef,
  type Ref
} from 'vue'

/** One page: its rows, the cursor of the next page, and the length of the whole list. */
export interface ListPage<T> {
  readonly items: readonly T[]
  readonly next: string | null
  readonly total: number
}
/** Fetches the page that starts at a cursor (null = the first one). */
export type LoadPage<T> = (cursor: string | null) => Promise<ListPage<T>>

/** A list being read page by page. */
export interface PagedList<T> {
  /** Undefined until the first page came. */
  readonly total: Ref<number | undefined>
  readonly error: Ref<unknown>
  readonly isLoading: ComputedRef<boolean>
  /** The row at an index, or undefined while it is on its way. Reactive. */
  at(index: number): T | undefined
  /** Says which rows are shown; loads what is missing. */
  need(first: number, last: number): void
  /** Starts again, for a new filter or after a change. `quiet` keeps the old rows until then. */
  reload(quiet?: boolean): void
  /** Replaces rows in place, for a change that keeps their order. */
  patch(change: (row: T) => T): void
}

/** Pages kept in memory around what is shown. */
const keptPages = 40

interface KnownPage<T> {
  readonly start: number
  readonly cursor: string | null
  items: readonly T[] | undefined
  length: number
}

/** Makes a paged list over `load`, which may change between reloads. */
export function usePagedList<T>(load: () => LoadPage<T>): PagedList<T> {
  const pages = shallowRef<KnownPage<T>[]>([])
  /** Rows shown until a quiet reload has replaced them. */
  const oldPages = shallowRef<readonly KnownPage<T>[]>([])
  const total = ref<number>()
  const error = shallowRef<unknown>()
  const pending = ref(0)
  let nextCursor: string | null = null
  let isAtEnd = false
  let generation = 0
  let wanted = { first: 0, last: 0 }
  let isWalking = false
  onScopeDispose(() => {
    generation += 1
  })

  async function fetchPage(page: KnownPage<T>, mine: number): Promise<boolean> {
    pending.value += 1
    try {
      const result = await load()(page.cursor)
      if (mine !== generation) return false
      page.items = result.items
      page.length = result.items.length
      total.value = result.total
      if (page === pages.value.at(-1)) {
        nextCursor = result.next
        isAtEnd = result.next === null || result.items.length === 0
      }
      error.value = undefined
      triggerRef(pages)
      return true
    } catch (problem) {
      if (mine === generation) error.value = problem
      return false
    } finally {
      pending.value -= 1
    }
  }

  function knownEnd(): number {
    const last = pages.value.at(-1)
    return last === undefined ? 0 : last.start + last.length
  }

  /** Cursors are only known one page ahead, so a jump walks there. */
  async function walk(): Promise<void> {
    if (isWalking) return
    isWalking = true
    const mine = generation
    try {
      while (mine === generation) {
        const missing = pages.value.find(
          (page) =>
            page.items === undefined &&
            page.start <= wanted.last &&
            page.start + page.length > wanted.first
        )
        if (missing !== undefined) {
          if (!(await fetchPage(missing, mine))) return
        } else if (!isAtEnd && (pages.value.length === 0 || knownEnd() <= wanted.last)) {
          const page: KnownPage<T> = {
            start: knownEnd(),
            cursor: nextCursor,
            items: undefined,
            length: 0
          }
          pages.value.push(page)
          if (!(await fetchPage(page, mine))) {
            // The failed page must not stay as a hole in the list.
            if (mine === generation) pages.value.pop()
            return
          }
        } else {
          oldPages.value = []
          // All that is wanted is there: what failed elsewhere is tried again when it is wanted.
          error.value = undefined
          return
        }
        forgetFarPages()
      }
    } finally {
      if (mine === generation) isWalking = false
    }
  }

  function forgetFarPages(): void {
    const loaded = pages.value.filter((page) => page.items !== undefined)
    if (loaded.length <= keptPages) return
    const middle = (wanted.first + wanted.last) / 2
    const byDistance = [...loaded].sort(
      (a, b) => Math.abs(b.start - middle) - Math.abs(a.start - middle)
    )
    for (const page of byDistance.slice(0, loaded.length - keptPages)) {
      if (page.start <= wanted.last && page.start + page.length > wanted.first) continue
      page.items = undefined
    }
  }

  function find(known: readonly KnownPage<T>[], index: number): T | undefined {
    let low = 0
    let high = known.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const page = known[middle]
      if (page === undefined) return undefined
      if (index < page.start) high = middle - 1
      else if (index >= page.start + page.length) low = middle + 1
      else return page.items?.[index - page.start]
    }
    return undefined
  }

  return {
    total,
    error,
    isLoading: computed(() => pending.value > 0),
    at(index) {
      const row = find(pages.value, index)
      return row !== undefined || index >= (total.value ?? 0) ? row : find(oldPages.value, index)
    },
    need(first, last) {
      wanted = { first, last }
      void walk()
    },
    reload(quiet = false) {
      generation += 1
      isWalking = false
      // A second quiet reload during the first still has the rows from before both.
      if (!quiet) oldPages.value = []
      else if (pages.value.some((page) => page.items !== undefined)) oldPages.value = pages.value
      pages.value = []
      nextCursor = null
      isAtEnd = false
      error.value = undefined
      if (!quiet) total.value = undefined
      void walk()
    },
    patch(change) {
      for (const page of [...pages.value, ...oldPages.value]) {
        if (page.items !== undefined) page.items = page.items.map(change)
      }
      triggerRef(pages)
    }
  }
}
