// Compute task: runs one selection method on candidate rows of a fingerprint file. It knows no
// store; what it needs comes in the message and what it finds goes out as events and a result.
import { AppError } from '../../api/errors.ts'
import { createRandom } from '../compute/random.ts'
import { openNpy } from '../features/npy.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import type {
  MethodCheckpoint,
  MethodProgress,
  Selection,
  SelectionMethod,
  TargetTask
} from '../methods/method.ts'
import { mapRows } from './mapped-features.ts'

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
      try {
        const selection = yield* method.run(
          {
            random: createRandom(input.seed).fork(method.id),
            seed: input.seed,
            signal: context.signal,
            device,
            resume: input.resume
          },
          {
            features: mapRows(source, input.rows),
            labels: input.labels,
            classNames: input.classNames,
            tasks: input.tasks,
            budget: input.budget,
            rowIds: input.rows
          },
          method.params.parse(input.params)
        )
        return { selection, device: device.name }
      } finally {
        await source.close()
      }
    }
  }
}
