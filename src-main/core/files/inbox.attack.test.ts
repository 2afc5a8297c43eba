// Attacks on the inbox (security.md F1 to F5): names that lead elsewhere, more than was announced,
// guessed ids, several messages at once, links in place of folders, a full disk.
import { lstat, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../api/errors.ts'
import { createInbox, type Inbox, type InboxDeps } from './inbox.ts'

let folder = ''
let project = ''
let media = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-inbox-attack-'))
  project = join(folder, 'P.winnow')
  media = join(project, 'media')
  await mkdir(media, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const inboxOf = (part: Partial<InboxDeps> = {}): Inbox =>
  createInbox({
    projectFolder: project,
    mediaFolder: media,
    freeBytes: async () => 1e12,
    pathsInUse: () => [],
    ...part
  })
const small = { entries: 3, chunkBytes: 4, depth: 3, reserveBytes: 10 }
/** Everything below the project, without the empty inbox folder itself. */
async function everything(): Promise<string[]> {
  const found = await readdir(folder, { recursive: true })
  return found.filter((path) => !/^P\.winnow(.media(.inbox)?)?$/.test(path))
}
async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
  return 'taken'
}

describe('names', () => {
  it.each([
    '..',
    '../x',
    'a/../../x',
    'a/..',
    '/etc/passwd',
    'C:\\x',
    'C:x',
    'a\\..\\..\\x',
    '\\\\server\\share',
    'a\0b',
    'a\u001fb',
    'a//b',
    './a',
    'a/',
    '',
    'con',
    'nul.txt',
    'a./b',
    'a /b',
    `${'x'.repeat(256)}`,
    '\ud800'
  ])('%j is refused before anything is made', async (path) => {
    const inbox = inboxOf()
    expect(
      await refusal(inbox.start({ name: 'F', isFolder: true, files: [{ path, size: 1 }] }))
    ).toBe('invalid-input')
    expect(
      await refusal(inbox.start({ name: path, isFolder: true, files: [{ path: 'a', size: 1 }] }))
    ).toBe('invalid-input')
    expect(
      await refusal(inbox.start({ name: path, isFolder: false, files: [{ path, size: 1 }] }))
    ).toBe('invalid-input')
    expect(await everything()).toEqual([])
  })

  it('of one file must be its path', async () => {
    const one = { name: 'a.csv', isFolder: false, files: [{ path: 'b.csv', size: 1 }] }
    expect(await refusal(inboxOf().start(one))).toBe('invalid-input')
  })

  it('that are one name elsewhere, or a file and a folder, are refused', async () => {
    const start = (paths: string[]): Promise<string> =>
      inboxOf().start({
        name: 'F',
        isFolder: true,
        files: paths.map((path) => ({ path, size: 0 }))
      })
    for (const paths of [
      ['a/x.png', 'A/x.png'],
      ['e\u0301', '\u00e9'],
      ['a', 'a'],
      ['a', 'a/b'],
      ['a/b', 'A']
    ])
      expect(await refusal(start(paths))).toBe('invalid-input')
    expect(await everything()).toEqual([])
  })

  it('never write outside of the inbox, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('..', '.', '/', '\\', 'a', 'C:', '\0', ' ', 'é', ''), {
          minLength: 1,
          maxLength: 8
        }),
        async (parts) => {
          const inbox = inboxOf()
          const path = parts.join('')
          const drop = await inbox
            .start({ name: 'F', isFolder: true, files: [{ path, size: 0 }] })
            .catch((error: unknown) => error)
          if (typeof drop === 'string') await inbox.end(drop, true)
          const outside = (await everything()).filter((place) => !/media.inbox./.test(place))
          expect(outside).toEqual([])
        }
      ),
      { numRuns: 40 }
    )
  })
})

describe('amounts', () => {
  it('above the limits are refused', async () => {
    const files = (
      count: number,
      path = (i: number): string => `${i}`
    ): { path: string; size: number }[] =>
      Array.from({ length: count }, (_, i) => ({ path: path(i), size: 1 }))
    const start = (list: { path: string; size: number }[], free = 1e12): Promise<string> =>
      inboxOf({ limits: small, freeBytes: async () => free }).start({
        name: 'F',
        isFolder: true,
        files: list
      })
    expect(await refusal(start(files(4)))).toBe('too-large')
    expect(await refusal(start([{ path: 'a/b/c/d', size: 1 }]))).toBe('invalid-input')
    expect(await refusal(start(files(3), 12))).toBe('disk-full')
    for (const size of [-1, 0.5, Number.NaN, Infinity, 2 ** 60])
      expect(await refusal(start([{ path: 'a', size }]))).toBe('invalid-input')
    expect(await refusal(start([{ path: 'a', size: 2 ** 52 }]))).toBe('disk-full')
    expect(await everything()).toEqual([])
  })

  it('other than announced end the drop and leave nothing', async () => {
    const announced = {
      name: 'F',
      isFolder: true,
      files: [
        { path: 'a', size: 3 },
        { path: 'b', size: 3 }
      ]
    }
    const five = new Uint8Array(5)
    const three = new Uint8Array(3)
    const tries: ((inbox: Inbox, id: string) => Promise<unknown>)[] = [
      (inbox, id) => inbox.chunk(id, 0, five),
      (inbox, id) => inbox.chunk(id, 1, three),
      (inbox, id) => inbox.chunk(id, 2, three),
      (inbox, id) => inbox.end(id, true),
      async (inbox, id) => {
        await inbox.chunk(id, 0, new Uint8Array(4))
        await inbox.chunk(id, 1, three)
      },
      async (inbox, id) => {
        await inbox.chunk(id, 0, three)
        await inbox.chunk(id, 0, new Uint8Array(1))
      },
      async (inbox, id) => {
        await inbox.chunk(id, 0, three)
        await inbox.chunk(id, 1, three)
        await inbox.chunk(id, 0, new Uint8Array(0))
      }
    ]
    for (const attempt of tries) {
      const inbox = inboxOf({ limits: small })
      const id = await inbox.start(announced)
      expect(await refusal(attempt(inbox, id))).toMatch(/invalid-input|too-large/)
      expect(await everything()).toEqual([])
      // And it stays ended.
      expect(await refusal(inbox.end(id, true))).toBe('invalid-input')
    }
  })
})

