// Labels that helper models give: the mean of their probabilities at one moment of their training.
import type { Device } from '../compute/devices/device.ts'
import { softmaxInPlace } from '../compute/kernels/softmax.ts'
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
}

/** Shares of all labels for normalised items, count x classes: softmax of the mean logits. */
export async function teacherShares(
  device: Device,
  teacher: Teacher,
  { shape, classNames }: Pick<DistilData, 'shape' | 'classNames'>,
  values: Float32Array,
  signal: AbortSignal
): Promise<Float32Array> {
  const experts = await openExperts(teacher.folder, teacher.request)
  const classes = classNames.length
  const count = values.length / (shape.height * shape.width * shape.channels)
  const items = labelledValues(values, new Int32Array(count))
  const labels = createExpertLabels(
    device.tf,
    experts,
    shape,
    classes,
    items,
    signal,
    teacher.averaged
  )
  const logits = await labels.logitsAt(teacher.moment)
  const shares = new Float32Array(logits.length)
  const row = new Float64Array(classes)
  for (let item = 0; item < count; item++) {
    for (let c = 0; c < classes; c++) row[c] = logits[item * classes + c] / teacher.temperature
    softmaxInPlace(row)
    shares.set(row, item * classes)
  }
  return shares
}
