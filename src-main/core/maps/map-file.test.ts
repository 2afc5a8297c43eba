// A map's file: read back as written, whole or not at all, never trusted when it is not whole.
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readMap, readMapHeader, removeMap, saveMap, type MapHeader } from './map-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'map-file-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const header: MapHeader = {
  stage: 'umap-partial',
  revision: 'r1',
  sentence: 'Größe “so”.',
  words: [{ x: 0.5, y: -0.25, text: 'Käse, 猫', weight: 3, level: 1 }],
  points: 3
}
const x = Float32Array.of(0.1, -1, 1)
const y = Float32Array.of(0, 0.5, -0.5)

describe('a map file', () => {
  it('is read back bit by bit, and its header alone', async () => {
    await saveMap(folder, 'k', { header, x, y })
    expect(await readMap(folder, 'k')).toEqual({ header, x, y })
    expect(await readMapHeader(folder, 'k')).toEqual(header)
  })

  it('is replaced as a whole and leaves nothing beside it', async () => {
    await saveMap(folder, 'k', { header, x, y })
    const next = { ...header, stage: 'umap' as const, revision: 'r2', points: 0, words: [] }
    await saveMap(folder, 'k', { header: next, x: x.subarray(0, 0), y: y.subarray(0, 0) })
    expect((await readMapHeader(folder, 'k'))?.revision).toBe('r2')
    expect(await readdir(folder)).toEqual(['k.map'])
  })

  it('stays as it was when the next one cannot be written', async () => {
    await saveMap(folder, 'k', { header, x, y })
    await expect(saveMap(folder, 'k', { header, x, y: y.subarray(1) })).rejects.toThrow(RangeError)
    expect((await readMap(folder, 'k'))?.y).toEqual(y)
  })

  it('counts as none while missing, cut off, longer, or something else', async () => {
    expect(await readMap(folder, 'k')).toBeUndefined()
    await saveMap(folder, 'k', { header, x, y })
    const path = join(folder, 'k.map')
    const whole = await readFile(path)
    for (const length of [0, 3, 8, 20, whole.length - 1]) {
      await writeFile(path, whole)
      await truncate(path, length)
      expect(await readMapHeader(folder, 'k')).toBeUndefined()
      expect(await readMap(folder, 'k')).toBeUndefined()
    }
    await writeFile(path, Buffer.concat([whole, Buffer.alloc(4)]))
    expect(await readMap(folder, 'k')).toBeUndefined()
    const wrong = Buffer.from(whole)
    wrong.writeUInt32LE(0xffffffff, 4)
    await writeFile(path, wrong)
    expect(await readMap(folder, 'k')).toBeUndefined()
    await removeMap(folder, 'k')
    expect(await readdir(folder)).toEqual([])
  })
})
