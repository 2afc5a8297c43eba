// Labels of real items beside a helper model trained on all data: (1 - a) of the plain label and a of
// what the helper model says, for several a and moments ("Distilling the Knowledge in Data Pruning",
// Ben-Baruch et al. 2024). Early moments stand in for smaller helper models.
import { mixedShares, sharesOf } from '../label-compression/shares.ts'
import { readTeacher } from '../label-compression/teacher-labels.ts'
import type { DistillationContext, DistillationInputs } from '../distillation-method.ts'
import { createExpertLabels, meanMoments } from '../soft-labels/expert-labels.ts'
import { passName, percent } from '../soft-labels/tables.ts'
import type { ChosenItems } from '../soft-labels/candidates.ts'
import { someRows } from './real-rows.ts'
import type { LabelKind } from './pick-labels.ts'

/** Weights of the helper model beside the plain label, in the order they are tried. */
const triedWeights = [1, 0.75, 0.5, 0.25]

/** What is tried beside plain labels. */
export interface TeacherTrials {
  /** How many weights of the helper model. */
  readonly weights: number
  /** How many moments: the last one, and those after half, a quarter, ... of its passes. */
  readonly moments: number
  /** The helper model's logits are divided by it. */
  readonly temperature: number
}

/** Kinds of labels that {@link teacherKinds} makes at most. */
export function teacherKindCount({ weights, moments }: TeacherTrials): number {
  return Math.min(weights, triedWeights.length) * moments
}

/** Labels of a helper model, with what the set says about them. */
export interface TeacherKind extends LabelKind {
  readonly info: Readonly<Record<string, unknown>>
}

/** The last moment, and those nearest to a half, a quarter, ... of its age; each once. */
export function agedMoments(
  moments: readonly { readonly epoch: number }[],
  count: number
): number[] {
  const last = moments.length - 1
  const places = Array.from({ length: count }, (_, i) => {
    const wanted = moments[last].epoch / 2 ** i
    return moments.reduce(
      (best, { epoch }, at) =>
        epoch > 0 && Math.abs(epoch - wanted) < Math.abs(moments[best].epoch - wanted) ? at : best,
      last
    )
  })
  return [...new Set(places)]
}

/**
 * One kind for each moment and weight; nothing without helper models.
 * @param isAsked helper models are kept and asked about every changed picture; else once about each
 */
export async function teacherKinds(
  { device, signal }: Pick<DistillationContext, 'device' | 'signal'>,
  inputs: DistillationInputs,
  items: ChosenItems,
  trials: TeacherTrials,
  isAsked: boolean
): Promise<TeacherKind[]> {
  const { experts, shape, classNames } = inputs
  if (experts === undefined) return []
  const classes = classNames.length
  const known = meanMoments(experts)
  const tau = 1 / trials.temperature
  const rows = someRows(inputs.train, items.rows)
  const labels = createExpertLabels(device.tf, experts, shape, classes, rows, signal)
  const kinds: TeacherKind[] = []
  for (const moment of agedMoments(known, trials.moments)) {
    const soft = sharesOf(await labels.logitsAt(moment), classes, tau)
    const { epoch } = known[moment]
    for (const teacherShare of triedWeights.slice(0, trials.weights)) {
      const choice = { tau, teacherShare }
      kinds.push({
        name: `${percent(teacherShare)} helper model at ${passName(epoch)}`,
        shares: mixedShares(soft, items.labels, classes, teacherShare),
        changed: isAsked ? await readTeacher(experts, moment, 1, choice) : undefined,
        info: { expertEpoch: epoch, inverseTemperature: tau, teacherShare, averagedMoments: 1 }
      })
    }
  }
  return kinds
}
