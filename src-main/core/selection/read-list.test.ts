// Lists made elsewhere name the right items: row numbers, original records, keys, names, and our own
// exports; what does not fit is counted.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listColumns } from '../datasets/exported-lists.ts'
import { createListFixture, llavaRecords, type ListFixture } from './read-list.test-support.ts'

let fixture: ListFixture
beforeEach(async () => {
  fixture = await createListFixture()
})
afterEach(() => fixture.dispose())

const json = (value: unknown): string => JSON.stringify(value, null, 1)
const lines = (values: readonly unknown[]): string => `${values.join('\n')}\n`

describe('row numbers', () => {
  it('keep their order, and count what does not fit', async () => {
    await fixture.pool('pool.json', json(llavaRecords(40)))
    const list = await fixture.list('picks.txt', lines([12, 3, 39, 3, 40, -1, 7]))
    expect(list.readAs).toBe('rows')
    expect(list.order).toBe('as-listed')
    expect(fixture.rowsOf(list.keys)).toEqual([12, 3, 39, 7])
    expect(list).toMatchObject({ entries: 7, duplicates: 1, unknown: 2 })
    expect(list.unknownFirst).toEqual([
      { where: 'Line 5', entry: '40', reason: 'The data has the rows 0 to 39.' },
      { where: 'Line 6', entry: '-1', reason: 'Row numbers start at 0.' }
    ])
    expect(list.sentence).toContain('7 row numbers: 5 of “Data d1”, 2 not; 1 comes a second time')
  })

  it('of an ICONS list are turned round, and the choice is the analyst’s', async () => {
    await fixture.pool('pool.json', json(llavaRecords(10)))
    const list = await fixture.list('vote_top_indices.txt', lines([4, 2, 9]))
    expect(list.order).toBe('last-first')
    expect(fixture.rowsOf(list.keys)).toEqual([9, 2, 4])
    const asked = await fixture.list('vote_top_indices.txt', lines([4, 2, 9]), {
      order: 'as-listed'
    })
    expect(fixture.rowsOf(asked.keys)).toEqual([4, 2, 9])
  })

  it('that look counted from 1 are said so', async () => {
    await fixture.pool('pool.json', json(llavaRecords(5)))
    const list = await fixture.list('picks.txt', lines([1, 5, 3]))
    expect(fixture.rowsOf(list.keys)).toEqual([1, 3])
    expect(list.notes.join()).toContain('it may count from 1')
  })

  it('count records that could not be read: nothing is shifted', async () => {
    const records: unknown[] = llavaRecords(12)
    // A mark without a picture and a turn without text are no LLaVA records.
    records[2] = { id: 'x', image: 'a.jpg', conversations: [{ from: 'human', value: 'no mark' }] }
    records[5] = { id: 'y', conversations: [{ from: 'human' }] }
    await fixture.pool('pool.json', json(records))
    expect(fixture.store.items.count('d1')).toBe(10)
    const list = await fixture.list('picks.txt', lines([0, 2, 3, 6, 11]))
    // Position 3 is item 2, 6 is item 4, 11 is item 9.
    expect(fixture.rowsOf(list.keys)).toEqual([0, 2, 4, 9])
    expect(list.unknownFirst).toEqual([
      {
        where: 'Line 2',
        entry: '2',
        reason: 'This record could not be read when the data was added.'
      }
    ])
  })

  it('are refused when nobody can tell which record is which', async () => {
    await fixture.pool('pool.json', json(llavaRecords(6)))
    fixture.store.datasets.update('d1', { skipped: 3 })
    await expect(fixture.list('picks.txt', lines([1, 2]))).rejects.toThrow(
      /3 records of “Data d1” could not be read/
    )
  })
})

