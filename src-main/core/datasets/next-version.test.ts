// Adding data to a dataset: what people changed stays, the added items lie behind, both parts read
// their own originals, and versions can be removed in any order.
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EditRequest } from '../../api/dto/edits.ts'
import { noFilter } from '../../api/dto/browse.ts'
import { splitLocator } from './locators.ts'
import { joinLabels } from './next-version.ts'
import { optionsOf, pngOf, writeTree } from './testing/fixtures.ts'
import { createImportFixture, type ImportFixture } from './testing/import-fixture.ts'

let fixture: ImportFixture
let first = ''
let second = ''
beforeEach(async () => {
  fixture = await createImportFixture()
  first = join(fixture.folder, 'first')
  second = join(fixture.folder, 'second')
  const pictures = async (names: readonly string[], tint: number) =>
    Object.fromEntries(
      await Promise.all(names.map(async (name, i) => [name, await pngOf(tint + i)]))
    )
  await writeTree(first, await pictures(['cat/0.png', 'cat/1.png', 'dog/2.png', 'dog/3.png'], 0))
  // Picture 5 of the second folder is the same as picture 2 of the first.
  await writeTree(second, {
    ...(await pictures(['bird/4.png', 'dog/5.png'], 10)),
    'cat/6.png': await pngOf(2)
  })
})
afterEach(() => fixture.dispose())

const never = new AbortController().signal

/** Name, label, split and marks of every item. */
async function itemsOf(dataset: string) {
  const page = await fixture.queries.items({
    dataset,
    filter: { ...noFilter, aside: 'show' },
    sort: { by: { kind: 'order' }, descending: false },
    window: { first: 0, limit: 1000 }
  })
  return page.items.map(
    ({ name, label, givenLabel, split, isAside, tags, hasNote, duplicateOf }) => ({
      ...{ name, label, givenLabel, split, isAside, tags, hasNote, duplicateOf }
    })
  )
}

async function change(rows: number[], what: object): Promise<void> {
  await fixture.edits.apply(
    EditRequest.parse({ dataset: 'd1', scope: { kind: 'rows', rows }, change: what })
  )
}

describe('a version with added data', () => {
  it('keeps what people changed, and adds the new items behind', async () => {
    const { queries, run } = fixture
    await run(first)
    await change([0], { kind: 'aside', aside: true })
    await change([1], { kind: 'label', label: 'zebra' })
    await change([2], { kind: 'tag', tag: 'odd', on: true })
    await change([3], { kind: 'note', text: 'look' })
    const before = await itemsOf('d1')
    const result = await run(second, { dataset: 'd2', addTo: 'd1' })
    expect(result).toMatchObject({ items: 7, classes: 4 })
    const after = await itemsOf('d2')
    expect(after.slice(0, 4)).toEqual(before)
    expect(
      after.slice(4).map(({ name, label, duplicateOf }) => [name, label, duplicateOf])
    ).toEqual([
      ['4.png', 'bird', null],
      ['6.png', 'cat', 2],
      ['5.png', 'dog', null]
    ])
    expect(await queries.summary('d1')).toMatchObject({ version: 1, isLatest: false, items: 4 })
    const summary = await queries.summary('d2')
    expect(summary).toMatchObject({
      ...{ version: 2, previous: 'd1', isLatest: true, edits: 0, isReachable: true },
      ...{ setAside: 1, exactDuplicates: 1, items: 7 }
    })
    expect(summary.classes.map(({ name, count }) => [name, count])).toEqual([
      ['bird', 1],
      ['cat', 2],
      ['dog', 3],
      ['zebra', 1]
    ])
    expect(queries.item('d2', 3).note).toBe('look')
    expect(queries.item('d2', 1).item.givenLabel).toBe('cat')
    expect(await fixture.browse.rows('d2', { ...noFilter, search: '5' })).toEqual(Uint32Array.of(6))
    // The version before is as it was.
    expect(await itemsOf('d1')).toEqual(before)
  })

  it('reads every picture from its own source, also two versions later', async () => {
    const { queries, run, folder, store } = fixture
    const third = join(folder, 'third')
    await writeTree(third, { 'cat/9.png': await pngOf(30) })
    await run(first)
    await run(second, { dataset: 'd2', addTo: 'd1' })
    await run(third, { dataset: 'd3', addTo: 'd2' })
    const thumbnails = await queries.thumbnails('d3', [0, 4, 7], 96, never)
    expect(thumbnails.map(({ bytes }) => bytes !== null)).toEqual([true, true, true])
    const picture = await queries.picture('d3', 7, 0, never)
    expect(picture).toMatchObject({ row: 7, mime: 'image/webp' })
    expect(picture.bytes?.length).toBeGreaterThan(20)
    expect(store.items.range('d3', 0, 8).map((item) => splitLocator(item.locator).source)).toEqual([
      0, 0, 0, 0, 1, 1, 1, 2
    ])
    expect(queries.item('d3', 7).origin).toContain('third')
    await rm(second, { recursive: true })
    expect((await queries.summary('d3')).isReachable).toBe(false)
    const [kept, gone] = await queries.thumbnails('d3', [1, 5], 192, never)
    expect([kept.bytes !== null, gone.bytes]).toEqual([true, null])
  })

  it.each([
    ['the older first', ['d1', 'd2']],
    ['the newer first', ['d2', 'd1']]
  ])('keeps copied originals as long as a version reads them: %s', async (_, order) => {
    const { queries, run, media } = fixture
    const options = optionsOf({ storage: 'copy' })
    await run(first, { options })
    await run(second, { dataset: 'd2', addTo: 'd1', options })
    await rm(first, { recursive: true })
    await rm(second, { recursive: true })
    await queries.remove(order[0])
    const [left] = await queries.list()
    expect(left).toMatchObject({ id: order[1], isReachable: true, isLatest: true, previous: null })
    const rows = order[1] === 'd2' ? [0, 6] : [0, 3]
    for (const { bytes } of await queries.thumbnails(order[1], rows, 96, never))
      expect(bytes).not.toBeNull()
    await queries.remove(order[1])
    expect(await readdir(media)).toEqual([])
  })

  it('is refused for data of another kind, and nothing of it stays', async () => {
    const table = join(fixture.folder, 'table.csv')
    await writeFile(table, 'text,label\nsome longer text here,a\nanother longer text,b\n')
    await fixture.run(first)
    const before = await itemsOf('d1')
    await expect(fixture.run(table, { dataset: 'd2', addTo: 'd1' })).rejects.toThrow(
      'holds pictures, and this holds texts'
    )
    await expect(fixture.run(second, { dataset: 'd3', addTo: 'gone' })).rejects.toMatchObject({
      code: 'dataset-not-found'
    })
    expect((await fixture.queries.list()).map(({ id }) => id)).toEqual(['d1'])
    expect(await itemsOf('d1')).toEqual(before)
  })

  it('splits only what was added; a repeat of an older item goes where that one is', async () => {
    const { run } = fixture
    await run(first)
    await change([0, 1, 3], { kind: 'split', split: 'train' })
    await change([2], { kind: 'split', split: 'test' })
    const options = optionsOf({ split: { kind: 'holdout', testFraction01: 0.5, seed: 3 } })
    await run(second, { dataset: 'd2', addTo: 'd1', options })
    const splits = (await itemsOf('d2')).map((item) => item.split)
    expect(splits.slice(0, 4)).toEqual(['train', 'train', 'test', 'train'])
    expect(splits[5]).toBe('test')
  })
})

