// IDX arrays: pairs by name and by count, plain and packed, whole and damaged.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeSource, openItemSource } from '../item-source.ts'
import { previewSource } from '../preview.ts'
import { greyPictures, optionsOf, readAll } from '../testing/fixtures.ts'
import { encodeIdxImages, encodeIdxLabels, writeIdxPair } from '../write-idx.ts'
import { pixelFingerprint } from './idx-reader.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-idx-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const labels = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, i) => i % 3)
const sourceOf = (path: string) =>
  ({ kind: 'images', format: 'idx', path, storage: 'link' }) as const

describe('pairs', () => {
  it('joins train and test pairs of a folder, with names', async () => {
    await writeIdxPair(folder, 'train', greyPictures(30), labels(30))
    await writeFile(
      join(folder, 't10k-images-idx3-ubyte.gz'),
      gzipSync(encodeIdxImages(greyPictures(9)))
    )
    await writeFile(join(folder, 't10k-labels-idx1-ubyte.gz'), gzipSync(encodeIdxLabels(labels(9))))
    await writeFile(join(folder, 'class-names.txt'), 'zebra\nape\r\nbear\n')
    const { plan, items } = await readAll(folder)
    expect(plan).toMatchObject({
      format: 'idx',
      kind: 'images',
      classNames: ['ape', 'bear', 'zebra'],
      total: 39
    })
    expect(items.map((item) => item.split)).toEqual([
      ...Array<string>(30).fill('train'),
      ...Array<string>(9).fill('test')
    ])
    expect(items[30]).toMatchObject({
      row: 30,
      name: 'test 1',
      locator: 't10k-images-idx3-ubyte.gz#0',
      label: 2,
      width: 5,
      height: 4
    })
    // The first test picture has the pixels of the first training picture: the same identity.
    expect(items[30].fingerprint).toEqual(items[0].fingerprint)
    const preview = await previewSource(folder, optionsOf())
    expect(preview).toMatchObject({
      itemsEstimate: 39,
      isComplete: true,
      splits: [
        { name: 'train', count: 30 },
        { name: 'test', count: 9 }
      ]
    })
    expect(preview.items.every((item) => item.thumbnail !== null)).toBe(true)
  })

  it('finds the sibling of one picked file, either way round, and no split', async () => {
    await writeIdxPair(folder, 'train', greyPictures(8), labels(8))
    await writeIdxPair(folder, 'test', greyPictures(5), labels(5))
    for (const name of ['test-images-idx3-ubyte', 'test-labels-idx1-ubyte']) {
      const { items, plan } = await readAll(join(folder, name))
      expect(items.map((item) => [item.split, plan.classNames[item.label]])).toEqual(
        ['0', '1', '2', '0', '1'].map((label) => ['none', label])
      )
    }
  })

  it('pairs by equal counts when names do not help, and goes without labels', async () => {
    await writeFile(join(folder, 'a.bin'), encodeIdxImages(greyPictures(6)))
    expect((await readAll(folder)).items.map((item) => item.label)).toEqual([
      -1, -1, -1, -1, -1, -1
    ])
    await writeFile(join(folder, 'b.bin'), encodeIdxLabels(labels(6)))
    expect((await readAll(folder)).items.map((item) => item.label)).toEqual([0, 1, 2, 0, 1, 2])
  })
})

describe('damage', () => {
  it('refuses arrays that are cut off, wrong or do not belong together', async () => {
    await writeIdxPair(folder, 'x', greyPictures(6), labels(6))
    const path = join(folder, 'x-images-idx3-ubyte')
    await writeFile(path, encodeIdxImages(greyPictures(6)).subarray(0, -3))
    await expect(readAll(folder)).rejects.toMatchObject({ code: 'file-damaged' })
    const packed = gzipSync(encodeIdxImages(greyPictures(600)))
    await writeFile(path, packed.subarray(0, packed.length - 40))
    await writeFile(join(folder, 'x-labels-idx1-ubyte'), encodeIdxLabels(labels(600)))
    await expect(readAll(folder)).rejects.toMatchObject({ code: 'file-damaged' })
    await writeIdxPair(folder, 'x', greyPictures(6), labels(5))
    await expect(readAll(folder)).rejects.toThrow('6 pictures but')
    const lie = encodeIdxImages(greyPictures(2))
    lie.writeUInt32BE(0xffffffff, 4)
    await writeFile(path, lie)
    await rm(join(folder, 'x-labels-idx1-ubyte'))
    await expect(readAll(folder)).rejects.toMatchObject({ code: 'file-damaged' })
  })

  it('refuses labels without pictures', async () => {
    await writeFile(join(folder, 'labels'), encodeIdxLabels(labels(5)))
    await expect(readAll(join(folder, 'labels'))).rejects.toThrow('no pictures were found')
  })
})

describe('items', () => {
  it('gives pixels as they are, resized, and as PNG', async () => {
    const pictures = greyPictures(7, 6, 6)
    await writeIdxPair(folder, 'x', pictures, labels(7))
    const { items } = await readAll(folder)
    const source = await openItemSource(sourceOf(folder))
    const locators = items.map((item) => item.locator)
    const same = await source.readPixels(locators, { size: 6, channels: 1 })
    expect(same).toEqual({ pixels: pictures.pixels, failed: [] })
    const rgb = await source.readPixels([locators[2]], { size: 6, channels: 3 })
    expect([...rgb.pixels.subarray(0, 6)]).toEqual(
      [...pictures.pixels.subarray(72, 74)].flatMap((v) => [v, v, v])
    )
    const small = await source.readPixels(locators.slice(0, 2), { size: 3, channels: 3 })
    expect(small.pixels.length).toBe(2 * 27)
    expect(
      (
        await source.readPixels(['x-images-idx3-ubyte#99', '../../etc/passwd#0'], {
          size: 3,
          channels: 1
        })
      ).failed
    ).toEqual([0, 1])
    const { bytes, mime } = await source.readImageBytes(locators[0])
    expect([mime, bytes.subarray(1, 4).toString()]).toEqual(['image/png', 'PNG'])
    const file = await source.originalFile({
      name: 'a/b',
      locator: locators[0],
      text: undefined,
      values: {},
      key: 'k'
    })
    expect(file.name).toBe('a_b.png')
    await expect(source.readImageBytes('../x#0')).rejects.toMatchObject({ code: 'invalid-input' })
    await source.close()
    expect(Buffer.from(items[1].fingerprint)).toEqual(
      Buffer.from(
        pixelFingerprint(pictures.pixels.subarray(36, 72), { height: 6, width: 6, channels: 1 })
      )
    )
  })

  it('refuses stored paths that lead out of the project', () => {
    const record = { kind: 'images', format: 'idx', storage: 'copy', sourcePath: 'media/../../x' }
    // Only these fields are read.
    expect(() => describeSource(record as never, '/p/P.winnow/media')).toThrow('leads out')
    expect(() =>
      describeSource({ ...record, sourcePath: '/etc' } as never, '/p/P.winnow/media')
    ).toThrow('absolute')
  })
})
