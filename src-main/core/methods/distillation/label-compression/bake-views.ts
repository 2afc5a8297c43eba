// Labels of views made once by helper models, so that these need not be kept.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { letMessagesIn } from '../../../compute/let-messages-in.ts'
import type { LabelledShape } from './changed-labels.ts'
import { createTeacher, type TeacherLabels } from './teacher-labels.ts'
import { labelViews, type ViewLabels, type ViewPlan } from './view-labels.ts'

/** Items whose views are labelled. */
export interface ViewedItems {
  /** count x size, normalised. */
  readonly values: Float32Array
  /** Class of each. */
  readonly labels: Int32Array
}

/** What the helper models say about every kept view. Throws the signal's reason within a batch. */
export async function bakeViews(
  tf: TensorFlow,
  asked: TeacherLabels,
  plan: ViewPlan,
  { values, labels }: ViewedItems,
  { shape, classes }: LabelledShape,
  signal: AbortSignal
): Promise<ViewLabels> {
  const teacher = createTeacher(tf, asked, shape, classes)
  try {
    const run = labelViews(plan, values, shape, classes, (seen, rows) =>
      teacher.shares(
        seen,
        Int32Array.from(rows, (row) => labels[row])
      )
    )
    for (;;) {
      const step = await run.next()
      if (step.done === true) return step.value
      await letMessagesIn()
      signal.throwIfAborted()
    }
  } finally {
    teacher.dispose()
  }
}
