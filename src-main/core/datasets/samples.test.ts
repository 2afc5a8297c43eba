// The samples: planted as stated, disjoint, the same every time, and importable.
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ExampleSet } from '../../api/dto/runs.ts'
import { sha256File } from '../files/hashes.ts'
import { plantPool } from './plant-pool.ts'
import { previewSource } from './preview.ts'
import {
  loadIdxPair,
  prepareSamples,
  sampleExampleSets,
  sampleTasks,
  type SampleDataset
} from './samples.ts'
import { holdOut } from './split.ts'
import { greyPictures, optionsOf, readAll } from './testing/fixtures.ts'

const resources = resolve(import.meta.dirname, '..', '..', '..', 'resources')
let folder = ''
let made: SampleDataset[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-samples-'))
  made = await prepareSamples(resources, join(folder, 'samples'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('prepared samples', () => {
  it('are recognised as what they are', async () => {
    const previews = await Promise.all(
      made.map(({ path, options }) => previewSource(path, options))
    )
    expect(
      previews.map((preview) => [preview.kind, preview.itemsEstimate, preview.classes.length])
    ).toEqual([
      ['images', 8000, 10],
      ['images', 250, 10],
      ['text', 2400, 8]
    ])
    expect(previews[0].splits).toEqual([
      { name: 'train', count: 6000 },
      { name: 'test', count: 2000 }
    ])
    expect(made.map(({ name, purpose }) => [name, purpose])).toEqual([
      ['Fashion pictures', 'pool'],
      ['Fashion examples', 'examples'],
      ['Definitions', 'pool']
    ])
  })

  it('keep pool, test and examples apart', async () => {
    const pool = (await readAll(made[0].path)).items
    const examples = (await readAll(made[1].path)).items
    const inPool = new Set(
      pool.filter((item) => item.split === 'train').map((item) => hex(item.fingerprint))
    )
    const outside = [...pool.filter((item) => item.split === 'test'), ...examples]
    expect(outside.length).toBe(2250)
    expect(outside.filter((item) => inPool.has(hex(item.fingerprint)))).toEqual([])
    expect(new Set(outside.map((item) => hex(item.fingerprint))).size).toBe(2250)
  })

  it('are the same every time', async () => {
    const again = join(folder, 'again')
    await prepareSamples(resources, again)
    const names = await readdir(again, { recursive: true, withFileTypes: true })
    for (const entry of names.filter((found) => found.isFile())) {
      const other = entry.parentPath.replace(again, join(folder, 'samples'))
      expect((await sha256File(join(entry.parentPath, entry.name))).hex).toBe(
        (await sha256File(join(other, entry.name))).hex
      )
    }
  })

  it('have tasks over the ten classes, overlapping', async () => {
    const names = (await readFile(join(made[0].path, 'class-names.txt'), 'utf8')).trim().split('\n')
    const used = sampleTasks.flatMap((task) => task.labels ?? [])
    expect(new Set(used)).toEqual(new Set(names))
    expect(used.length).toBeGreaterThan(names.length)
    for (const set of sampleExampleSets('d')) expect(ExampleSet.parse(set)).toEqual(set)
  })

  it('leave the bundled originals as they are, under 6 MB', async () => {
    const files = await readdir(join(resources, 'samples'), {
      recursive: true,
      withFileTypes: true
    })
    let bytes = 0
    for (const file of files.filter((found) => found.isFile()))
      bytes += (await readFile(join(file.parentPath, file.name))).length
    expect(bytes).toBeLessThan(6e6)
    expect(files.filter((file) => file.name === 'LICENSE.txt').length).toBe(3)
  })
})

describe('plantPool', () => {
  it('plants exactly the shares asked for, in different rows', async () => {
    const set = await loadIdxPair(
      join(made[0].path, 't10k-images-idx3-ubyte'),
      join(made[0].path, 't10k-labels-idx1-ubyte')
    )
    const input = {
      ...set,
      seed: 5,
      wrongLabels01: 0.2,
      nearDuplicates01: 0.15,
      otherSource01: 0.15
    }
    const before = hex(set.images.pixels.subarray(0, 784))
    const planted = plantPool(input)
    const { wrongLabels, nearDuplicates, otherSource } = planted.facts
    expect([wrongLabels.length, nearDuplicates.length, otherSource.length]).toEqual([400, 300, 300])
    const touched = [
      ...wrongLabels.map(({ row }) => row),
      ...nearDuplicates.map(({ row }) => row),
      ...otherSource
    ]
    expect(new Set(touched).size).toBe(1000)
    for (const { row, right, given } of wrongLabels) {
      expect(set.labels[row]).toBe(right)
      expect(planted.labels[row]).toBe(given)
      expect(given).not.toBe(right)
    }
    const picture = (row: number): Uint8Array =>
      planted.images.pixels.subarray(row * 784, (row + 1) * 784)
    for (const { row, of } of nearDuplicates) {
      expect(touched.includes(of)).toBe(false)
      expect(planted.labels[row]).toBe(set.labels[of])
      expect(hex(picture(row))).not.toBe(hex(picture(of)))
    }
    const clean = [...set.labels.keys()].filter((row) => !touched.includes(row))
    expect(clean.every((row) => planted.labels[row] === set.labels[row])).toBe(true)
    expect(hex(set.images.pixels.subarray(0, 784))).toBe(before)
    expect(plantPool(input)).toEqual(planted)
    expect(plantPool({ ...input, seed: 6 }).facts).not.toEqual(planted.facts)
  })

  it('refuses shares that leave nothing to repeat', () => {
    const images = greyPictures(10)
    const labels = new Uint8Array(10)
    expect(() =>
      plantPool({
        images,
        labels,
        seed: 1,
        wrongLabels01: 0.5,
        nearDuplicates01: 0.3,
        otherSource01: 0
      })
    ).toThrow(RangeError)
  })
})

describe('holdOut', () => {
  it('takes the same share of every class and never parts equal items', () => {
    const labels = Int32Array.from({ length: 1000 }, (_, i) => (i < 900 ? i % 3 : i < 999 ? -1 : 4))
    const firstSame = Uint32Array.from({ length: 1000 }, (_, i) =>
      i < 900 && i % 9 >= 6 ? i - (i % 9) + (i % 3) : i
    )
    const choice = { kind: 'holdout', testFraction01: 0.25, seed: 3 } as const
    const splits = holdOut({ labels, firstSame }, ['a', 'b', 'c', 'd', 'e'], choice)
    for (const label of [0, 1, 2]) {
      const first = [...firstSame.keys()].filter(
        (row) => firstSame[row] === row && labels[row] === label
      )
      expect(first.filter((row) => splits[row] === 2).length).toBe(first.length / 4)
    }
    expect([...splits.keys()].every((row) => splits[row] === splits[firstSame[row]])).toBe(true)
    // A class of one item stays in training.
    expect(splits[999]).toBe(1)
    expect(holdOut({ labels, firstSame }, ['a', 'b', 'c', 'd', 'e'], choice)).toEqual(splits)
    expect(
      holdOut({ labels, firstSame }, ['a', 'b', 'c', 'd', 'e'], { ...choice, seed: 4 })
    ).not.toEqual(splits)
  })
})

it('reads the bundled text sample whole', async () => {
  const { plan, items, problems } = await readAll(made[2].path, optionsOf())
  expect(problems).toEqual([])
  expect(plan).toMatchObject({ kind: 'text', labelColumn: 'label' })
  expect(items.filter((item) => item.split === 'test').length).toBe(480)
})
