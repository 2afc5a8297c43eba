// Dataset folders as Hugging Face's `datasets` and its hub lay them out, and plain train/test files.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openItemSource } from '../../item-source.ts'
import { previewSource } from '../../preview.ts'
import { recognise } from '../../recognise.ts'
import { optionsOf, pngOf, readAll, writeTree } from '../../testing/fixtures.ts'
import {
  arrowBytes,
  arrowTable,
  labelledPictures,
  parquetOf,
  smallRows
} from '../../testing/record-fixtures.ts'
import { startPosition } from '../reader.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-folder-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const features = {
  image: { _type: 'Image' },
  label: { names: ['cat', 'dog'], _type: 'ClassLabel' }
}

async function pictureShard(first: number, count: number): Promise<Buffer> {
  const rows = await Promise.all(
    Array.from({ length: count }, async (_, i) => ({
      image: { bytes: await pngOf(first + i), path: null },
      label: (first + i) % 2
    }))
  )
  return arrowBytes(arrowTable(labelledPictures(['cat', 'dog']), rows, 3))
}

const saved = (names: readonly string[]): Record<string, string> => ({
  'state.json': JSON.stringify({ _data_files: names.map((filename) => ({ filename })) }),
  'dataset_info.json': JSON.stringify({ features })
})

describe('save_to_disk', () => {
  it('reads the parts of a dataset with pictures and class names', async () => {
    const below = (part: string, files: Record<string, string | Buffer>): typeof files =>
      Object.fromEntries(Object.entries(files).map(([name, data]) => [`${part}/${name}`, data]))
    await writeTree(folder, {
      'dataset_dict.json': JSON.stringify({ splits: ['train', 'test'] }),
      ...below('train', {
        ...saved(['data-00000-of-00002.arrow', 'data-00001-of-00002.arrow']),
        'data-00000-of-00002.arrow': await pictureShard(0, 5),
        'data-00001-of-00002.arrow': await pictureShard(5, 4)
      }),
      ...below('test', { ...saved(['data.arrow']), 'data.arrow': await pictureShard(9, 3) })
    })
    const { plan, items } = await readAll(folder)
    expect(plan).toMatchObject({
      format: 'hf-folder',
      kind: 'images',
      classNames: ['cat', 'dog'],
      total: 12
    })
    expect(items.map((item) => item.label)).toEqual(items.map((_, i) => i % 2))
    expect(items.filter((item) => item.split === 'test').length).toBe(3)
    const source = await openItemSource({
      kind: 'images',
      format: 'hf-folder',
      path: folder,
      storage: 'link'
    })
    for (const row of [0, 6, 11]) {
      const { bytes } = await source.readImageBytes(items[row].locator)
      expect(bytes.equals(await pngOf(row))).toBe(true)
    }
    await source.close()
    for (const units of [1, 5, 7, 10]) {
      const rest = await readAll(
        folder,
        {},
        { plan, position: { ...startPosition, units, rows: units } }
      )
      expect(rest.items).toEqual(items.slice(units))
    }
    const found = await recognise(folder, optionsOf())
    const copy = await found.filesToCopy(optionsOf())
    expect(copy.names.toSorted()).toEqual([
      'dataset_dict.json',
      'test/data.arrow',
      'test/dataset_info.json',
      'test/state.json',
      'train/data-00000-of-00002.arrow',
      'train/data-00001-of-00002.arrow',
      'train/dataset_info.json',
      'train/state.json'
    ])
  })

  it('refuses a dataset with a part missing, and files outside', async () => {
    await writeTree(folder, { 'in/dataset_dict.json': '{"splits": ["train"]}', 'in/x': 'x' })
    await expect(readAll(join(folder, 'in'))).rejects.toThrow('“train”')
    await writeTree(folder, { 'out/state.json': saved(['../secret.arrow'])['state.json'] })
    await writeFile(join(folder, 'secret.arrow'), await pictureShard(0, 1))
    await expect(readAll(join(folder, 'out'))).rejects.toMatchObject({ code: 'invalid-input' })
    await writeTree(folder, {
      'lie/state.json': saved(['a.arrow'])['state.json'],
      'lie/a.arrow': 'x'
    })
    await expect(readAll(join(folder, 'lie'))).rejects.toMatchObject({ code: 'file-damaged' })
  })
})

describe('folders of the hub and the cache', () => {
  it('reads Parquet files and makes their part a column', async () => {
    const rows = smallRows(12)
    await writeTree(folder, {
      'README.md': 'about it',
      'data/train-00000-of-00002.parquet': parquetOf(rows.slice(0, 5)),
      'data/train-00001-of-00002.parquet': parquetOf(rows.slice(5, 9)),
      'data/test-00000-of-00001.parquet': parquetOf(rows.slice(9))
    })
    const preview = await previewSource(folder, optionsOf())
    expect(preview).toMatchObject({ kind: 'text', itemsEstimate: 12 })
    expect(preview.sentence).toBe(
      'Looks like a dataset folder of 6 columns, already split into test and train.'
    )
    const { items } = await readAll(folder)
    expect(items.map((item) => item.text)).toEqual(
      [...rows.slice(9), ...rows.slice(0, 9)].map((row) => row.text)
    )
    expect(items.map((item) => item.split)).toEqual([
      ...Array<string>(3).fill('test'),
      ...Array<string>(9).fill('train')
    ])
  })

  it('offers the sets of files to choose from', async () => {
    await writeTree(folder, {
      'english/train.parquet': parquetOf(smallRows(4)),
      'german/train.parquet': parquetOf(smallRows(6))
    })
    const preview = await previewSource(folder, optionsOf())
    expect(preview).toMatchObject({ sheets: ['english', 'german'], itemsEstimate: 4 })
    expect((await readAll(folder, { sheet: 'german' })).items.length).toBe(6)
  })

  it('reads Arrow files of the cache without what was derived from them', async () => {
    await writeTree(folder, {
      'set-train.arrow': await pictureShard(0, 4),
      'cache-1234.arrow': await pictureShard(0, 4),
      'dataset_info.json': JSON.stringify({ features })
    })
    expect((await readAll(folder)).items.length).toBe(4)
  })
})

it('reads train and test files of one kind, each in its own way', async () => {
  const line = (i: number, more: object): string =>
    JSON.stringify({ text: `words of line ${i}`, ...more })
  await writeTree(folder, {
    'train.jsonl': [line(1, { a: 'x' }), line(2, { a: 'y' }), '{"broken'].join('\n'),
    'test.jsonl': [line(3, { b: 1 }), line(4, {})].join('\n')
  })
  const { plan, items, problems } = await readAll(folder, { roles: { a: 'keep', b: 'keep' } })
  expect(plan).toMatchObject({ format: 'jsonl', kind: 'text' })
  expect(items.map((item) => [item.text, item.split])).toEqual([
    ['words of line 3', 'test'],
    ['words of line 4', 'test'],
    ['words of line 1', 'train'],
    ['words of line 2', 'train']
  ])
  expect(problems).toEqual([
    { where: 'Row 3 of train.jsonl', reason: 'The line is not valid JSON.' }
  ])
})

it('leaves folders of pictures to the pictures', async () => {
  await writeTree(folder, { 'a/1.png': await pngOf(1), 'a/note.csv': 'a,b\n1,2\n' })
  expect((await recognise(folder, optionsOf())).readsAs).toEqual(['images'])
})
