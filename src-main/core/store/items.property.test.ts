// Items against a plain in-memory model: whatever was appended, marked and cut back, every list,
// key, column, value and count gives exactly what the model says.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyColumns } from './item-columns.ts'
import { openStore } from './open-store.ts'
import type { NewItem, Store } from './records.ts'
import { datasetRecord, newItem, temporaryFolder } from './store.test-support.ts'

const classNames = ['rose', 'tulip', 'Rose', 'constructor']
const splits = ['none', 'train', 'test'] as const

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let datasets = 0
beforeAll(() => {
  folder = temporaryFolder()
  store = openStore(join(folder.path, 'project.sqlite'))
})
afterAll(() => {
  store.dispose()
  folder.remove()
})

interface Model {
  readonly item: NewItem
  readonly key: string
  readonly duplicateOf: number | undefined
  isAside: boolean
}

/** Few contents, so that many repeat; two share the first 8 bytes without being the same. */
function fingerprint(content: number): Uint8Array {
  const bytes = createHash('sha256')
    .update(String(content >> 1))
    .digest()
  bytes[31] = content & 1
  return bytes
}

const words = ['', 'a', 'B', 'ab', 'AB%', '100%', 'x_y', 'back\\slash', 'ÄÖ', 'äö', "o'clock", '"']
const arbitraryItem = fc.record({
  content: fc.nat(7),
  label: fc.integer({ min: -1, max: classNames.length - 1 }),
  split: fc.constantFrom(...splits),
  name: fc.constantFrom(...words),
  text: fc.option(fc.constantFrom(...words), { nil: undefined }),
  height: fc.option(
    // JSON has no negative zero.
    fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
      fc.string()
    )
  )
})
type Drawn = typeof arbitraryItem extends fc.Arbitrary<infer T> ? T : never

function toNewItem(drawn: Drawn, row: number): NewItem {
  return newItem(row, '', {
    name: drawn.name,
    label: drawn.label,
    split: drawn.split,
    fingerprint: fingerprint(drawn.content),
    text: drawn.text,
    sizeBytes: row * 3,
    values: drawn.height === null ? {} : { height: drawn.height, constructor: 'own' }
  })
}

/** What the store is expected to make of the items, written without an eye to how it does it. */
function modelOf(items: readonly NewItem[]): Model[] {
  const hex = items.map((item) => Buffer.from(item.fingerprint).toString('hex'))
  return items.map((item, row) => {
    const head = hex[row].slice(0, 16)
    const before = hex.slice(0, row)
    const repeat = before.filter((other) => other.startsWith(head)).length + 1
    const first = before.indexOf(hex[row])
    return {
      item,
      key: repeat === 1 ? head : `${head}-${repeat}`,
      duplicateOf: first < 0 ? undefined : first,
      isAside: false
    }
  })
}

function makeDataset(): string {
  const id = `d${++datasets}`
  store.datasets.insert(datasetRecord(id, { classNames }))
  return id
}

const arbitraryData = fc.record({
  items: fc.array(arbitraryItem, { maxLength: 40 }),
  // Sizes of the calls that append, and where a cut-back import went on from.
  blocks: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
  cut: fc.option(fc.nat(40), { nil: undefined }),
  aside: fc.array(fc.nat(39), { maxLength: 10 })
})

/** Appends block by block, cuts back once and appends again, sets some rows aside. */
function fill(
  id: string,
  data: typeof arbitraryData extends fc.Arbitrary<infer T> ? T : never
): Model[] {
  const items = data.items.map(toNewItem)
  const append = (from: number): void => {
    for (let row = from, turn = 0; row < items.length; turn++) {
      const size = data.blocks[turn % data.blocks.length]
      store.items.append(id, items.slice(row, row + size))
      row += size
    }
  }
  append(0)
  if (data.cut !== undefined && data.cut < items.length) {
    store.items.truncate(id, data.cut)
    expect(store.items.count(id)).toBe(data.cut)
    append(data.cut)
  }
  const model = modelOf(items)
  const rows = [...new Set(data.aside)].filter((row) => row < items.length)
  store.items.setAside(id, rows, new Uint8Array(rows.length).fill(1))
  for (const row of rows) model[row].isAside = true
  return model
}

