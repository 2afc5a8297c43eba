// Whatever bytes a table, JSON Lines or IDX file holds: it is read or refused with a plain reason,
// never a crash; and what is written as CSV or JSON Lines is read back as it was.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AppError } from '../../../api/errors.ts'
import { previewSource } from '../preview.ts'
import { optionsOf, readAll } from '../testing/fixtures.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-fuzz-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function readOrRefuse(bytes: Uint8Array | string): Promise<void> {
  const path = join(folder, 'fuzz')
  await writeFile(path, bytes)
  for (const work of [() => readAll(path), () => previewSource(path, optionsOf())]) {
    try {
      await work()
    } catch (error) {
      expect(error).toBeInstanceOf(AppError)
      expect(String((error as AppError).message)).not.toMatch(/undefined|\bError\b|\n\s+at /)
    }
  }
}

const csvPieces = fc.constantFrom(
  '"',
  '""',
  ',',
  ';',
  '\t',
  '\n',
  '\r\n',
  '\r',
  'a',
  'text',
  'label',
  '1,5',
  '007',
  ' ',
  '\uFFFD',
  'é',
  '\u0000',
  '{',
  '}',
  ':',
  '[',
  ']',
  '\\',
  'true'
)

it('survives any table-like text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(csvPieces, { maxLength: 60 }), (pieces) =>
      readOrRefuse(pieces.join(''))
    ),
    { numRuns: 250 }
  )
})

it('survives any bytes, with and without the magic numbers it knows', async () => {
  const magic = fc.constantFrom<number[]>(
    [],
    [0, 0, 8, 3],
    [0, 0, 8, 1],
    [0x1f, 0x8b, 8],
    [0x50, 0x4b, 3, 4],
    [0xff, 0xfe],
    [0xef, 0xbb, 0xbf],
    [0x89, 0x50, 0x4e, 0x47]
  )
  await fc.assert(
    fc.asyncProperty(magic, fc.uint8Array({ maxLength: 200 }), (start, rest) =>
      readOrRefuse(Uint8Array.from([...start, ...rest]))
    ),
    { numRuns: 250 }
  )
})

const cell = fc
  .string({ unit: fc.constantFrom('a', 'b', 'ü', '"', ',', '\n', ' ', ';', '7') })
  .map((text) => `x${text.trim()} y`)

it('reads back what was written as CSV and as JSON Lines', async () => {
  const rows = fc.array(fc.record({ text: cell, label: fc.constantFrom('one', 'two', 'three') }), {
    minLength: 2,
    maxLength: 30
  })
  await fc.assert(
    fc.asyncProperty(rows, async (list) => {
      const csv = list.map((row) => `"${row.text.replaceAll('"', '""')}",${row.label}`)
      const path = join(folder, 'back')
      for (const content of [
        `text,label\n${csv.join('\n')}`,
        list.map((row) => JSON.stringify(row)).join('\n')
      ]) {
        await writeFile(path, content)
        const { items, plan, problems } = await readAll(path, {
          roles: { text: 'text', label: 'label' },
          delimiter: ',',
          hasHeader: true
        })
        expect(problems).toEqual([])
        expect(
          items.map((item) => ({ text: item.text, label: plan.classNames[item.label] }))
        ).toEqual(list)
      }
    }),
    { numRuns: 100 }
  )
})
