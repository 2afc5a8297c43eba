// What a search is taken for, and that index and looking through agree on what it finds.
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noFilter } from '../../../api/dto/browse.ts'
import { openStore } from '../../store/open-store.ts'
import type { Store } from '../../store/records.ts'
import { datasetRecord, newItem, temporaryFolder } from '../../store/store.test-support.ts'
import { createBrowse } from './browse.ts'
import { holdsWords, parseSearch, wordsOf } from './words.ts'

describe('a search', () => {
  it('is nothing, words, or parts of texts', () => {
    expect(parseSearch('')).toEqual({ kind: 'none' })
    expect(parseSearch(' \t ')).toEqual({ kind: 'none' })
    expect(parseSearch('Red  foxes')).toMatchObject({ kind: 'words', words: ['red', 'foxes'] })
    expect(parseSearch("o'clock")).toMatchObject({ kind: 'words', words: ['o', 'clock'] })
    expect(parseSearch('Élan')).toMatchObject({ words: ['elan'], written: ['Élan'] })
    expect(parseSearch('100 %')).toMatchObject({ kind: 'words', words: ['100'] })
    expect(parseSearch('?! #')).toEqual({ kind: 'parts', parts: ['?!', '#'] })
    for (const search of ['百科', 'かな', 'カナ', 'ภาษา', 'red 百', 'ລາວ', 'ខ្មែរ', 'မြန်မာ'])
      expect(parseSearch(search).kind).toBe('parts')
    expect(parseSearch('한국어')).toMatchObject({ kind: 'words' })
  })
  it('finds whole words, and the last one as a beginning', () => {
    expect(holdsWords(['red', 'fo'], 'A red', 'foxglove')).toBe(true)
    expect(holdsWords(['re', 'fox'], 'red', 'fox')).toBe(false)
    expect(holdsWords(['fo', 'red'], 'red', 'fox')).toBe(false)
    expect(wordsOf('snake_case, 3.5')).toEqual(['snake', 'case', '3', '5'])
  })
})

describe('looking through', () => {
  let folder: ReturnType<typeof temporaryFolder>
  let store: Store
  beforeAll(() => {
    folder = temporaryFolder()
    store = openStore(join(folder.path, 'project.sqlite'))
  })
  afterAll(() => {
    store.dispose()
    folder.remove()
  })

  function add(id: string, texts: readonly string[]): void {
    store.datasets.insert(datasetRecord(id, { items: texts.length, kind: 'text' }))
    store.items.append(
      id,
      texts.map((text, row) => newItem(row, text, { name: `Row ${row}` }))
    )
  }

  /** Rows found with the index and without it. */
  async function both(id: string, search: string): Promise<number[][]> {
    const found: number[][] = []
    for (const isSearchable of [false, true]) {
      store.datasets.update(id, { isSearchable })
      const browse = createBrowse({ store, alike: () => Promise.resolve(undefined) })
      found.push([...(await browse.rows(id, { ...noFilter, search }))])
      browse.dispose()
    }
    return found
  }

  it('finds what the index finds, for any words of spaced scripts', async () => {
    const letters = [...'abcABCäöüßéèñçåøæœŁłįğıșțđĐ019éАбвЯйёΑβγάאבגاب한국']
    const word = fc
      .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join(''))
    const text = fc
      .array(fc.tuple(word, fc.constantFrom(' ', ', ', '-', '_', "'", '…', '\n', '😀')), {
        maxLength: 6
      })
      .map((parts) => parts.flat().join(''))
    let datasets = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 12 }),
        fc.array(word, { minLength: 1, maxLength: 2 }),
        async (texts, extra) => {
          const id = `d${++datasets}`
          add(id, texts)
          store.items.index(id, 0, texts.length)
          const own = texts[0].match(/[\p{L}\p{N}]+/gu) ?? []
          for (const search of [extra.join(' '), own.slice(0, 2).join(' '), (own[0] ?? 'a')[0]]) {
            const [scanned, indexed] = await both(id, search)
            expect({ search, rows: indexed }).toEqual({ search, rows: scanned })
          }
          store.datasets.remove(id)
        }
      ),
      { numRuns: 100 }
    )
  })

  it('finds parts of texts in scripts without spaces, and signs as they are', async () => {
    const texts = ['我爱北京天安门', '北京', 'ภาษาไทย', '100 % sure', 'a_b', '50% off?', 'Ж']
    add('signs', texts)
    store.items.index('signs', 0, texts.length)
    for (const [search, rows] of [
      ['北京', [0, 1]],
      ['天安 北', [0]],
      ['ไทย', [2]],
      ['%', [3, 5]],
      ['_', [4]],
      ['% ?', [5]]
    ] as const)
      expect(await both('signs', search)).toEqual([rows, rows])
  })
})
