// Folders and zips of pictures: layouts, what is ignored, what is listed, and the items' bytes.
import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rawZip } from '../../files/testing/raw-zip.ts'
import { openItemSource } from '../item-source.ts'
import { createSourceKeeper } from '../open-sources.ts'
import { previewSource } from '../preview.ts'
import { optionsOf, pngOf, readAll, writeTree } from '../testing/fixtures.ts'
import { makeThumbnail } from '../thumbnails.ts'
import { detectLayout } from './image-layout.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-images-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('layouts', () => {
  const look = (paths: string[]): (string | undefined)[][] => {
    const layout = detectLayout(paths)
    return paths.map((path) => [layout.classOf(path), layout.partOf(path)])
  }
  it.each<[string, string[], (string | undefined)[][]]>([
    [
      'class folders',
      ['a/1', 'b/2'],
      [
        ['a', undefined],
        ['b', undefined]
      ]
    ],
    [
      'a flat folder',
      ['1', '2'],
      [
        [undefined, undefined],
        [undefined, undefined]
      ]
    ],
    [
      'parts above classes',
      ['train/a/1', 'Test/b/2'],
      [
        ['a', 'train'],
        ['b', 'test']
      ]
    ],
    [
      'parts below classes',
      ['a/train/1', 'b/val/2'],
      [
        ['a', 'train'],
        ['b', 'validation']
      ]
    ],
    [
      'a wrapping folder',
      ['set/train/a/1', 'set/test/b/2'],
      [
        ['a', 'train'],
        ['b', 'test']
      ]
    ],
    [
      'parts without classes',
      ['train/1', 'test/2'],
      [
        [undefined, 'train'],
        [undefined, 'test']
      ]
    ],
    [
      'deeper folders',
      ['a/x/1', 'b/y/2'],
      [
        ['a', undefined],
        ['b', undefined]
      ]
    ],
    [
      'one part alone',
      ['test/a/1', 'test/b/2'],
      [
        ['a', undefined],
        ['b', undefined]
      ]
    ],
    [
      'some files outside',
      ['a/1', '2'],
      [
        ['a', undefined],
        [undefined, undefined]
      ]
    ]
  ])('finds %s', (_name, paths, expected) => expect(look(paths)).toEqual(expected))
})

