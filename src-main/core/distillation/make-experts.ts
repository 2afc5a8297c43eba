// The "Training the helper model" phase: the experts a method asked for, each trained once for the
// same items and then found on disk by every run that asks for the same.
import { join } from 'node:path'
import type { DistilHelper } from '../../api/dto/distil.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { ExpertMoment, ExpertRequest } from '../networks/experts.ts'
import type { DatasetRecord } from '../store/records.ts'
import type { DataPlace } from './distil-data.ts'
import { markUsed } from './expert-cache.ts'
import { expertKey, hasExpert, readMoments } from './expert-store.ts'
import type { ExpertTaskEvent, ExpertTaskInput, ExpertTaskOutput } from './expert-task.ts'
import type { FrozenSplit } from './frozen-split.ts'
import { askOwnHelper } from './own-helper/own-phase.ts'
import type { SetFacts } from './run-files.ts'

export interface MakeExperts {
  readonly context: JobContext
  /** experts/ of the project. */
  readonly expertsFolder: string
  readonly dataset: DatasetRecord
  readonly split: FrozenSplit
  readonly facts: SetFacts
  readonly data: DataPlace
  readonly request: ExpertRequest
  /** A file of the analyst's own in place of training; absent = train. */
  readonly helper?: DistilHelper | undefined
  readonly seed: number
  readonly phase: number
  readonly checkpointEveryMs: number
  /** Told which folder will be used before it is looked for, so that nobody clears it away. */
  uses(key: string): void
}

/** Finished experts. */
export interface ReadyExperts {
  readonly folder: string
  readonly key: string
  readonly request: ExpertRequest
  readonly moments: readonly (readonly ExpertMoment[])[]
}

/** Trains what is missing, or asks the analyst's own model where that was chosen. */
export async function makeExperts(run: MakeExperts): Promise<ReadyExperts> {
  const { context, request, split, facts } = run
  if (run.helper?.kind === 'file') return askOwnHelper(run, run.helper)
  const key = expertKey({
    request,
    shape: facts.shape,
    splitHash: split.hash,
    contentHash: `${run.dataset.contentHash} ${split.train.length}`,
    seed: run.seed
  })
  run.uses(key)
  const folder = join(run.expertsFolder, key)
  context.phase(run.phase, 0, 'steps')
  for (let expert = 0; expert < request.count; expert++) {
    if (await hasExpert(folder, expert)) continue
    await trainOne(run, folder, expert)
  }
  await markUsed(folder)
  return { folder, key, request, moments: await readMoments(folder, request.count) }
}

async function trainOne(run: MakeExperts, folder: string, expert: number): Promise<void> {
  const { context, request } = run
  const input: ExpertTaskInput = {
    data: run.data,
    request,
    expert,
    folder,
    seed: run.seed,
    device: context.deviceRequest,
    checkpointEveryMs: run.checkpointEveryMs
  }
  let total = 0
  const output = await context.pool.run<ExpertTaskInput, ExpertTaskEvent, ExpertTaskOutput>(
    { name: 'distil-expert' },
    input,
    {
      signal: context.signal,
      cores: 'all',
      async onEvent(event) {
        await context.breathe()
        if (event.total !== total) {
          total = event.total
          context.phase(run.phase, total * request.count, 'steps')
        }
        context.progress(expert * total + event.done)
        if (event.moment !== undefined && expert === 0)
          context.live('helper', event.moment.epoch, event.moment.accuracy01)
      }
    }
  )
  context.device(output.device)
}
