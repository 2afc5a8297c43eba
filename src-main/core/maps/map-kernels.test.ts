// The parts a map is computed from, each against something worked out another way.
import { beforeAll, describe, expect, it } from 'vitest'
import type { TensorFlow } from '../compute/devices/device.ts'
import { openTestDevice } from '../compute/wasm.test-support.ts'
import { createRandom } from '../compute/random.ts'
import { fitSquare } from './fit-square.ts'
import { chooseLandmarks } from './landmarks.ts'
import { blankRows, foldedColumns, mapRows } from './map-rows.ts'
import { clouds, purity, sourceOf } from './maps.test-support.ts'
import { createSearchSet, nearest } from './nearest.ts'
import { drawOverview, type Overview } from './overview.ts'
import { placeItems, spacings } from './place.ts'
import { bondGraph } from './umap-graph.ts'
import { createLayout } from './umap-layout.ts'

const never = new AbortController().signal
let tf: TensorFlow
beforeAll(async () => {
  tf = (await openTestDevice()).tf
})

async function overviewOf(
  values: Float32Array,
  columns: number,
  likeness: 'direction' | 'distance',
  landmarks?: Uint32Array
): Promise<Overview> {
  const rows = mapRows(sourceOf(values, columns), likeness)
  const all = Uint32Array.from({ length: rows.rows }, (_, row) => row)
  const drawing = drawOverview(tf, rows, landmarks ?? all, 1, never)
  for (;;) {
    const step = await drawing.next()
    if (step.done === true) return step.value
  }
}

describe('the first map', () => {
  it('lies on the two directions of largest spread, in their order', async () => {
    // Spread 5 along (3, 4, 0) / 5, spread 2 along the third column, 0.01 elsewhere.
    const random = createRandom(3)
    const along = Float32Array.from({ length: 500 }, () => 5 * random.normal())
    const third = Float32Array.from({ length: 500 }, () => 2 * random.normal())
    const values = new Float32Array(1500)
    for (let i = 0; i < 500; i++) {
      const aside = 0.01 * random.normal()
      values[3 * i] = 0.6 * along[i] - 0.8 * aside + 7
      values[3 * i + 1] = 0.8 * along[i] + 0.6 * aside
      values[3 * i + 2] = third[i] - 2
    }
    const { x, y } = await overviewOf(values, 3, 'distance')
    expect(correlation(x, along)).toBeGreaterThan(0.999)
    expect(Math.abs(correlation(y, third))).toBeGreaterThan(0.999)
  })

  it('places items that are no landmarks on the axes of the landmarks', async () => {
    const { values } = clouds(300, 12, 3)
    const landmarks = Uint32Array.from({ length: 150 }, (_, i) => 2 * i)
    const part = await overviewOf(values, 12, 'direction', landmarks)
    const whole = await overviewOf(values, 12, 'direction')
    expect(Math.abs(correlation(part.x, whole.x))).toBeGreaterThan(0.99)
  })

  it('marks rows without content, and draws a line of rows as a line', async () => {
    const values = Float32Array.from({ length: 40 }, (_, i) => (i < 4 ? 0 : i))
    const { y, blank } = await overviewOf(values, 1, 'distance')
    expect(Array.from(blank.subarray(0, 5))).toEqual([1, 1, 1, 1, 0])
    expect(y.every((value) => value === 0)).toBe(true)
  })

  it('is drawn of rows that all have no content', async () => {
    const { x, blank } = await overviewOf(new Float32Array(60), 3, 'direction')
    expect(Array.from(x)).toEqual(Array<number>(20).fill(0))
    expect(blank.every((value) => value === 1)).toBe(true)
  })
})

function correlation(a: Float32Array, b: Float32Array): number {
  const mean = (values: Float32Array): number => values.reduce((s, v) => s + v, 0) / values.length
  const [ma, mb] = [mean(a), mean(b)]
  let ab = 0
  let aa = 0
  let bb = 0
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - ma) * (b[i] - mb)
    aa += (a[i] - ma) ** 2
    bb += (b[i] - mb) ** 2
  }
  return ab / Math.sqrt(aa * bb)
}

