// How a chosen set covers its data: worked out once by a compute task, kept in the run's folder, and
// laid out as the screens show it. Runs of older versions get theirs when it is first asked for.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { noRegion, type Coverage, type CoverageRegion } from '../../api/dto/coverage.ts'
import { itemRows } from '../datasets/item-row.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { readArrayOf, writeArray } from './array-files.ts'
import { noNearest } from './coverage-nearest.ts'
import { typicalItems } from './coverage-regions.ts'
import type { CoverageTaskOutput } from './coverage-task.ts'
import { count } from './message-parts.ts'
import type { LoadedRun } from './run-items.ts'
import { ruleByte } from './rule-reasons.ts'

const CoverageFile = z.strictObject({
  format: z.literal(1),
  count: z.int().min(0).max(noRegion),
  /** Rows of the dataset per region. */
  typicalLeft: z.array(z.array(z.int())),
  typicalChosen: z.array(z.array(z.int())),
  isSampled: z.boolean(),
  isExact: z.boolean()
})

/** Coverage as kept in a run's folder; all arrays are indexed by row of the dataset. */
export interface SavedCoverage extends z.infer<typeof CoverageFile> {
  /** Region per row, -1 = none. */
  readonly regionOf: Int32Array
  /** Nearest other chosen row; `noNearest` where none is known. */
  readonly nearest: Uint32Array
  readonly similarity01: Float32Array
}

/** What the task found, by row of a dataset with `items` items. */
export function layOutCoverage(
  items: number,
  candidates: Uint32Array,
  found: CoverageTaskOutput
): SavedCoverage {
  const regionOf = new Int32Array(items).fill(-1)
  const nearest = new Uint32Array(items).fill(noNearest)
  const similarity01 = new Float32Array(items)
  candidates.forEach((row, i) => {
    regionOf[row] = found.regionOf[i]
    if (found.nearest[i] === noNearest) return
    nearest[row] = candidates[found.nearest[i]]
    similarity01[row] = found.similarity01[i]
  })
  const rowsOf = (lists: readonly Uint32Array[]): number[][] =>
    lists.map((list) => Array.from(list, (i) => candidates[i]))
  return {
    format: 1,
    count: found.count,
    typicalLeft: rowsOf(found.typicalLeft),
    typicalChosen: rowsOf(found.typicalChosen),
    isSampled: found.isSampled,
    isExact: found.isExact,
    regionOf,
    nearest,
    similarity01
  }
}

/** Writes a coverage, the small file last: it says that the others are whole. */
export async function saveCoverage(folder: string, coverage: SavedCoverage): Promise<void> {
  const { regionOf, nearest, similarity01, ...file } = coverage
  await writeArray(join(folder, 'regions.npy'), regionOf)
  await writeArray(join(folder, 'nearest.npy'), nearest)
  await writeArray(join(folder, 'nearest-alike.npy'), similarity01)
  await writeFileAtomic(join(folder, 'coverage.json'), JSON.stringify(file))
}

/** Coverage of a run; undefined when it was not worked out, or its files are not whole. */
export async function loadCoverage(folder: string): Promise<SavedCoverage | undefined> {
  try {
    const text = await readFile(join(folder, 'coverage.json'), 'utf8')
    return {
      ...CoverageFile.parse(JSON.parse(text)),
      regionOf: await readArrayOf(join(folder, 'regions.npy'), 'i4'),
      nearest: await readArrayOf(join(folder, 'nearest.npy'), 'u4'),
      similarity01: await readArrayOf(join(folder, 'nearest-alike.npy'), 'f4')
    }
  } catch {
    // It can always be made again from the run's own files.
    return undefined
  }
}

/**
 * Share of random choices of `kept` from `candidates` items that miss all `size` items of a region
 * (hypergeometric): product over i of (candidates - kept - i) / (candidates - i).
 */
export function missedAtRandom01(candidates: number, kept: number, size: number): number {
  let share = 1
  for (let i = 0; i < size && share > 0; i++)
    share *= Math.max(0, candidates - kept - i) / (candidates - i)
  return share
}

interface RegionCounts {
  readonly pool: Uint32Array
  readonly chosen: Uint32Array
  /** Counts of labels per region. */
  readonly labels: readonly Map<number, number>[]
}

