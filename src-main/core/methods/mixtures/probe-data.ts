// What helper models learn from and are measured on: per source a pool of labelled items and items
// held out from it, or the example tasks in place of the held-out items.
import { hashString } from '../../compute/random.ts'
import { isReadable } from '../../compute/kernels/readable-row.ts'
import { tieOrder } from '../../compute/kernels/ranking.ts'
import { fitScaling, type FeatureScaling } from '../../compute/kernels/scaling.ts'
import { taskWeights } from '../head-gradients/choose.ts'
import type { MethodContext, SelectionInputs } from '../method.ts'
import type { SourceGroups } from './source-groups.ts'

/** Items of a source that helper models learn from, at most. */
export const poolPerSource = 1000
/** Items of a source that losses are measured on, at most; a quarter of what it has otherwise. */
export const heldOutPerSource = 200
/** Labelled, readable items a source needs to be compared with others. */
export const leastPerSource = 20
/** Numbers of all rows that are read, at most: 100 MB. */
export const mostNumbers = 25.6e6
/** Sources that helper models can compare. */
export const mostSources = 64

/** What a loss is measured on. */
export interface Measure {
  readonly name: string
  readonly kind: 'source' | 'task'
  /** Weight in the loss that counts; all weights add up to 1. */
  readonly weight: number
  /** Rows of {@link ProbeData.held}: from .. to-1. */
  readonly from: number
  readonly to: number
}

export interface ProbeData {
  readonly columns: number
  readonly classes: number
  /** Sources that take part, as indices into the groups. */
  readonly sources: readonly number[]
  /** Rows helper models learn from, scaled: n x columns. */
  readonly features: Float32Array
  readonly labels: Int32Array
  /** Per taking-part source: its rows of `features`. */
  readonly pools: readonly Uint32Array[]
  /** Mean squared length of the scaled rows with their trailing 1. */
  readonly meanSquaredNorm: number
  /** Rows losses are measured on, scaled with a trailing 1: m x (columns + 1). */
  readonly held: Float32Array
  readonly heldLabels: Int32Array
  readonly measures: readonly Measure[]
}

/** Why sources cannot be compared: a sentence for the notes. */
export interface NoProbes {
  readonly reason: string
}

interface Part {
  readonly source: number
  readonly train: readonly number[]
  readonly held: readonly number[]
}

/** Labelled rows of every source in the order of a lot, not more than `most` of each. */
function labelledBySource(
  { labels, rowIds }: SelectionInputs,
  groups: SourceGroups,
  seed: number,
  most: number
): number[][] {
  const out: number[][] = groups.names.map(() => [])
  for (const row of tieOrder(hashString('held out by source', seed), rowIds)) {
    const own = out[groups.of[row]]
    if (labels[row] >= 0 && own.length < most) own.push(row)
  }
  return out
}

/**
 * Reads what helper models need. Sources with fewer than {@link leastPerSource} labelled, readable items
 * do not take part; with fewer than two taking part there is nothing to compare.
 */
export async function readProbeData(
  context: Pick<MethodContext, 'seed' | 'signal'>,
  inputs: SelectionInputs,
  groups: SourceGroups
): Promise<ProbeData | NoProbes> {
  const { columns } = inputs.features
  const classes = inputs.classNames.length
  if (groups.names.length < 2) return { reason: 'There is only one source.' }
  const fitting = Math.floor(mostNumbers / (columns + 1) / groups.names.length)
  const most = Math.max(leastPerSource, Math.min(poolPerSource + heldOutPerSource, fitting))
  const wanted = labelledBySource(inputs, groups, context.seed, most)
  const rows = Uint32Array.from(wanted.flat()).sort()
  context.signal.throwIfAborted()
  const raw = await inputs.features.readRows(rows)
  const placeOf = new Map(Array.from(rows, (row, at) => [row, at]))
  const examples = readExamples(inputs)
  const fine = wanted.map((own) =>
    own.map((row) => placeOf.get(row) ?? 0).filter((at) => isReadable(raw, at * columns, columns))
  )
  const parts = partsOf(fine, examples === undefined)
  if (parts.length < 2)
    return {
      reason: `Fewer than two sources have ${leastPerSource} labelled items, so they could not be compared.`
    }
  const train = Uint32Array.from(parts.flatMap((part) => [...part.train]))
  const scaling = fitScaling(raw, columns, train, 'centre')
  const scaled = scaledRows(raw, columns, train, scaling, columns)
  const labels = Int32Array.from(train, (at) => inputs.labels[rows[at]])
  const measured = examples ?? heldOut(parts, groups, raw, columns, (at) => inputs.labels[rows[at]])
  const all = Uint32Array.from({ length: measured.labels.length }, (_, i) => i)
  return {
    columns,
    classes,
    sources: parts.map(({ source }) => source),
    features: scaled,
    labels,
    pools: poolsOf(parts),
    meanSquaredNorm: scaling.meanSquaredNorm,
    held: scaledRows(measured.features, columns, all, scaling, columns + 1),
    heldLabels: measured.labels,
    measures: measured.measures
  }
}

