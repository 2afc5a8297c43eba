// JSON files as people really have them: lists, lists inside objects, records by key, broken ones.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { previewSource } from '../../preview.ts'
import { optionsOf, readAll, type ReadResult } from '../../testing/fixtures.ts'
import { startPosition } from '../reader.ts'

let folder = ''
let path = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-json-'))
  path = join(folder, 'data')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function read(content: string | Buffer): Promise<ReadResult> {
  await writeFile(path, content)
  return readAll(path)
}
const texts = (result: ReadResult): (string | undefined)[] => result.items.map((item) => item.text)
const records = Array.from({ length: 8 }, (_, i) => ({
  text: `words of row ${i}`,
  label: i % 2 === 0 ? 'x' : 'y'
}))
const wanted = records.map((record) => record.text)

describe('shapes', () => {
  it.each<[string, unknown, number | undefined]>([
    ['a list', records, undefined],
    ['a list in lines', records, 2],
    ['a list inside an object', { version: '1', data: records, more: { a: [1] } }, undefined],
    ['the same in lines', { info: { n: 3 }, licenses: [], examples: records }, 1],
    ['records by key', Object.fromEntries(records.map((one, i) => [`k${i}`, one])), 1],
    ['the same in one line', Object.fromEntries(records.map((one, i) => [`k${i}`, one])), undefined]
  ])('reads %s', async (_name, value, space) => {
    const text = JSON.stringify(value, undefined, space)
    for (const content of [text, gzipSync(text), Buffer.from(`\uFEFF${text}`, 'utf16le')]) {
      const result = await read(content)
      expect(result.plan).toMatchObject({ format: 'json', labelColumn: 'label' })
      expect(texts(result)).toEqual(wanted)
      expect(result.problems).toEqual([])
    }
    const preview = await previewSource(path, optionsOf())
    expect(preview).toMatchObject({ isComplete: true, itemsEstimate: 8 })
    expect(preview.sentence).toContain('a JSON file of records')
  })

  it('makes a split of lists named train and test', async () => {
    const result = await read(
      JSON.stringify({ train: records.slice(0, 5), test: records.slice(5), info: {} })
    )
    expect(result.items.map((item) => item.split)).toEqual([
      ...Array<string>(5).fill('train'),
      ...Array<string>(3).fill('test')
    ])
  })

  it('finds a part that comes up late', async () => {
    const long = records.map((record) => ({ ...record, more: 'words '.repeat(150_000) }))
    const { items } = await read(JSON.stringify({ train: long, test: records.slice(0, 2) }))
    expect(items.map((item) => item.split)).toEqual([
      ...Array<string>(8).fill('train'),
      'test',
      'test'
    ])
  })

  it('reads lists of texts and of rows', async () => {
    expect(texts(await read(JSON.stringify(wanted)))).toEqual(wanted)
    const rows = await read(
      JSON.stringify([
        [1, 2.5],
        [3, 4],
        [5, 6]
      ])
    )
    expect(rows.plan).toMatchObject({ kind: 'table' })
    expect(rows.items[1].values).toEqual({ 'Column 1': 3, 'Column 2': 4 })
  })

  it('tells JSON Lines from JSON', async () => {
    const lines = records.map((record) => JSON.stringify(record))
    expect((await read(lines.join('\n'))).plan.format).toBe('jsonl')
    expect((await read(lines[0])).plan.format).toBe('jsonl')
    const long = JSON.stringify({ text: 'word '.repeat(30_000), label: 'x' })
    expect((await read(`${long}\n${long}\n`)).plan.format).toBe('jsonl')
    const wrapped = JSON.stringify({ data: Array(3000).fill(records[0]) })
    expect((await read(wrapped)).items.length).toBe(3000)
    expect((await read('[1] The first footnote of a text.\n[2] The second one.')).plan.format).toBe(
      'csv'
    )
  })

  it('keeps fields that only come up late', async () => {
    const many = Array.from({ length: 30_000 }, (_, i) => ({
      text: `some words to make a long file of it, in row number ${i}, ${'more '.repeat(30)}`,
      ...(i === 29_999 ? { late: { deep: [1] } } : {})
    }))
    const result = await read(JSON.stringify(many))
    expect(result.items.at(-1)?.values).toEqual({ late: { deep: [1] } })
    expect(result.plan.columns.map((column) => column.name)).toEqual(['text', 'late'])
  })
})

describe('broken files', () => {
  it('lists broken elements with number and line, and reads the others', async () => {
    const lines = records.map((record) => `  ${JSON.stringify(record)}`)
    lines[2] = '  {"text": "no end, "label": "x"}'
    lines[5] = '  {"text" "no colon"}'
    const result = await read(`[\n${lines.join(',\n')}\n]`)
    expect(texts(result)).toEqual(wanted.filter((_, i) => i !== 2 && i !== 5))
    expect(result.problems).toEqual([
      {
        where: 'Element 3 (line 4)',
        reason: 'Its brackets or quotation marks do not fit together.'
      },
      { where: 'Element 6 (line 7)', reason: 'It is not valid JSON.' }
    ])
  })

  it('reads what is there of a file that was cut off', async () => {
    const text = JSON.stringify(records)
    const result = await read(text.slice(0, -20))
    expect(texts(result)).toEqual(wanted.slice(0, 7))
    expect(result.problems).toEqual([{ where: 'Element 8 (line 1)', reason: 'It is cut off.' }])
    const between = await read(text.slice(0, text.lastIndexOf('{')))
    expect(between.problems).toMatchObject([{ where: 'End of the file' }])
  })

  it('goes on from any row', async () => {
    const { plan, items } = await read(JSON.stringify(records))
    const position = { ...startPosition, units: 3, rows: 3 }
    expect((await readAll(path, {}, { plan, position })).items).toEqual(items.slice(3))
  })

  it('refuses what holds no records', async () => {
    await expect(read('[]')).rejects.toMatchObject({ code: 'nothing-to-import' })
    await expect(read('{"a": [}')).rejects.toMatchObject({ name: 'AppError' })
  })
})
