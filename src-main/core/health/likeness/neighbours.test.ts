// Neighbours by blocked products against a plain search; and by clusters, where a search among few
// must still find nearly all of them.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createNearestRows, noRow } from '../../compute/kernels/nearest-rows.ts'
import { createRandom } from '../../compute/random.ts'
import { readNpy, writeNpy } from '../../features/npy.ts'
import { openRecords } from '../record-file.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { inlinePool } from '../../selection/selection-fixture.ts'
import { arrangeTask } from './arrange-task.ts'
import { findNeighbours, neighboursEach, type NeighbourWork } from './find-neighbours.ts'
import { neighboursTask } from './neighbours-task.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-neighbours-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const columns = 8
/** Unit rows around `centres` centres. */
function rowsAround(count: number, centres: number): Float32Array {
  const random = createRandom(2)
  const middle = Array.from({ length: centres * columns }, () => random.normal())
  return Float32Array.from(
    { length: count * columns },
    (_, at) =>
      middle[(Math.floor(at / columns) % centres) * columns + (at % columns)] +
      0.3 * random.normal()
  )
}

function cosine(values: Float32Array, a: number, b: number): number {
  let [dot, left, right] = [0, 0, 0]
  for (let j = 0; j < columns; j++) {
    const [x, y] = [values[a * columns + j], values[b * columns + j]]
    dot += x * y
    left += x * x
    right += y * y
  }
  return dot / Math.sqrt(left * right)
}

async function search(
  values: Float32Array,
  change: Partial<NeighbourWork>
): Promise<Map<number, number[]>> {
  const features = join(folder, 'features.npy')
  const count = values.length / columns
  await writeNpy(features, values, count, columns)
  const rows = Uint32Array.from({ length: count }, (_, i) => i)
  const pool = inlinePool([arrangeTask, neighboursTask] as unknown as readonly ComputeTask<
    never,
    unknown,
    unknown
  >[])
  const context = {
    signal: new AbortController().signal,
    pool,
    deviceRequest: 'wasm',
    progress: () => undefined,
    total: () => undefined,
    breathe: () => Promise.resolve()
  }
  const files = await findNeighbours(context, folder, { features, rows, lift: 0, ...change })
  const { values: order } = await readNpy(files.order)
  const lists = await openRecords(files.rows, 4 * neighboursEach)
  const bytes = new Uint32Array((await lists.range(0, files.places)).buffer)
  await lists.close()
  return new Map(
    Array.from(order, (row, place) => [
      row,
      [...bytes.subarray(place * neighboursEach, (place + 1) * neighboursEach)]
    ])
  )
}

function plain(values: Float32Array, row: number): number[] {
  const count = values.length / columns
  return Array.from({ length: count }, (_, i) => i)
    .filter((i) => i !== row)
    .sort((a, b) => cosine(values, row, b) - cosine(values, row, a))
    .slice(0, neighboursEach)
}

it('few rows: the same neighbours as a plain search', async () => {
  const values = rowsAround(120, 5)
  const found = await search(values, {})
  for (const [row, list] of found) expect(list).toEqual(plain(values, row))
})

it('clusters: nearly all neighbours, and none is the row itself', async () => {
  const values = rowsAround(1500, 12)
  const found = await search(values, { comparedAll: 100 })
  let right = 0
  for (let row = 0; row < 1500; row += 10) {
    const list = found.get(row) ?? []
    expect(list).not.toContain(row)
    const wanted = new Set(plain(values, row))
    right += list.filter((other) => wanted.has(other)).length
  }
  expect(right / (150 * neighboursEach)).toBeGreaterThan(0.9)
})

it('a lift sets rows apart that differ in size only', async () => {
  const values = new Float32Array(20 * columns)
  for (let i = 0; i < 20; i++) values[i * columns] = i < 10 ? 1 + i / 100 : 50 + i / 100
  const found = await search(values, { lift: 3 })
  expect(
    found
      .get(0)
      ?.slice(0, 9)
      .every((row) => row < 10)
  ).toBe(true)
  expect(
    found
      .get(15)
      ?.slice(0, 9)
      .every((row) => row >= 10)
  ).toBe(true)
})

it('ties go to the lower row, whatever order they come in', () => {
  const nearest = createNearestRows(1, 2)
  nearest.offer(Float32Array.of(0.5, 0.5), 2, 8, -1)
  nearest.offer(Float32Array.of(0.5, 0.5), 2, 2, -1)
  expect([...nearest.rows]).toEqual([2, 3])
  const empty = createNearestRows(1, 2)
  empty.offer(Float32Array.of(0.1), 1, 0, 0)
  expect([...empty.rows]).toEqual([noRow, noRow])
})
