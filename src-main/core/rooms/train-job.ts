// Training and measuring as a job: every round can be gone on from after a kill, every finished unit is
// on disk before it counts.
import { rm } from 'node:fs/promises'
import { z } from 'zod'
import { RoomsPlan, type RoomsResult } from '../../api/dto/trace-rooms.ts'
import { AppError } from '../../api/errors.ts'
import type { JobContext, JobKind } from '../jobs/job-kind.ts'
import {
  CheckpointRef,
  removeCheckpointArrays,
  saveCheckpointArrays
} from '../selection/selection-files.ts'
import type { Store } from '../store/records.ts'
import { loadUnit, saveRoomsResult, saveUnit } from './room-units.ts'
import { roomsPath, roomsStamp } from './room-store.ts'
import { roundsOf } from './rooms-plan.ts'
import { roomsResult } from './rooms-result.ts'
import { walksPerRound, type MeasureLists } from './walk-rooms.ts'
import {
  learners,
  runInputOf,
  walkRoomsTask,
  walksOf,
  type WalkRoomsEvent,
  type WalkRoomsInput,
  type WalkRoomsOutput
} from './walk-task.ts'

export interface TrainRoomsDeps {
  readonly store: Store
  readonly projectFolder: string
  /** Milliseconds between checkpoints; 5 seconds where absent. */
  readonly checkpointEveryMs?: number
  now(): number
}

const State = z.strictObject({
  /** Finished units. */
  units: z.int().min(0),
  under: CheckpointRef.optional(),
  /** Counts checkpoints, so that a new one never lies where the last one does. */
  saved: z.int().min(0),
  /** Seconds of work before the last stop. */
  seconds: z.number(),
  /** What the file of rooms was like. */
  stamp: z.string()
})
type State = z.infer<typeof State>

/** The kind of job that `rooms.start` queues. */
export function createTrainRoomsJob(
  deps: TrainRoomsDeps
): JobKind<RoomsPlan, { readonly set: string; readonly verdict: string }> {
  return {
    kind: 'train-rooms',
    params: RoomsPlan,
    canPause: true,
    canResume: true,
    isHeavy: true,
    phases: [{ name: 'Learning and walking', weight: 1 }],
    run: (context, plan) => train(deps, context, plan),
    discard: (_plan, folder) => rm(folder, { recursive: true, force: true })
  }
}

async function train(
  deps: TrainRoomsDeps,
  context: JobContext,
  plan: RoomsPlan
): Promise<{ readonly set: string; readonly verdict: string }> {
  const record = deps.store.traces.set(plan.set)
  const path = roomsPath(deps.projectFolder, plan.set)
  if (record === undefined)
    throw new AppError('dataset-not-found', 'This set of traces is not in the project.')
  const folder = await context.folder()
  const stamp = await roomsStamp(path)
  const parsed = State.safeParse(context.checkpoint)
  // Other rooms than those that were learned from: everything begins anew.
  const before: State =
    parsed.success && parsed.data.stamp === stamp
      ? parsed.data
      : { units: 0, saved: 0, seconds: 0, stamp }
  const common = await runInputOf(path, plan)
  const device = await walk(deps, context, plan, { path, folder, before, test: common.test.length })
  const lists: MeasureLists[] = []
  const count = learners(plan).length
  for (let run = 0; run < plan.runs; run++) {
    const parts: MeasureLists[] = []
    for (let learner = 0; learner < count; learner++)
      parts.push((await loadUnit(folder, run * count + learner)).measures)
    lists.push(Object.assign({}, ...parts) as MeasureLists) // parts of one record
  }
  const result: RoomsResult = roomsResult(
    {
      plan,
      setName: record.name,
      trainPaths: common.train.length,
      testPaths: common.test.length,
      seen: [...common.seen],
      decisions: common.decisions,
      seconds: device.seconds,
      device: device.name
    },
    lists
  )
  await saveRoomsResult(folder, result)
  if (device.under !== undefined) await removeCheckpointArrays(folder, device.under)
  return { set: plan.set, verdict: result.sentences[0] ?? '' }
}

interface Walked {
  readonly name: string
  readonly seconds: number
  /** The last checkpoint, which is not needed any more. */
  readonly under: CheckpointRef | undefined
}

async function walk(
  deps: TrainRoomsDeps,
  context: JobContext,
  plan: RoomsPlan,
  {
    path,
    folder,
    before,
    test
  }: {
    readonly path: string
    readonly folder: string
    readonly before: State
    readonly test: number
  }
): Promise<Walked> {
  const began = deps.now()
  let state = before
  const total = walksOf(plan, test)
  const learned = roundsOf[plan.effort] * walksPerRound
  const each = learned + Math.min(plan.testPaths, test)
  context.phase(0, total, 'walks')
  context.progress(state.units * each)
  const save = async (next: Pick<State, 'units' | 'under'>): Promise<void> => {
    const old = state.under
    const seconds = before.seconds + (deps.now() - began) / 1000
    state = { ...state, ...next, seconds }
    context.saveCheckpoint(state)
    if (old !== undefined && old.folder !== next.under?.folder)
      await removeCheckpointArrays(folder, old)
  }
  const { device } = await context.pool.run<WalkRoomsInput, WalkRoomsEvent, WalkRoomsOutput>(
    walkRoomsTask,
    {
      path,
      folder,
      plan,
      units: state.units,
      under: state.under,
      device: context.deviceRequest,
      checkpointEveryMs: deps.checkpointEveryMs ?? 5000
    },
    {
      signal: context.signal,
      cores: 'all',
      async onEvent(event) {
        await context.breathe()
        if (event.kind === 'unit') {
          await saveUnit(folder, event.unit, event.done)
          await save({ units: event.unit + 1, under: undefined })
          context.progress(state.units * each)
          return
        }
        const done = (event.round + 1) * walksPerRound
        if (event.checkpoint !== undefined) {
          const saved = state.saved + 1
          const under = await saveCheckpointArrays(folder, saved, event.checkpoint)
          state = { ...state, saved }
          await save({ units: state.units, under })
        }
        context.progress(state.units * each + done)
        context.live('agreement', state.units * learned + done, event.agreement01)
      }
    }
  )
  context.device(device)
  return {
    name: device,
    seconds: before.seconds + (deps.now() - began) / 1000,
    under: state.under
  }
}