describe('adding that was interrupted', () => {
  it('goes on to the same dataset, wherever it stopped', async () => {
    const rows = (from: number, count: number): string =>
      Array.from(
        { length: count },
        (_, i) => `"text number ${(from + i) % 900} of many",${(from + i) % 3 === 0 ? 'yes' : 'no'}`
      ).join('\n')
    const base = join(fixture.folder, 'base.csv')
    const more = join(fixture.folder, 'more.csv')
    await writeFile(base, `text,label\n${rows(0, 1500)}\n`)
    await writeFile(more, `text,label\n${rows(700, 2500)}\n`)
    await fixture.run(base)
    await change([3], { kind: 'label', label: 'maybe' })
    await fixture.run(more, { dataset: 'whole', addTo: 'd1' })
    const expected = await itemsOf('whole')
    const hash = fixture.store.datasets.get('whole')?.contentHash
    let number = 0
    for (const [phase, done] of [
      [1, 1],
      [2, 1],
      [2, 1000],
      [2, 2000],
      [4, 100],
      [4, 3000]
    ]) {
      const dataset = `part${number++}`
      let isStopped = false
      const stopAt = (at: number, now: number): boolean =>
        (isStopped ||= at === phase && now >= done)
      const params = { dataset, addTo: 'd1' }
      await expect(fixture.run(more, params, { stopAt })).rejects.toMatchObject({
        code: 'cancelled'
      })
      expect(fixture.store.datasets.get(dataset)?.state).toBe('building')
      await fixture.run(more, params, { goOn: true })
      expect(fixture.store.datasets.get(dataset)).toMatchObject({
        ...{ state: 'ready', contentHash: hash, isSearchable: true }
      })
      expect(await itemsOf(dataset)).toEqual(expected)
      const found = await fixture.browse.rows(dataset, { ...noFilter, search: 'number 899' })
      expect(found).toEqual(
        await fixture.browse.rows('whole', { ...noFilter, search: 'number 899' })
      )
      expect(found.length).toBeGreaterThan(0)
    }
  })
})

describe('labels of two parts', () => {
  it('are joined in natural order', () => {
    const { classNames, before, added } = joinLabels(['c 2', 'c 10'], ['c 1', 'c 10'])
    expect(classNames).toEqual(['c 1', 'c 2', 'c 10'])
    expect([...before]).toEqual([1, 2])
    expect([...added]).toEqual([0, 2])
  })
})
