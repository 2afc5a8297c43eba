// Arrow files and streams of another writer, whole and cut off, with pictures and class names.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { Dictionary, Field, Int32, Int64, Schema, Utf8 } from 'apache-arrow'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openItemSource } from '../../item-source.ts'
import { readAll } from '../../testing/fixtures.ts'
import { pngOf } from '../../testing/fixtures.ts'
import {
  arrowBytes,
  arrowOf,
  arrowTable,
  labelledPictures,
  smallRows
} from '../../testing/record-fixtures.ts'
import { startPosition } from '../reader.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-arrow-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function write(bytes: Buffer): Promise<string> {
  const path = join(folder, 'some file')
  await writeFile(path, bytes)
  return path
}

describe('values', () => {
  it.each(['stream', 'file'] as const)('reads back a %s', async (form) => {
    const rows = smallRows(23)
    const path = await write(arrowOf(rows, form))
    const { plan, items } = await readAll(path)
    expect(plan).toMatchObject({ format: 'arrow', kind: 'text', labelColumn: 'label' })
    const back = items.map((item) => ({
      text: item.text,
      label: plan.classNames[item.label],
      n: item.values['n'],
      ok: item.values['ok'],
      tags: item.values['tags']
    }))
    expect(back).toEqual(rows)
    for (const units of [1, 4, 22]) {
      const rest = await readAll(
        path,
        {},
        { plan, position: { ...startPosition, units, rows: units } }
      )
      expect(rest.items).toEqual(items.slice(units))
    }
  })

  it('reads dictionaries and large numbers', async () => {
    const schema = new Schema([
      new Field('text', new Utf8(), true),
      new Field('kind', new Dictionary(new Utf8(), new Int32()), true),
      new Field('n', new Int64(), true)
    ])
    const rows = Array.from({ length: 9 }, (_, i) => ({
      text: `words in row ${i}`,
      kind: i === 4 ? null : ['red', 'blue', 'green'][i % 3],
      n: 2n ** 60n + BigInt(i)
    }))
    const path = await write(arrowBytes(arrowTable(schema, rows, 9)))
    const { items } = await readAll(path, { roles: { kind: 'keep', n: 'keep', text: 'text' } })
    expect(items.map((item) => item.values['kind'])).toEqual(rows.map((row) => row.kind))
    const first = await readAll(path, { roles: { kind: 'label', n: 'id' } })
    expect(first.items[1].name).toBe(String(2n ** 60n + 1n))
  })

  it('keeps what came before when a stream is cut off, and says so', async () => {
    const bytes = arrowOf(smallRows(23))
    const path = await write(bytes.subarray(0, bytes.length - 200))
    const { items, problems } = await readAll(path)
    expect(items.length).toBe(20)
    expect(problems).toEqual([
      {
        where: 'End of the file',
        reason: 'The file is cut off here; the rows after this place are missing.'
      }
    ])
  })
})

it('makes items of pictures with class names', async () => {
  const schema = labelledPictures(['cat', 'dog'])
  const rows = await Promise.all(
    Array.from({ length: 10 }, async (_, i) => ({
      image: { bytes: await pngOf(i, 16, 12), path: `${i}.png` },
      label: i === 2 ? -1 : i % 2
    }))
  )
  const path = await write(arrowBytes(arrowTable(schema, rows, 4)))
  const { plan, items } = await readAll(path)
  expect(plan).toMatchObject({ kind: 'images', classNames: ['cat', 'dog'] })
  expect(items.map((item) => item.label)).toEqual([0, 1, -1, 1, 0, 1, 0, 1, 0, 1])
  const source = await openItemSource({ kind: 'images', format: 'arrow', path, storage: 'link' })
  const { bytes } = await source.readImageBytes(items[7].locator)
  expect(bytes.equals(rows[7].image.bytes)).toBe(true)
  await source.close()
})

it('refuses compressed bytes that are no Arrow file', async () => {
  await expect(readAll(await write(zstdCompressSync(Buffer.alloc(100))))).rejects.toMatchObject({
    code: 'file-not-recognised'
  })
})
