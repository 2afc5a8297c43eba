// The "Making the set" phase: the method on a compute thread, its checkpoints, the best candidate
// so far on disk, the picture of it, and stopping early.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DistilDraft } from '../../api/dto/distil.ts'
import { AppError } from '../../api/errors.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { DistillationMethod } from '../methods/distillation/distillation-method.ts'
import type { ExpertRequest } from '../networks/experts.ts'
import type { NetworkSpec } from '../networks/network.ts'
import {
  loadCheckpointOrNone,
  removeCheckpointArrays,
  saveCheckpointArrays
} from '../selection/selection-files.ts'
import type { DataPlace } from './distil-data.ts'
import type { DistilState } from './distil-state.ts'
import type { DistilTaskEvent, DistilTaskInput, DistilTaskOutput } from './distil-task.ts'
import { savePreview } from './run-files.ts'
import { loadSet, saveSet, type SavedSet } from './set-files.ts'

export interface MakeSet {
  readonly context: JobContext
  readonly folder: string
  readonly draft: DistilDraft
  readonly method: DistillationMethod
  readonly params: Readonly<Record<string, unknown>>
  readonly data: DataPlace
  readonly network: NetworkSpec
  readonly experts: { readonly folder: string; readonly request: ExpertRequest } | undefined
  readonly phase: number
  readonly checkpointEveryMs: number
  /** Aborted when the analyst wants the best so far. */
  readonly stopEarly: AbortSignal
  now(): number
  state(): DistilState
  save(change: Partial<DistilState>): void
}

/** An earlier candidate counts only when it is clearly better: trials hold luck. */
const clearlyBetter01 = 0.01
/** Points of a method's own measure that are shown at most; a quick one measures at every step. */
const livePoints = 300

/** Folder of the finished set within the run's. */
export const setFolder = 'set'

/** Makes the set (or goes on) and leaves it in `set/`. Throws AppError "cancelled". */
export async function makeSet(run: MakeSet): Promise<void> {
  run.context.phase(run.phase, 0, 'steps')
  if (run.state().isMade) return
  if (run.state().isStoppedEarly) return keepBest(run)
  try {
    await runMethod(run)
  } catch (error) {
    if (run.context.signal.aborted || !run.stopEarly.aborted) throw error
    await keepBest(run)
  }
}

/** The best candidate becomes the set. */
export async function keepBest(run: Pick<MakeSet, 'folder' | 'state' | 'save'>): Promise<void> {
  const { best } = run.state()
  if (best === null) throw new AppError('run-not-finished', 'There is no set to keep yet.')
  const candidate = join(run.folder, best.folder)
  const set = await loadSet(candidate)
  await copySet(run.folder, set)
  run.save({ isMade: true })
  await cleanUp(run)
}

async function copySet(folder: string, set: SavedSet): Promise<void> {
  await saveSet(join(folder, setFolder), {
    ...set,
    values: set.values ?? new Float32Array(0),
    // Pixels of real items lie nowhere, before and after.
    stored: set.stored.map((array) => ({ ...array, values: array.values ?? new Uint8Array(0) }))
  })
}

async function runMethod(run: MakeSet): Promise<void> {
  const { running } = run.state()
  const input: DistilTaskInput = {
    method: run.method.id,
    params: run.params,
    data: run.data,
    perClass: run.draft.perClass,
    labels: run.draft.labels,
    network: run.network,
    experts: run.experts,
    seed: run.draft.seed,
    device: run.context.deviceRequest,
    resume:
      running === null
        ? undefined
        : await loadCheckpointOrNone(run.folder, running.checkpoint, run.context.log),
    needsRandomLine: run.state().randomLine === null
  }
  let savedAt = run.now()
  let total = 0
  let unit = ''
  let nextLive = 0
  const onEvent = async (event: DistilTaskEvent): Promise<void> => {
    await run.context.breathe()
    const ends = event.isPrelude === true ? 0 : event.total
    if (ends !== total || event.unit !== unit) {
      nextLive = 0
      total = ends
      unit = event.unit
      run.context.phase(run.phase, total, unit)
    }
    run.context.progress(event.done)
    if (event.live !== undefined && event.done >= nextLive) {
      run.context.live(event.live.series, event.live.x, event.live.y)
      nextLive = event.done + total / livePoints
    }
    const isDue = event.candidate !== undefined || run.now() - savedAt >= run.checkpointEveryMs
    if (event.checkpoint === undefined || !isDue) return
    await keepPoint(run, event)
    savedAt = run.now()
  }
  const output = await run.context.pool.run<DistilTaskInput, DistilTaskEvent, DistilTaskOutput>(
    { name: 'distil' },
    input,
    {
      signal: AbortSignal.any([run.context.signal, run.stopEarly]),
      onEvent,
      cores: 'all'
    }
  )
  run.context.device(output.device)
  await finish(run, output)
}

/** Keeps the finished set, or an earlier candidate that was clearly better. */
async function finish(run: MakeSet, output: DistilTaskOutput): Promise<void> {
  const { best } = run.state()
  const isWorse =
    best !== null &&
    output.accuracy01 !== null &&
    best.accuracy01 > output.accuracy01 + clearlyBetter01
  if (isWorse) {
    run.save({
      device: output.device,
      notes: [
        ...run.state().notes,
        'An earlier state of the set did better on validation items than the last one; it was kept.'
      ]
    })
    return keepBest(run)
  }
  await saveSet(join(run.folder, setFolder), output.set)
  await savePreview(run.folder, output.grid)
  run.save({ isMade: true, device: output.device })
  await cleanUp(run)
}

/** Stores a checkpoint, and the candidate it came with, in one go. */
async function keepPoint(run: MakeSet, event: DistilTaskEvent): Promise<void> {
  const { checkpoint, candidate } = event
  if (checkpoint === undefined) return
  const before = run.state()
  const sequence = (before.running?.sequence ?? 0) + 1
  const ref = await saveCheckpointArrays(run.folder, sequence, checkpoint)
  const change: Partial<DistilState> = { running: { sequence, checkpoint: ref } }
  if (event.randomLine !== undefined) change.randomLine = event.randomLine
  if (candidate !== undefined) {
    const { accuracy01 } = candidate
    change.curve = [
      ...before.curve.filter(({ x }) => x < event.done),
      { x: event.done, set: accuracy01 }
    ]
    if (before.best === null || accuracy01 >= before.best.accuracy01) {
      const folder = `best-${sequence}`
      await saveSet(join(run.folder, folder), candidate.set)
      change.best = { folder, sequence, accuracy01, at: event.done }
    }
    await savePreview(run.folder, candidate.grid)
  }
  run.save(change)
  // Only now is the older one not named by any checkpoint.
  if (before.running !== null) await removeCheckpointArrays(run.folder, before.running.checkpoint)
  if (change.best !== undefined && before.best !== null)
    await rm(join(run.folder, before.best.folder), { recursive: true, force: true })
  if (event.randomLine !== undefined) run.context.live('random', event.done, event.randomLine)
  if (candidate !== undefined) run.context.live('accuracy', event.done, candidate.accuracy01)
}

/** Removes what only an unfinished run needs. */
async function cleanUp(run: Pick<MakeSet, 'folder' | 'state' | 'save'>): Promise<void> {
  const { running, best } = run.state()
  run.save({ running: null })
  if (running !== null) await removeCheckpointArrays(run.folder, running.checkpoint)
  if (best !== null) await rm(join(run.folder, best.folder), { recursive: true, force: true })
}
