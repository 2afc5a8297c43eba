// Students trained on a tiny set and measured on validation items: how methods choose labels, step
// sizes and everything else.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { letMessagesIn } from '../../../compute/let-messages-in.ts'
import type { Random } from '../../../compute/random.ts'
import type { NetworkCode } from '../../../networks/network.ts'
import { accuracyOf } from '../../../networks/predict.ts'
import type { StudentRecipe } from '../../../networks/student-recipe.ts'
import { startStudent, type Student, type StudentItems } from '../../../networks/train-student.ts'
import type { LabelledRows } from '../distillation-method.ts'
import { rowsByLot, someRows } from './real-rows.ts'

/** Where students are trained and measured. */
export interface TrialBench {
  readonly tf: TensorFlow
  readonly network: NetworkCode
  readonly validation: LabelledRows
  /** Students of all trials start from the same forks of it, so that trials differ in labels alone. */
  readonly random: Random
  readonly signal: AbortSignal
}

/** Validation items that a trial is measured on at most: more would cost more than they tell. */
export const mostValidation = 3000

/** At most {@link mostValidation} of the items, by lot. */
export function validationPart(validation: LabelledRows, random: Random): LabelledRows {
  if (validation.count <= mostValidation) return validation
  const all = Uint32Array.from({ length: validation.count }, (_, row) => row)
  return someRows(validation, rowsByLot(all, mostValidation, random.fork('validation')))
}

/** Milliseconds of steps between two looks at the event loop. */
const pauseEvery = 80

/**
 * Mean validation accuracy (0..1) of `students` students, as a float32 number. Yields the share done
 * about twelve times a second.
 */
export async function* trialAccuracy(
  bench: TrialBench,
  items: StudentItems,
  recipe: StudentRecipe,
  students: number
): AsyncGenerator<number, number, void> {
  const { tf, network, validation, signal } = bench
  let sum = 0
  for (let student = 0; student < students; student++) {
    const run = trainOne(bench, items, recipe, student)
    let step = await run.next()
    while (step.done !== true) {
      yield (student + step.value) / students
      step = await run.next()
    }
    const { parameters, statistics } = step.value
    sum += await accuracyOf(tf, network, parameters, validation, signal, statistics)
  }
  // As it comes back from a checkpoint, so that a run that goes on from one decides alike.
  return Math.fround(sum / students)
}

/** One trained student. Yields the share done about twelve times a second. */
export async function* trainOne(
  { tf, network, random, signal }: TrialBench,
  items: StudentItems,
  recipe: StudentRecipe,
  student: number
): AsyncGenerator<number, Student, void> {
  signal.throwIfAborted()
  const training = startStudent(tf, network, items, recipe, random.fork(`student ${student}`))
  try {
    let paused = performance.now()
    while (training.done < training.steps) {
      await training.prepare()
      training.step()
      if (performance.now() - paused < pauseEvery) continue
      await letMessagesIn()
      signal.throwIfAborted()
      yield training.done / training.steps
      paused = performance.now()
    }
    return { parameters: training.parameters(), statistics: training.statistics() }
  } finally {
    training.dispose()
  }
}
