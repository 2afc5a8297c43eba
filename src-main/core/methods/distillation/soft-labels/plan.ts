// From parameters to what will be done: which moments, temperatures and step sizes are tried, and how
// students are trained.
import { photoAugmentation } from '../../../networks/siamese-augmentation.ts'
import type { ExpertMoment, ExpertRequest } from '../../../networks/experts.ts'
import { plainStudent, type StudentRecipe } from '../../../networks/student-recipe.ts'
import type { DistillationShape } from '../distillation-method.ts'
import type { SoftLabelParams } from './params.ts'
import type { SearchPlan } from './search.ts'

/** Step sizes of students, the most useful first (a part of the published grid). */
export const studentRates = [0.05, 0.02, 0.01, 0.005, 0.001]
/** A helper model's weight beside the plain label. */
const triedShares = [0.75, 0.5, 0.25]
/** Parts of the first pass after which the helper models are kept, too. */
export const firstPassParts = 4
/** Short trainings take this part of the full ones. */
const screenPart = 1 / 3

/** How students are trained but for their step size. */
export function studentRecipe(
  params: Pick<SoftLabelParams, 'studentEpochs' | 'studentAugment'>,
  data: 'pictures' | 'vectors'
): StudentRecipe {
  const isAugmented = params.studentAugment && data === 'pictures'
  return {
    ...plainStudent,
    epochs: params.studentEpochs,
    // Smaller steps of smaller batches: the DC family's 256 did worse on validation items.
    batch: 64,
    schedule: 'cosine',
    augment: isAugmented ? studentAugmentation : null
  }
}

/** Without the mirror: much of what people have to label means something else in one. */
export const studentAugmentation = {
  ...photoAugmentation,
  groups: photoAugmentation.groups.filter((group) => group !== 'flip')
}

/**
 * Inverse temperatures 1 / 1 ... 1 / 5 in even steps, as in the published grid; a few of them stay
 * near 1, where most gain is: 1 / 1, 1 / 2, ...
 */
export function inverseTemperatures(count: number): number[] {
  const most = Math.min(5, count)
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? 1 : 1 / (1 + ((most - 1) * i) / (count - 1))
  )
}

/**
 * Places of `count` moments after the start of training, spread evenly by rank with the last one
 * always among them; all where there are no more.
 */
export function triedMoments(
  moments: readonly Pick<ExpertMoment, 'epoch'>[],
  count: number
): number[] {
  const trained = [...moments.keys()].filter((place) => moments[place].epoch > 0)
  if (trained.length <= count) return trained
  return Array.from(
    { length: count },
    (_, i) => trained[Math.round(((i + 1) * trained.length) / count) - 1]
  )
}

/** The search for these parameters. */
export function searchPlan(
  params: SoftLabelParams,
  moments: readonly Pick<ExpertMoment, 'epoch'>[],
  asks = false
): SearchPlan {
  return {
    asks,
    moments: triedMoments(moments, params.moments),
    taus: inverseTemperatures(params.temperatures),
    rates: studentRates.slice(0, params.rates),
    teacherShares: params.teacherShares ? triedShares : [],
    screenEpochs: Math.max(1, Math.round(params.studentEpochs * screenPart)),
    epochs: params.studentEpochs,
    finalists: params.finalists,
    students: params.students
  }
}

/**
 * True when the helper model may be kept and asked while students learn: where these see items as they
 * are, it says the same every time.
 */
export function asksHelper(
  { data, labels }: Pick<DistillationShape, 'data' | 'labels'>,
  { studentAugment }: Pick<SoftLabelParams, 'studentAugment'>
): boolean {
  return (labels === 'teacher' || labels === 'views') && data === 'pictures' && studentAugment
}

/** Helper models that give labels: of the students' kind, as in the paper, kept at early moments, too. */
export function helperRequest(
  shape: Pick<DistillationShape, 'network' | 'trainItems' | 'data'>,
  params: Pick<
    SoftLabelParams,
    'experts' | 'expertEpochs' | 'expertRate' | 'expertMomentum' | 'expertAugment'
  >
): ExpertRequest {
  return {
    network: shape.network,
    count: params.experts,
    epochs: params.expertEpochs,
    firstEpochParts: firstPassParts,
    rate: params.expertRate,
    momentum: params.expertMomentum,
    decay: 0,
    batch: expertBatch(shape.trainItems),
    augment: params.expertAugment && shape.data === 'pictures' ? studentAugmentation : null,
    sharpness: 0
  }
}

/** Numbers of items for each class that the frontier is measured at. */
export function frontierCounts(perClass: number): number[] {
  const counts = [1, 2, 5, 10, 20, 50, 100, 200].filter((count) => count <= 2 * perClass)
  return counts.includes(perClass) ? counts : [...counts, perClass].sort((a, b) => a - b)
}

/** Moments whose curves the frontier has. */
export function frontierMoments(moments: readonly Pick<ExpertMoment, 'epoch'>[]): number[] {
  return triedMoments(moments, 4)
}

/** Items of a helper model's step: small data sets need smaller batches to get enough steps out of a pass. */
export function expertBatch(trainItems: number): number {
  return Math.min(128, Math.max(16, Math.round(trainItems / 100)))
}
