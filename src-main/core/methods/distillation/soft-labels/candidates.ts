// From a choice of labels to the tiny set: targets as students get them after storage.
import type { InputShape } from '../../../networks/network.ts'
import type { StudentItems } from '../../../networks/train-student.ts'
import { oneHotShares } from '../../../networks/normalisation.ts'
import type { StudentRecipe } from '../../../networks/student-recipe.ts'
import type { DistillationInputs, DistilledSet, StoredArray } from '../distillation-method.ts'
import { labellerOf, type ChangedLabels } from '../label-compression/changed-labels.ts'
import { compressLabels, type CompressedLabels } from '../label-compression/compress.ts'
import { mixedShares, sharesOf } from '../label-compression/shares.ts'
import { storedTeacher, type TeacherLabels } from '../label-compression/teacher-labels.ts'
import { storedItems, storedLabels } from '../real-items/real-rows.ts'
import type { SoftLabelParams } from './params.ts'
import type { LabelChoice } from './search.ts'

/** The chosen items, in the order of the set: class by class. */
export interface ChosenItems {
  readonly rows: Uint32Array
  readonly labels: Int32Array
  /** Count x size, normalised. */
  readonly values: Float32Array
}

/** Chosen rows of each class as one list. */
export function itemsOf(
  { train }: Pick<DistillationInputs, 'train'>,
  byClass: readonly Uint32Array[]
): ChosenItems {
  const rows = Uint32Array.from(byClass.flatMap((list) => [...list]))
  return {
    rows,
    labels: Int32Array.from(rows, (row) => train.labels[row]),
    values: train.read(rows)
  }
}

/** The labels of a choice, as they come back from storage. */
export function labelsOf(
  logits: Float32Array,
  items: Pick<ChosenItems, 'labels'>,
  classes: number,
  choice: Omit<LabelChoice, 'moment'>,
  { keep, rest }: Pick<SoftLabelParams, 'keep' | 'rest'>
): CompressedLabels {
  const soft = sharesOf(logits, classes, choice.tau)
  const mixed =
    choice.teacherShare === 1 ? soft : mixedShares(soft, items.labels, classes, choice.teacherShare)
  return compressLabels(mixed, classes, {
    isHalf: true,
    rest,
    ...(keep === 0 ? {} : { keep })
  })
}

/** Items with these targets, or with plain labels; `changed` labels them as they are changed. */
export function studentItems(
  { values, labels }: Pick<ChosenItems, 'values' | 'labels'>,
  classes: number,
  shares?: Float32Array,
  changed?: { readonly labels: ChangedLabels; readonly shape: InputShape } | undefined
): StudentItems {
  return {
    values,
    count: labels.length,
    targets: shares ?? oneHotShares(labels, classes),
    ...(changed && labellerOf(changed.labels, labels, { shape: changed.shape, classes }))
  }
}

/** What these labels take on disk: shares, or the helper models that are asked with plain labels. */
export function storedSoft(
  { labels: { stored }, changed }: Pick<SoftChoice, 'labels' | 'changed'>,
  labels: Int32Array,
  classes: number
): readonly StoredArray[] {
  return changed === undefined ? stored : [storedLabels(labels, classes), ...storedTeacher(changed)]
}

/** Richer labels of a set. */
export interface SoftChoice {
  /** Of the items as they are. */
  readonly labels: CompressedLabels
  /** Whose they are, in words. */
  readonly from: string
  /** Asked about changed items; these keep the labels of their item where absent. */
  readonly changed?: TeacherLabels | undefined
}

/** The set of real items with these labels; plain ones where `soft` is undefined. */
export function realSet(
  inputs: DistillationInputs,
  items: ChosenItems,
  soft: SoftChoice | undefined,
  student: StudentRecipe,
  told: Pick<DistilledSet, 'info' | 'notes'>
): DistilledSet {
  const { rows, labels, values } = items
  return {
    form: 'rows',
    count: rows.length,
    values,
    labels,
    targets:
      soft === undefined
        ? { kind: 'hard' }
        : {
            kind: 'soft',
            shares: soft.labels.shares,
            from: soft.from,
            ...(soft.changed && { changed: soft.changed })
          },
    sourceRows: rows,
    stored: [
      storedItems(inputs, values),
      ...(soft === undefined
        ? [storedLabels(labels, inputs.classNames.length)]
        : storedSoft(soft, labels, inputs.classNames.length))
    ],
    student,
    consumer: 'network',
    ...told
  }
}
