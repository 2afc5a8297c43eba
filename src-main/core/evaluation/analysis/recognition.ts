// Panel "recognition": do networks that learned from real items recognise the set (Yang et al. 2024,
// section 3)? With a map of features and the brightness of pixels.
import type { RecognitionResult } from '../../../api/dto/analysis.ts'
import { createNetwork, describeNetwork } from '../../networks/create-network.ts'
import { inputSize, type NetworkSpec } from '../../networks/network.ts'
import { labelledValues } from '../../networks/normalisation.ts'
import { featuresOf, predictLogits, shareRight } from '../../networks/predict.ts'
import { someRows } from '../distilled/judge.ts'
import { namesOf } from './agreement.ts'
import {
  floatsOf,
  integersOf,
  type AnalysisInputs,
  type AnalysisKit,
  type AnalysisSizes,
  type AnalysisUnit,
  type ReadUnit,
  type UnitResult
} from './analysis.ts'
import { brightnessOf, densities } from './brightness.ts'
import { placeOnMainAxes } from './principal-axes.ts'
import { realLessons, trainShort, type Trained } from './short-training.ts'
import { wholePercent } from './words.ts'

/** Real items on the map. */
const mostMapped = 400

function judgesOf({ network, otherNetworks }: AnalysisInputs): readonly NetworkSpec[] {
  return [network, ...otherNetworks]
}

/** One unit for each network that is to recognise the set. */
export function recognitionUnits(inputs: AnalysisInputs, sizes: AnalysisSizes): AnalysisUnit[] {
  return judgesOf(inputs).map((spec, at) => ({
    key: `recognition/${at}`,
    cost: sizes.judgeSteps * sizes.batch,
    run: (kit) => runJudge(kit, spec, at)
  }))
}

async function runJudge(
  kit: AnalysisKit,
  spec: NetworkSpec,
  at: number
): Promise<Omit<UnitResult, 'step'>> {
  const { tf, inputs, sizes, signal, test } = kit
  const network = createNetwork(spec, inputs.shape, inputs.classes)
  const trained = await trainShort(kit, realLessons(inputs.train, inputs.classes), {
    network,
    steps: sizes.judgeSteps,
    random: kit.random(`judge ${at}`)
  })
  const { parameters, statistics } = trained
  const set = labelledValues(inputs.set.values, inputs.set.labels)
  const named = (rows: typeof set): Promise<Float32Array> =>
    predictLogits(tf, network, parameters, rows, signal, statistics)
  const onTest = shareRight(await named(test), test.labels, inputs.classes)
  return {
    values: { test01: onTest },
    arrays: {
      names: namesOf(await named(set), inputs.classes),
      ...(at === 0 ? await mapArrays(kit, network, trained) : {})
    }
  }
}

async function mapArrays(
  kit: AnalysisKit,
  network: AnalysisKit['network'],
  { parameters, statistics }: Trained
): Promise<Record<string, Float32Array>> {
  const { tf, inputs, test, signal } = kit
  const real = someRows(
    test,
    Uint32Array.from({ length: realMapped(kit) }, (_, i) => i)
  )
  const set = labelledValues(inputs.set.values, inputs.set.labels)
  const parts = [
    await featuresOf(tf, network, parameters, real, signal, statistics),
    await featuresOf(tf, network, parameters, set, signal, statistics)
  ]
  const all = new Float32Array(parts[0].length + parts[1].length)
  all.set(parts[0])
  all.set(parts[1], parts[0].length)
  const { places, explained01 } = placeOnMainAxes(all, network.featureWidth)
  return { places: Float32Array.from(places), explained: Float32Array.from(explained01) }
}

function realMapped({ test }: Pick<AnalysisKit, 'test'>): number {
  return Math.min(mostMapped, test.count)
}

/** What the panel shows. @param rowOf row of the dataset of a test item */
export function recognitionResult(
  kit: AnalysisKit,
  read: ReadUnit,
  rowOf: (position: number) => number
): RecognitionResult {
  const { inputs } = kit
  const judges = judgesOf(inputs).map((spec, at) => {
    const unit = read(`recognition/${at}`)
    const names = integersOf(unit, 'names')
    return {
      network: describeNetwork(spec),
      test01: Number(unit.values['test01']),
      ...recognised(names, inputs.set.labels, inputs.classes)
    }
  })
  const isPicture = inputs.shape.height > 1 || inputs.shape.width > 1
  return {
    judges,
    map: mapOf(kit, read('recognition/0'), rowOf),
    brightness: isPicture ? brightness(kit) : null,
    reading: readingOf(judges)
  }
}

/** Shares of items named as they are labelled: of all, and of each label. */
export function recognised(
  names: Int32Array,
  labels: Int32Array,
  classes: number
): { readonly onSet01: number; readonly perLabel01: number[] } {
  const right = new Array<number>(classes).fill(0)
  const count = new Array<number>(classes).fill(0)
  labels.forEach((label, i) => {
    count[label]++
    if (names[i] === label) right[label]++
  })
  const all = right.reduce((sum, n) => sum + n, 0)
  return {
    onSet01: labels.length === 0 ? 0 : all / labels.length,
    perLabel01: right.map((n, c) => (count[c] === 0 ? 0 : n / count[c]))
  }
}

function mapOf(
  kit: AnalysisKit,
  unit: UnitResult,
  rowOf: (position: number) => number
): RecognitionResult['map'] {
  const { inputs, test, testPositions } = kit
  const places = floatsOf(unit, 'places')
  const real = realMapped(kit)
  return {
    points: Array.from({ length: places.length / 2 }, (_, i) => ({
      x: places[2 * i],
      y: places[2 * i + 1],
      label: i < real ? test.labels[i] : inputs.set.labels[i - real],
      isReal: i < real,
      at: i < real ? rowOf(testPositions[i]) : i - real
    })),
    explained01: Array.from(floatsOf(unit, 'explained'))
  }
}

function brightness(kit: AnalysisKit): NonNullable<RecognitionResult['brightness']> {
  const { inputs, test } = kit
  const { normalisation, shape, set } = inputs
  const most = Math.max(1, Math.floor(4_000_000 / inputSize(shape)))
  const rows = Uint32Array.from({ length: Math.min(test.count, most) }, (_, i) => i)
  const scaled = (values: Float32Array): Float32Array =>
    brightnessOf(values, normalisation, shape.channels)
  return densities(scaled(test.read(rows)), scaled(set.values))
}

function readingOf(judges: RecognitionResult['judges']): string {
  const least = judges.reduce((a, b) => (b.onSet01 < a.onSet01 ? b : a))
  const most = judges.reduce((a, b) => (b.onSet01 > a.onSet01 ? b : a))
  const found =
    judges.length === 1
      ? `A network that learned from real items names ${wholePercent(least.onSet01)} of this set rightly`
      : `Networks that learned from real items name ${wholePercent(least.onSet01)} to ${wholePercent(most.onSet01)} of this set rightly`
  // Compared with how well they know real items.
  if (least.onSet01 >= 0.85) return `${found}: its items look like their labels to any of them.`
  if (judges.every(({ onSet01, test01 }) => onSet01 < test01 - 0.1))
    return `${found}, fewer than of real test items: it teaches without looking like its labels.`
  return `${found}: some recognise it, others do not.`
}
