// Panel "learned": when does a training on real items come to know the set (Yang et al. 2024, section
// 4.2)? What is known after a few steps teaches only what those steps teach.
import type { LearnedResult } from '../../../api/dto/analysis.ts'
import { mean } from '../../compute/statistics.ts'
import type { AnalysisKit, ReadUnit } from './analysis.ts'
import { readPath } from './paths.ts'
import { counted, wholePercent } from './words.ts'

const nearlyAll01 = 0.99

/** What the panel shows, from the trainings on real items. */
export function learnedResult(kit: AnalysisKit, read: ReadUnit, paths: number): LearnedResult {
  const all = Array.from({ length: paths }, (_, path) => readPath(kit, read, path))
  const points = all[0].map(({ step }, i) => ({
    step,
    test01: mean(all.map((looks) => looks[i].test01)),
    set01: mean(all.map((looks) => looks[i].set01))
  }))
  const doneAt = points.find(({ set01 }) => set01 >= nearlyAll01)?.step ?? null
  return { points, trainings: paths, doneAt, reading: readingOf(points, doneAt) }
}

function readingOf(points: LearnedResult['points'], doneAt: number | null): string {
  const last = points[points.length - 1]
  const steps = counted(last.step, 'step', 'steps')
  const test = `${wholePercent(last.test01)} of the test items`
  if (doneAt !== null)
    return `After ${counted(doneAt, 'step', 'steps')} of learning from real items a network knows the whole set: it carries what is learned early. After ${steps} it knows ${test}.`
  return `After ${steps} of learning from real items a network knows ${wholePercent(last.set01)} of the set and ${test}.`
}
