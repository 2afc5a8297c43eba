// Adding a folder of buildings and paths: paths become the attempts of a new trace set, buildings are
// kept beside it for training. Stopped or failed, nothing stays.
import { rm } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import type { JobContext, JobKind } from '../jobs/job-kind.ts'
import type { Store } from '../store/records.ts'
import type { TraceRemovals } from '../traces/stored/removals.ts'
import { createTraceWriter, type TraceWriter } from '../traces/stored/write-traces.ts'
import type { Rooms } from './read-rooms.ts'
import { roomRecord } from './room-records.ts'
import { roomsPath, saveRooms, sweepRooms } from './room-store.ts'
import { readRoomsTask, type ReadRoomsEvent } from './walk-task.ts'

export const ImportRoomsParams = z.strictObject({
  set: z.string().min(1).max(64),
  name: z.string().min(1).max(80),
  /** Absolute path of the folder, and what it is called. */
  folder: z.string().min(1),
  shown: z.string()
})
export type ImportRoomsParams = z.infer<typeof ImportRoomsParams>

export interface ImportedRooms {
  readonly set: string
  readonly buildings: number
  readonly paths: number
  readonly problems: number
}

export interface ImportRoomsDeps {
  readonly store: Store
  readonly projectFolder: string
  readonly removals: Pick<TraceRemovals, 'sweep'>
  now(): number
}

/** Attempts written in one go. */
const block = 100
const problemsListed = 10_000

/** The kind of job that `rooms.import` queues. Throws what reading throws, and "dataset-name-taken". */
export function createImportRoomsJob(
  deps: ImportRoomsDeps
): JobKind<ImportRoomsParams, ImportedRooms> {
  return {
    kind: 'import-rooms',
    params: ImportRoomsParams,
    canPause: true,
    canResume: true,
    isHeavy: true,
    phases: [
      { name: 'Reading buildings and paths', weight: 0.3 },
      { name: 'Writing paths', weight: 0.4 },
      { name: 'Finding steps', weight: 0.3 }
    ],
    async run(context, params) {
      // What an interrupted try left goes first: it may have the same id.
      await deps.removals.sweep()
      await sweepRooms(
        deps.projectFolder,
        (set) => set !== params.set && deps.store.traces.set(set) !== undefined
      )
      const rooms = await read(context, params)
      const writer = createTraceWriter(deps.store, {
        set: params.set,
        name: params.name,
        options: { madeBy: 'rooms' },
        now: deps.now()
      })
      try {
        return await write(deps, context, params, rooms, writer)
      } catch (error) {
        writer.discard()
        await rm(roomsPath(deps.projectFolder, params.set), { force: true })
        void deps.removals.sweep()
        throw error
      }
    }
  }
}

async function read(context: JobContext, { folder }: ImportRoomsParams): Promise<Rooms> {
  context.phase(0, 0, 'bytes')
  return context.pool.run<{ readonly folder: string }, ReadRoomsEvent, Rooms>(
    readRoomsTask,
    { folder },
    {
      signal: context.signal,
      async onEvent({ done, total }) {
        context.total(total)
        context.progress(done)
        await context.breathe()
      }
    }
  )
}

async function write(
  { store, projectFolder }: ImportRoomsDeps,
  context: JobContext,
  { set, shown }: ImportRoomsParams,
  rooms: Rooms,
  writer: TraceWriter
): Promise<ImportedRooms> {
  const { buildings, paths, problems } = rooms
  const graphs = new Map(buildings.map((graph) => [graph.scan, graph]))
  writer.addSource({
    number: 0,
    name: shown,
    format: 'room-to-room',
    formatName: 'Room-to-room paths',
    sizeBytes: rooms.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  })
  writer.addProblems(problems.slice(0, problemsListed))
  context.phase(1, paths.length, 'paths')
  for (let from = 0; from < paths.length; from += block) {
    await context.breathe()
    store.transaction(() => {
      for (const path of paths.slice(from, from + block)) {
        const graph = graphs.get(path.scan)
        if (graph !== undefined) writer.add(roomRecord(graph, path), 0)
      }
    })
    context.progress(Math.min(paths.length, from + block))
    // A cancel or a page is answered between blocks.
    await setImmediate()
  }
  // Before the set is seen: one that is seen can be trained on.
  await saveRooms(projectFolder, set, rooms)
  await writer.finish({
    pool: context.pool,
    signal: context.signal,
    volatile: [],
    onStart: (total) => context.phase(2, total, 'attempts'),
    async onProgress(done) {
      context.progress(done)
      await context.breathe()
      await setImmediate()
    }
  })
  if (problems.length > 0)
    context.note(
      problems.length === 1
        ? 'One thing could not be read as it is. It is listed with the reason.'
        : `${problems.length.toLocaleString('en')} things could not be read as they are. They are listed with the reasons.`
    )
  return { set, buildings: buildings.length, paths: paths.length, problems: problems.length }
}