describe('folders and zips', () => {
  it('reads both alike and lists what is no picture', async () => {
    const jpeg = await sharp({
      create: { width: 300, height: 200, channels: 3, background: '#246' }
    })
      .jpeg()
      .toBuffer()
    const turned = await sharp(jpeg).withMetadata({ orientation: 6 }).toBuffer()
    const files: Record<string, Buffer | string> = {
      'set/train/cat/1.png': await pngOf(1),
      'set/train/cat/2.wrong': jpeg,
      'set/train/dog/10.jpg': turned,
      'set/train/dog/9.png': await pngOf(1),
      'set/test/dog/1.png': await pngOf(2),
      'set/test/dog/broken.png': 'hello, no picture',
      'set/test/dog/empty.png': '',
      'set/test/dog/vector.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'set/train/cat/.DS_Store': 'x',
      '__MACOSX/set/train/cat/._1.png': 'x',
      'set/train/dog/Thumbs.db': 'x'
    }
    await writeTree(join(folder, 'in'), files)
    const zip = join(folder, 'in.zip')
    await writeFile(
      zip,
      rawZip(
        Object.entries(files)
          .sort()
          .map(([name, data]) => ({ name, data, method: 8 as const }))
      )
    )
    const summary = async (path: string): Promise<unknown> => {
      const { plan, items, problems } = await readAll(path)
      expect(plan.classNames).toEqual(['cat', 'dog'])
      const rows = items.map((item) =>
        [
          item.locator,
          item.label,
          item.split,
          item.width,
          item.height,
          Buffer.from(item.fingerprint).toString('hex')
        ].join()
      )
      return [rows.sort(), problems.map((problem) => problem.where).sort()]
    }
    const fromFolder = await summary(join(folder, 'in'))
    expect(await summary(zip)).toEqual(fromFolder)
    expect(fromFolder).toMatchObject([
      { length: 5, 3: expect.stringContaining('set/train/dog/10.jpg,1,train,200,300') as string },
      ['set/test/dog/broken.png', 'set/test/dog/empty.png', 'set/test/dog/vector.svg']
    ])
    const preview = await previewSource(zip, optionsOf())
    expect(preview).toMatchObject({ isComplete: true, itemsEstimate: 5, suggestedName: 'in' })
    expect(preview.sentence).toBe(
      'Looks like a zip of pictures in 2 folders, one for each label, already split into test and train.'
    )
    expect(preview.problems.length).toBe(3)
  })

  it('does not follow links', async () => {
    await writeTree(folder, { 'in/a/1.png': await pngOf(1), 'out/secret.png': await pngOf(9) })
    await symlink(join(folder, 'out'), join(folder, 'in', 'b'))
    await symlink(join(folder, 'out', 'secret.png'), join(folder, 'in', 'a', '2.png'))
    const { items, problems } = await readAll(join(folder, 'in'))
    expect(items.map((item) => item.locator)).toEqual(['a/1.png'])
    expect(problems.map((problem) => problem.where)).toEqual(['a/2.png', 'b'])
  })

  it('stops at an unsafe entry before anything is read', async () => {
    const path = join(folder, 'x.zip')
    await writeFile(
      path,
      rawZip([
        { name: 'a/1.png', data: await pngOf(1) },
        { name: 'a/l', data: '/etc/passwd', mode: 0o120777 }
      ])
    )
    await expect(readAll(path)).rejects.toThrow('“a/l” is a link')
    await writeFile(path, rawZip([{ name: 'a/1.png', data: Buffer.alloc(3e6), method: 8 }]))
    await expect(readAll(path)).rejects.toMatchObject({ code: 'archive-unsafe' })
  })

  it('refuses empty sources and single pictures plainly', async () => {
    await writeFile(join(folder, 'one.png'), await pngOf(1))
    await expect(readAll(join(folder, 'one.png'))).rejects.toThrow('single picture')
    await writeFile(join(folder, 'empty.zip'), rawZip([]))
    await expect(readAll(join(folder, 'empty.zip'))).rejects.toMatchObject({
      code: 'nothing-to-import'
    })
    await expect(readAll(join(folder, 'none'))).rejects.toMatchObject({ code: 'file-not-readable' })
  })

  it('refuses pictures of too many pixels by their header', async () => {
    const png = await pngOf(1)
    // The size stands in the header chunk; its checksum is not what stops this.
    png.writeUInt32BE(20_000, 16)
    png.writeUInt32BE(20_000, 20)
    await writeTree(folder, { 'in/a/big.png': png, 'in/a/ok.png': await pngOf(2) })
    const { items, problems } = await readAll(join(folder, 'in'))
    expect(items.length).toBe(1)
    expect(problems.length).toBe(1)
  })
})

