// Students of a run, measured one after the other, with what was measured kept in checkpoints: a run
// that goes on walks the same way again and takes what is known instead of training once more.
import type { StudentRecipe } from '../../../networks/student-recipe.ts'
import type { StudentItems } from '../../../networks/train-student.ts'
import type { MethodCheckpoint } from '../../method.ts'
import type {
  DistillationContext,
  DistillationProgress,
  LabelledRows
} from '../distillation-method.ts'
import { trialAccuracy, type TrialBench } from './student-trials.ts'

export interface TrialLedger {
  /** Mean accuracy of students on the bench's validation items, or on others; yields progress. */
  measure(
    items: StudentItems,
    recipe: StudentRecipe,
    on?: LabelledRows
  ): AsyncGenerator<DistillationProgress, number, void>
  /** Progress after the last training, with a checkpoint. */
  now(): DistillationProgress & { readonly checkpoint: MethodCheckpoint }
}

/** Arrays that go into every checkpoint. */
export type KeptArrays = MethodCheckpoint['arrays']

const step = 'trials'
const phase = 'Trying it on students'

/**
 * @param passes passes of students that the run will need in all
 * @param kept what else a run that goes on needs
 */
export function createTrialLedger(
  { resume }: Pick<DistillationContext, 'resume'>,
  bench: TrialBench,
  students: number,
  passes: number,
  kept: KeptArrays = {}
): TrialLedger {
  const known: number[] = resume?.step === step ? Array.from(resume.arrays['measured']) : []
  let taken = 0
  let passesDone = 0
  const progress = (more: number): DistillationProgress => ({
    phase,
    done: Math.min(passes, Math.round(passesDone + more)),
    total: passes,
    unit: 'passes'
  })
  const now: TrialLedger['now'] = () => ({
    ...progress(0),
    checkpoint: {
      step,
      arrays: { ...kept, measured: Float32Array.from(known.slice(0, taken)) },
      values: {}
    }
  })
  return {
    now,
    async *measure(items, recipe, on) {
      const own = students * recipe.epochs
      if (taken === known.length) {
        const validation = on ?? bench.validation
        const trial = trialAccuracy({ ...bench, validation }, items, recipe, students)
        let at = await trial.next()
        while (at.done !== true) {
          yield progress(at.value * own)
          at = await trial.next()
        }
        known.push(at.value)
      }
      const accuracy = known[taken++]
      passesDone += own
      yield now()
      return accuracy
    }
  }
}
