// Dropped files land in the project whole or not at all, in the order announced, and what is never
// imported is removed.
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createInbox, isInInbox, moveFromInbox, type InboxDeps } from './inbox.ts'
import { inboxLimits } from './inbox-checks.ts'

let project = ''
let media = ''
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'winnow-inbox-'))
  media = join(project, 'media')
})
afterEach(() => rm(project, { recursive: true, force: true }))

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const deps = (part: Partial<InboxDeps> = {}): InboxDeps => ({
  projectFolder: project,
  mediaFolder: media,
  freeBytes: async () => 1e12,
  pathsInUse: () => [],
  ...part
})
const inInbox = async (): Promise<string[]> => readdir(join(media, 'inbox')).catch(() => [])

describe('a drop', () => {
  it('of a folder appears whole under its own names, empty files included', async () => {
    const inbox = createInbox(deps())
    const id = await inbox.start({
      name: 'Flowers',
      isFolder: true,
      files: [
        { path: 'rose/1.txt', size: 6 },
        { path: 'rose/empty.txt', size: 0 },
        { path: 'tulip/2.txt', size: 3 },
        { path: 'last.txt', size: 0 }
      ]
    })
    await inbox.chunk(id, 0, bytes('abc'))
    await inbox.chunk(id, 0, bytes('def'))
    expect((await inInbox())[0]).toMatch(/^\.winnow-part-/)
    await inbox.chunk(id, 2, bytes('xyz'))
    const kept = await inbox.end(id, true)
    expect(kept?.kind).toBe('folder')
    expect(kept?.path).toMatch(/inbox.[0-9a-f]{18}.Flowers$/)
    const place = kept?.path ?? ''
    expect(await readFile(join(place, 'rose/1.txt'), 'utf8')).toBe('abcdef')
    expect(await readFile(join(place, 'rose/empty.txt'), 'utf8')).toBe('')
    expect(await readFile(join(place, 'tulip/2.txt'), 'utf8')).toBe('xyz')
    expect((await readdir(place)).sort()).toEqual(['last.txt', 'rose', 'tulip'])
    expect(await inInbox()).toHaveLength(1)
  })

  it('may come with the bytes of several files in one message', async () => {
    const inbox = createInbox(deps())
    const id = await inbox.start({
      name: 'F',
      isFolder: true,
      files: [
        { path: 'a', size: 2 },
        { path: 'b', size: 0 },
        { path: 'c', size: 3 },
        { path: 'd', size: 1 }
      ]
    })
    await inbox.chunk(id, 0, bytes('aacc'))
    await inbox.chunk(id, 2, bytes('cd'))
    const place = (await inbox.end(id, true))?.path ?? ''
    const contents = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => readFile(join(place, name), 'utf8'))
    )
    expect(contents).toEqual(['aa', '', 'ccc', 'd'])
  })

  it('of one file keeps its name, in the form every system shares', async () => {
    const inbox = createInbox(deps())
    const name = 'cafe\u0301.csv'
    const id = await inbox.start({ name, isFolder: false, files: [{ path: name, size: 2 }] })
    await inbox.chunk(id, 0, bytes('a\n'))
    const kept = await inbox.end(id, true)
    expect(kept?.kind).toBe('file')
    expect(kept?.path.endsWith('caf\u00e9.csv')).toBe(true)
    expect(await readFile(kept?.path ?? '', 'utf8')).toBe('a\n')
  })

  it('that is not kept leaves nothing, nor does one replaced by the next', async () => {
    const inbox = createInbox(deps())
    const one = { name: 'a.csv', isFolder: false, files: [{ path: 'a.csv', size: 4 }] }
    const first = await inbox.start(one)
    await inbox.chunk(first, 0, bytes('ab'))
    expect(await inbox.end(first, false)).toBeUndefined()
    expect(await inInbox()).toEqual([])
    const second = await inbox.start(one)
    await inbox.chunk(second, 0, bytes('ab'))
    const third = await inbox.start(one)
    await expect(inbox.chunk(second, 0, bytes('cd'))).rejects.toMatchObject({
      code: 'invalid-input',
      hint: 'Drop the files again.'
    })
    await inbox.chunk(third, 0, bytes('abcd'))
    await inbox.end(third, true)
    expect(await inInbox()).toHaveLength(1)
  })

  it('writes again what a system took only a part of', async () => {
    const taken: number[] = []
    const inbox = createInbox(
      deps({
        openNew: async () => ({
          write: async (part) => {
            taken.push(...part.subarray(0, 2))
            return { bytesWritten: Math.min(2, part.length) }
          },
          sync: async () => {},
          close: async () => {}
        })
      })
    )
    const id = await inbox.start({ name: 'a', isFolder: false, files: [{ path: 'a', size: 5 }] })
    await inbox.chunk(id, 0, new Uint8Array([1, 2, 3, 4, 5]))
    await inbox.end(id, true)
    expect(taken).toEqual([1, 2, 3, 4, 5])
  })
})

