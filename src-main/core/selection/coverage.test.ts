// Regions and nearest chosen items against plain sums, and what a person is told of them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestDevice } from '../compute/wasm.test-support.ts'
import { createRandom } from '../compute/random.ts'
import type { FeatureSource } from '../features/feature-matrix.ts'
import { Coverage, noRegion } from '../../api/dto/coverage.ts'
import { coverageOf, loadCoverage, missedAtRandom01 } from './coverage.ts'
import { findNearest, noNearest, type NearestChosen } from './coverage-nearest.ts'
import { findRegions, regionCount, type Regions } from './coverage-regions.ts'
import { loadRun } from './run-items.ts'
import { clouds, createFixture, draftFor, runJob, type Fixture } from './selection-fixture.ts'
import { join } from 'node:path'

const signal = new AbortController().signal

function sourceOf(values: Float32Array, columns: number): FeatureSource {
  const rows = values.length / columns
  return {
    rows,
    columns,
    readBlock: (start, count) =>
      Promise.resolve(values.slice(start * columns, (start + count) * columns)),
    readRows: (wanted) =>
      Promise.resolve(
        Float32Array.from(
          Array.from(wanted).flatMap((row) => [
            ...values.subarray(row * columns, (row + 1) * columns)
          ])
        )
      ),
    close: () => Promise.resolve()
  }
}

async function end<T>(steps: AsyncGenerator<number, T, void>): Promise<T> {
  for (;;) {
    const step = await steps.next()
    if (step.done === true) return step.value
  }
}

/** Clouds around the axes of a space, one per `groups`, with a little noise. */
function axisClouds(rows: number, columns: number, groups: number): Float32Array {
  const random = createRandom(4).fork('axis clouds')
  const values = new Float32Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) values[i * columns + j] = 0.05 * random.normal()
    values[i * columns + (i % groups)] += 1
  }
  return values
}

function cosine(values: Float32Array, columns: number, a: number, b: number): number {
  let dot = 0
  let one = 0
  let other = 0
  for (let j = 0; j < columns; j++) {
    dot += values[a * columns + j] * values[b * columns + j]
    one += values[a * columns + j] ** 2
    other += values[b * columns + j] ** 2
  }
  return dot / Math.sqrt(one * other)
}

describe('regions', () => {
  it('are as many as the square root of half the items, at least 1 and at most 200', () => {
    expect([0, 1, 2, 50, 800, 20_000, 80_000, 1e6].map(regionCount)).toEqual([
      1, 1, 1, 5, 20, 100, 200, 200
    ])
  })

  it('hold what is alike together, with the most typical left-out items first', async () => {
    const values = axisClouds(200, 8, 4)
    // Rows of axis 3 are chosen nowhere.
    const isChosen = Uint8Array.from({ length: 200 }, (_, i) => (i % 4 < 3 && i < 80 ? 1 : 0))
    const source = sourceOf(values, 8)
    const device = await openTestDevice()
    const found = await end(findRegions(source, isChosen, device, 1, signal))
    expect(found.count).toBe(10)
    const axisOf = new Map<number, number>()
    found.regionOf.forEach((region, row) => {
      expect(axisOf.get(region) ?? row % 4).toBe(row % 4)
      axisOf.set(region, row % 4)
    })
    found.typicalLeft.forEach((rows, region) => {
      for (const row of rows) {
        expect(found.regionOf[row]).toBe(region)
        expect(isChosen[row]).toBe(0)
      }
    })
    for (const rows of found.typicalChosen) for (const row of rows) expect(isChosen[row]).toBe(1)
    const again = await end(findRegions(source, isChosen, device, 1, signal))
    expect(again.regionOf).toEqual(found.regionOf)
  })

  it('leaves rows without content out, and ends well when there is nothing else', async () => {
    const values = axisClouds(40, 4, 2)
    values.fill(0, 0, 4)
    values.fill(NaN, 4, 8)
    const device = await openTestDevice()
    const found = await end(findRegions(sourceOf(values, 4), new Uint8Array(40), device, 1, signal))
    expect([...found.regionOf.subarray(0, 2)]).toEqual([-1, -1])
    expect(found.regionOf.subarray(2).every((region) => region >= 0)).toBe(true)
    const blank = sourceOf(new Float32Array(20), 4)
    const none = await end(findRegions(blank, new Uint8Array(5), device, 1, signal))
    expect(none).toMatchObject({ count: 0, typicalLeft: [] })
    expect([...none.regionOf]).toEqual([-1, -1, -1, -1, -1])
  })
})

