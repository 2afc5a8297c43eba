// Lists of items by key, name and file name.
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ItemRow } from '@api/dto/datasets.ts'
import { useConnection } from './connection.ts'
import { linesOf, useDraftKeys } from './draft-keys.ts'
import { fakeClient } from './run-fixtures.test-support.ts'

function item(row: number, name: string): ItemRow {
  return {
    row,
    key: `${row}`.padStart(16, '0'),
    name,
    label: null,
    split: 'none',
    isAside: false,
    duplicateOf: null,
    text: null,
    width: null,
    height: null,
    hasPicture: true,
    tags: [],
    hasNote: false,
    givenLabel: null
  }
}
beforeEach(() => setActivePinia(createPinia()))

describe('linesOf', () => {
  it('trims, drops empty lines, repeats and spreadsheet quotes', () => {
    expect(linesOf('a.png\r\n\n "b.png" \na.png\n')).toEqual(['a.png', 'b.png'])
  })
})

describe('find', () => {
  it('walks the pages until every name is found and names the rest', async () => {
    const items = ['boot/a.png', 'boot/b.png', 'shoe/c.png', 'shoe/d.png'].map((name, row) =>
      item(row, name)
    )
    const client = fakeClient({
      'datasets.items': ({ window }) => {
        const first = window?.first ?? 0
        return { items: items.slice(first, first + 2), similarity01: null, total: 4 }
      }
    })
    await useConnection().start(client)
    const keys = useDraftKeys()
    const seen: number[] = []
    const found = await keys.find(
      'd1',
      'a.png\nshoe/d.png\nnowhere.png\n0123456789ABCDEF',
      (done) => seen.push(done),
      () => true
    )
    expect(found.unknown).toEqual(['nowhere.png'])
    expect([...found.keys].sort()).toEqual([
      '0000000000000000',
      '0000000000000003',
      '0123456789abcdef'
    ])
    expect(seen).toEqual([2, 4])
  })

  it('asks for nothing when the list holds only keys', async () => {
    const client = fakeClient({})
    await useConnection().start(client)
    const found = await useDraftKeys().find(
      'd1',
      '0123456789abcdef-1',
      () => undefined,
      () => true
    )
    expect(found.keys).toEqual(['0123456789abcdef-1'])
    expect(client.countOf('datasets.items')).toBe(0)
  })
})
