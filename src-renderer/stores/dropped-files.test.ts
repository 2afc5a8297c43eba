// What was dropped becomes a flat list: folders to their ends, natural order, hidden files left out.
import { describe, expect, it } from 'vitest'
import { drop as words } from '../text/add-data.ts'
import {
  comparePaths,
  hasFiles,
  isHidden,
  listDropped,
  takeSource,
  type DroppedFiles
} from './dropped-files.ts'
import { fileEntry, folderEntry, transferOf, type Tree } from './dropped-entries.test-support.ts'

const never = new AbortController().signal
const list = (entries: FileSystemEntry[], files: File[] = []): Promise<DroppedFiles> =>
  listDropped({ entries, files }, never)
const pathsOf = (dropped: DroppedFiles): string[] => dropped.files.map(({ path }) => path)

describe('a dropped folder', () => {
  it('is listed to its ends, in natural order, without what systems leave in it', async () => {
    const tree: Tree = {
      test: { '10.png': 'a', '2.png': 'bb', '.DS_Store': 'x' },
      train: { a: { b: { 'c.txt': 'ccc' } }, 'Thumbs.db': 'x', empty: {} },
      '.git': { config: 'x' },
      __MACOSX: { 'x.png': 'x' },
      'readme.txt': 'dddd',
      'desktop.ini': 'x'
    }
    const dropped = await list([folderEntry('Flowers', tree)])
    expect(dropped).toMatchObject({ name: 'Flowers', isFolder: true, sizeBytes: 10, hidden: 5 })
    expect(pathsOf(dropped)).toEqual(['readme.txt', 'test/2.png', 'test/10.png', 'train/a/b/c.txt'])
  })

  it('with nothing in it is refused in words', async () => {
    await expect(list([folderEntry('Empty', { '.DS_Store': 'x' })])).rejects.toMatchObject({
      code: 'nothing-to-import',
      message: words.nothing
    })
  })

  it('stops being looked through when that was called off', async () => {
    const controller = new AbortController()
    let found = 0
    const tree = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`${i}.txt`, 'x']))
    const listing = listDropped(
      { entries: [folderEntry('Many', { a: tree, b: tree })], files: [] },
      controller.signal,
      (count) => {
        found = count
        if (count === 100) controller.abort()
      }
    )
    await expect(listing).rejects.toMatchObject({ name: 'AbortError' })
    expect(found).toBeLessThan(300)
  })
})

describe('single things and several', () => {
  it('one file is that file', async () => {
    const dropped = await list([fileEntry('a.csv', 'abc')])
    expect(dropped).toMatchObject({ name: 'a.csv', isFolder: false, sizeBytes: 3 })
    expect(pathsOf(dropped)).toEqual(['a.csv'])
  })

  it('several together are a folder, names that come twice told apart', async () => {
    const dropped = await list(
      [
        fileEntry('x.png', '1'),
        folderEntry('cats', { '1.png': '2' }),
        fileEntry('X.png', '3'),
        fileEntry('.hidden', '4')
      ],
      [new File(['5'], 'pasted.png')]
    )
    expect(dropped).toMatchObject({ name: words.severalName, isFolder: true, hidden: 1 })
    expect(pathsOf(dropped)).toEqual(['cats/1.png', 'pasted.png', 'X (2).png', 'x.png'])
  })

  it('a file that cannot be read is named', async () => {
    await expect(
      list([fileEntry('locked.csv', '', new Error('NotReadableError'))])
    ).rejects.toMatchObject({ code: 'file-not-readable', message: words.notReadable('locked.csv') })
  })
})

it('takes files only, from whatever carries them', () => {
  const entry = fileEntry('a', '')
  const file = new File([''], 'b')
  expect(takeSource(transferOf([entry], [file]))).toEqual({ entries: [entry], files: [file] })
  expect(takeSource(transferOf([]))).toBeUndefined()
  expect(takeSource(null)).toBeUndefined()
  expect(hasFiles(transferOf([entry]))).toBe(true)
  expect(hasFiles(transferOf([]))).toBe(false)
  expect(hasFiles(null)).toBe(false)
})

it('knows hidden names and the order of paths', () => {
  for (const name of ['.a', 'Thumbs.db', 'DESKTOP.INI', '__MACOSX'])
    expect(isHidden(name)).toBe(true)
  for (const name of ['a.b', 'thumbs', 'macosx']) expect(isHidden(name)).toBe(false)
  expect(['b', 'a/10', 'a/9', 'A', 'a'].sort(comparePaths)).toEqual(['A', 'a', 'a/9', 'a/10', 'b'])
})
