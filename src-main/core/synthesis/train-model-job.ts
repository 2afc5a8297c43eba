// Training a model of pictures on pictures of the project, as a job.
import { rm } from 'node:fs/promises'
import { PictureModelPlan } from '../../api/dto/expand.ts'
import { noFilter } from '../../api/dto/browse.ts'
import { AppError } from '../../api/errors.ts'
import { createRandom, hashString } from '../compute/random.ts'
import { describeSource } from '../datasets/item-source.ts'
import type { JobKind } from '../jobs/job-kind.ts'
import { loadFrozen, saveFrozen, type Frozen } from './expand-files.ts'
import type { ExpandDeps } from './expand-job.ts'
import type { TrainModelInput, TrainModelOutput, TrainModelProgress } from './train-model-task.ts'

/** Fewer pictures than this teach nothing that their blends would not. */
export const fewestToTrain = 200
/** More are not held in memory. */
const mostToTrain = 20_000
const keepEveryMs = 20_000
/** Points of the loss that are shown while it trains. */
const liveEvery = 10

/** Pictures a model would be trained on: those that are not set aside. */
export async function trainingRows(
  deps: Pick<ExpandDeps, 'items'>,
  plan: Pick<PictureModelPlan, 'dataset' | 'seed'>
): Promise<number[]> {
  const rows = await deps.items.rows(plan.dataset, noFilter)
  const random = createRandom(hashString('model pictures', plan.seed))
  const taken =
    rows.length <= mostToTrain
      ? [...rows]
      : [...random.sample(rows.length, mostToTrain)].map((at) => rows[at])
  return taken.toSorted((a, b) => a - b)
}

/** Why so many pictures cannot be trained on; null when they can. */
export function trainingProblem(pictures: number): string | null {
  return pictures >= fewestToTrain
    ? null
    : `A model of pictures needs at least ${fewestToTrain} pictures; there are ${pictures}.`
}

/** The kind of job that `expand.train` queues. */
export function createTrainPicturesJob(
  deps: ExpandDeps & { readonly keepEveryMs?: number }
): JobKind<PictureModelPlan, { readonly name: string; readonly loss: number }> {
  return {
    kind: 'train-pictures',
    params: PictureModelPlan,
    canPause: true,
    canResume: true,
    isHeavy: true,
    phases: [{ name: 'Learning what pictures look like', weight: 1 }],
    async run(context, plan) {
      const dataset = deps.dataset(plan.dataset)
      const folder = await context.folder()
      if ((await loadFrozen(folder)) === undefined) {
        const rows = await trainingRows(deps, plan)
        const problem = trainingProblem(rows.length)
        if (problem !== null) throw new AppError('invalid-input', problem)
        await saveFrozen(folder, frozenOf(deps, dataset.id, dataset.name, rows))
      }
      context.phase(0, plan.steps, 'steps')
      const output = await context.pool.run<TrainModelInput, TrainModelProgress, TrainModelOutput>(
        { name: 'expand.train-model' },
        {
          folder,
          name: plan.name,
          about: `Pictures of “${dataset.name}”`,
          side: plan.side,
          channels: plan.channels,
          steps: plan.steps,
          seed: plan.seed,
          source: describeSource(dataset, deps.mediaFolder),
          device: context.deviceRequest,
          keepEveryMs: deps.keepEveryMs ?? keepEveryMs
        },
        {
          signal: context.signal,
          cores: 'all',
          async onEvent({ done, loss }) {
            context.progress(done)
            if (done % liveEvery === 0) context.live('loss', done, loss)
            await context.breathe()
          }
        }
      )
      return { name: plan.name, loss: output.losses.at(-1) ?? 0 }
    },
    discard: (_plan, folder) => rm(folder, { recursive: true, force: true })
  }
}

function frozenOf(
  { store }: Pick<ExpandDeps, 'store'>,
  id: string,
  name: string,
  rows: readonly number[]
): Frozen {
  const sources = store.items
    .rows(id, rows)
    .map((item) => ({ row: item.row, name: item.name, locator: item.locator, label: 0 }))
  return { dataset: name, labels: [''], sources, lent: [], held: [] }
}
