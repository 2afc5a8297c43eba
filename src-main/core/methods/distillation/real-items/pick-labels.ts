// Several kinds of labels for the same items, each with several step sizes, tried on validation
// items: the best pair is what the set gets.
import { createNetwork } from '../../../networks/create-network.ts'
import type { StudentRecipe } from '../../../networks/student-recipe.ts'
import type {
  DistillationContext,
  DistillationInputs,
  DistillationProgress,
  DistilledSet
} from '../distillation-method.ts'
import { compressLabels, type CompressedLabels } from '../label-compression/compress.ts'
import { storedTeacher, type TeacherLabels } from '../label-compression/teacher-labels.ts'
import { studentItems } from '../soft-labels/candidates.ts'
import { percent } from '../soft-labels/tables.ts'
import { storedLabels } from './real-rows.ts'
import { validationPart } from './student-trials.ts'
import { createTrialLedger, type KeptArrays } from './trial-ledger.ts'

/** Labels that may be taken. */
export interface LabelKind {
  /** In words, as in "plain". */
  readonly name: string
  /** Count x classes; undefined = plain labels. */
  readonly shares: Float32Array | undefined
  /** Helper models asked about changed items while students learn; `shares` are of the unchanged ones. */
  readonly changed?: TeacherLabels | undefined
  /** Students of these labels differ from the recipe in this. */
  readonly student?: Pick<StudentRecipe, 'loss' | 'temperature'>
}

export interface LabelTrials {
  readonly items: { readonly values: Float32Array; readonly labels: Int32Array }
  readonly kinds: readonly LabelKind[]
  /** One recipe for each step size. */
  readonly recipes: readonly StudentRecipe[]
  readonly students: number
  /** What a run that goes on needs besides what was measured. */
  readonly kept?: KeptArrays
  /** Name of the live curve. */
  readonly series: string
  /** The set with these labels, without what this function adds to its info. */
  readonly makeSet: (
    soft: CompressedLabels | undefined,
    recipe: StudentRecipe,
    kind: LabelKind
  ) => DistilledSet
}

/** The best set; yields progress, and every set that beat those before it. */
export async function* pickLabels(
  context: DistillationContext,
  inputs: DistillationInputs,
  { items, kinds, recipes, students, kept, series, makeSet }: LabelTrials
): AsyncGenerator<DistillationProgress, DistilledSet, void> {
  const classes = inputs.classNames.length
  const bench = {
    tf: context.device.tf,
    network: createNetwork(inputs.network, inputs.shape, classes),
    validation: validationPart(inputs.validation, context.random),
    random: context.random.fork('students'),
    signal: context.signal
  }
  const passes = kinds.length * students * recipes.reduce((sum, { epochs }) => sum + epochs, 0)
  const ledger = createTrialLedger(context, bench, students, passes, kept)
  const rows: (readonly (string | number)[])[] = []
  let best: { readonly set: DistilledSet; readonly accuracy: number } | undefined
  for (const kind of kinds)
    for (const recipe of recipes) {
      const storage = { isHalf: true, rest: 'spread' } as const
      const soft = kind.shares && compressLabels(kind.shares, classes, storage)
      const own = { ...recipe, ...kind.student }
      const changed = kind.changed && { labels: kind.changed, shape: inputs.shape }
      const learned = studentItems(items, classes, soft?.shares, changed)
      const accuracy = yield* ledger.measure(learned, own)
      rows.push([kind.name, recipe.rate, percent(accuracy)])
      if (best !== undefined && accuracy <= best.accuracy) continue
      const set = withHelper(makeSet(soft, own, kind), kind.changed, classes)
      const told = {
        labelKind: soft === undefined ? 'plain' : kind.changed === undefined ? 'soft' : 'teacher',
        labels: kind.name,
        rate: recipe.rate,
        validationAccuracy: accuracy
      }
      best = { set: { ...set, info: { ...set.info, ...told } }, accuracy }
      yield { ...ledger.now(), live: { series, x: rows.length, y: accuracy }, candidate: best.set }
    }
  if (best === undefined) throw new Error('no labels were tried')
  const table = {
    title: 'Labels and step sizes',
    help: 'Accuracy on validation items of students.',
    header: ['Labels', 'Step size', 'Accuracy'],
    rows
  }
  return { ...best.set, info: { ...best.set.info, tables: [table] } }
}

/** The set with the helper models that are asked, instead of labels stored once. */
function withHelper(
  set: DistilledSet,
  changed: TeacherLabels | undefined,
  classes: number
): DistilledSet {
  if (changed === undefined || set.targets.kind !== 'soft') return set
  return {
    ...set,
    targets: { ...set.targets, changed },
    stored: [
      ...set.stored.filter(({ part }) => part !== 'labels'),
      storedLabels(set.labels, classes),
      ...storedTeacher(changed)
    ]
  }
}