describe('rows of a map', () => {
  it('keep the products of very wide rows when folded, on average', async () => {
    const width = 6000
    const random = createRandom(4)
    const common = Float32Array.from({ length: width }, () => random.normal())
    const values = Float32Array.from(
      { length: 40 * width },
      (_, i) => common[i % width] + random.normal()
    )
    const rows = mapRows(sourceOf(values, width), 'direction')
    expect(rows.columns).toBe(foldedColumns)
    const folded = await rows.readBlock(0, 40)
    let sum = 0
    for (let i = 1; i < 40; i++)
      for (let j = 0; j < foldedColumns; j++) sum += folded[j] * folded[i * foldedColumns + j]
    // Half of each row is common to all, so the cosine of two rows is 0.5.
    expect(sum / 39).toBeCloseTo(0.5, 1)
  })

  it('have length one where direction counts, and zeros for numbers that are none', async () => {
    const values = Float32Array.from([3, 4, Number.NaN, 1, 0, 0, Infinity, 1])
    const unit = await mapRows(sourceOf(values, 2), 'direction').readBlock(0, 4)
    expect(Array.from(unit, (v) => Number(v.toFixed(3)))).toEqual([0.6, 0.8, 0, 0, 0, 0, 0, 0])
    const plain = await mapRows(sourceOf(values, 2), 'distance').readRows([0, 1])
    expect(Array.from(plain)).toEqual([3, 4, 0, 0])
    expect(Array.from(blankRows(unit, 2))).toEqual([0, 1, 1, 1])
  })
})

describe('the nearest rows', () => {
  it('are those of a plain search, without the row itself', () => {
    const { values } = clouds(120, 7, 3)
    const set = createSearchSet(tf, values, 7)
    const found = nearest(tf, set, values.subarray(30 * 7, 60 * 7), 5, 30)
    set.dispose()
    for (let i = 0; i < 30; i++) {
      const row = 30 + i
      const plain = Array.from({ length: 120 }, (_, j) => ({ j, far: distance(values, 7, row, j) }))
        .filter(({ j }) => j !== row)
        .sort((a, b) => a.far - b.far)
        .slice(0, 5)
      expect(Array.from(found.near.subarray(i * 5, i * 5 + 5))).toEqual(plain.map(({ j }) => j))
      plain.forEach(({ far }, p) => expect(found.distance[i * 5 + p]).toBeCloseTo(far, 3))
    }
  })

  it('are all others when there are fewer than asked for', () => {
    const set = createSearchSet(tf, Float32Array.from([0, 1, 5]), 1)
    const found = nearest(tf, set, Float32Array.from([0, 1, 5]), 15, 0)
    set.dispose()
    expect(Array.from(found.near)).toEqual([1, 2, 0, 2, 1, 0])
    expect(Array.from(found.distance)).toEqual([1, 5, 1, 4, 4, 5])
  })
})

function distance(values: Float32Array, width: number, a: number, b: number): number {
  let sum = 0
  for (let j = 0; j < width; j++) sum += (values[a * width + j] - values[b * width + j]) ** 2
  return Math.sqrt(sum)
}

describe('landmarks', () => {
  it('are all rows of a small set', () => {
    expect(Array.from(chooseLandmarks(new Int32Array(5), 10, 1))).toEqual([0, 1, 2, 3, 4])
  })

  it('are as many as asked for, ascending, the same for a seed, and hold rare labels', () => {
    const labels = Int32Array.from({ length: 5000 }, (_, row) => (row < 30 ? 1 : 0))
    const rows = chooseLandmarks(labels, 400, 1)
    expect(rows.length).toBe(400)
    expect(Array.from(rows)).toEqual([...new Set(rows)].sort((a, b) => a - b))
    expect(chooseLandmarks(labels, 400, 1)).toEqual(rows)
    expect(chooseLandmarks(labels, 400, 2)).not.toEqual(rows)
    expect(rows.filter((row) => labels[row] === 1).length).toBeGreaterThanOrEqual(25)
  })

  it('are never more than asked for, however many labels there are', () => {
    const labels = Int32Array.from({ length: 3000 }, (_, row) => row)
    expect(chooseLandmarks(labels, 100, 1).length).toBe(100)
  })
})

describe('the bonds', () => {
  it('hold each pair once, by the union of both sides, and none of lonely items', () => {
    // Items on a line at 0, 1, 2.5; each names its two others.
    const near = Uint32Array.from([1, 2, 0, 2, 1, 0])
    const far = Float32Array.from([1, 2.5, 1, 1.5, 1.5, 2.5])
    const graph = bondGraph(3, 2, near, far, new Uint8Array(3))
    const pairs = Array.from(graph.from, (from, e) => [from, graph.to[e]].sort().join('-'))
    expect(pairs.sort()).toEqual(['0-1', '0-2', '1-2'])
    // The nearest one of either side has strength 1, and 1 united with anything is 1.
    const of = (pair: string): number =>
      graph.strength[Array.from(graph.from).findIndex((f, e) => `${f}-${graph.to[e]}` === pair)]
    expect(of('0-1')).toBe(1)
    expect(of('1-2')).toBe(1)
    expect(of('0-2')).toBeGreaterThan(0)
    expect(of('0-2')).toBeLessThan(1)
    const lonely = bondGraph(3, 2, near, far, Uint8Array.of(0, 0, 1))
    expect(Array.from(lonely.from, (f, e) => [f, lonely.to[e]])).toEqual([[0, 1]])
  })
})

