// Compute task: runs one method that makes a tiny set. Candidates on the way are tried on validation
// items, so that the run can show where it stands and keep the best.
import type { DistilLabels } from '../../api/dto/distil.ts'
import { AppError } from '../../api/errors.ts'
import type { Device } from '../compute/devices/device.ts'
import { createRandom, hashString } from '../compute/random.ts'
import { drawStratified } from '../evaluation/draws.ts'
import { judge, plainRecipe, shortRecipe, someRows } from '../evaluation/distilled/judge.ts'
import { measureOf } from '../evaluation/distilled/measures.ts'
import { pairFactsOf } from '../evaluation/pairs/judge-pairs.ts'
import type { ComputeTask, TaskContext } from '../jobs/compute-task.ts'
import type {
  DistillationInputs,
  DistillationMethod,
  DistilledSet,
  LabelledRows
} from '../methods/distillation/distillation-method.ts'
import { changedOf, labellerOf } from '../methods/distillation/label-compression/changed-labels.ts'
import type { MethodCheckpoint } from '../methods/method.ts'
import { createNetwork } from '../networks/create-network.ts'
import { kernelOf } from '../networks/kernel-model.ts'
import type { ExpertRequest } from '../networks/experts.ts'
import type { NetworkSpec } from '../networks/network.ts'
import { oneHotShares } from '../networks/normalisation.ts'
import type { StudentRecipe } from '../networks/student-recipe.ts'
import type { StudentItems } from '../networks/train-student.ts'
import { openDistilData, type DataPlace } from './distil-data.ts'
import { openExperts } from './expert-store.ts'
import { drawPerClass } from '../evaluation/distilled/random-items.ts'
import { paintGrid, type Grid } from './grid-picture.ts'
import { withLabels } from './label-choice.ts'
import { openScorer } from './open-scorer.ts'

export interface DistilTaskInput {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
  readonly data: DataPlace
  readonly perClass: number
  readonly labels: DistilLabels
  readonly network: NetworkSpec
  /** Folder of finished experts and what was asked for; undefined when the method needs none. */
  readonly experts: { readonly folder: string; readonly request: ExpertRequest } | undefined
  readonly seed: number
  readonly device: string
  readonly resume: MethodCheckpoint | undefined
  /** True while the accuracy of random real items is not known yet. */
  readonly needsRandomLine: boolean
}

/** Progress of the method; a candidate comes with what students of it can do. */
export interface DistilTaskEvent {
  readonly done: number
  readonly total: number
  readonly unit: string
  readonly phase: string
  readonly isPrelude?: boolean
  readonly checkpoint?: MethodCheckpoint
  readonly live?: { readonly series: string; readonly x: number; readonly y: number }
  readonly candidate?: {
    readonly set: DistilledSet
    /** How right a short student is about validation items, by the set's measure: 0..1. */
    readonly accuracy01: number
    readonly grid: Grid
  }
  /** The same of random real items of the same number; once. */
  readonly randomLine?: number
}

export interface DistilTaskOutput {
  readonly set: DistilledSet
  /** Of the finished set; null where nothing was tried on the way. */
  readonly accuracy01: number | null
  readonly grid: Grid
  readonly device: string
}

/** Validation items that candidates are tried on. */
const probeItems = 1000