describe('what is left behind', () => {
  it('is removed, except what an import still reads', async () => {
    const inbox = createInbox(deps())
    await mkdir(join(media, 'inbox', 'old', 'Flowers'), { recursive: true })
    await mkdir(join(media, 'inbox', '.winnow-part-x'), { recursive: true })
    await mkdir(join(media, 'inbox', 'wanted'), { recursive: true })
    await writeFile(join(media, 'inbox', 'wanted', 'a.csv'), 'a')
    const used = deps({ pathsInUse: () => [join(media, 'inbox', 'wanted', 'a.csv')] })
    await createInbox(used).tidy()
    expect(await inInbox()).toEqual(['wanted'])
    const again = createInbox(used)
    const id = await again.start({ name: 'b', isFolder: false, files: [{ path: 'b', size: 1 }] })
    await again.tidy()
    await again.chunk(id, 0, bytes('b'))
    await again.dispose()
    expect(await inInbox()).toEqual(['wanted'])
    await inbox.dispose()
    expect(await inInbox()).toEqual([])
  })

  it('is nothing to look for in a project without an inbox', async () => {
    await createInbox(deps()).dispose()
    expect(await readdir(project)).toEqual([])
  })
})

describe('an imported drop', () => {
  it('moves to the place of its dataset without a copy', async () => {
    const inbox = createInbox(deps())
    const drop = async (isFolder: boolean, path: string): Promise<string> => {
      const name = isFolder ? 'Flowers' : path
      const id = await inbox.start({ name, isFolder, files: [{ path, size: 1 }] })
      await inbox.chunk(id, 0, bytes('x'))
      return (await inbox.end(id, true))?.path ?? ''
    }
    const folder = await drop(true, 'rose/1.txt')
    expect(isInInbox(media, folder)).toBe(true)
    const place = join(media, 'd1', 'Flowers')
    expect(await moveFromInbox(media, folder, join(media, 'd1'))).toBe(place)
    expect(await readFile(join(place, 'rose', '1.txt'), 'utf8')).toBe('x')
    // Stopped right after the move, an import goes on with what it finds.
    expect(await moveFromInbox(media, folder, join(media, 'd1'))).toBe(place)
    const file = await drop(false, 'a.csv')
    expect(await moveFromInbox(media, file, join(media, 'd2'))).toBe(join(media, 'd2', 'a.csv'))
    expect(await readFile(join(media, 'd2', 'a.csv'), 'utf8')).toBe('x')
    expect(await inInbox()).toEqual([])
    await expect(moveFromInbox(media, file, join(media, 'd3'))).rejects.toMatchObject({
      code: 'file-not-readable'
    })
  })

  it('is told from other sources by its place', () => {
    expect(isInInbox(media, join(media, 'inbox', 'id', 'a.csv'))).toBe(true)
    for (const place of ['inbox', 'inbox2/a.csv', 'd1/a.csv', '../a.csv'])
      expect(isInInbox(media, join(media, place))).toBe(false)
  })
})

it('takes at least what a page sends at once', () => {
  expect(inboxLimits.chunkBytes).toBeGreaterThanOrEqual(4 * 2 ** 20)
})
