// Calls about buildings and paths: adding a folder, planning, training and measuring, results.
import { basename, join } from 'node:path'
import {
  RoomsPlan,
  type RoomsEpisode,
  type RoomsEstimate,
  type RoomsPreview
} from '../../api/dto/trace-rooms.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { newJobId } from '../jobs/engine.ts'
import type { Rooms } from '../rooms/read-rooms.ts'
import {
  buildingsOf,
  loadRooms,
  roomsPath,
  roomsStamp,
  setsWithRooms
} from '../rooms/room-store.ts'
import { loadRoomsResult } from '../rooms/room-units.ts'
import { plannedPaths, suggestedBuildings } from '../rooms/rooms-plan.ts'
import { roomsCsv, tidyPlan } from '../rooms/rooms-result.ts'
import {
  episodeTask,
  probeRoomsTask,
  readRoomsTask,
  secondsOf,
  type EpisodeInput,
  type ProbeInput,
  type ReadRoomsEvent,
  type RoomsSpeed
} from '../rooms/walk-task.ts'
import { requireSet } from '../traces/stored/load-trace.ts'
import { writableArea, type AppState } from './app-state.ts'
import type { ProjectArea } from './project-area.ts'

type RoomsHandlers = Pick<Handlers, Extract<keyof Handlers, `rooms.${string}`>>

const never = new AbortController().signal
/** Files of a folder that are shown one by one. */
const filesShown = 500

/** Handlers of `rooms.*`. */
export function createRoomsHandlers(state: AppState): RoomsHandlers {
  const { grants, pool, settings } = state
  /** Speeds measured since the start, by what they depend on. */
  const speeds = new Map<string, RoomsSpeed>()

  async function estimate(plan: RoomsPlan): Promise<RoomsEstimate> {
    const { project, engine } = state.area()
    requireSet(project.store, plan.set)
    const path = roomsPath(project.folder, plan.set)
    const { train, test, seen, problem } = plannedPaths(await loadRooms(path), plan)
    const counts = { trainPaths: train.length, testPaths: test.length, seen: [...seen] }
    if (problem !== undefined) return { ...counts, seconds: null, problem }
    const { device, cores } = settings.get()
    const key = [path, await roomsStamp(path), device, cores].join('\n')
    const known = speeds.get(key)
    // A probe would wait behind the job, or both would be slow.
    if (known === undefined && engine.isBusy()) return { ...counts, seconds: null, problem: null }
    const speed =
      known ??
      (await pool.run<ProbeInput, never, RoomsSpeed>(
        probeRoomsTask,
        { path, plan, device },
        { signal: never, cores: 'all' }
      ))
    speeds.set(key, speed)
    return { ...counts, seconds: secondsOf(plan, test.length, speed), problem: null }
  }

  return {
    'rooms.preview': async ({ grant }) => {
      const folder = grants.resolve(grant, 'folder').path
      const rooms = await pool.run<{ readonly folder: string }, ReadRoomsEvent, Rooms>(
        readRoomsTask,
        { folder },
        { signal: never, isLight: true }
      )
      return previewOf(rooms)
    },
    'rooms.import': async ({ grant, name }) => {
      const { engine, project } = writableArea(state)
      const folder = grants.resolve(grant, 'folder').path
      if (project.store.traces.setByName(name) !== undefined)
        throw new AppError(
          'dataset-name-taken',
          `This project already has a set of traces called “${name}”.`,
          { hint: 'Choose another name.' }
        )
      const set = newJobId()
      const job = engine.submit({
        kind: 'import-rooms',
        title: `Reading “${name}”`,
        params: { set, name, folder, shown: basename(folder) }
      })
      return { job: job.id, set }
    },
    'rooms.sets': async () => {
      const { project, traces } = state.area()
      const there = new Set(await setsWithRooms(project.folder))
      const sets = project.store.traces.sets().filter(({ id }) => there.has(id))
      return {
        sets: sets.map(({ id, name }) => ({
          set: id,
          name,
          paths: traces.lists.summary(id).traces
        }))
      }
    },
    'rooms.buildings': async ({ set }) => {
      const { project } = state.area()
      requireSet(project.store, set)
      const buildings = buildingsOf(await loadRooms(roomsPath(project.folder, set)))
      return { buildings, suggested: suggestedBuildings(buildings) }
    },
    'rooms.estimate': (plan) => estimate(plan),
    'rooms.start': async (asked) => {
      const { engine, project } = writableArea(state)
      const plan = tidyPlan(asked)
      const { name } = requireSet(project.store, plan.set)
      const rooms = await loadRooms(roomsPath(project.folder, plan.set))
      const { problem } = plannedPaths(rooms, plan)
      if (problem !== undefined) throw new AppError('invalid-input', problem)
      const job = engine.submit({
        kind: 'train-rooms',
        title: `Finding the way in “${name}”`,
        params: plan
      })
      return { job: job.id }
    },
    'rooms.runs': async ({ set }) => {
      const { project } = state.area()
      const { jobs } = project.store
      const runs = jobs.list().flatMap(({ id, kind, createdAt }) => {
        // Lists of jobs leave plans and results out.
        const record = kind === 'train-rooms' ? jobs.get(id) : undefined
        const plan = RoomsPlan.safeParse(record?.params)
        if (!plan.success || plan.data.set !== set) return []
        return [{ job: id, createdAt, plan: plan.data, verdict: verdictOf(record?.result) }]
      })
      return { runs: runs.toSorted((a, b) => b.createdAt - a.createdAt) }
    },
    'rooms.result': async ({ job }) => loadRoomsResult(finished(state.area(), job).folder),
    'rooms.episode': async ({ job, run, at }) => {
      const area = state.area()
      const { folder, plan } = finished(area, job)
      return pool.run<EpisodeInput, never, RoomsEpisode>(
        episodeTask,
        { path: roomsPath(area.project.folder, plan.set), folder, plan, run, at },
        { signal: never, isLight: true }
      )
    },
    'rooms.figures': async ({ job, format }) => {
      const result = await loadRoomsResult(finished(state.area(), job).folder)
      return { text: format === 'csv' ? roomsCsv(result) : `${JSON.stringify(result, null, 2)}\n` }
    }
  }
}

/** Folder and plan of a measurement that is done. */
function finished(
  area: ProjectArea,
  job: string
): { readonly folder: string; readonly plan: RoomsPlan } {
  const record = area.project.store.jobs.get(job)
  if (record?.kind !== 'train-rooms') throw new AppError('run-not-found')
  if (record.state !== 'finished' && record.state !== 'finished-with-notes')
    throw new AppError('run-not-finished')
  return { folder: join(area.project.runsFolder, job), plan: RoomsPlan.parse(record.params) }
}

function verdictOf(result: unknown): string | null {
  if (typeof result !== 'object' || result === null || !('verdict' in result)) return null
  return typeof result.verdict === 'string' ? result.verdict : null
}

function previewOf({ files, leftAlone, buildings, paths, problems }: Rooms): RoomsPreview {
  return {
    files: files.slice(0, filesShown),
    leftAlone,
    buildings: buildingsOf({ buildings, paths }),
    paths: paths.length,
    problems: problems.length
  }
}
