// Stored rows read into memory of the caller's are those that come as float32, in every format.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openArrayFile } from '../../datasets/readers/arrays/array-file.ts'
import { toFloats } from '../../datasets/readers/arrays/array-types.ts'
import { npyOf } from '../../datasets/readers/arrays/arrays.test-support.ts'
import { openNpy } from '../../features/npy.ts'
import { mapRows } from '../../selection/mapped-features.ts'
import { temporaryFolder } from '../../store/store.test-support.ts'
import { loadRows, readAhead, readType, rowBuffer, type BlockSource } from './block-source.ts'
import { halves, normalNumbers, testRows } from './blocks.test-support.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

const [rows, columns] = [9, 5]

async function fileOf(descr: string, values: Uint16Array | Float32Array): Promise<string> {
  const path = join(folder.path, 'm.npy')
  await writeFile(path, npyOf(descr, [rows, columns], values))
  return path
}

async function check(source: BlockSource): Promise<void> {
  const type = readType(source, ['float16', 'float32'])
  expect(source.raw?.type).toBe(type)
  const into = rowBuffer(type, 4 * columns)
  await loadRows(source, type, 3, 3, into, columns)
  const bytes = new Uint8Array(into.buffer, into.BYTES_PER_ELEMENT * columns)
  expect(toFloats(bytes, type)).toEqual(await source.readBlock(3, 3))
  expect(new Set(into.subarray(0, columns))).toEqual(new Set([0]))
}

describe('stored rows', () => {
  it('of fingerprints, and of some of them in any order', async () => {
    for (const [descr, values] of [
      ['<f2', halves(1, rows * columns)],
      ['<f4', normalNumbers(1, rows * columns)]
    ] as const) {
      const source = await openNpy(await fileOf(descr, values))
      await check(source)
      const all = Uint32Array.from({ length: rows }, (_, i) => i)
      await check(mapRows(source, all))
      await check(mapRows(source, all.slice(1)))
      await check(mapRows(source, all.toReversed()))
      await expect(source.raw?.readInto(8, 2, new Uint8Array(40))).rejects.toThrow(RangeError)
      await expect(source.raw?.readInto(0, 1, new Uint8Array(40))).rejects.toThrow(RangeError)
      await source.close()
    }
  })

  it('of array files, whichever byte comes first', async () => {
    for (const descr of ['<f2', '>f2']) {
      const file = await openArrayFile(await fileOf(descr, halves(2, rows * columns)))
      const stored = await file.rows('')
      await check({
        rows,
        columns,
        readBlock: stored.readFloats,
        raw: { type: 'float16', readInto: stored.readInto }
      })
      await expect(stored.readInto(0, 2, new Uint8Array(10))).rejects.toThrow(RangeError)
      await expect(stored.readInto(8, 2, new Uint8Array(20))).rejects.toThrow(RangeError)
      await stored.close()
      await file.close()
    }
  })
})

describe('reading ahead', () => {
  const signal = new AbortController().signal

  it('hands out every row once, filled up with zeros, from two buffers', async () => {
    const source = testRows(normalNumbers(3, 103), 1)
    const memory = new Set<ArrayBufferLike>()
    const seen: number[] = []
    for await (const { first, count, values } of readAhead(source, 'float32', 4, signal, 32)) {
      memory.add(values.buffer)
      expect(first).toBe(seen.length)
      expect(values.length).toBe(8)
      expect(values.subarray(count).every((value) => value === 0)).toBe(true)
      seen.push(...values.subarray(0, count))
    }
    expect(seen).toEqual([...source.numbers])
    expect(memory.size).toBe(2)
  })

  it('one block needs no second buffer; no row needs none', async () => {
    const lengths: number[] = []
    for (const rows of [0, 3])
      for await (const { count } of readAhead(
        testRows(new Float32Array(rows), 1),
        'float32',
        8,
        signal
      ))
        lengths.push(count)
    expect(lengths).toEqual([3])
  })
})
