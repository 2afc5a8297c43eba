// Labels of items that are changed while students learn: asked of helper models kept with the set,
// or stored for every item of some passes. Plain data, and what a student's training makes of it.
import type { InputShape } from '../../../networks/network.ts'
import type { StudentItems } from '../../../networks/train-student.ts'
import type { LabelForm, Targets } from '../distillation-method.ts'
import { createTeacher, type TeacherLabels } from './teacher-labels.ts'
import { viewSource, type ViewLabels } from './view-labels.ts'

/** Where the labels of changed items come from. Plain data: it travels to other threads. */
export type ChangedLabels = TeacherLabels | ViewLabels

/** What says which classes items may have, and how many numbers one is. */
export interface LabelledShape {
  readonly shape: InputShape
  readonly classes: number
}

/** What labels changed items; undefined where these keep the labels of their item. */
export function changedOf(targets: Targets): ChangedLabels | undefined {
  return targets.kind === 'soft' ? targets.changed : undefined
}

/** The labels of a set in one word. */
export function labelFormOf(targets: Targets): LabelForm {
  if (targets.kind !== 'soft') return targets.kind === 'hard' ? 'hard' : 'soft'
  return targets.changed?.kind ?? 'soft'
}

/**
 * The labeller of a student's items; nothing where their labels are the same however they are changed.
 * @param labels class of each item
 */
export function labellerOf(
  changed: ChangedLabels | undefined,
  labels: Int32Array,
  { shape, classes }: LabelledShape
): Pick<StudentItems, 'labeller'> {
  if (changed === undefined) return {}
  return {
    labeller: (tf) => {
      if (changed.kind === 'views') return viewSource(changed, labels.length, classes)
      const teacher = createTeacher(tf, changed, shape, classes)
      return {
        shares: (values, rows) =>
          teacher.shares(
            values,
            Int32Array.from(rows, (row) => labels[row])
          ),
        dispose: () => teacher.dispose()
      }
    }
  }
}
