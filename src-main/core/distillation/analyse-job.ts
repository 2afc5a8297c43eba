// The job behind "What does it teach?": panels of an analysis of a finished tiny set. Each unit lies on
// disk before the checkpoint names it, so that a job killed at any moment goes on after the last one.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { AnalysisResult } from '../../api/dto/analysis.ts'
import { AnalysisRequest } from '../../api/dto/analysis.ts'
import { DistilResult } from '../../api/dto/distil.ts'
import { AppError } from '../../api/errors.ts'
import type { JobContext, JobKind } from '../jobs/job-kind.ts'
import { describeNetwork } from '../networks/create-network.ts'
import { pictureAccess } from '../selection/check-pixels.ts'
import type { SelectFeatures } from '../selection/ready-features.ts'
import { CheckpointRef, saveCheckpointArrays } from '../selection/selection-files.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import type { AnalyseTaskEvent, AnalyseTaskInput, AnalyseTaskOutput } from './analyse-task.ts'
import { saveAnalysis } from './analysis-file.ts'
import type { DataPlace } from './distil-data.ts'
import { loadSplit } from './frozen-split.ts'
import { setFolder } from './make-set.ts'
import { networkFor, otherNetworkFor } from './network-choice.ts'
import { placeOfRead } from './read-items.ts'
import { loadFacts } from './run-files.ts'
import { loadSet } from './set-files.ts'

export interface AnalyseJobDeps {
  readonly store: Store
  readonly features: SelectFeatures
  /** media/ and runs/ of the project. */
  readonly mediaFolder: string
  readonly runsFolder: string
  now(): number
}

const phases = [
  { name: 'Reading the items', weight: 0.08 },
  { name: 'Looking into the set', weight: 0.92 }
] as const

const State = z.strictObject({
  /** Finished units. */
  units: z.array(CheckpointRef),
  /** Seconds of work before the last stop. */
  seconds: z.number()
})

/** The kind of job that `distil.analyse` queues. */
export function createAnalyseJob(
  deps: AnalyseJobDeps
): JobKind<AnalysisRequest, { readonly run: string }> {
  return {
    kind: 'analyse',
    params: AnalysisRequest,
    canPause: true,
    canResume: true,
    phases,
    isHeavy: true,
    run: (context, request) => analyse(deps, context, request),
    discard: (_request, folder) => rm(folder, { recursive: true, force: true })
  }
}

/** What a finished run left, and its data. Throws AppError when either is gone or not there yet. */
function requireRun(
  store: Store,
  run: string
): { readonly result: DistilResult; readonly dataset: DatasetRecord } {
  const record = store.runs.get(run)
  if (record === undefined) throw new AppError('run-not-found')
  const result = DistilResult.safeParse(record.result)
  if (!result.success) throw new AppError('run-not-finished')
  const dataset = store.datasets.get(result.data.dataset)
  if (dataset === undefined)
    throw new AppError(
      'dataset-not-found',
      'The data this set was made from is not in the project any more.'
    )
  return { result: result.data, dataset }
}

async function analyse(
  deps: AnalyseJobDeps,
  context: JobContext,
  request: AnalysisRequest
): Promise<{ readonly run: string }> {
  const { store } = deps
  const { result, dataset } = requireRun(store, request.run)
  const startedAt = deps.now()
  const folder = await context.folder()
  const parsed = State.safeParse(context.checkpoint)
  const before = parsed.success ? parsed.data : { units: [], seconds: 0 }
  const secondsSoFar = (): number => before.seconds + (deps.now() - startedAt) / 1000
  const { input, notes } = await readInput(deps, context, request, result, dataset, folder)
  const units = [...before.units]
  context.phase(1, 0, 'items')
  let total = 0
  const output = await context.pool.run<AnalyseTaskInput, AnalyseTaskEvent, AnalyseTaskOutput>(
    { name: 'distil-analyse' },
    { ...input, finished: units },
    {
      signal: context.signal,
      cores: 'all',
      async onEvent(event) {
        await context.breathe()
        if (event.total !== total) {
          total = event.total
          context.phase(1, total, 'items')
        }
        units.push(await saveCheckpointArrays(folder, units.length, event.unit))
        context.saveCheckpoint({ units, seconds: secondsSoFar() })
        context.progress(event.done)
      }
    }
  )
  context.device(output.device)
  const { parts, setItems, testItems } = output
  const analysis: AnalysisResult = {
    run: request.run,
    effort: request.effort,
    seed: request.seed,
    network: describeNetwork(input.network),
    classNames: [...result.classNames],
    setItems,
    testItems,
    seconds: secondsSoFar(),
    device: output.device,
    parts,
    notes: [...notes]
  }
  // The run may have been removed while its set was looked into.
  requireRun(store, request.run)
  await saveAnalysis(join(deps.runsFolder, request.run), analysis)
  await rm(folder, { recursive: true, force: true })
  return { run: request.run }
}

async function readInput(
  deps: AnalyseJobDeps,
  context: JobContext,
  request: AnalysisRequest,
  { draft }: DistilResult,
  dataset: DatasetRecord,
  folder: string
): Promise<{
  readonly input: Omit<AnalyseTaskInput, 'finished'>
  readonly notes: readonly string[]
}> {
  const made = join(deps.runsFolder, request.run)
  const split = await loadSplit(join(made, 'split'))
  const facts = await loadFacts(made)
  const data = await placeOfRead({
    context,
    folder,
    dataset,
    split,
    seed: draft.seed,
    side: facts.shape.height,
    pictures: pictureAccess(deps.store, dataset, deps.mediaFolder),
    features: deps.features,
    phase: 0
  })
  const set = join(made, setFolder)
  const { targets } = await loadSet(set)
  const { data: asked, notes } = withTestItems(data)
  if (targets.kind === 'values')
    notes.push('This set teaches free numbers; here its items were learned with plain labels.')
  const { panels, effort, seed } = request
  return {
    input: {
      data: asked,
      set,
      network: networkFor(draft, facts.shape),
      otherNetworks: [otherNetworkFor(facts.shape)],
      panels,
      effort,
      seed,
      folder,
      device: context.deviceRequest
    },
    notes
  }
}

/** Validation items stand in where the data has no test items. */
function withTestItems(data: DataPlace): { readonly data: DataPlace; readonly notes: string[] } {
  if (data.test.rows.length > 0) return { data, notes: [] }
  return {
    data: { ...data, test: data.validation },
    notes: ['There are no test items; the validation items were asked instead.']
  }
}