function countRegions(run: LoadedRun, saved: SavedCoverage): RegionCounts {
  const pool = new Uint32Array(saved.count)
  const chosen = new Uint32Array(saved.count)
  const labels = Array.from({ length: saved.count }, () => new Map<number, number>())
  for (const row of run.choice.candidates) {
    const region = saved.regionOf[row]
    if (region < 0) continue
    pool[region]++
    chosen[region] += run.isChosen[row]
    const label = run.choice.labels[row]
    if (label >= 0) labels[region].set(label, (labels[region].get(label) ?? 0) + 1)
  }
  return { pool, chosen, labels }
}

function commonest(
  labels: ReadonlyMap<number, number>,
  pool: number,
  names: readonly string[]
): CoverageRegion['label'] {
  const [best] = [...labels].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  return best === undefined ? null : { name: names[best[0]] ?? '', share01: best[1] / pool }
}

function sentenceOf(run: LoadedRun, saved: SavedCoverage): string {
  const made = saved.isSampled ? ', found on a seeded sample of them' : ''
  return `${count(run.choice.candidates.length)} items that could be chosen, in ${count(saved.count)} regions of alike items${made}.`
}

/** Where the chosen items of a run lie, region by region. */
export function coverageOf(
  store: Pick<Store, 'items'>,
  dataset: DatasetRecord,
  id: string,
  run: LoadedRun,
  saved: SavedCoverage
): Coverage {
  const { candidates, codes } = run.choice
  const { pool, chosen, labels } = countRegions(run, saved)
  const examples = examplesOf(store, dataset, run, saved)
  const regions = Array.from(pool, (size, region): CoverageRegion => ({
    region,
    pool: size,
    chosen: chosen[region],
    expected: (run.chosen.length * size) / Math.max(1, candidates.length),
    examples: examples[region],
    label: commonest(labels[region], size, dataset.classNames)
  })).filter((region) => region.pool > 0)
  // The emptiest first; among equally empty ones, where most was to be expected.
  const filled = ({ chosen: kept, expected }: CoverageRegion): number =>
    kept / Math.max(expected, 1e-9)
  regions.sort((a, b) => filled(a) - filled(b) || b.pool - a.pool || a.region - b.region)
  const test = ruleByte('test')
  return {
    run: id,
    dataset: dataset.id,
    regions,
    emptyRegions: regions.filter((region) => region.chosen === 0).length,
    emptyAtRandom: regions.reduce(
      (sum, region) => sum + missedAtRandom01(candidates.length, run.chosen.length, region.pool),
      0
    ),
    sentence: sentenceOf(run, saved),
    chosen: Uint32Array.from(run.chosen).sort(),
    leftOut: rowsWith(codes, (code, row) => code === 0 && run.isChosen[row] === 0),
    test: rowsWith(codes, (code) => code === test),
    regionOf: Uint16Array.from(saved.regionOf, (region) => (region < 0 ? noRegion : region))
  }
}

function rowsWith(
  codes: Uint8Array,
  isWanted: (code: number, row: number) => boolean
): Uint32Array<ArrayBuffer> {
  const rows: number[] = []
  codes.forEach((code, row) => {
    if (isWanted(code, row)) rows.push(row)
  })
  return Uint32Array.from(rows)
}

/** Up to four items of every region, those that could still be added first. */
function examplesOf(
  store: Pick<Store, 'items'>,
  dataset: DatasetRecord,
  run: LoadedRun,
  saved: SavedCoverage
): CoverageRegion['examples'][] {
  const wanted = Array.from({ length: saved.count }, (_, region) =>
    [...(saved.typicalLeft[region] ?? []), ...(saved.typicalChosen[region] ?? [])].slice(
      0,
      typicalItems
    )
  )
  const rows = [...new Set(wanted.flat())]
  const items = new Map(itemRows(store, dataset, rows).map((item) => [item.row, item]))
  return wanted.map((list) =>
    list.flatMap((row) => {
      const item = items.get(row)
      return item === undefined ? [] : [{ item, isChosen: run.isChosen[row] === 1 }]
    })
  )
}
