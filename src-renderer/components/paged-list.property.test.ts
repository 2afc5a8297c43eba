// The paged list against a plain array: whatever is asked for, in whatever order answers come and
// fail, what is shown is what the array holds, and never more of it is kept than a few pages.
import fc from 'fast-check'
import { effectScope, type EffectScope } from 'vue'
import { afterEach, describe, expect, it } from 'vitest'
import type { Window } from '@api/dto/browse.ts'
import { keptPages, pageRows, usePagedList, type ListPage, type PagedList } from './paged-list.ts'

interface Ask {
  readonly window: Window
  answer(): void
  fail(): void
}
interface Backend {
  rows: string[]
  readonly asks: Ask[]
  /** First rows of the windows asked for, ever. */
  readonly seen: number[]
  load(window: Window): Promise<ListPage<string>>
}

/** Answers only when told to, with the rows of the time it was asked. */
function backendOf(count: number): Backend {
  return {
    rows: Array.from({ length: count }, (_, index) => `row ${index}`),
    asks: [],
    seen: [],
    load(window) {
      this.seen.push(window.first)
      const page = {
        items: this.rows.slice(window.first, window.first + window.limit),
        total: this.rows.length
      }
      return new Promise((resolve, reject) => {
        this.asks.push({
          window,
          answer: () => resolve(page),
          fail: () => reject(new Error('No answer.'))
        })
      })
    }
  }
}
async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn++) await Promise.resolve()
}
async function answerAll(backend: Backend): Promise<void> {
  for (let ask = backend.asks.shift(); ask !== undefined; ask = backend.asks.shift()) {
    ask.answer()
    await settle()
  }
}

let scope: EffectScope
afterEach(() => scope.stop())
function listOver(backend: Backend): PagedList<string> {
  scope = effectScope()
  const list = scope.run(() => usePagedList<string>(() => (window) => backend.load(window)))
  if (list === undefined) throw new Error('the scope has ended')
  return list
}
const knownIn = (list: PagedList<string>, backend: Backend): number =>
  backend.rows.filter((_, index) => list.at(index) !== undefined).length

type Step =
  | { kind: 'need'; first: number; length: number }
  | { kind: 'answer'; which: number }
  | { kind: 'fail'; which: number }
  | { kind: 'retry' }
  | { kind: 'reload'; quiet: boolean }
  | { kind: 'shrink'; to: number; quiet: boolean }
const most = 1500
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('need' as const),
      first: fc.nat(most),
      length: fc.nat(300)
    })
  },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('answer' as const), which: fc.nat(1) })
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fail' as const), which: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('retry' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('reload' as const), quiet: fc.boolean() })
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('shrink' as const),
      to: fc.nat(most),
      quiet: fc.boolean()
    })
  }
)
/** Takes one of the asks out, so that answers come in any order. */
const taken = (backend: Backend, which: number): Ask | undefined =>
  backend.asks.splice(which % Math.max(1, backend.asks.length), 1)[0]

