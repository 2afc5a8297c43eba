// Panel "agreement": do students of the set resemble networks that learned from few real items, or
// ones that stopped learning from all of them early (Yang et al. 2024, section 4.1)? There, the latter.
import type { AgreementResult } from '../../../api/dto/analysis.ts'
import { mean } from '../../compute/statistics.ts'
import { inputSize } from '../../networks/network.ts'
import { predictLogits } from '../../networks/predict.ts'
import { someRows } from '../distilled/judge.ts'
import { drawPerClass } from '../distilled/random-items.ts'
import {
  agreement,
  histogram,
  independentAgreement,
  matchedModels,
  modeOf,
  namesOf,
  type PoolModel
} from './agreement.ts'
import {
  integersOf,
  type AnalysisInputs,
  type AnalysisKit,
  type AnalysisSizes,
  type AnalysisUnit,
  type ReadUnit,
  type UnitResult
} from './analysis.ts'
import { readPath } from './paths.ts'
import { realLessons, setLessons, trainShort, type Lessons } from './short-training.ts'
import { counted, wholePercent } from './words.ts'

const binWidth = 0.02
/** Means closer than this say nothing. */
const clearDifference = 0.01

/**
 * Real items for each label of each subset model: spread evenly on a log scale from one to all, so
 * that some of them are as accurate as the students, whatever the data.
 */
export function subsetSizes(inputs: AnalysisInputs, { subsetModels }: AnalysisSizes): number[] {
  const counts = new Array<number>(inputs.classes).fill(0)
  for (const label of inputs.train.labels) counts[label]++
  const most = Math.max(1, ...counts)
  return Array.from({ length: subsetModels }, (_, model) =>
    Math.max(1, Math.round(most ** ((model + 1) / (subsetModels + 1))))
  )
}

/** Units: students of the set, and networks that learned from parts of the real items. */
export function agreementUnits(inputs: AnalysisInputs, sizes: AnalysisSizes): AnalysisUnit[] {
  const { classes, set, shape } = inputs
  const cost = (items: number): number => sizes.steps * Math.min(sizes.batch, items)
  return [
    ...Array.from({ length: sizes.students }, (_, at) => ({
      key: `student/${at}`,
      cost: cost(set.count),
      run: (kit: AnalysisKit) =>
        namesAfter(kit, setLessons(set, inputSize(shape), classes), `student ${at}`)
    })),
    ...subsetSizes(inputs, sizes).map((perClass, at) => ({
      key: `subset/${at}`,
      cost: cost(perClass * classes),
      run: (kit: AnalysisKit) => {
        const rows = drawPerClass(inputs.train.labels, classes, perClass, inputs.seed + at)
        const lessons = realLessons(someRows(inputs.train, rows), classes)
        return namesAfter(kit, lessons, `subset ${at}`)
      }
    }))
  ]
}

async function namesAfter(
  kit: AnalysisKit,
  lessons: Lessons,
  purpose: string
): Promise<Omit<UnitResult, 'step'>> {
  const { tf, sizes, network, signal, test, inputs } = kit
  const { parameters, statistics } = await trainShort(kit, lessons, {
    network,
    steps: sizes.steps,
    random: kit.random(purpose)
  })
  const logits = await predictLogits(tf, network, parameters, test, signal, statistics)
  return { values: {}, arrays: { names: namesOf(logits, inputs.classes) } }
}

/** What a network of a pool names, and where it comes from. */
interface Named {
  readonly names: Int32Array
  readonly accuracy01: number
  readonly at: number
}

/** What the panel shows. */
export function agreementResult(kit: AnalysisKit, read: ReadUnit): AgreementResult {
  const { inputs, sizes, test } = kit
  const rightOf = (names: Int32Array): number => agreement(names, test.labels)
  const students = Array.from({ length: sizes.students }, (_, at) =>
    integersOf(read(`student/${at}`), 'names')
  )
  const subset = subsetSizes(inputs, sizes).map((perClass, at): Named => {
    const names = integersOf(read(`subset/${at}`), 'names')
    return { names, accuracy01: rightOf(names), at: perClass * inputs.classes }
  })
  const early = Array.from({ length: sizes.paths }, (_, path) => readPath(kit, read, path)).flatMap(
    (looks) =>
      looks.map(({ names, test01, step }): Named => ({ names, accuracy01: test01, at: step }))
  )
  const groups = {
    subset: groupOf(students, subset, rightOf),
    early: groupOf(students, early, rightOf)
  }
  const student01 = mean(students.map(rightOf))
  const closerTo = closer(groups.subset, groups.early, test.count)
  return {
    students: students.length,
    student01,
    ...groups,
    independent01: independentAgreement(student01, inputs.classes),
    closerTo,
    reading: readingOf(closerTo, groups)
  }
}

function groupOf(
  students: readonly Int32Array[],
  models: readonly Named[],
  rightOf: (names: Int32Array) => number
): AgreementResult['subset'] {
  const matched = students.flatMap((student) =>
    matchedModels(
      models.map(({ names, accuracy01, at }): PoolModel => {
        return { accuracy01, agreement01: agreement(student, names), at }
      }),
      rightOf(student)
    )
  )
  const shares = matched.map(({ agreement01 }) => agreement01)
  const counts = histogram(shares, binWidth)
  return {
    models: models.length,
    matched: matched.map((model) => ({ ...model })),
    mean01: shares.length === 0 ? null : mean(shares),
    mode01: modeOf(counts, binWidth) ?? null,
    histogram: { width: binWidth, counts }
  }
}

/**
 * Which group agrees more; unknown where one has no network of the students' accuracy. A difference
 * counts when it is larger than a point and than what the numbers of pairs and test items leave to
 * chance.
 */
export function closer(
  subset: GroupMean,
  early: GroupMean,
  testItems: number
): AgreementResult['closerTo'] {
  if (subset.mean01 === null || early.mean01 === null) return 'unknown'
  const spread = Math.sqrt(
    [subset, early].reduce((sum, { mean01, matched }) => {
      const share = mean01 ?? 0
      return sum + (share * (1 - share)) / Math.max(1, testItems * matched.length)
    }, 0)
  )
  const difference = early.mean01 - subset.mean01
  if (Math.abs(difference) < Math.max(clearDifference, spread)) return 'neither'
  return difference > 0 ? 'early' : 'subset'
}

interface GroupMean {
  readonly mean01: number | null
  readonly matched: readonly unknown[]
}

function readingOf(
  closerTo: AgreementResult['closerTo'],
  { subset, early }: Pick<AgreementResult, 'subset' | 'early'>
): string {
  if (subset.mean01 === null || early.mean01 === null) {
    const missing = early.mean01 === null ? 'stopped early' : 'learned from few real items'
    return `No network that ${missing} is as accurate as students of this set, so they cannot be compared. A more thorough analysis looks at more of them.`
  }
  const shares = `they name ${wholePercent(early.mean01)} of the test items as networks stopped early do, and ${wholePercent(subset.mean01)} as networks of few real items do (all equally accurate; ${counted(early.matched.length, 'pair', 'pairs')} and ${subset.matched.length.toLocaleString('en')})`
  if (closerTo === 'early')
    return `Students of this set behave like a training on all data that was stopped early: ${shares}.`
  if (closerTo === 'subset')
    return `Students of this set behave like networks that saw a small sample: ${shares}.`
  return `Students of this set resemble both alike: ${shares}.`
}
