// The paged list against a plain array: whatever is asked for, in whatever order answers come and
// fail, what is shown is what the array holds.
import fc from 'fast-check'
import { effectScope, type EffectScope } from 'vue'
import { afterEach, describe, expect, it } from 'vitest'
import { usePagedList, type ListPage, type PagedList } from './paged-list.ts'

interface Ask {
  readonly cursor: string | null
  answer(): void
  fail(): void
}
interface Backend {
  rows: string[]
  pageRows: number
  readonly asks: Ask[]
  /** Cursors asked for, ever. */
  readonly seen: (string | null)[]
  load(cursor: string | null): Promise<ListPage<string>>
}

/** Answers only when told to, with the rows of the time it was asked. */
function backendOf(count: number, pageRows: number): Backend {
  return {
    rows: Array.from({ length: count }, (_, index) => `row ${index}`),
    pageRows,
    asks: [],
    seen: [],
    load(cursor) {
      this.seen.push(cursor)
      const from = cursor === null ? 0 : Number(cursor)
      const to = Math.min(from + this.pageRows, this.rows.length)
      const page = {
        items: this.rows.slice(from, to),
        next: to < this.rows.length ? String(to) : null,
        total: this.rows.length
      }
      return new Promise((resolve, reject) => {
        this.asks.push({
          cursor,
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
  const list = scope.run(() => usePagedList<string>(() => (cursor) => backend.load(cursor)))
  if (list === undefined) throw new Error('the scope has ended')
  return list
}

type Step =
  | { kind: 'need'; first: number; length: number }
  | { kind: 'answer' }
  | { kind: 'fail' }
  | { kind: 'reload'; quiet: boolean }
  | { kind: 'shrink'; to: number; quiet: boolean }
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('need' as const),
      first: fc.nat(400),
      length: fc.nat(30)
    })
  },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('answer' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fail' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('reload' as const), quiet: fc.boolean() })
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('shrink' as const),
      to: fc.nat(400),
      quiet: fc.boolean()
    })
  }
)

describe('a paged list', () => {
  it('shows what the array holds, whatever happens on the way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(400),
        fc.integer({ min: 1, max: 40 }),
        fc.array(anyStep, { maxLength: 60 }),
        fc.nat(400),
        async (count, pageRows, steps, last) => {
          const backend = backendOf(count, pageRows)
          const list = listOver(backend)
          for (const step of steps) {
            if (step.kind === 'need') list.need(step.first, step.first + step.length)
            else if (step.kind === 'reload') list.reload(step.quiet)
            else if (step.kind === 'shrink') {
              // As after setting items aside: the list is other rows now, and is told so.
              backend.rows = backend.rows.slice(0, step.to).map((row) => `${row}'`)
              list.reload(step.quiet)
            } else if (step.kind === 'answer') backend.asks.shift()?.answer()
            else backend.asks.shift()?.fail()
            await settle()
          }
          list.need(last, last + 20)
          await answerAll(backend)
          await settle()
          if (list.error.value !== undefined) {
            // The last thing that happened was a failure; asking again is enough.
            list.need(last, last + 20)
            await answerAll(backend)
          }
          expect(list.isLoading.value).toBe(false)
          expect(list.total.value).toBe(backend.rows.length)
          expect(list.error.value).toBeUndefined()
          for (let index = last; index <= last + 20; index++) {
            expect(list.at(index)).toBe(backend.rows[index])
          }
          for (let index = 0; index < 420; index++) {
            expect([undefined, backend.rows[index]]).toContain(list.at(index))
          }
          scope.stop()
        }
      ),
      { numRuns: 150 }
    )
  })

  it('forgets far pages and reads them again when they are needed', async () => {
    const backend = backendOf(1000, 10)
    const list = listOver(backend)
    list.need(0, 9)
    await answerAll(backend)
    list.need(990, 999)
    await answerAll(backend)
    const known = backend.rows.filter((_, index) => list.at(index) !== undefined)
    expect(known).toHaveLength(400)
    expect(list.at(0)).toBeUndefined()
    expect(list.at(999)).toBe('row 999')
    expect(backend.seen).toHaveLength(100)

    list.need(0, 9)
    await answerAll(backend)
    expect(list.at(0)).toBe('row 0')
    expect(backend.seen).toHaveLength(101)
    expect(backend.seen.at(-1)).toBeNull()
  })

  it('reads nothing twice that it still has', async () => {
    const backend = backendOf(100, 10)
    const list = listOver(backend)
    for (const first of [0, 20, 5, 15, 0]) {
      list.need(first, first + 9)
      await answerAll(backend)
    }
    expect(backend.seen).toEqual([null, '10', '20'])
  })

  it('drops an answer from before a reload', async () => {
    const backend = backendOf(20, 10)
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
    const backend = backendOf(30, 10)
    const list = listOver(backend)
    list.need(0, 19)
    await answerAll(backend)
    backend.rows = backend.rows.slice(1)
    list.reload(true)
    list.reload(true)
    expect(list.at(0)).toBe('row 0')
    expect(list.at(15)).toBe('row 15')
    expect(list.total.value).toBe(30)
    await answerAll(backend)
    expect(list.at(0)).toBe('row 1')
    expect(list.at(19)).toBe('row 20')
    expect(list.at(29)).toBeUndefined()
    list.reload()
    expect(list.at(0)).toBeUndefined()
    expect(list.total.value).toBeUndefined()
  })

  it('says why a page failed and gets it on the next try, without a hole', async () => {
    const backend = backendOf(30, 10)
    const list = listOver(backend)
    list.need(0, 29)
    backend.asks.shift()?.answer()
    await settle()
    backend.asks.shift()?.fail()
    await settle()
    expect(list.error.value).toBeInstanceOf(Error)
    expect(list.at(5)).toBe('row 5')
    list.need(0, 29)
    await answerAll(backend)
    expect(list.error.value).toBeUndefined()
    expect(backend.rows.map((_, index) => list.at(index))).toEqual(backend.rows)
    expect(backend.seen).toEqual([null, '10', '10', '20'])
  })

  it('changes rows in place', async () => {
    const backend = backendOf(20, 10)
    const list = listOver(backend)
    list.need(0, 19)
    await answerAll(backend)
    list.patch((row) => row.toUpperCase())
    expect(list.at(12)).toBe('ROW 12')
    expect(backend.seen).toHaveLength(2)
  })

  it('asks for nothing more after its screen has gone', async () => {
    const backend = backendOf(100, 10)
    const list = listOver(backend)
    list.need(0, 99)
    scope.stop()
    await answerAll(backend)
    expect(backend.seen).toHaveLength(1)
  })
})
