// Archives made to do harm: each stops whole, naming the entry. And honest ones read right.
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../api/errors.ts'
import { byteLimits, openBytes } from './byte-limits.ts'
import { rawZip, type RawZipEntry } from './testing/raw-zip.ts'
import { openZip } from './zip-reader.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-zip-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function zipOf(entries: readonly RawZipEntry[], count?: number): Promise<string> {
  const path = join(folder, 'a.zip')
  await writeFile(path, rawZip(entries, count))
  return path
}

describe('refusals', () => {
  const good: RawZipEntry = { name: 'good.txt', data: 'fine' }
  it.each<[string, RawZipEntry, string]>([
    ['a path that climbs', { name: '../../evil.sh', data: 'x' }, '../../evil.sh'],
    ['a climb in the middle', { name: 'a/../../evil', data: 'x' }, 'evil'],
    ['a climb with backslashes', { name: '..\\evil', data: 'x' }, 'evil'],
    ['an absolute path', { name: '/etc/passwd', data: 'x' }, '/etc/passwd'],
    ['a drive', { name: 'C:\\windows\\x', data: 'x' }, 'names a drive'],
    ['a control character', { name: 'a\u0007b', data: 'x' }, 'control character'],
    ['a link', { name: 'link', data: '/etc/passwd', mode: 0o120777 }, 'is a link'],
    ['a device', { name: 'dev', mode: 0o060644 }, 'not a plain file'],
    ['a pipe', { name: 'pipe', mode: 0o010644 }, 'not a plain file'],
    ['the same name twice', good, 'twice']
  ])('stops the whole archive at %s', async (_what, entry, words) => {
    const failing = openZip(await zipOf([good, entry]))
    await expect(failing).rejects.toMatchObject({ code: 'archive-unsafe' })
    await expect(failing).rejects.toThrow(words)
    expect(await readdir(folder)).toEqual(['a.zip'])
  })

  it('stops at too many entries, claimed or real', async () => {
    const entries = Array.from({ length: 6 }, (_, i) => ({ name: `f${i}` }))
    await expect(
      openZip(await zipOf(entries), { ...byteLimits, entries: 5 })
    ).rejects.toMatchObject({ code: 'archive-unsafe' })
  })
})

describe('bombs', () => {
  const zeros = Buffer.alloc(3 * 2 ** 20)
  it('stops by ratio while bytes come out', async () => {
    const archive = await openZip(await zipOf([{ name: 'bomb', data: zeros, method: 8 }]))
    await expect(archive.read(archive.entries[0], 2 ** 30)).rejects.toThrow('200 times')
    await archive.close()
  })
  it('does not believe a small claimed size', async () => {
    const archive = await openZip(
      await zipOf([{ name: 'bomb', data: zeros, method: 8, claimedSize: 10 }])
    )
    await expect(archive.read(archive.entries[0], 2 ** 30)).rejects.toMatchObject({
      code: 'file-damaged'
    })
    await archive.close()
  })
  it('counts the total over all entries', async () => {
    const entries = ['a', 'b', 'c'].map((name) => ({ name, data: Buffer.alloc(1000, name) }))
    const archive = await openZip(await zipOf(entries), { ...byteLimits, totalBytes: 2500 })
    await archive.read(archive.entries[0], 1e6)
    await archive.read(archive.entries[1], 1e6)
    await expect(archive.read(archive.entries[2], 1e6)).rejects.toMatchObject({
      code: 'archive-unsafe'
    })
    await archive.close()
  })
  it('caps one entry, and what the caller takes', async () => {
    const path = await zipOf([{ name: 'a', data: Buffer.alloc(5000, 'x') }])
    const archive = await openZip(path, { ...byteLimits, entryBytes: 4000 })
    await expect(archive.read(archive.entries[0], 1e6)).rejects.toMatchObject({
      code: 'archive-unsafe'
    })
    await archive.close()
    const other = await openZip(path)
    await expect(other.read(other.entries[0], 100)).rejects.toMatchObject({ code: 'too-large' })
    await other.close()
  })
  it('stops a gzip bomb', async () => {
    const path = join(folder, 'bomb.gz')
    await writeFile(path, gzipSync(Buffer.alloc(4 * 2 ** 20)))
    const read = async (): Promise<void> => {
      for await (const block of (await openBytes(path, true)).stream) expect(block).toBeDefined()
    }
    await expect(read()).rejects.toMatchObject({ code: 'archive-unsafe' })
  })
})

