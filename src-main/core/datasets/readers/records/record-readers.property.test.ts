// Valid files of every kind of records with some bytes changed, removed or cut off: each is read or
// refused with a plain reason, and nothing is left out without being listed.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AppError } from '../../../../api/errors.ts'
import { previewSource } from '../../preview.ts'
import { optionsOf, readAll } from '../../testing/fixtures.ts'
import { arrowOf, parquetOf, smallRows, workbookOf } from '../../testing/record-fixtures.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-fuzz-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const rows = smallRows(14)
const seeds: readonly [string, () => Buffer | Promise<Buffer>][] = [
  ['Parquet', () => parquetOf(rows)],
  ['an Arrow stream', () => arrowOf(rows)],
  ['an Arrow file', () => arrowOf(rows, 'file')],
  ['a workbook', () => workbookOf(rows)],
  ['a JSON list', () => Buffer.from(JSON.stringify(rows, undefined, 1))],
  ['JSON inside an object', () => Buffer.from(JSON.stringify({ data: rows, n: 1 }))],
  ['JSON Lines', () => Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'))]
]

const damage = fc.record({
  // Places as shares of the file, so that the same case shrinks well for every format.
  edits: fc.array(
    fc.record({
      place: fc.double({ min: 0, max: 1, noNaN: true }),
      bytes: fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 6 }),
        fc.constantFrom(
          Uint8Array.of(255, 255, 255, 127),
          Uint8Array.of(255, 255, 255, 255),
          Uint8Array.of(0, 0, 0, 128),
          Uint8Array.from(Buffer.from('"')),
          Uint8Array.from(Buffer.from('[{'))
        )
      )
    }),
    { maxLength: 5 }
  ),
  removed: fc.integer({ min: 0, max: 12 }),
  kept: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true }))
})

function damaged(
  seed: Buffer,
  how: typeof damage extends fc.Arbitrary<infer T> ? T : never
): Buffer {
  let bytes = Buffer.from(seed)
  for (const { place, bytes: written } of how.edits)
    bytes.set(
      written.subarray(0, bytes.length),
      Math.floor(place * (bytes.length - written.length))
    )
  const at = Math.floor((how.edits[0]?.place ?? 0.5) * bytes.length)
  bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + how.removed)])
  return bytes.subarray(0, Math.max(1, Math.ceil(how.kept * bytes.length)))
}

it.each(seeds)('survives damage to %s', async (_name, make) => {
  const seed = await make()
  const path = join(folder, 'x')
  await fc.assert(
    fc.asyncProperty(damage, async (how) => {
      await writeFile(path, damaged(seed, how))
      for (const work of [() => readAll(path), () => previewSource(path, optionsOf())]) {
        try {
          const result = await work()
          if ('plan' in result)
            expect(result.items.length + result.problems.length).toBe(result.plan.total)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
          expect(String((error as AppError).message)).not.toMatch(/undefined|\bError\b|\n\s+at /)
        }
      }
    }),
    { numRuns: 60 }
  )
})
