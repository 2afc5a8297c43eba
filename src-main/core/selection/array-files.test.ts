// .npy files of a run: what NumPy would read, and what damage does.
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decodeArray, encodeArray, readArrayOf, writeArray } from './array-files.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-arrays-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('arrays on disk', () => {
  it.each([
    new Uint8Array([0, 255, 3]),
    new Int32Array([-1, 2 ** 31 - 1]),
    new Uint32Array([0, 2 ** 32 - 1]),
    new Float32Array([0.5, -1e30, Infinity]),
    new Float32Array(0)
  ])('come back as they were written: %o', (array) => {
    const back = decodeArray(encodeArray(array))
    expect(back).toEqual(array)
    expect(back.constructor).toBe(array.constructor)
  })
  it('have the header NumPy writes, with the data at a multiple of 64', () => {
    const bytes = encodeArray(new Float32Array([1]))
    expect([...bytes.subarray(0, 8)]).toEqual([0x93, 78, 85, 77, 80, 89, 1, 0])
    const header = new TextDecoder('latin1').decode(bytes.subarray(10, bytes.length - 4))
    expect(header).toMatch(
      /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(1,\), \} *[ \t]{32}\n$/
    )
    expect((bytes.length - 4) % 64).toBe(0)
  })
  it('with any byte changed are noticed', () => {
    const whole = encodeArray(new Uint32Array([1, 2, 3]))
    for (let at = 0; at < whole.length; at++) {
      const changed = Uint8Array.from(whole)
      changed[at] ^= 0x01
      expect(() => decodeArray(changed), `byte ${at}`).toThrow('damaged')
    }
    expect(decodeArray(whole)).toEqual(new Uint32Array([1, 2, 3]))
  })
  it('report damage in words', async () => {
    const path = join(folder, 'a.npy')
    await writeArray(path, new Uint32Array([1, 2, 3]))
    await expect(readArrayOf(path, 'u4')).resolves.toEqual(new Uint32Array([1, 2, 3]))
    await expect(readArrayOf(path, 'f4')).rejects.toMatchObject({ code: 'file-damaged' })
    await truncate(path, 131)
    await expect(readArrayOf(path, 'u4')).rejects.toMatchObject({ code: 'file-damaged' })
    await writeFile(path, 'not an array')
    await expect(readArrayOf(path, 'u4')).rejects.toMatchObject({ code: 'file-damaged' })
    await expect(readArrayOf(join(folder, 'none.npy'), 'u4')).rejects.toMatchObject({
      code: 'file-damaged'
    })
  })
})