describe('original records', () => {
  it('find their items although ids and pictures repeat', async () => {
    const pool = llavaRecords(60)
    await fixture.pool('pool.json', json(pool))
    const picked = [41, 3, 59, 10]
    const array = await fixture.list('subset.json', json(picked.map((n) => pool[n])))
    expect(array.readAs).toBe('records')
    expect(fixture.rowsOf(array.keys)).toEqual(picked)
    // Another order of fields, no spaces, one record a line.
    const turned = picked.map((n) =>
      JSON.stringify(Object.fromEntries(Object.entries(pool[n]).reverse()))
    )
    const jsonl = await fixture.list('subset.jsonl', lines(turned))
    expect(fixture.rowsOf(jsonl.keys)).toEqual(picked)
    expect(jsonl.sentence).toBe('4 records, all of “Data d1”.')
  })

  it('that are not of the data are named', async () => {
    const pool = llavaRecords(20)
    await fixture.pool('pool.json', json(pool))
    const stranger = { ...pool[4], conversations: [{ from: 'human', value: '<image>\nElse?' }] }
    const list = await fixture.list('subset.json', json([pool[4], stranger]))
    expect(fixture.rowsOf(list.keys)).toEqual([4])
    expect(list.unknownFirst[0]).toMatchObject({ where: 'Element 2 (line 16)' })
  })

  it('take equal items one after the other', async () => {
    const [one, two] = llavaRecords(2)
    await fixture.pool('pool.json', json([one, two, one, one]))
    const list = await fixture.list('subset.json', json([one, one]))
    expect(fixture.rowsOf(list.keys)).toEqual([0, 2])
    const more = await fixture.list('subset.json', json([one, one, one, one]))
    expect(more).toMatchObject({ duplicates: 1 })
    expect(fixture.rowsOf(more.keys)).toEqual([0, 2, 3])
  })

  it('of a table are found by their values, however numbers are written', async () => {
    const table = 'id,size,colour,label\na,1.5,red,x\nb,2,blue,y\nc,3,red,x\nd,4.25,green,y\n'
    await fixture.pool('pool.csv', table)
    const list = await fixture.list('some.csv', 'colour;size\ngreen;4.25\nred;1.50\n')
    expect(list.readAs).toBe('records')
    expect(fixture.rowsOf(list.keys)).toEqual([3, 0])
  })
})

describe('keys and names', () => {
  const table = Array.from({ length: 9 }, (_, n) => `case-${n},text number ${n} of some length`)
  beforeEach(() => fixture.pool('pool.csv', `id,text\n${lines(table)}`))

  it('one a line, under a heading', async () => {
    const list = await fixture.list('names.txt', '\uFEFFid\r\ncase-3\r\ncase-1\r\n\r\ncase-9\r\n')
    expect(list.readAs).toBe('names')
    expect(fixture.rowsOf(list.keys)).toEqual([3, 1])
    expect(list).toMatchObject({ entries: 3, unknown: 1 })
    expect(list.notes).toEqual(['The first line, “id”, was taken as a heading.'])
  })

  it('in the column of a table that holds them', async () => {
    const keys = fixture.store.items.range('d1', 0, 9).map((item) => item.key)
    const csv = `number,what\n1,${keys[8]}\n2,${keys[2]}\n`
    const list = await fixture.list('keys.csv', csv)
    expect(list.readAs).toBe('keys')
    expect(list.keys).toEqual([keys[8], keys[2]])
  })

  it('of one of our exports come back best first', async () => {
    const items = fixture.store.items.range('d1', 0, 9)
    const rows = [5, 0, 7].map((n, rank) => {
      const { key, name } = items[n]
      return [key, '', 'case-0', '', rank + 1, 0.5, 0, 'kept', 'Kept.', name].join(',')
    })
    const list = await fixture.list('items.csv', `${listColumns.join(',')}\n${lines(rows)}`)
    expect(list.readAs).toBe('keys')
    expect(fixture.rowsOf(list.keys)).toEqual([5, 0, 7])
  })
})

it('a list of numbers that are also names says both, and can be read either way', async () => {
  const table = [3, 2, 1, 0].map((n) => `${n},a text about the number ${n}`)
  await fixture.pool('pool.csv', `id,text\n${lines(table)}`)
  const list = await fixture.list('picks.txt', lines([0, 1]))
  expect(list).toMatchObject({ readAs: 'rows', alternatives: ['names'] })
  expect(fixture.rowsOf(list.keys)).toEqual([0, 1])
  const named = await fixture.list('picks.txt', lines([0, 1]), { as: 'names' })
  expect(fixture.rowsOf(named.keys)).toEqual([3, 2])
})
