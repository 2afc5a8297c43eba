// Compute task: one unit of a test. It trains one student on one set of items and says how right it
// is about unseen ones. Sets come as files and rows, so that little travels.
import type { DistilMeasure } from '../../api/dto/distil.ts'
import { AppError } from '../../api/errors.ts'
import type { Device } from '../compute/devices/device.ts'
import { createRandom } from '../compute/random.ts'
import { chooseTypical } from '../evaluation/distilled/chosen-items.ts'
import { judge } from '../evaluation/distilled/judge.ts'
import type { PairFacts } from '../evaluation/pairs/judge-pairs.ts'
import type { ComputeTask, TaskContext } from '../jobs/compute-task.ts'
import type { DistillationMethod } from '../methods/distillation/distillation-method.ts'
import { changedOf, labellerOf } from '../methods/distillation/label-compression/changed-labels.ts'
import { createNetwork } from '../networks/create-network.ts'
import type { KernelFacts } from '../networks/kernel-model.ts'
import type { NetworkSpec } from '../networks/network.ts'
import { oneHotShares } from '../networks/normalisation.ts'
import type { StudentRecipe } from '../networks/student-recipe.ts'
import type { StudentItems } from '../networks/train-student.ts'
import { openDistilData, type DataPlace, type DistilData } from './distil-data.ts'
import { openScorer } from './open-scorer.ts'
import { loadSet, type SavedSet } from './set-files.ts'
import { taughtItems, type Teacher } from './teacher.ts'

/** The items of an arm. Plain data. */
export type ArmItems =
  /** The set of a folder, with its own labels or with plain ones. */
  | { readonly kind: 'set'; readonly folder: string; readonly labels: 'own' | 'plain' }
  /** Real items by position among the training items, with labels of a helper model or plain ones. */
  | {
      readonly kind: 'real'
      readonly positions: Uint32Array
      readonly teacher: Teacher | undefined
    }
  /** Real items that are typical of their label. */
  | { readonly kind: 'typical'; readonly perClass: number }

export interface DistilTestInput {
  readonly data: DataPlace
  readonly arm: ArmItems
  /** The method that made the set, for sets whose items are drawn anew in every pass. */
  readonly method: string
  readonly recipe: StudentRecipe
  readonly network: NetworkSpec
  readonly measure: DistilMeasure
  /** Set for sets of pairs: what their students are. */
  readonly heads?: PairFacts | undefined
  /** Set where a kernel set is judged by its own model instead of the network. */
  readonly kernel?: KernelFacts | undefined
  readonly on: 'validation' | 'test'
  readonly seed: number
  readonly device: string
}

export interface DistilTestOutput {
  readonly accuracy01: number
  readonly device: string
}

/** The task over a list of methods; core/app serves it with the registry. */
export function createDistilTestTask(
  methods: readonly DistillationMethod[]
): ComputeTask<DistilTestInput, never, DistilTestOutput> {
  return {
    name: 'distil-test',
    // eslint-disable-next-line require-yield -- one training: its result is its only event
    async *run(input, context) {
      const device = await context.device(input.device)
      const data = await openDistilData(input.data)
      try {
        const items = await itemsOf(input, data, device, methods, context)
        const outputs = items.targets.length / Math.max(1, items.count)
        const network = createNetwork(input.network, data.shape, outputs)
        const rows = await data.part(input.on)
        const scorer = await openScorer(input.measure, { ...data, heads: input.heads }, input.on)
        const { recipe, seed, kernel } = input
        const judged = { items, recipe, network, seed, rows, kernel, scorer }
        return {
          accuracy01: await judge(device, judged, context.signal),
          device: device.name
        }
      } finally {
        await data.close()
      }
    }
  }
}

async function itemsOf(
  input: DistilTestInput,
  data: DistilData,
  device: Device,
  methods: readonly DistillationMethod[],
  context: TaskContext
): Promise<StudentItems> {
  const { arm } = input
  const classes = data.classNames.length
  if (arm.kind === 'typical') {
    const { labels: given, read } = data.train
    const source = { labels: given, classes, read }
    const positions = await chooseTypical(source, arm.perClass, context.signal)
    const labels = Int32Array.from(positions, (position) => given[position])
    const targets = oneHotShares(labels, classes)
    return { values: read(positions), count: labels.length, targets }
  }
  if (arm.kind === 'real') {
    const labels = Int32Array.from(arm.positions, (position) => data.train.labels[position])
    const values = data.train.read(arm.positions)
    // Where no label is learned, real items are learned as the set's own items are.
    if (input.measure !== 'accuracy' && data.targets !== undefined)
      return { values, count: labels.length, targets: data.targets.train(arm.positions) }
    const items = { values, labels }
    const { targets, changed } =
      arm.teacher === undefined
        ? { targets: oneHotShares(labels, classes), changed: undefined }
        : await taughtItems(device, arm.teacher, data, items, context.signal)
    const facts = { shape: data.shape, classes }
    return { values, count: labels.length, targets, ...labellerOf(changed, labels, facts) }
  }
  const set = await loadSet(arm.folder)
  const items = {
    values: set.values ?? data.train.read(rowsOf(set)),
    count: set.count,
    targets: targetsOf(set, arm.labels, classes),
    ...(arm.labels === 'own'
      ? labellerOf(changedOf(set.targets), set.labels, { shape: data.shape, classes })
      : {})
  }
  const sample = methods.find(({ id }) => id === input.method)?.sample
  if (set.form !== 'latents' || sample === undefined) return items
  const random = createRandom(input.seed)
  const stored = set.stored.flatMap(({ values, ...array }) =>
    values === undefined ? [] : [{ ...array, values }]
  )
  return {
    ...items,
    fresh: (pass) =>
      sample(device, { ...set, stored }, data.shape, random.fork(`items of pass ${pass}`))
  }
}

function rowsOf(set: SavedSet): Uint32Array {
  if (set.sourceRows === undefined)
    throw new AppError('file-damaged', 'A file of this run is damaged. Run it again.')
  return set.sourceRows
}

function targetsOf(set: SavedSet, labels: 'own' | 'plain', classes: number): Float32Array {
  if (labels === 'own' && set.targets.kind === 'soft') return set.targets.shares
  if (labels === 'own' && set.targets.kind === 'values') return set.targets.values
  return oneHotShares(set.labels, classes)
}