/** The task over a list of methods; core/app serves it with the registry. */
export function createDistilTask(
  methods: readonly DistillationMethod[]
): ComputeTask<DistilTaskInput, DistilTaskEvent, DistilTaskOutput> {
  return {
    name: 'distil',
    async *run(input, context) {
      const method = methods.find((candidate) => candidate.id === input.method)
      if (method === undefined) throw new AppError('method-not-found')
      const device = await context.device(input.device)
      const data = await openDistilData(input.data)
      try {
        const validation = await data.part('validation')
        const inputs: DistillationInputs = {
          data: input.data.kind,
          shape: data.shape,
          normalisation: data.normalisation,
          classNames: data.classNames,
          train: data.train,
          validation,
          perClass: input.perClass,
          network: input.network,
          labels: input.labels.kind,
          ...(input.experts === undefined
            ? {}
            : {
                experts: await openExperts(
                  input.experts.folder,
                  input.experts.request,
                  context.cores
                )
              }),
          ...(data.targets === undefined ? {} : { targets: data.targets }),
          ...(data.pairs === undefined ? {} : { pairs: data.pairs })
        }
        const place = {
          tf: device.tf,
          shape: data.shape,
          classes: data.classNames.length,
          seed: input.seed,
          signal: context.signal
        }
        const prober = createProber(device, inputs, input, context)
        const steps = method.run(
          {
            random: createRandom(input.seed).fork(method.id),
            seed: input.seed,
            signal: context.signal,
            device,
            resume: input.resume
          },
          inputs,
          method.params.parse(input.params)
        )
        // The random line comes with the first candidate: an earlier start has tried some.
        let isProbed = !input.needsRandomLine
        for (;;) {
          const step = await steps.next()
          if (step.done === true) {
            const set = await withLabels(step.value, input.labels, place)
            return {
              set,
              accuracy01: isProbed ? await prober.accuracy(set) : null,
              grid: await prober.paint(set),
              device: device.name
            }
          }
          const { candidate, ...progress } = step.value
          if (candidate === undefined) {
            yield progress
            continue
          }
          isProbed = true
          const set = await withLabels(candidate, input.labels, place)
          const randomLine = await prober.randomLine(set)
          yield {
            ...progress,
            candidate: {
              set,
              accuracy01: await prober.accuracy(set),
              grid: await prober.paint(set)
            },
            ...(randomLine === undefined ? {} : { randomLine })
          }
        }
      } finally {
        await data.close()
      }
    }
  }
}

interface Prober {
  accuracy(set: DistilledSet): Promise<number>
  /** The share of random real items with the set's recipe; undefined when it is known already. */
  randomLine(set: DistilledSet): Promise<number | undefined>
  paint(set: DistilledSet): Promise<Grid>
}

/** Tries sets on validation items: always the same items, the same first values, the same steps. */
function createProber(
  device: Device,
  inputs: DistillationInputs,
  input: DistilTaskInput,
  context: TaskContext
): Prober {
  const classes = inputs.classNames.length
  const seed = hashString('probe', input.seed)
  const wanted = probeRows(inputs.validation, seed)
  const rows = wanted === undefined ? inputs.validation : someRows(inputs.validation, wanted)
  const ask = async (
    set: DistilledSet,
    items: StudentItems,
    student: StudentRecipe
  ): Promise<number> => {
    const network = createNetwork(
      inputs.network,
      inputs.shape,
      items.targets.length / Math.max(1, items.count)
    )
    const recipe = shortRecipe(student, items.count)
    const scorer = await openScorer(
      measureOf(set),
      { ...inputs, heads: pairFactsOf(set) },
      'validation',
      wanted
    )
    const judged = { items, recipe, network, seed, rows, kernel: kernelOf(set), scorer }
    return judge(device, judged, context.signal)
  }
  let needsRandomLine = input.needsRandomLine
  return {
    accuracy(set) {
      const { targets, labels, values, count } = set
      const items = {
        values,
        count,
        targets:
          targets.kind === 'hard'
            ? oneHotShares(labels, classes)
            : targets.kind === 'soft'
              ? targets.shares
              : targets.values,
        ...labellerOf(changedOf(targets), labels, { shape: inputs.shape, classes })
      }
      return ask(set, items, set.student)
    },
    async randomLine(set) {
      if (!needsRandomLine) return undefined
      needsRandomLine = false
      const drawn = drawPerClass(inputs.train.labels, classes, input.perClass, seed)
      const labels = Int32Array.from(drawn, (row) => inputs.train.labels[row])
      const isNamed = measureOf(set) === 'accuracy' || inputs.targets === undefined
      const items = {
        values: inputs.train.read(drawn),
        count: drawn.length,
        targets: isNamed ? oneHotShares(labels, classes) : inputs.targets.train(drawn)
      }
      return ask(set, items, isNamed ? plainRecipe(set.student) : set.student)
    },
    paint: (set) => paintGrid(set, inputs)
  }
}

/** Some of many rows; undefined for all of them. */
function probeRows(validation: LabelledRows, seed: number): Uint32Array | undefined {
  const all = Uint32Array.from({ length: validation.count }, (_, row) => row)
  if (validation.count <= probeItems) return undefined
  return drawStratified(all, validation.labels, probeItems, seed)
}
