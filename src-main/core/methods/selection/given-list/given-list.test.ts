// Lists: exactly what is on them is kept, in their order, and every item is told why.
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import type { Selection, SelectionInputs } from '../../method.ts'
import { makeCase } from '../icons/icons.test-support.ts'
import method from './method.ts'

interface List {
  readonly given: readonly number[]
  readonly added?: readonly number[]
  readonly removed?: readonly number[]
  readonly title?: string
}

async function run(list: List, budget = list.given.length, rows = 30): Promise<Selection> {
  const { inputs } = makeCase(2, { rows, columns: 3, classes: 2, tasks: 1, budget })
  const withList: SelectionInputs = {
    ...inputs,
    given: Uint32Array.from(list.given),
    givenBy: {
      title: list.title ?? 'mine.csv',
      added: Uint32Array.from(list.added ?? []),
      removed: Uint32Array.from(list.removed ?? [])
    }
  }
  const steps = method.run(
    {
      random: createRandom(1),
      seed: 1,
      signal: new AbortController().signal,
      device: await openTestDevice(),
      resume: undefined
    },
    withList,
    {}
  )
  const step = await steps.next()
  if (step.done !== true) throw new Error('a list needs no steps')
  return step.value
}

function reason(selection: Selection, row: number): { code: string; text: string } {
  const rank = selection.order.indexOf(row) + 1
  return method.explain({
    row,
    isChosen: rank <= selection.got,
    rank,
    candidates: selection.order.length,
    label: undefined,
    columns: selection.columns,
    info: JSON.parse(JSON.stringify(selection.info)) as Selection['info']
  })
}

describe('a list', () => {
  it('is kept in its order, the others after it, what was taken out last', async () => {
    const found = await run({ given: [7, 2, 19, 4], removed: [0, 3] })
    expect(found.got).toBe(4)
    expect(found.isExact).toBe(true)
    expect([...found.order.subarray(0, 4)]).toEqual([7, 2, 19, 4])
    expect([...found.order.subarray(-2)]).toEqual([0, 3])
    expect([...found.order].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i))
    expect(found.score[7]).toBe(1)
    expect(found.score[4]).toBeGreaterThan(found.score[5])
    expect(found.notes).toEqual([])
  })

  it('says why for each item', async () => {
    const found = await run({ given: [7, 2, 19, 4], added: [19], removed: [3], title: 'mine.csv' })
    expect(reason(found, 7).text).toBe('Kept because it is on the list “mine.csv”.')
    expect(reason(found, 19).text).toBe('Kept because you added it by hand.')
    expect(reason(found, 3).text).toBe('Left out because you took it out by hand.')
    expect(reason(found, 5).text).toBe('Left out: it is not on the list “mine.csv”.')
  })

  it('is cut at the budget, and says so', async () => {
    const found = await run({ given: [7, 2, 19, 4] }, 3)
    expect(found.got).toBe(3)
    expect(found.notes).toEqual(['The list has 4 items that can be chosen; the first 3 are kept.'])
    expect(reason(found, 4)).toMatchObject({ code: 'list-cut' })
    expect(reason(found, 4).text).toContain('past the number of items to keep')
  })

  it('keeps fewer than asked when it is shorter, and counts a row named twice once', async () => {
    const found = await run({ given: [5, 6, 5] }, 20)
    expect(found.got).toBe(2)
    expect([...found.order.subarray(0, 3)]).toEqual([5, 6, 0])
  })

  it('keeps what was taken out once and is back on the list', async () => {
    const found = await run({ given: [5, 6], added: [6], removed: [6] })
    expect(reason(found, 6).code).toBe('added-by-hand')
  })

  it('refuses a list of which nothing can be chosen', async () => {
    await expect(run({ given: [] }, 3)).rejects.toMatchObject({
      code: 'method-not-possible',
      message: 'None of the items on the list can be chosen.'
    })
  })
})