describe('nearest chosen items', () => {
  const columns = 6
  const values = axisClouds(120, columns, 6)
  const isChosen = Uint8Array.from({ length: 120 }, (_, i) => (i % 7 === 0 ? 1 : 0))
  const chosen = [...isChosen.keys()].filter((i) => isChosen[i] === 1)

  async function find(most?: number): Promise<{ regions: Regions; found: NearestChosen }> {
    const source = sourceOf(values, columns)
    const device = await openTestDevice()
    const regions = await end(findRegions(source, isChosen, device, 1, signal))
    const found = await end(findNearest(source, isChosen, regions, device, signal, most))
    return { regions, found }
  }

  it('are the best by cosine, and never the item itself', async () => {
    const { found } = await find()
    expect(found.isExact).toBe(true)
    for (let i = 0; i < 120; i++) {
      const others = chosen.filter((other) => other !== i)
      const best = Math.max(...others.map((other) => cosine(values, columns, i, other)))
      expect(found.similarity01[i]).toBeCloseTo(Math.max(0, best), 5)
      expect(cosine(values, columns, i, found.nearest[i])).toBeCloseTo(best, 5)
    }
  })

  it('come from the own region where there are too many to compare, and that is said', async () => {
    const { regions, found } = await find(10)
    expect(found.isExact).toBe(false)
    let none = 0
    found.nearest.forEach((near, i) => {
      const peers = chosen.filter(
        (other) => other !== i && regions.regionOf[other] === regions.regionOf[i]
      )
      if (near === noNearest) {
        none++
        expect(peers).toEqual([])
      } else expect(peers).toContain(near)
    })
    expect(none).toBeLessThan(60)
  })
})

it('knows how often a random choice misses a region', () => {
  // 2 of 4 kept, a region of 2: 1 of the 6 choices misses it.
  expect(missedAtRandom01(4, 2, 2)).toBeCloseTo(1 / 6, 12)
  expect(missedAtRandom01(10, 1, 1)).toBeCloseTo(0.9, 12)
  expect(missedAtRandom01(10, 10, 1)).toBe(0)
  expect(missedAtRandom01(10, 0, 3)).toBe(1)
})

describe('coverage of a run', () => {
  let fixture: Fixture
  beforeEach(async () => {
    fixture = await createFixture()
  })
  afterEach(() => fixture.dispose())

  it('is kept with the result and adds up', async () => {
    const shape = { classes: 4, columns: 12, distance: 3 }
    await fixture.addDataset('pool', [
      ...clouds({ ...shape, items: 300, seed: 1, split: 'train' }),
      ...clouds({ ...shape, items: 60, seed: 2, split: 'test' })
    ])
    const draft = draftFor('pool', {
      method: { id: 'random' },
      budget: { kind: 'count', count: 9 }
    })
    expect((await runJob(fixture, draft, { id: 'r1' })).error).toBeUndefined()
    const folder = join(fixture.folder, 'runs', 'r1')
    const saved = await loadCoverage(folder)
    const run = await loadRun(folder)
    const dataset = fixture.store.datasets.get('pool')
    if (saved === undefined || dataset === undefined) throw new Error('nothing was kept')
    const shown = Coverage.parse(coverageOf(fixture.store, dataset, 'r1', run, saved))
    const sum = (of: (region: (typeof shown.regions)[number]) => number): number =>
      shown.regions.reduce((total, region) => total + of(region), 0)
    expect(sum(({ pool }) => pool)).toBe(run.choice.candidates.length)
    expect(sum(({ chosen }) => chosen)).toBe(9)
    expect(sum(({ expected }) => expected)).toBeCloseTo(9, 6)
    expect(shown.regions.length).toBe(regionCount(run.choice.candidates.length))
    // Twelve regions and nine items: some stay empty, and these come first.
    expect(shown.emptyRegions).toBeGreaterThanOrEqual(3)
    const isEmpty = shown.regions.map(({ chosen }) => chosen === 0)
    expect(isEmpty.lastIndexOf(true)).toBe(shown.emptyRegions - 1)
    expect(shown.emptyAtRandom).toBeGreaterThan(2)
    for (const { region, examples, chosen } of shown.regions) {
      expect(examples.length).toBeGreaterThan(0)
      if (chosen === 0) expect(examples.some((example) => example.isChosen)).toBe(false)
      for (const { item } of examples) expect(shown.regionOf[item.row]).toBe(region)
    }
    expect(shown.chosen.length + shown.leftOut.length).toBe(run.choice.candidates.length)
    expect(shown.test.length).toBe(60)
    expect(shown.regionOf[shown.test[0]]).toBe(noRegion)
  })
})