describe('a paged list', () => {
  it('shows what the array holds, whatever happens on the way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(most),
        fc.array(anyStep, { maxLength: 60 }),
        fc.nat(most),
        async (count, steps, last) => {
          const backend = backendOf(count)
          const list = listOver(backend)
          for (const step of steps) {
            if (step.kind === 'need') list.need(step.first, step.first + step.length)
            else if (step.kind === 'reload') list.reload(step.quiet)
            else if (step.kind === 'retry') list.retry()
            else if (step.kind === 'shrink') {
              // As after setting items aside: the list is other rows now, and is told so.
              backend.rows = backend.rows.slice(0, step.to).map((row) => `${row}'`)
              list.reload(step.quiet)
            } else if (step.kind === 'answer') taken(backend, step.which)?.answer()
            else taken(backend, step.which)?.fail()
            await settle()
          }
          list.need(last, last + 20)
          await answerAll(backend)
          if (list.error.value !== undefined) {
            // The last thing that happened was a failure; asking again is enough.
            list.retry()
            await answerAll(backend)
          }
          expect(list.isLoading.value).toBe(false)
          expect(list.total.value).toBe(backend.rows.length)
          expect(list.error.value).toBeUndefined()
          for (let index = last; index <= last + 20; index++) {
            expect(list.at(index)).toBe(backend.rows[index])
          }
          for (let index = 0; index < most + 50; index += 7) {
            expect([undefined, backend.rows[index]]).toContain(list.at(index))
          }
          scope.stop()
        }
      ),
      { numRuns: 150 }
    )
  })

  it('reads only the pages it lands on, however far the jump', async () => {
    const backend = backendOf(1_000_000)
    const list = listOver(backend)
    list.need(0, 30)
    await answerAll(backend)
    list.need(765_432, 765_470)
    await answerAll(backend)
    list.need(999_990, 999_999)
    await answerAll(backend)
    expect(backend.seen).toEqual([0, 765_400, 999_900])
    expect(list.at(999_999)).toBe('row 999999')
    expect(list.at(1_000_000)).toBeUndefined()
  })

  it('leaves out what was wanted on the way of a fast scroll', async () => {
    const backend = backendOf(100_000)
    const list = listOver(backend)
    list.need(0, 10)
    await answerAll(backend)
    for (let first = 5000; first <= 90_000; first += 5000) list.need(first, first + 10)
    await answerAll(backend)
    // Two were under way; of the rest only the place where it came to rest was asked for.
    expect(backend.seen).toEqual([0, 5000, 10_000, 90_000])
  })

  it('forgets far pages and reads them again when they are needed', async () => {
    const backend = backendOf(10_000)
    const list = listOver(backend)
    for (let first = 0; first < 10_000; first += pageRows) {
      list.need(first, first + 9)
      await answerAll(backend)
    }
    expect(knownIn(list, backend)).toBe(keptPages * pageRows)
    expect(list.at(0)).toBeUndefined()
    expect(list.at(9999)).toBe('row 9999')
    list.need(0, 9)
    await answerAll(backend)
    expect(list.at(0)).toBe('row 0')
    expect(backend.seen).toHaveLength(101)
  })

  it('never asks for more at once than it keeps', async () => {
    const backend = backendOf(10_000)
    const list = listOver(backend)
    list.need(0, 9999)
    await answerAll(backend)
    expect(backend.seen.length).toBeLessThan(keptPages)
    expect(list.at(0)).toBe('row 0')
  })

  it('reads nothing twice that it still has', async () => {
    const backend = backendOf(1000)
    const list = listOver(backend)
    for (const first of [0, 200, 50, 150, 0]) {
      list.need(first, first + 99)
      await answerAll(backend)
    }
    expect(backend.seen).toEqual([0, 200, 100])
  })

  it('drops an answer from before a reload', async () => {
    const backend = backendOf(20)
    const list = listOver(backend)
    list.need(0, 9)
    backend.rows = backend.rows.slice(0, 5).map((row) => `new ${row}`)
    list.reload()
    const [old, fresh] = backend.asks
    fresh?.answer()
    await settle()
    old?.answer()
    await settle()
    expect(list.at(0)).toBe('new row 0')
    expect(list.total.value).toBe(5)
  })

  it('keeps the old rows through a quiet reload, and no longer', async () => {
    const backend = backendOf(300)
    const list = listOver(backend)
    list.need(0, 199)
    await answerAll(backend)
    backend.rows = backend.rows.slice(1)
    list.reload(true)
    list.reload(true)
    expect(list.at(0)).toBe('row 0')
    expect(list.at(150)).toBe('row 150')
    expect(list.total.value).toBe(300)
    await answerAll(backend)
    expect(list.at(0)).toBe('row 1')
    expect(list.at(199)).toBe('row 200')
    expect(list.at(299)).toBeUndefined()
    list.reload()
    expect(list.at(0)).toBeUndefined()
    expect(list.total.value).toBeUndefined()
  })

  it('finds its place when the list got shorter than where it stood', async () => {
    const backend = backendOf(1000)
    const list = listOver(backend)
    list.need(900, 950)
    await answerAll(backend)
    backend.rows = backend.rows.slice(0, 120)
    list.reload(true)
    await answerAll(backend)
    expect(list.total.value).toBe(120)
    expect(list.at(900)).toBeUndefined()
    list.need(80, 119)
    await answerAll(backend)
    expect(list.at(119)).toBe('row 119')
  })

  it('fills again after it was empty', async () => {
    const backend = backendOf(0)
    const list = listOver(backend)
    list.need(0, 20)
    await answerAll(backend)
    expect(list.total.value).toBe(0)
    backend.rows = ['row 0', 'row 1']
    list.reload(true)
    await answerAll(backend)
    expect(list.error.value).toBeUndefined()
    expect(Math.min(...backend.seen)).toBe(0)
    expect(list.at(1)).toBe('row 1')
  })

  it('says why a page failed and gets it on the next try', async () => {
    const backend = backendOf(300)
    const list = listOver(backend)
    list.need(0, 150)
    backend.asks.shift()?.answer()
    await settle()
    backend.asks.shift()?.fail()
    await settle()
    expect(list.error.value).toBeInstanceOf(Error)
    expect(list.at(5)).toBe('row 5')
    expect(backend.asks).toHaveLength(0)
    list.retry()
    await answerAll(backend)
    expect(list.error.value).toBeUndefined()
    expect(list.at(150)).toBe('row 150')
    expect(backend.seen).toEqual([0, 100, 100])
  })

  it('changes rows in place', async () => {
    const backend = backendOf(20)
    const list = listOver(backend)
    list.need(0, 19)
    await answerAll(backend)
    list.patch((row) => row.toUpperCase())
    expect(list.at(12)).toBe('ROW 12')
    expect(backend.seen).toHaveLength(1)
  })

  it('asks for nothing more after its screen has gone', async () => {
    const backend = backendOf(1000)
    const list = listOver(backend)
    list.need(0, 999)
    scope.stop()
    await answerAll(backend)
    expect(backend.seen).toHaveLength(1)
  })
})
