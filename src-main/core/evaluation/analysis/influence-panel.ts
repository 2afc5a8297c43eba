// Panel "influence": what each item of the set does (Yang et al. 2024, section 5). Its influence on a
// test item is the rise of the loss there when a network learns from the set without it: exact
// retraining, from the same first weights and with all items in every step.
import type { InfluenceResult } from '../../../api/dto/analysis.ts'
import { mean } from '../../compute/statistics.ts'
import { inputSize } from '../../networks/network.ts'
import { predictLogits } from '../../networks/predict.ts'
import { drawStratified } from '../draws.ts'
import {
  floatsOf,
  type AnalysisInputs,
  type AnalysisKit,
  type AnalysisSizes,
  type AnalysisUnit,
  type ReadUnit,
  type UnitResult
} from './analysis.ts'
import { setLessons, trainShort, type Lessons } from './short-training.ts'
import { wholePercent } from './words.ts'

/** Test items shown for each item of the set. */
const shown = 9

/** Items of the set that are looked at: all, or a share of every label. */
export function lookedAt(
  { set, seed }: AnalysisInputs,
  { influenceItems }: AnalysisSizes
): Uint32Array {
  const all = Uint32Array.from({ length: set.count }, (_, i) => i)
  return drawStratified(all, set.labels, influenceItems, seed)
}

/** Units: one training with all items, and one without each. */
export function influenceUnits(inputs: AnalysisInputs, sizes: AnalysisSizes): AnalysisUnit[] {
  const cost = sizes.influenceSteps * Math.min(inputs.set.count, sizes.batch)
  return [
    { key: 'influence/all', cost, run: (kit) => lossesWithout(kit, undefined) },
    ...Array.from(lookedAt(inputs, sizes), (item) => ({
      key: `influence/${item}`,
      cost,
      run: (kit: AnalysisKit) => lossesWithout(kit, item)
    }))
  ]
}

async function lossesWithout(
  kit: AnalysisKit,
  item: number | undefined
): Promise<Omit<UnitResult, 'step'>> {
  const { tf, inputs, sizes, network, signal, test } = kit
  const all = setLessons(inputs.set, inputSize(inputs.shape), inputs.classes)
  const { parameters, statistics } = await trainShort(
    kit,
    item === undefined ? all : without(all, item),
    { network, steps: sizes.influenceSteps, random: kit.random('influence') }
  )
  const logits = await predictLogits(tf, network, parameters, test, signal, statistics)
  return { values: {}, arrays: { losses: lossesOf(logits, test.labels, inputs.classes) } }
}

/** The lessons without one item; those after it move up. */
export function without(lessons: Lessons, item: number): Lessons {
  const moved = (rows: Uint32Array): Uint32Array => rows.map((row) => (row < item ? row : row + 1))
  return {
    count: lessons.count - 1,
    values: (rows) => lessons.values(moved(rows)),
    shares: (rows) => lessons.shares(moved(rows))
  }
}

/** Cross-entropy of each row of logits, in nats. */
export function lossesOf(logits: Float32Array, labels: Int32Array, classes: number): Float32Array {
  return Float32Array.from(labels, (label, row) => {
    const own = logits.subarray(row * classes, (row + 1) * classes)
    const most = own.reduce((a, b) => Math.max(a, b), -Infinity)
    const sum = own.reduce((total, logit) => total + Math.exp(logit - most), 0)
    return Math.log(sum) + most - own[label]
  })
}

/** What the panel shows. @param rowOf row of the dataset of a test item */
export function influenceResult(
  { inputs, sizes, test, testPositions }: AnalysisKit,
  read: ReadUnit,
  rowOf: (position: number) => number
): InfluenceResult {
  const base = floatsOf(read('influence/all'), 'losses')
  const looked = Array.from(lookedAt(inputs, sizes))
  const influences = looked.map((item) =>
    floatsOf(read(`influence/${item}`), 'losses').map((loss, i) => loss - base[i])
  )
  const items = looked.map((index, i) => {
    const label = inputs.set.labels[index]
    const own = influences[i].filter((_, at) => test.labels[at] === label)
    const others = influences[i].filter((_, at) => test.labels[at] !== label)
    return {
      index,
      label,
      ownLabel: meanOrZero(own),
      others: meanOrZero(others),
      helps: mostHelped(influences[i]).map((at) => ({
        row: rowOf(testPositions[at]),
        label: test.labels[at],
        influence: influences[i][at]
      }))
    }
  })
  const byLabel = influenceByLabel(
    influences,
    looked.map((index) => inputs.set.labels[index]),
    test.labels,
    inputs.classes
  )
  const ownLabelBest01 = ownBest(byLabel, items)
  return {
    items,
    byLabel,
    ownLabelBest01,
    looked: looked.length,
    of: inputs.set.count,
    reading: readingOf(ownLabelBest01, items)
  }
}

function meanOrZero(values: ArrayLike<number>): number {
  return values.length === 0 ? 0 : mean(values)
}

/** Test items that are helped most, best first; only helped ones. */
function mostHelped(influence: Float32Array): number[] {
  return Array.from(influence, (_, at) => at)
    .filter((at) => influence[at] > 0)
    .sort((a, b) => influence[b] - influence[a] || a - b)
    .slice(0, shown)
}

/** Mean influence of items of each label (row) on test items of each label (column). */
export function influenceByLabel(
  influences: readonly Float32Array[],
  itemLabels: readonly number[],
  testLabels: Int32Array,
  classes: number
): number[][] {
  return Array.from({ length: classes }, (_, from) =>
    Array.from({ length: classes }, (_unused, to) => {
      let [sum, count] = [0, 0]
      influences.forEach((influence, i) => {
        if (itemLabels[i] !== from) return
        influence.forEach((value, at) => {
          if (testLabels[at] !== to) return
          sum += value
          count++
        })
      })
      return count === 0 ? 0 : sum / count
    })
  )
}

function ownBest(byLabel: readonly number[][], items: InfluenceResult['items']): number {
  const labels = [...new Set(items.map(({ label }) => label))]
  const best = labels.filter((label) => byLabel[label][label] === Math.max(...byLabel[label]))
  return labels.length === 0 ? 0 : best.length / labels.length
}

function readingOf(ownLabelBest01: number, items: InfluenceResult['items']): string {
  if (items.length === 0) return 'There are no items to look at.'
  const helping = items.filter(({ ownLabel }) => ownLabel > 0).length
  return `${wholePercent(helping / items.length)} of the items looked at help test items of their own label; for ${wholePercent(ownLabelBest01)} of the labels it is their own that they help most.`
}