/** Places of the rows of every source that has enough, some held out where they are needed. */
function partsOf(places: readonly (readonly number[])[], needsHeldOut: boolean): Part[] {
  return places.flatMap((own, source): Part[] => {
    if (own.length < leastPerSource) return []
    const held = needsHeldOut ? Math.min(heldOutPerSource, Math.floor(own.length / 4)) : 0
    return [{ source, held: own.slice(0, held), train: own.slice(held) }]
  })
}

function poolsOf(parts: readonly Part[]): Uint32Array[] {
  let from = 0
  return parts.map(({ train }) => {
    const first = from
    from += train.length
    return Uint32Array.from(train, (_, i) => first + i)
  })
}

/** Rows scaled, `width` numbers each; where that is one more than the columns, a trailing 1. */
function scaledRows(
  raw: Float32Array,
  columns: number,
  rows: Uint32Array,
  { center, inverseScale }: FeatureScaling,
  width: number
): Float32Array {
  const out = new Float32Array(rows.length * width).fill(1)
  rows.forEach((row, i) => {
    for (let j = 0; j < columns; j++)
      out[i * width + j] = (raw[row * columns + j] - center[j]) * inverseScale[j]
  })
  return out
}

/** Rows that losses are measured on. */
interface Measured {
  readonly features: Float32Array
  readonly labels: Int32Array
  readonly measures: readonly Measure[]
}

/** One measure per source, all of equal weight. */
function heldOut(
  parts: readonly Part[],
  groups: SourceGroups,
  raw: Float32Array,
  columns: number,
  labelAt: (at: number) => number
): Measured {
  const places = parts.flatMap(({ held }) => [...held])
  const features = new Float32Array(places.length * columns)
  places.forEach((at, i) =>
    features.set(raw.subarray(at * columns, (at + 1) * columns), i * columns)
  )
  let from = 0
  const measures = parts.map(({ source, held }): Measure => {
    const first = from
    from += held.length
    const weight = 1 / parts.length
    return { name: groups.names[source], kind: 'source', weight, from: first, to: from }
  })
  return { features, labels: Int32Array.from(places, labelAt), measures }
}

/** One measure per task with labelled, readable examples; undefined where there is none. */
function readExamples({ tasks, features, classNames }: SelectionInputs): Measured | undefined {
  const { columns } = features
  const values: Float32Array[] = []
  const labels: number[] = []
  const weights = taskWeights(tasks)
  const found: Measure[] = []
  tasks.forEach((task, index) => {
    const from = labels.length
    for (const part of task.parts)
      part.labels.forEach((label, row) => {
        if (label < 0 || label >= classNames.length) return
        if (!isReadable(part.features, row * columns, columns)) return
        values.push(part.features.subarray(row * columns, (row + 1) * columns))
        labels.push(label)
      })
    const weight = weights[index]
    if (labels.length > from)
      found.push({ name: task.name, kind: 'task', weight, from, to: labels.length })
  })
  if (found.length === 0) return undefined
  const all = new Float32Array(values.length * columns)
  values.forEach((row, i) => all.set(row, i * columns))
  const total = found.reduce((sum, { weight }) => sum + weight, 0)
  const measures = found.map((measure) => ({ ...measure, weight: measure.weight / total }))
  return { features: all, labels: Int32Array.from(labels), measures }
}
