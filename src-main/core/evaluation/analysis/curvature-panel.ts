// Panel "curvature": how sharply the loss on the set bends as a network learns from real items (Yang
// et al. 2024, section 4.3). Where it falls to nothing, nothing more can be learned from the set.
import type { CurvatureResult } from '../../../api/dto/analysis.ts'
import { oneHotShares } from '../../networks/normalisation.ts'
import { drawStratified } from '../draws.ts'
import {
  floatsOf,
  type AnalysisKit,
  type AnalysisSizes,
  type AnalysisUnit,
  type ReadUnit,
  type UnitResult
} from './analysis.ts'
import { createCurvature, smoothed, type LossItems } from './curvature.ts'
import { curvatureLooks, readWeights } from './paths.ts'
import { wholePercent } from './words.ts'

/** Looks in one unit. */
const looksPerUnit = 4
/** Weight of the past in the smoothed lines after one step, as in the paper. */
const keptPerStep = 0.9

/** Units: a few looks each. They read the weights of the first training on real items. */
export function curvatureUnits(
  sizes: AnalysisSizes,
  setCount: number,
  read: ReadUnit
): AnalysisUnit[] {
  const looks = curvatureLooks(sizes)
  const items = sizes.curvatureItems + Math.min(setCount, sizes.curvatureItems)
  return Array.from({ length: Math.ceil(looks.length / looksPerUnit) }, (_, unit) => ({
    key: `curvature/${unit}`,
    cost: 2 * looksPerUnit * sizes.probes * items,
    run: (kit: AnalysisKit) => runLooks(kit, unit, read)
  }))
}

async function runLooks(
  kit: AnalysisKit,
  unit: number,
  read: ReadUnit
): Promise<Omit<UnitResult, 'step'>> {
  const { tf, sizes, network, signal } = kit
  const total = curvatureLooks(sizes).length
  const real = await createCurvature(tf, network, realItems(kit))
  const set = await createCurvature(tf, network, setItems(kit))
  const traces: number[] = []
  try {
    for (let i = unit * looksPerUnit; i < Math.min(total, (unit + 1) * looksPerUnit); i++) {
      const weights = readWeights(kit, read, i)
      // The same signs for both: what differs is the items.
      for (const curvature of [real, set])
        traces.push(await curvature.trace(weights, sizes.probes, kit.random(`probes ${i}`), signal))
    }
  } finally {
    real.dispose()
    set.dispose()
  }
  return { values: {}, arrays: { traces: Float32Array.from(traces) } }
}

function realItems({ inputs, sizes }: AnalysisKit): LossItems {
  const { train, seed, classes } = inputs
  const all = Uint32Array.from({ length: train.count }, (_, i) => i)
  const rows = drawStratified(all, train.labels, sizes.curvatureItems, seed)
  const labels = Int32Array.from(rows, (row) => train.labels[row])
  return { count: rows.length, values: train.read(rows), shares: oneHotShares(labels, classes) }
}

/** The set, or a share of every label of it where it is larger than what real items are taken. */
function setItems({ inputs, sizes }: AnalysisKit): LossItems {
  const { set, seed, classes } = inputs
  const all = Uint32Array.from({ length: set.count }, (_, i) => i)
  const rows = drawStratified(all, set.labels, sizes.curvatureItems, seed)
  const size = set.values.length / set.count
  const pick = (matrix: Float32Array, columns: number): Float32Array => {
    const out = new Float32Array(rows.length * columns)
    rows.forEach((row, i) =>
      out.set(matrix.subarray(row * columns, (row + 1) * columns), i * columns)
    )
    return out
  }
  return { count: rows.length, values: pick(set.values, size), shares: pick(set.shares, classes) }
}

/** What the panel shows. */
export function curvatureResult(
  { sizes, inputs }: Pick<AnalysisKit, 'sizes' | 'inputs'>,
  read: ReadUnit
): CurvatureResult {
  const looks = curvatureLooks(sizes)
  const traces = Array.from({ length: Math.ceil(looks.length / looksPerUnit) }, (_, unit) =>
    Array.from(floatsOf(read(`curvature/${unit}`), 'traces'))
  ).flat()
  const keep = keptPerStep ** sizes.curvatureEvery
  const real = smoothed(
    looks.map((_, i) => traces[2 * i]),
    keep
  )
  const set = smoothed(
    looks.map((_, i) => traces[2 * i + 1]),
    keep
  )
  const points = looks.map((step, i) => ({ step, real: real[i], set: set[i] }))
  const peak = points.reduce((a, b) => (b.set > a.set ? b : a))
  const left01 = peak.set > 0 ? Math.max(0, points[points.length - 1].set / peak.set) : 0
  return {
    points,
    probes: sizes.probes,
    realItems: Math.min(sizes.curvatureItems, inputs.train.count),
    peak: { step: peak.step, value: peak.set, left01 },
    reading: readingOf(points, peak.step, left01)
  }
}

function readingOf(points: CurvatureResult['points'], peak: number, left01: number): string {
  const last = points[points.length - 1]
  if (peak === last.step)
    return `There is more and more to learn from this set up to step ${last.step.toLocaleString('en')}, where the analysis ends.`
  const found = `There is most to learn from this set after ${peak.toLocaleString('en')} steps of learning from real items`
  if (left01 < 0.3)
    return `${found}; at step ${last.step.toLocaleString('en')} only ${wholePercent(left01)} of that is left: such a network has nothing more to learn from it.`
  return `${found}; at step ${last.step.toLocaleString('en')}, ${wholePercent(left01)} of that is left.`
}
