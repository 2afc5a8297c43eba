// Files and folders appear whole or not at all, and nothing is left of an aborted write.
import { mkdtemp, readFile, readdir, rm, writeFile, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { replaceFolderAtomic, writeFileAtomic, writeWhole } from './atomic-write.ts'
import { sha256Bytes, sha256File, sha256Hex } from './hashes.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-write-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('replaces a file and leaves nothing else', async () => {
  const path = join(folder, 'a.txt')
  await writeFileAtomic(path, 'one')
  await writeFileAtomic(path, new Uint8Array([116, 119, 111]))
  expect(await readFile(path, 'utf8')).toBe('two')
  expect(await readdir(folder)).toEqual(['a.txt'])
})

it('writes again what a nearly full disk took only a part of', async () => {
  const taken: number[] = []
  const places: unknown[] = []
  const write = async (
    bytes: Uint8Array,
    from: number,
    _length: number,
    at: number | null
  ): Promise<{ bytesWritten: number; buffer: Uint8Array }> => {
    taken.push(...bytes.subarray(from, from + 2))
    places.push(at)
    return { bytesWritten: Math.min(2, bytes.length - from), buffer: bytes }
  }
  // Only what is called of a file is there.
  const file = { write } as unknown as Parameters<typeof writeWhole>[0]
  await writeWhole(file, Uint8Array.of(1, 2, 3, 4, 5), 10)
  expect(taken).toEqual([1, 2, 3, 4, 5])
  expect(places).toEqual([10, 12, 14])
  await writeWhole(file, Uint8Array.of(6))
  expect(places.at(-1)).toBeNull()
})

it('keeps the old file when the source fails or the write is stopped', async () => {
  const path = join(folder, 'a.txt')
  await writeFileAtomic(path, 'old')
  function* failing(): Generator<Uint8Array> {
    yield new Uint8Array(10)
    throw new Error('source broke')
  }
  await expect(writeFileAtomic(path, failing())).rejects.toThrow('source broke')
  const stopped = AbortSignal.abort()
  await expect(writeFileAtomic(path, 'new', { signal: stopped })).rejects.toMatchObject({
    code: 'cancelled'
  })
  expect(await readFile(path, 'utf8')).toBe('old')
  expect(await readdir(folder)).toEqual(['a.txt'])
})

it('says plainly when the place cannot be written to', async () => {
  await expect(writeFileAtomic(join(folder, 'no', 'a.txt'), 'x')).rejects.toMatchObject({
    code: 'destination-not-writable'
  })
})

it('builds folders aside and swaps them in', async () => {
  const target = join(folder, 'out')
  await replaceFolderAtomic(target, (place) => writeFile(join(place, 'x'), '1'))
  await expect(replaceFolderAtomic(target, () => Promise.resolve())).rejects.toMatchObject({
    code: 'destination-exists'
  })
  const failing = replaceFolderAtomic(target, () => Promise.reject(new Error('stop')), {
    replace: true
  })
  await expect(failing).rejects.toThrow('stop')
  expect(await readFile(join(target, 'x'), 'utf8')).toBe('1')
  await replaceFolderAtomic(target, (place) => mkdir(join(place, 'y')), { replace: true })
  expect(await readdir(target)).toEqual(['y'])
  expect(await readdir(folder)).toEqual(['out'])
})

it('hashes files as it hashes bytes', async () => {
  const path = join(folder, 'h')
  await writeFile(path, 'abc')
  const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  expect(await sha256File(path)).toEqual({ hex: expected, bytes: 3 })
  expect(sha256Hex('abc')).toBe(expected)
  expect(Buffer.from(sha256Bytes('abc')).toString('hex')).toBe(expected)
  await expect(sha256File(join(folder, 'none'))).rejects.toMatchObject({
    code: 'file-not-readable'
  })
})