describe('messages', () => {
  const one = { name: 'a', isFolder: false, files: [{ path: 'a', size: 4 }] }
  it('with a guessed or an old id do nothing', async () => {
    const inbox = inboxOf()
    expect(await refusal(inbox.chunk('', 0, new Uint8Array(1)))).toBe('invalid-input')
    const id = await inbox.start(one)
    for (const guess of ['', '..', 'a'.repeat(18), `${id}0`]) {
      expect(await refusal(inbox.chunk(guess, 0, new Uint8Array(1)))).toBe('invalid-input')
      expect(await refusal(inbox.end(guess, true))).toBe('invalid-input')
      expect(await refusal(inbox.end(guess, false))).toBe('invalid-input')
    }
    await inbox.chunk(id, 0, new Uint8Array(4))
    expect(await inbox.end(id, true)).toMatchObject({ kind: 'file' })
    expect(await refusal(inbox.end(id, false))).toBe('invalid-input')
    expect(await everything()).toHaveLength(2)
  })

  it('that do not wait for one another end the drop', async () => {
    const inbox = inboxOf()
    const id = await inbox.start(one)
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => refusal(inbox.chunk(id, 0, new Uint8Array(1))))
    )
    expect(new Set(answers)).toEqual(new Set(['invalid-input', 'cancelled']))
    expect(await refusal(inbox.end(id, true))).toBe('invalid-input')
    expect(await everything()).toEqual([])
  })

  it('that begin several drops at once leave one', async () => {
    const inbox = inboxOf()
    const answers = await Promise.allSettled([inbox.start(one), inbox.start(one), inbox.start(one)])
    const begun = answers.filter((answer) => answer.status === 'fulfilled')
    expect(begun).toHaveLength(1)
    expect(await readdir(join(media, 'inbox'))).toHaveLength(1)
    await inbox.dispose()
    expect(await everything()).toEqual([])
  })
})

describe('the disk', () => {
  it('may be full: nothing is left and it is said plainly', async () => {
    let closed = 0
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' })
    const inbox = inboxOf({
      openNew: async () => ({
        write: () => Promise.reject(full),
        sync: async () => {},
        close: async () => void closed++
      })
    })
    const id = await inbox.start({ name: 'a', isFolder: false, files: [{ path: 'a', size: 1 }] })
    expect(await refusal(inbox.chunk(id, 0, new Uint8Array(1)))).toBe('disk-full')
    expect(closed).toBe(1)
    expect(await everything()).toEqual([])
  })

  it('may hold a link in place of the inbox: nothing is written or removed through it', async () => {
    const elsewhere = join(folder, 'elsewhere')
    await mkdir(join(elsewhere, 'photos'), { recursive: true })
    await writeFile(join(elsewhere, 'photos', 'only-copy.jpg'), 'x')
    await symlink(elsewhere, join(media, 'inbox'))
    const inbox = inboxOf()
    const one = { name: 'a', isFolder: false, files: [{ path: 'a', size: 1 }] }
    expect(await refusal(inbox.start(one))).toBe('destination-not-writable')
    expect(await refusal(inbox.tidy())).toBe('destination-not-writable')
    expect(await refusal(inbox.dispose())).toBe('destination-not-writable')
    expect(await readdir(elsewhere, { recursive: true })).toEqual([
      'photos',
      join('photos', 'only-copy.jpg')
    ])
  })

  it('may hold a link inside the inbox: only the link is removed', async () => {
    const elsewhere = join(folder, 'elsewhere')
    await mkdir(elsewhere)
    await writeFile(join(elsewhere, 'only-copy.jpg'), 'x')
    await mkdir(join(media, 'inbox'))
    await symlink(elsewhere, join(media, 'inbox', 'old'))
    await inboxOf().tidy()
    expect(await readdir(join(media, 'inbox'))).toEqual([])
    expect((await lstat(join(elsewhere, 'only-copy.jpg'))).isFile()).toBe(true)
  })
})
