// Decoded pictures of a check: the same pixels back for any rows, whole or not at all, and what
// cannot be read takes no part.
import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SourceDescription } from '../datasets/item-source.ts'
import {
  checkPixelsTask,
  hasCheckPixels,
  isGrey,
  openCheckPixels,
  removeCheckPixels,
  unreadPictures
} from './check-pixels.ts'

let root: string
let source: SourceDescription
const count = 40

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'winnow-check-pixels-'))
  source = { kind: 'images', format: 'image-folder', path: root, storage: 'link' }
})
afterEach(() => rm(root, { recursive: true, force: true }))

/** Pictures of one colour each: red tells which one it is. */
async function writePictures(blue: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, i) => `p${i}.png`)
  for (const [i, name] of names.entries()) {
    const grey = blue < 0 ? i * 5 : blue
    const background = { r: i * 5, g: blue < 0 ? i * 5 : 0, b: grey }
    const picture = sharp({ create: { width: 4, height: 4, channels: 3, background } })
    await writeFile(join(root, name), await picture.png().toBuffer())
  }
  return names
}

async function decode(locators: readonly string[], signal = new AbortController().signal) {
  const rows = Uint32Array.from(locators, (_, i) => 10 + 3 * i)
  const folder = join(root, 'pictures')
  const run = checkPixelsTask.run(
    { source, rows, locators, folder },
    {
      signal,
      device: () => Promise.reject(new Error('no device is needed')),
      transfer: () => undefined
    }
  )
  let step = await run.next()
  while (step.done !== true) step = await run.next()
  return { folder, rows, output: step.value }
}

describe('decoded pictures', () => {
  it('come back for any rows, in colour', async () => {
    const { folder, rows } = await decode(await writePictures(200))
    const pixels = await openCheckPixels(folder)
    expect([pixels.size, pixels.channels]).toEqual([32, 3])
    const each = 32 * 32 * 3
    // Far apart, side by side, and all.
    for (const wanted of [Uint32Array.of(rows[0], rows[39]), rows.slice(5, 8), rows]) {
      const read = await pixels.read(wanted)
      expect(read).toHaveLength(wanted.length * each)
      wanted.forEach((row, i) => {
        const [red, , blue] = read.subarray(i * each, i * each + 3)
        expect([red, blue]).toEqual([((row - 10) / 3) * 5, 200])
      })
    }
    await expect(pixels.read(Uint32Array.of(11))).rejects.toMatchObject({ code: 'file-damaged' })
    await pixels.close()
  })
  it('are kept grey where there is no colour, and leave out what cannot be read', async () => {
    const names = await writePictures(-1)
    const { folder, rows, output } = await decode([...names.slice(0, 3), 'missing.png'])
    expect(output.failed).toBe(1)
    expect(await unreadPictures(folder)).toBe(1)
    const pixels = await openCheckPixels(folder)
    expect(pixels.channels).toBe(1)
    const labels = pixels.readable(rows, Int32Array.of(0, 1, -1, 1))
    expect([...labels]).toEqual([0, 1, -1, -1])
    await pixels.close()
  })
  it('are there whole or not at all', async () => {
    const names = await writePictures(0)
    await expect(decode(names, AbortSignal.abort())).rejects.toThrow()
    const folder = join(root, 'pictures')
    expect(await hasCheckPixels(folder)).toBe(false)
    await decode(names)
    expect(await hasCheckPixels(folder)).toBe(true)
    await removeCheckPixels(folder)
    expect((await readdir(root)).filter((name) => name.startsWith('pictures'))).toEqual([])
  })
  it('say so when their file was cut short', async () => {
    const { folder, rows } = await decode(await writePictures(0))
    await truncate(join(folder, 'pixels.u1'), 5000)
    const pixels = await openCheckPixels(folder)
    await expect(pixels.read(rows)).rejects.toMatchObject({ code: 'file-damaged' })
    await pixels.close()
  })
})

describe('grey', () => {
  it('allows for the rounding of JPEG', () => {
    expect(isGrey(Uint8Array.of(10, 12, 14, 200, 200, 200))).toBe(true)
    expect(isGrey(Uint8Array.of(10, 12, 14, 200, 200, 205))).toBe(false)
  })
})
