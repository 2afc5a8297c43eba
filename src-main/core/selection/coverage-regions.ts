// Regions of alike candidates: spherical k-means over their fingerprints, each candidate in the region
// whose middle it is most like, and the most typical items of each. Streams; a seeded sample is fitted.
import type { Device } from '../compute/devices/device.ts'
import { createTopRows } from '../compute/blocks/top-rows.ts'
import { normaliseRows } from '../compute/kernels/row-normalise.ts'
import { nearestCentroids, sphericalKMeans } from '../compute/kernels/spherical-k-means.ts'
import { createRandom } from '../compute/random.ts'
import type { FeatureSource } from '../features/feature-matrix.ts'

/** Most regions a person is shown. */
export const mostRegions = 200

/** Items of each region that are offered as examples. */
export const typicalItems = 4

/** Numbers of the sample that the regions are fitted on: 5,000 rows of 512. */
const sampleNumbers = 2_560_000

/** Rows read and compared at once. */
const regionBlock = 2048

/** Regions for so many candidates: sqrt(N / 2), the usual rule of thumb, at least 1, at most 200. */
export function regionCount(candidates: number): number {
  return Math.max(1, Math.min(mostRegions, Math.floor(Math.sqrt(candidates / 2))))
}

export interface Regions {
  readonly count: number
  /** Region per candidate; -1 for rows without content. */
  readonly regionOf: Int32Array
  /** Per region, candidates that are not chosen, most typical first. */
  readonly typicalLeft: readonly Uint32Array[]
  /** The same for the chosen. */
  readonly typicalChosen: readonly Uint32Array[]
  readonly isSampled: boolean
}

/** Rows start .. start+count-1 at length one; 1 in `blank` for rows without content. */
export async function unitBlock(
  source: FeatureSource,
  start: number,
  count: number
): Promise<{ readonly values: Float32Array; readonly blank: Uint8Array }> {
  const values = Float32Array.from(await source.readBlock(start, count))
  return { values, blank: cleanRows(values, source.columns) }
}

/** Brings rows to length one in place; rows that are zero or no numbers become zero and are marked. */
export function cleanRows(values: Float32Array, columns: number): Uint8Array {
  const blank = new Uint8Array(columns === 0 ? 0 : values.length / columns)
  for (let i = 0; i < blank.length; i++) {
    const row = values.subarray(i * columns, (i + 1) * columns)
    let squares = 0
    for (const value of row) squares += value * value
    if (squares > 1e-24 && Number.isFinite(squares)) continue
    row.fill(0)
    blank[i] = 1
  }
  normaliseRows(values, columns)
  return blank
}

async function fitMiddles(
  source: FeatureSource,
  device: Device,
  seed: number,
  signal: AbortSignal
): Promise<{ middles: Float32Array; isSampled: boolean }> {
  const { rows, columns } = source
  const wanted = regionCount(rows)
  const limit = Math.max(10 * wanted, Math.floor(sampleNumbers / Math.max(1, columns)))
  const random = createRandom(seed).fork('coverage')
  const picked =
    rows <= limit
      ? Uint32Array.from({ length: rows }, (_, i) => i)
      : random.sample(rows, limit).sort()
  const values = Float32Array.from(await source.readRows(picked))
  const blank = cleanRows(values, columns)
  let kept = 0
  for (let i = 0; i < blank.length; i++) {
    if (blank[i] === 1) continue
    values.copyWithin(kept * columns, i * columns, (i + 1) * columns)
    kept++
  }
  if (kept === 0) return { middles: new Float32Array(0), isSampled: false }
  const usable = values.subarray(0, kept * columns)
  const count = Math.min(wanted, kept)
  const middles = await sphericalKMeans(device.tf, usable, columns, count, random, signal, 10)
  return { middles, isSampled: picked.length < rows }
}

/**
 * Regions of `source` (candidates x columns); `isChosen` has one entry per candidate. Yields
 * candidates done.
 */
export async function* findRegions(
  source: FeatureSource,
  isChosen: Uint8Array,
  device: Device,
  seed: number,
  signal: AbortSignal
): AsyncGenerator<number, Regions, void> {
  const { rows, columns } = source
  const { middles, isSampled } = await fitMiddles(source, device, seed, signal)
  const count = columns === 0 ? 0 : middles.length / columns
  const regionOf = new Int32Array(rows).fill(-1)
  if (count === 0) return { count, regionOf, typicalLeft: [], typicalChosen: [], isSampled: false }
  const keepers = [createTopRows(count, typicalItems), createTopRows(count, typicalItems)]
  for (let first = 0; first < rows; first += regionBlock) {
    signal.throwIfAborted()
    const size = Math.min(regionBlock, rows - first)
    const { values, blank } = await unitBlock(source, first, size)
    const { cluster, cosine } = await nearestCentroids(device.tf, values, middles, columns, signal)
    const scores = keepers.map(() => new Float32Array(count * size).fill(NaN))
    for (let i = 0; i < size; i++) {
      if (blank[i] === 1) continue
      regionOf[first + i] = cluster[i]
      scores[isChosen[first + i]][cluster[i] * size + i] = cosine[i]
    }
    keepers.forEach((keeper, which) => keeper.offer({ first, count: size, scores: scores[which] }))
    yield first + size
  }
  const [typicalLeft, typicalChosen] = keepers.map((keeper) =>
    keeper.best().map(({ rows: best }) => best)
  )
  return { count, regionOf, typicalLeft, typicalChosen, isSampled }
}
