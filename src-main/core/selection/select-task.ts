// Compute task: runs one selection method on candidate rows of a fingerprint file. It knows no
// store; what it needs comes in the message and what it finds goes out as events and a result.
import { AppError } from '../../api/errors.ts'
import { createRandom } from '../compute/random.ts'
import { openNpy } from '../features/npy.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import type {
  GivenBy,
  GradientCheckpoint,
  MethodCheckpoint,
  MethodProgress,
  Selection,
  SelectionMethod,
  Sources,
  TargetTask
} from '../methods/method.ts'
import { openMatrixRows, type MatrixPlace } from '../matrices/matrix-rows.ts'
import type { FeatureSource } from '../features/feature-matrix.ts'
import { mapRows } from './mapped-features.ts'
import { openTexts } from './text-rows.ts'

export interface SelectTaskInput {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
  /** Finished .npy file with one row per item of the dataset. */
  readonly featuresPath: string
  /** Candidate rows, ascending. */
  readonly rows: Uint32Array
  /** Class of each candidate; -1 = none. */
  readonly labels: Int32Array
  readonly classNames: readonly string[]
  readonly tasks: readonly TargetTask[]
  /** Finished file of the candidates' texts, for methods that read them. */
  readonly textsPath: string | undefined
  readonly sources: Sources | undefined
  /** Joined gradients, one matrix per checkpoint with one row per item of the dataset. */
  readonly gradients: readonly { readonly name: string; readonly place: MatrixPlace }[]
  /** Candidate rows of a given list, in its order. */
  readonly given: Uint32Array | undefined
  readonly givenBy: GivenBy | undefined
  readonly budget: number
  readonly seed: number
  readonly device: string
  readonly resume: MethodCheckpoint | undefined
}

export interface SelectTaskOutput {
  readonly selection: Selection
  /** Name of the device that did it. */
  readonly device: string
}

/** The task over a list of methods; core/app serves it with the registry. */
export function createSelectTask(
  methods: readonly SelectionMethod[]
): ComputeTask<SelectTaskInput, MethodProgress, SelectTaskOutput> {
  return {
    name: 'select',
    async *run(input, context) {
      const method = methods.find((candidate) => candidate.id === input.method)
      if (method === undefined) throw new AppError('method-not-found')
      const device = await context.device(input.device)
      const source = await openNpy(input.featuresPath)
      const opened: FeatureSource[] = []
      try {
        const gradients: GradientCheckpoint[] = []
        for (const { name, place } of input.gradients) {
          const matrix = await openMatrixRows(place)
          opened.push(matrix)
          gradients.push({ name, rows: mapRows(matrix, input.rows) })
        }
        const selection = yield* method.run(
          {
            random: createRandom(input.seed).fork(method.id),
            seed: input.seed,
            signal: context.signal,
            device,
            ...(context.cores === undefined ? {} : { cores: context.cores }),
            resume: input.resume
          },
          {
            features: mapRows(source, input.rows),
            labels: input.labels,
            classNames: input.classNames,
            tasks: input.tasks,
            budget: input.budget,
            rowIds: input.rows,
            ...(input.textsPath === undefined
              ? {}
              : { texts: openTexts(input.textsPath, input.rows.length) }),
            ...(input.sources === undefined ? {} : { sources: input.sources }),
            ...(gradients.length === 0 ? {} : { gradients }),
            ...(input.given === undefined ? {} : { given: input.given }),
            ...(input.givenBy === undefined ? {} : { givenBy: input.givenBy })
          },
          method.params.parse(input.params)
        )
        return { selection, device: device.name }
      } finally {
        for (const matrix of opened) await matrix.close()
        await source.close()
      }
    }
  }
}
