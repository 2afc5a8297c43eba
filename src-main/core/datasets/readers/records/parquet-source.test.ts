// Parquet files of other writers: values, nesting, row groups, pictures.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openItemSource } from '../../item-source.ts'
import { previewSource } from '../../preview.ts'
import { optionsOf, pngOf, readAll } from '../../testing/fixtures.ts'
import { parquetOf, smallRows } from '../../testing/record-fixtures.ts'
import { startPosition } from '../reader.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-parquet-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function write(bytes: Buffer | ArrayBuffer): Promise<string> {
  const path = join(folder, 'some file')
  await writeFile(path, Buffer.from(bytes as ArrayBuffer))
  return path
}

describe('values', () => {
  it('reads back what another writer wrote', async () => {
    const rows = smallRows(23)
    const path = await write(parquetOf(rows))
    const { plan, items, problems } = await readAll(path)
    expect(plan).toMatchObject({ format: 'parquet', kind: 'text', labelColumn: 'label', total: 23 })
    expect(problems).toEqual([])
    const back = items.map((item) => ({
      text: item.text,
      label: plan.classNames[item.label],
      n: item.values['n'],
      ok: item.values['ok'],
      tags: item.values['tags']
    }))
    expect(back).toEqual(rows)
    const preview = await previewSource(path, optionsOf())
    expect(preview).toMatchObject({ isComplete: true, itemsEstimate: 23 })
    expect(preview.sentence).toBe('Looks like a Parquet file of 5 columns.')
  })

  it('keeps every digit and every missing value', async () => {
    const moment = new Date('2024-05-31T09:30:00.250Z')
    const path = await write(
      parquetWriteBuffer({
        columnData: [
          {
            name: 'text',
            data: ['first of them', 'second of them', 'third of them'],
            type: 'STRING'
          },
          { name: 'big', data: [2n ** 53n + 1n, 5n, null], type: 'INT64' },
          { name: 'when', data: [moment, null, moment], type: 'TIMESTAMP' },
          { name: 'half', data: [0.5, null, Number.NaN], type: 'DOUBLE' },
          {
            name: 'bytes',
            data: [Uint8Array.of(0, 1), null, Buffer.from('plain')],
            type: 'BYTE_ARRAY'
          }
        ]
      })
    )
    const keep = { big: 'keep', when: 'keep', half: 'keep', bytes: 'keep' } as const
    const { items } = await readAll(path, { roles: keep })
    expect(items.map((item) => item.values)).toEqual([
      {
        big: '9007199254740993',
        when: '2024-05-31T09:30:00.250Z',
        half: 0.5,
        bytes: expect.stringMatching(/^2 bytes, SHA-256 [0-9a-f]{64}$/) as string
      },
      { big: 5, when: null, half: null, bytes: null },
      { big: null, when: '2024-05-31T09:30:00.250Z', half: null, bytes: 'plain' }
    ])
  })

  it('goes on from any row', async () => {
    const rows = smallRows(50)
    const path = await write(parquetOf(rows, 7))
    const { plan, items } = await readAll(path)
    for (const units of [1, 6, 7, 20, 49]) {
      const position = { ...startPosition, units, rows: units }
      const rest = await readAll(path, {}, { plan, position })
      expect(rest.items).toEqual(items.slice(units))
    }
  })
})

describe('pictures', () => {
  it('makes items of a picture column, and finds each picture again', async () => {
    const pictures = await Promise.all(Array.from({ length: 20 }, (_, i) => pngOf(i, 20, 10)))
    const path = await write(
      parquetWriteBuffer({
        schema: [
          { name: 'root', num_children: 2 },
          { name: 'image', repetition_type: 'OPTIONAL', num_children: 2 },
          { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
          { name: 'path', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL', converted_type: 'UTF8' },
          { name: 'label', type: 'INT32', repetition_type: 'OPTIONAL' }
        ],
        columnData: [
          {
            name: 'image',
            data: pictures.map((bytes, i) => (i === 3 ? null : { bytes, path: `${i}.png` }))
          },
          { name: 'label', data: Int32Array.from(pictures, (_, i) => i % 2) }
        ],
        kvMetadata: [
          {
            key: 'huggingface',
            value: JSON.stringify({
              info: { features: { label: { _type: 'ClassLabel', names: ['cat', 'dog'] } } }
            })
          }
        ],
        rowGroupSize: 6,
        pageSize: 300
      })
    )
    const { plan, items, problems } = await readAll(path)
    expect(plan).toMatchObject({ kind: 'images', classNames: ['cat', 'dog'], labelColumn: 'label' })
    expect(problems).toEqual([{ where: 'Row 4', reason: 'The row has no picture.' }])
    expect(items[3]).toMatchObject({ name: '4.png', width: 20, height: 10, label: 0 })

    const source = await openItemSource({
      kind: 'images',
      format: 'parquet',
      path,
      storage: 'link'
    })
    const read = await Promise.all(items.map((item) => source.readImageBytes(item.locator)))
    expect(read.map(({ bytes }) => bytes.toString('hex'))).toEqual(
      pictures.filter((_, i) => i !== 3).map((bytes) => bytes.toString('hex'))
    )
    const original = await source.originalFile({ ...items[0], key: '' })
    expect(original.name).toBe('0.png')
    await expect(source.readImageBytes('cell|0|3|0|0|some file')).rejects.toThrow()
    await expect(source.readImageBytes('cell|99|0|0|0|some file')).rejects.toMatchObject({
      code: 'file-damaged'
    })
    await expect(source.readImageBytes('cell|0|0|0|0|../x')).rejects.toMatchObject({
      code: 'invalid-input'
    })
    await source.close()
    const preview = await previewSource(path, optionsOf())
    expect(preview.items[0].thumbnail).not.toBeNull()
    expect(preview.columns.map((column) => column.role)).toEqual(['picture', 'label'])
  })
})
