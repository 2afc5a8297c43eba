// What students learn, as the analyst chose: richer labels cut to their largest shares, those of a
// helper model that is kept or was asked about every changed picture beforehand, or one plain label
// for each item although the method made richer ones.
import type { DistilLabels } from '../../api/dto/distil.ts'
import type { TensorFlow } from '../compute/devices/device.ts'
import type {
  DistilledSet,
  StoredArray,
  Targets
} from '../methods/distillation/distillation-method.ts'
import { bakeViews } from '../methods/distillation/label-compression/bake-views.ts'
import { compressLabels } from '../methods/distillation/label-compression/compress.ts'
import type { LabelledShape } from '../methods/distillation/label-compression/changed-labels.ts'
import type { TeacherLabels } from '../methods/distillation/label-compression/teacher-labels.ts'
import {
  storedViews,
  type ViewPlan
} from '../methods/distillation/label-compression/view-labels.ts'
import type { StudentRecipe } from '../networks/student-recipe.ts'

/** Where labels of changed pictures are made, and for what. */
export interface LabelPlace extends LabelledShape {
  readonly tf: TensorFlow
  /** Of the run: views are drawn from it. */
  readonly seed: number
  readonly signal: AbortSignal
}

type SoftSet = DistilledSet & { readonly targets: Extract<Targets, { kind: 'soft' }> }

/** The set with the labels chosen; the ledger says what these take. Throws the signal's reason. */
export async function withLabels(
  set: DistilledSet,
  choice: DistilLabels,
  place: LabelPlace
): Promise<DistilledSet> {
  if (!isSoft(set)) return set
  if (choice.kind === 'hard') return withPlainLabels(set, place.classes)
  const { changed } = set.targets
  if (choice.kind === 'soft')
    return changed === undefined && (choice.keep === null || choice.keep >= place.classes)
      ? set
      : withStoredShares(set, choice.keep, place.classes)
  if (changed?.kind !== 'teacher') return set
  if (set.student.augment === null) return withStoredShares(set, null, place.classes)
  return choice.kind === 'teacher' ? set : withViews(set, changed, choice, place)
}

function isSoft(set: DistilledSet): set is SoftSet {
  return set.targets.kind === 'soft'
}

/** How the views of a run are drawn; undefined where students see items as they are. */
export function viewPlanOf(
  { passes, keepOneOf }: Extract<DistilLabels, { kind: 'views' }>,
  { augment, batch }: Pick<StudentRecipe, 'augment' | 'batch'>,
  seed: number
): ViewPlan | undefined {
  return augment === null ? undefined : { seed, augmentation: augment, passes, batch, keepOneOf }
}

function othersOf(set: DistilledSet): StoredArray[] {
  return set.stored.filter(({ part }) => part !== 'labels' && part !== 'teacher')
}

/** Items of distributions are drawn anew: their labels are those of the distributions. */
function labelRows(set: DistilledSet, classes: number): StoredArray | undefined {
  return set.form !== 'latents'
    ? undefined
    : set.stored.find(({ part, shape }) => part === 'labels' && shape[1] === classes)
}

function withPlainLabels(set: DistilledSet, classes: number): DistilledSet {
  const rows = labelRows(set, classes)?.shape[0]
  const labels =
    rows === undefined
      ? set.labels
      : Int32Array.from({ length: rows }, (_, i) => Math.floor((i * classes) / rows))
  const isSmall = classes <= 256
  return {
    ...set,
    targets: { kind: 'hard' },
    student: { ...set.student, loss: 'cross-entropy', temperature: 1 },
    stored: [
      ...othersOf(set),
      {
        name: 'labels',
        part: 'labels',
        shape: [labels.length],
        values: isSmall ? Uint8Array.from(labels) : Uint32Array.from(labels),
        bytesEach: isSmall ? 1 : 2
      }
    ]
  }
}

/** The labels of the items as they are, stored once: the largest shares, or all. */
function withStoredShares(set: SoftSet, keep: number | null, classes: number): DistilledSet {
  const storage = { isHalf: true, rest: 'spread', ...(keep === null ? {} : { keep }) } as const
  const { shares, stored } = compressLabels(set.targets.shares, classes, storage)
  const own = labelRows(set, classes)?.values
  return {
    ...set,
    targets: { kind: 'soft', shares, from: set.targets.from },
    stored: [
      ...othersOf(set),
      ...(own instanceof Float32Array ? compressLabels(own, classes, storage).stored : stored)
    ]
  }
}

async function withViews(
  set: SoftSet,
  changed: TeacherLabels,
  choice: Extract<DistilLabels, { kind: 'views' }>,
  { tf, signal, seed, ...facts }: LabelPlace
): Promise<DistilledSet> {
  const plan = viewPlanOf(choice, set.student, seed)
  if (plan === undefined) return withStoredShares(set, null, facts.classes)
  const views = await bakeViews(tf, changed, plan, set, facts, signal)
  return {
    ...set,
    targets: { ...set.targets, changed: views },
    stored: [...othersOf(set), ...storedViews(views, facts.classes)]
  }
}
