// Trainings on real items that are looked at on the way: what they name at each step. Panels
// "agreement" (early-stopped networks) and "learned" read them; panel "curvature" reads the weights of
// the first one.
import { labelledValues } from '../../networks/normalisation.ts'
import { concatArrays, cutArrays } from '../../networks/flat-arrays.ts'
import { predictLogits, shareRight } from '../../networks/predict.ts'
import { namesOf } from './agreement.ts'
import {
  floatsOf,
  integersOf,
  type AnalysisKit,
  type AnalysisSizes,
  type AnalysisUnit,
  type ReadUnit,
  type UnitResult
} from './analysis.ts'
import { realLessons, trainShort } from './short-training.ts'

/** Steps that are looked at: the first ones densely, then every few. */
export function looksOf({
  steps,
  lookEvery
}: Pick<AnalysisSizes, 'steps' | 'lookEvery'>): number[] {
  const looks = new Set([0, 1, 2, 5])
  for (let step = lookEvery; step <= steps; step += lookEvery) looks.add(step)
  looks.add(steps)
  return [...looks].filter((step) => step <= steps).sort((a, b) => a - b)
}

/** Steps whose weights are kept for the curvature. */
export function curvatureLooks({
  steps,
  curvatureEvery
}: Pick<AnalysisSizes, 'steps' | 'curvatureEvery'>): number[] {
  const looks: number[] = []
  for (let step = 0; step <= steps; step += curvatureEvery) looks.push(step)
  return looks
}

/** The trainings. @param keepsWeights of the first one, for the curvature */
export function pathUnits(
  sizes: AnalysisSizes,
  paths: number,
  keepsWeights: boolean
): AnalysisUnit[] {
  return Array.from({ length: paths }, (_, path) => ({
    key: `path/${path}`,
    cost: sizes.steps * sizes.batch + (looksOf(sizes).length * sizes.testItems) / 3,
    run: (kit: AnalysisKit) => runPath(kit, path, keepsWeights && path === 0)
  }))
}

async function runPath(
  kit: AnalysisKit,
  path: number,
  keepsWeights: boolean
): Promise<Omit<UnitResult, 'step'>> {
  const { tf, inputs, sizes, network, signal, test } = kit
  const { classes } = inputs
  const set = labelledValues(inputs.set.values, inputs.set.labels)
  const seen = new Set(looksOf(sizes))
  const weighed = new Set(keepsWeights ? curvatureLooks(sizes) : [])
  const names: Int32Array[] = []
  const onSet: number[] = []
  const weights: Float32Array[] = []
  await trainShort(kit, realLessons(inputs.train, classes), {
    network,
    steps: sizes.steps,
    random: kit.random(`path ${path}`),
    looks: [...new Set([...seen, ...weighed])],
    async look(step, { parameters, statistics }) {
      if (weighed.has(step)) weights.push(...parameters)
      if (!seen.has(step)) return
      const ask = (rows: typeof set): Promise<Float32Array> =>
        predictLogits(tf, network, parameters, rows, signal, statistics)
      names.push(namesOf(await ask(test), classes))
      onSet.push(shareRight(await ask(set), inputs.set.labels, classes))
    }
  })
  return {
    values: {},
    arrays: {
      names: joinedIntegers(names),
      onSet: Float32Array.from(onSet),
      ...(keepsWeights ? { weights: concatArrays(weights) } : {})
    }
  }
}

function joinedIntegers(parts: readonly Int32Array[]): Int32Array {
  const out = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** A training at one step. */
export interface PathLook {
  readonly step: number
  /** What it names each test item of the analysis. */
  readonly names: Int32Array
  readonly test01: number
  /** Share of the set named rightly. */
  readonly set01: number
}

/** Looks of one training, in order. */
export function readPath(
  { sizes, test }: Pick<AnalysisKit, 'sizes' | 'test'>,
  read: ReadUnit,
  path: number
): PathLook[] {
  const unit = read(`path/${path}`)
  const all = integersOf(unit, 'names')
  const onSet = floatsOf(unit, 'onSet')
  return looksOf(sizes).map((step, i) => {
    const names = all.subarray(i * test.count, (i + 1) * test.count)
    const right = names.reduce((sum, name, at) => sum + (name === test.labels[at] ? 1 : 0), 0)
    return { step, names, test01: right / Math.max(1, test.count), set01: onSet[i] }
  })
}

/** Weights of the first training at a step of {@link curvatureLooks}, by its place there. */
export function readWeights(
  { network }: Pick<AnalysisKit, 'network'>,
  read: ReadUnit,
  place: number
): Float32Array[] {
  const sizes = network.parameters.map(({ shape }) => shape.reduce((a, b) => a * b, 1))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const all = floatsOf(read('path/0'), 'weights')
  return cutArrays(all.subarray(place * total, (place + 1) * total), sizes)
}
