// Real pairs that stand for all: by lot, far from each other, or with the average of all, by the numbers
// of both halves together.
import { chooseRows, type ChoosingContext } from '../real-items/choose-rows.ts'
import type { LabelledRows } from '../distillation-method.ts'
import type { pairChoices } from './head-params.ts'

/** Most pairs that rules other than the lot look at. */
const mostCompared = 5000

/**
 * Rows of `need` pairs, best first; all where there are fewer. Throws AppError "method-not-possible"
 * when there are none.
 */
export async function choosePairs(
  context: ChoosingContext,
  train: LabelledRows,
  need: number,
  choice: (typeof pairChoices)[number]
): Promise<Uint32Array> {
  const one = { ...train, labels: new Int32Array(train.count), read: train.read.bind(train) }
  const choosing = { ...context, most: mostCompared }
  const steps = chooseRows(choosing, one, ['pairs'], need, choice)
  for (;;) {
    const step = await steps.next()
    if (step.done === true) return step.value[0]
  }
}