describe('damage', () => {
  it('finds a wrong checksum', async () => {
    const archive = await openZip(await zipOf([{ name: 'a', data: 'hello', claimedCrc: 7 }]))
    await expect(archive.read(archive.entries[0], 100)).rejects.toMatchObject({
      code: 'file-damaged'
    })
    await archive.close()
  })
  it('says that an entry is protected', async () => {
    const archive = await openZip(
      await zipOf([{ name: 'a', data: 'hello', method: 8, flags: 0x801 }])
    )
    await expect(archive.read(archive.entries[0], 100)).rejects.toThrow('password')
    await archive.close()
  })
  it('never crashes or hangs on cut or changed bytes', async () => {
    const whole = rawZip([
      { name: 'a.txt', data: 'hello world, hello world', method: 8 },
      { name: 'sub/b.txt', data: 'plain' }
    ])
    const change = fc.record({
      cut: fc.nat(whole.length),
      at: fc.nat(whole.length - 1),
      byte: fc.nat(255)
    })
    await fc.assert(
      fc.asyncProperty(change, async ({ cut, at, byte }) => {
        const bytes = Buffer.from(whole)
        bytes[at] = byte
        const path = join(folder, 'f.zip')
        await writeFile(path, cut % 3 === 0 ? bytes.subarray(0, cut) : bytes)
        try {
          const archive = await openZip(path)
          try {
            for (const entry of archive.entries) if (!entry.isFolder) await archive.read(entry, 1e6)
          } finally {
            await archive.close()
          }
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }),
      { numRuns: 300 }
    )
  })
})

it('reads honest archives, nested ones being plain data', async () => {
  const inner = rawZip([{ name: '../x', data: 'y' }])
  const archive = await openZip(
    await zipOf([
      { name: 'dir/' },
      { name: 'dir\\é.txt', data: 'text', method: 8 },
      { name: 'inner.zip', data: inner }
    ])
  )
  expect(archive.entries.map((entry) => [entry.name, entry.isFolder])).toEqual([
    ['dir/', true],
    ['dir/é.txt', false],
    ['inner.zip', false]
  ])
  const entry = archive.find('dir/é.txt')
  expect(entry === undefined ? '' : (await archive.read(entry, 100)).toString()).toBe('text')
  expect((await archive.read(archive.entries[2], 1e6)).equals(inner)).toBe(true)
  await archive.close()
  await archive.close()
})

it('an entry left half way leaves the archive open for the next', async () => {
  // Large enough for several pieces, and hard to pack.
  const large = Buffer.from(
    Uint32Array.from({ length: 800_000 }, (_, i) => Math.imul(i, 2654435761) ^ (i << 7)).buffer
  )
  const archive = await openZip(
    await zipOf([
      { name: 'packed', data: large, method: 8 },
      { name: 'stored', data: large }
    ])
  )
  for (const entry of archive.entries) {
    for await (const block of archive.stream(entry)) {
      expect(block.length).toBeGreaterThan(0)
      break
    }
    expect((await archive.read(entry, 4e6)).equals(large)).toBe(true)
  }
  await archive.close()
})

it('says where stored entries lie, and that packed ones lie nowhere', async () => {
  const data = Buffer.from('plain bytes')
  const path = await zipOf([
    { name: 'stored', data },
    { name: 'packed', data, method: 8 }
  ])
  const archive = await openZip(path)
  const [stored, packed] = archive.entries
  const place = await archive.place(stored)
  expect(await archive.place(packed)).toBeUndefined()
  const file = await readFile(path)
  const { offset = 0, bytes = 0 } = place ?? {}
  expect(file.subarray(offset, offset + bytes).equals(data)).toBe(true)
  await archive.close()
})
