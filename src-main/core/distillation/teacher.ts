// Labels of random real items, given the way the set's own items got theirs: by the same helper
// models at the same moment and temperature, stored once, asked while students learn, or per view.
import type { Device } from '../compute/devices/device.ts'
import type { ChangedLabels } from '../methods/distillation/label-compression/changed-labels.ts'
import {
  bakeViews,
  type ViewedItems
} from '../methods/distillation/label-compression/bake-views.ts'
import {
  compressLabels,
  type LabelStorage
} from '../methods/distillation/label-compression/compress.ts'
import { mixedShares, sharesOf } from '../methods/distillation/label-compression/shares.ts'
import { readTeacher } from '../methods/distillation/label-compression/teacher-labels.ts'
import type { ViewPlan } from '../methods/distillation/label-compression/view-labels.ts'
import { createExpertLabels } from '../methods/distillation/soft-labels/expert-labels.ts'
import type { ExpertRequest } from '../networks/experts.ts'
import { labelledValues } from '../networks/normalisation.ts'
import type { DistilData } from './distil-data.ts'
import { openExperts } from './expert-store.ts'

/** Which helper models, and how they are asked. Plain data: it travels to other threads. */
export interface Teacher {
  readonly folder: string
  readonly request: ExpertRequest
  /** Which of the moments kept. */
  readonly moment: number
  /** Logits are divided by it. */
  readonly temperature: number
  /** How many moments up to that one are averaged. */
  readonly averaged: number
  /** Weight of their shares beside the plain label, 0..1. */
  readonly teacherShare: number
  /** Largest shares kept; all where absent. */
  readonly keep?: number | undefined
  /** How changed pictures get their labels; their item's own where absent. */
  readonly asked?: 'while learning' | ViewPlan | undefined
}

/** Labels of items. */
export interface TaughtItems {
  /** count x classes, of the items as they are. */
  readonly targets: Float32Array
  readonly changed: ChangedLabels | undefined
}

/** Labels for normalised items: softmax of the mean logits, mixed and stored as the set's own were. */
export async function taughtItems(
  device: Device,
  teacher: Teacher,
  { shape, classNames }: Pick<DistilData, 'shape' | 'classNames'>,
  { values, labels }: ViewedItems,
  signal: AbortSignal
): Promise<TaughtItems> {
  const { tf } = device
  const experts = await openExperts(teacher.folder, teacher.request)
  const classes = classNames.length
  const { moment, averaged, teacherShare, asked, keep } = teacher
  const items = labelledValues(values, labels)
  const said = createExpertLabels(tf, experts, shape, classes, items, signal, averaged)
  const tau = 1 / teacher.temperature
  const soft = sharesOf(await said.logitsAt(moment), classes, tau)
  const mixed = mixedShares(soft, labels, classes, teacherShare)
  const storage: LabelStorage = {
    isHalf: true,
    rest: 'spread',
    ...(keep === undefined ? {} : { keep })
  }
  const targets = compressLabels(mixed, classes, storage).shares
  if (asked === undefined) return { targets, changed: undefined }
  const models = await readTeacher(experts, moment, averaged, { tau, teacherShare })
  if (asked === 'while learning') return { targets, changed: models }
  const facts = { shape, classes }
  return { targets, changed: await bakeViews(tf, models, asked, { values, labels }, facts, signal) }
}