describe('items are what the model says', () => {
  it('item by item, by key and as columns', () => {
    fc.assert(
      fc.property(arbitraryData, (data) => {
        const id = makeDataset()
        const model = fill(id, data)
        const stored = store.items.range(id, 0, 1000)
        expect(
          stored.map(({ key, duplicateOf, isAside, row }) => [row, key, duplicateOf, isAside])
        ).toEqual(model.map((one, row) => [row, one.key, one.duplicateOf, one.isAside]))
        for (const item of stored) {
          const { fingerprint: wanted, ...expected } = model[item.row].item
          expect(item).toMatchObject(expected)
          expect(Object.keys(item.values)).toEqual(Object.keys(expected.values))
          expect(Buffer.from(item.fingerprint).equals(wanted)).toBe(true)
          expect(store.items.get(id, item.row)).toEqual(item)
        }
        const keys = model.map((one) => one.key)
        expect(new Set(keys).size).toBe(keys.length)
        expect(Array.from(store.items.rowsOfKeys(id, keys).rows)).toEqual(keys.map((_, row) => row))
        const columns = store.items.columns(id)
        const slices = emptyColumns(model.length)
        for (let first = 0; first < model.length; first += 7)
          store.items.fillColumns(id, slices, first, Math.min(7, model.length - first))
        expect(slices).toEqual(columns)
        expect(Array.from(columns.labels)).toEqual(model.map((one) => one.item.label))
        expect(Array.from(columns.splits)).toEqual(
          model.map((one) => splits.indexOf(one.item.split))
        )
        expect(Array.from(columns.aside)).toEqual(model.map((one) => Number(one.isAside)))
        expect(Array.from(columns.firstSame)).toEqual(
          model.map((one, row) => one.duplicateOf ?? row)
        )
        expect(Array.from(columns.sizes)).toEqual(model.map((one) => one.item.sizeBytes))
        expect(Array.from(columns.textLengths)).toEqual(
          model.map((one) => one.item.text?.length ?? 0)
        )
        store.datasets.remove(id)
      }),
      { numRuns: 60 }
    )
  })

  it('in counts, values and numbers', () => {
    fc.assert(
      fc.property(arbitraryData, (data) => {
        const id = makeDataset()
        const model = fill(id, data)
        const counts = store.datasets.counts(id)
        const count = (wanted: (one: Model) => boolean): number => model.filter(wanted).length
        expect(counts).toMatchObject({
          setAside: count((one) => one.isAside),
          exactDuplicates: count((one) => one.duplicateOf !== undefined),
          missingLabels: count((one) => one.item.label < 0),
          train: count((one) => one.item.split === 'train'),
          test: count((one) => one.item.split === 'test')
        })
        for (const { index, count: found, train } of counts.perClass) {
          expect(found).toBe(count((one) => one.item.label === index))
          expect(train).toBe(count((one) => one.item.label === index && one.item.split === 'train'))
        }
        const heights = model.map((one) => one.item.values['height'])
        expect(store.items.columnValues(id, 'height')).toEqual(
          heights.map((value) => (value === undefined ? '' : String(value)))
        )
        const [slice] = store.items.valueSlices(id, ['height'], 3, 5)
        expect(slice).toEqual(Array.from({ length: 5 }, (_, i) => heights[i + 3]))
        expect(store.items.names(id, 2, 4)).toEqual(model.slice(2, 6).map((one) => one.item.name))
        expect(store.items.columnValues(id, 'toString')).toEqual(heights.map(() => ''))
        const numbers = store.items.numberBlock(id, ['none', 'height'], 0, model.length)
        model.forEach((_, row) => {
          expect(numbers[2 * row]).toBeNaN()
          const value = heights[row]
          // Zero has one form in JSON.
          expect(numbers[2 * row + 1]).toEqual(typeof value === 'number' ? value + 0 : Number.NaN)
        })
        store.datasets.remove(id)
      }),
      { numRuns: 40 }
    )
  })
})

describe('names of items', () => {
  const none = [
    '',
    'x',
    '0123456789abcde',
    '0123456789ABCDEF',
    '0123456789abcdef-1',
    '0123456789abcdef-02'
  ]
  it.each(none)('"%s" is no key', (key) => {
    const id = makeDataset()
    expect(store.items.rowsOfKeys(id, [key])).toEqual({ rows: new Uint32Array(), unknown: [key] })
  })

  it.each([-1, 0.5, 2 ** 32, Number.NaN])('row %s does not exist', (row) => {
    const id = makeDataset()
    store.items.append(id, [newItem(0, 'a')])
    expect(store.items.get(id, row)).toBeUndefined()
    expect(() => store.items.rows(id, [0, row])).toThrow('not in the dataset')
  })

  it('the content hash tells order, content and label apart, and nothing else', () => {
    const hash = (items: readonly NewItem[]): string => {
      const id = makeDataset()
      store.items.append(id, items)
      return store.items.contentHash(id)
    }
    const a = newItem(0, 'a')
    const b = newItem(1, 'b')
    const base = hash([a, b])
    expect(hash([{ ...a, name: 'other', split: 'test' }, b])).toBe(base)
    expect(hash([{ ...a, label: 0 }, b])).not.toBe(base)
    expect(hash([newItem(0, 'b'), newItem(1, 'a')])).not.toBe(base)
    expect(hash([a])).not.toBe(base)
  })

  it('items of an unknown dataset are refused, and reading finds nothing', () => {
    expect(() => store.items.append('gone', [newItem(0, 'a')])).toThrow('not in the project')
    expect(store.items.count('gone')).toBe(0)
    expect(store.items.range('gone', 0, 10)).toEqual([])
  })

  it('a failing block leaves nothing of itself', () => {
    const id = makeDataset()
    store.items.append(id, [newItem(0, 'a')])
    // Row 0 is taken: the second item of the call fails, and so the first goes as well.
    expect(() => store.items.append(id, [newItem(1, 'b'), newItem(0, 'c')])).toThrow()
    expect(store.items.count(id)).toBe(1)
  })
})