describe('items', () => {
  const item = (locator: string, width: number, height: number) => ({
    row: 0,
    locator,
    fingerprint: 'ab'.repeat(32),
    width,
    height
  })

  it('gives the original bytes, pixels and thumbnails', async () => {
    const large = await sharp({
      create: { width: 400, height: 200, channels: 3, background: '#ff0000' }
    })
      .png()
      .toBuffer()
    await writeTree(folder, {
      'in/a/large.jpg': large,
      'in/a/tiny.png': await pngOf(3),
      'in/a/cut.png': large.subarray(0, 30)
    })
    const source = await openItemSource({
      kind: 'images',
      format: 'image-folder',
      path: join(folder, 'in'),
      storage: 'link'
    })
    const original = await source.originalFile({
      name: 'large.jpg',
      locator: 'a/large.jpg',
      text: undefined,
      values: {},
      key: ''
    })
    expect(original.name).toBe('large.jpg.png')
    expect(large.equals(original.bytes)).toBe(true)
    const { pixels, failed } = await source.readPixels(['a/large.jpg', 'a/cut.png', 'a/gone.png'], {
      size: 4,
      channels: 3
    })
    expect([...pixels.subarray(0, 6)]).toEqual([255, 0, 0, 255, 0, 0])
    expect(failed).toEqual([1, 2])
    const grey = await source.readPixels(['a/large.jpg'], { size: 4, channels: 1 })
    expect(grey.pixels.length).toBe(16)
    await expect(source.readImageBytes('../../etc/passwd')).rejects.toMatchObject({
      code: 'invalid-input'
    })

    const cacheFolder = join(folder, 'thumbs')
    const wide = await makeThumbnail(source, item('a/large.jpg', 400, 200), {
      size: 96,
      cacheFolder
    })
    expect(await sharp(wide.bytes ?? undefined).metadata()).toMatchObject({
      format: 'webp',
      width: 96,
      height: 48
    })
    // Made again from the kept file, even when the original is gone.
    await rm(join(folder, 'in', 'a', 'large.jpg'))
    expect(
      await makeThumbnail(source, item('a/large.jpg', 400, 200), { size: 96, cacheFolder })
    ).toEqual(wide)
    const crisp = await makeThumbnail(source, item('a/tiny.png', 8, 6), { size: 96, cacheFolder })
    expect(await sharp(crisp.bytes ?? undefined).metadata()).toMatchObject({
      format: 'png',
      width: 96,
      height: 72
    })
    expect(
      (
        await makeThumbnail(
          source,
          { ...item('a/cut.png', 99, 99), fingerprint: 'cd'.repeat(32) },
          { size: 96, cacheFolder }
        )
      ).bytes
    ).toBeNull()
    await source.close()
  })

  it('enlarges no picture that is far larger than its record says', async () => {
    // 144 million pixels in a few kilobytes: more than may be unpacked, less than the library refuses.
    const side = 12_000
    const chunk = (name: string, data: Buffer): Buffer => {
      const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
      const ends = Buffer.alloc(8)
      ends.writeUInt32BE(data.length)
      ends.writeUInt32BE(crc32(body), 4)
      return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
    }
    const head = Buffer.alloc(13)
    head.writeUInt32BE(side)
    head.writeUInt32BE(side, 4)
    // One bit for each pixel, grey.
    head[8] = 1
    const rows = deflateSync(Buffer.alloc(side * (1 + side / 8)), { level: 1 })
    const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    const huge = Buffer.concat([
      start,
      chunk('IHDR', head),
      chunk('IDAT', rows),
      chunk('IEND', Buffer.alloc(0))
    ])
    await writeTree(folder, { 'bomb/a/huge.png': huge })
    const source = await openItemSource({
      kind: 'images',
      format: 'image-folder',
      path: join(folder, 'bomb'),
      storage: 'link'
    })
    const made = await makeThumbnail(source, item('a/huge.png', 8, 8), {
      size: 96,
      cacheFolder: undefined
    })
    expect(made.bytes).toBeNull()
    await source.close()
  })

  it('keeps sources open between uses and sees a changed file', async () => {
    const path = join(folder, 'x.zip')
    await writeFile(path, rawZip([{ name: 'a/1.png', data: await pngOf(1) }]))
    const keeper = createSourceKeeper()
    const description = { kind: 'images', format: 'image-zip', path, storage: 'link' } as const
    const first = await keeper.use(description, (source) => Promise.resolve(source))
    expect(await keeper.use(description, (source) => Promise.resolve(source))).toBe(first)
    await writeFile(
      path,
      rawZip([
        { name: 'a/1.png', data: await pngOf(1) },
        { name: 'a/2.png', data: await pngOf(2) }
      ])
    )
    const bytes = await keeper.use(description, (source) => source.readImageBytes('a/2.png'))
    expect(bytes.mime).toBe('image/png')
    await keeper.dispose()
    await chmod(folder, 0o700)
    await rm(path)
    await expect(keeper.use(description, () => Promise.resolve(1))).rejects.toMatchObject({
      code: 'file-not-readable'
    })
    await keeper.dispose()
  })
})