describe('the layout', () => {
  it('brings clouds apart that a line of a start has mixed, the same for a seed', () => {
    const { values, labels } = clouds(240, 12, 4)
    const set = createSearchSet(tf, values, 12)
    const { near, distance: far } = nearest(tf, set, values, 10, 0)
    set.dispose()
    const graph = bondGraph(240, 10, near, far, new Uint8Array(240))
    const start = Float32Array.from({ length: 240 }, (_, i) => Math.sin(i * 12.9898) * 10)
    const run = (seed: number): { x: Float32Array; y: Float32Array } => {
      const layout = createLayout(graph, start, start.slice().reverse(), 150, seed)
      while (layout.done < 150) layout.pass()
      layout.pass()
      expect(layout.done).toBe(150)
      return layout
    }
    const first = run(5)
    expect(purity(start, start.slice().reverse(), labels)).toBeLessThan(0.5)
    expect(purity(first.x, first.y, labels)).toBeGreaterThan(0.97)
    expect(run(5).x).toEqual(first.x)
    expect(run(6).x).not.toEqual(first.x)
  })

  it('stays finite for items that are all the same', () => {
    const near = Uint32Array.from([1, 2, 0, 2, 0, 1])
    const graph = bondGraph(3, 2, near, new Float32Array(6), new Uint8Array(3))
    const layout = createLayout(graph, new Float32Array(3), new Float32Array(3), 100, 1)
    while (layout.done < 100) layout.pass()
    expect([...layout.x, ...layout.y].every(Number.isFinite)).toBe(true)
  })
})

describe('placing', () => {
  const landmarks = Uint32Array.of(0, 2, 4, 6)
  const layout = {
    x: Float32Array.of(0, 1, 0, 50),
    y: Float32Array.of(0, 0, 1, 50)
  }
  const near = Uint32Array.of(1, 2, 0, 2, 0, 1, 0, 1)
  const spacing = spacings(near, 2, layout.x, layout.y)
  const links = {
    k: 2,
    near: Uint32Array.from([0, 1, 0, 3, 1, 0, 1, 2, 2, 0, 3, 0, 3, 0, 2, 0]),
    distance: Float32Array.from([0, 1, 1, 1.01, 0, 1, 1, 1, 0, 1, 0.1, 5, 0, 2, 2, 2])
  }
  const { x, y } = placeItems(8, links, landmarks, layout, spacing)

  it('leaves landmarks where they are', () => {
    expect(Array.from(landmarks, (row) => [x[row], y[row]])).toEqual(
      Array.from(layout.x, (value, i) => [value, layout.y[i]])
    )
  })

  it('puts items between landmarks that lie together, near one of several that do not', () => {
    // Item 1 is as near to landmark 3, far away: it stays with landmark 0.
    expect(Math.hypot(x[1] - layout.x[0], y[1] - layout.y[0])).toBeLessThanOrEqual(spacing[0])
    // Item 3 lies half way between landmarks 1 and 2, but for its small shift.
    expect(Math.hypot(x[3] - 0.5, y[3] - 0.5)).toBeLessThanOrEqual(0.5 * spacing[1] + 1e-6)
    expect(placeItems(8, links, landmarks, layout, spacing).x).toEqual(x)
  })

  it('does not take a lonely landmark for a wide place', () => {
    const usual = spacings(
      Uint32Array.of(1, 0, 1, 0, 0),
      1,
      Float32Array.of(0, 1, 2, 3, 90),
      new Float32Array(5)
    )
    expect(usual[4]).toBe(2 * [...usual].sort((a, b) => a - b)[2])
  })
})

describe('the square', () => {
  it('holds all points, one scale for both directions, far ones at the edge, blank ones apart', () => {
    const x = Float32Array.from({ length: 3000 }, (_, i) => (i % 100) - 50)
    const y = Float32Array.from({ length: 3000 }, (_, i) => ((i % 50) - 25) / 2)
    x[7] = 1e6
    const blank = new Uint8Array(3000)
    blank[9] = 1
    fitSquare(x, y, blank)
    expect([...x, ...y].every((value) => value >= -1 && value <= 1)).toBe(true)
    expect(x[7]).toBe(1)
    expect(x[50] - x[0]).toBeGreaterThan(0.8)
    expect((x[10] - x[0]) / (y[10] - y[0])).toBeCloseTo(2, 3)
    expect(Math.max(x[9], y[9])).toBeLessThan(-0.9)
  })

  it('puts a single point, and points at one place, in the middle', () => {
    const x = Float32Array.of(5, 5)
    const y = Float32Array.of(-2, -2)
    fitSquare(x, y, new Uint8Array(2))
    expect([...x, ...y].map(Math.abs)).toEqual([0, 0, 0, 0])
  })
})
