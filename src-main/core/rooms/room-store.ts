// Buildings and paths of a set, kept beside the project's database: what training reads.
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { RoomsBuilding } from '../../api/dto/trace-rooms.ts'
import { AppError } from '../../api/errors.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import type { NavigationGraph } from '../methods/traces/navigation/navigation-graph.ts'
import type { RoomPath, Rooms } from './read-rooms.ts'

const Stored = z.strictObject({
  version: z.literal(1),
  buildings: z.array(
    z.strictObject({
      scan: z.string(),
      /** Name, x, y, z. */
      places: z.array(z.tuple([z.string(), z.number(), z.number(), z.number()])),
      /** Ways on from every place, with their lengths. */
      ways: z.array(z.array(z.tuple([z.int(), z.number()])))
    })
  ),
  paths: z.array(
    z.strictObject({
      id: z.string(),
      scan: z.string(),
      split: z.string(),
      heading: z.number(),
      path: z.array(z.int()),
      instructions: z.array(z.string())
    })
  )
})

/** What training and drawing read. */
export type KeptRooms = Pick<Rooms, 'buildings' | 'paths'>

const folderOf = (projectFolder: string): string => join(projectFolder, 'rooms')

/** Where the rooms of a set lie. */
export function roomsPath(projectFolder: string, set: string): string {
  return join(folderOf(projectFolder), `${set}.json`)
}

/** Writes the rooms of a set durably. */
export async function saveRooms(
  projectFolder: string,
  set: string,
  { buildings, paths }: KeptRooms
): Promise<void> {
  const stored: z.input<typeof Stored> = {
    version: 1,
    buildings: buildings.map(({ scan, places, ways }) => ({
      scan,
      places: places.map((at): [string, number, number, number] => [at.id, at.x, at.y, at.z]),
      ways: ways.map((on) => on.map(({ to, length }): [number, number] => [to, length]))
    })),
    paths: paths.map((path) => ({
      ...path,
      path: [...path.path],
      instructions: [...path.instructions]
    }))
  }
  await mkdir(folderOf(projectFolder), { recursive: true })
  await writeFileAtomic(roomsPath(projectFolder, set), JSON.stringify(stored))
}

/** Reads the file of a set. Throws AppError "file-damaged"; "dataset-not-found" when it is gone. */
export async function loadRooms(path: string): Promise<KeptRooms> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError('dataset-not-found', 'The buildings of this set are not in the project.', {
      cause
    })
  })
  try {
    const { buildings, paths } = Stored.parse(JSON.parse(text))
    return {
      buildings: buildings.map(({ scan, places, ways }): NavigationGraph => ({
        scan,
        places: places.map(([id, x, y, zed]) => ({ id, x, y, z: zed })),
        ways: ways.map((on) => on.map(([to, length]) => ({ to, length })))
      })),
      paths
    }
  } catch (cause) {
    throw new AppError('file-damaged', 'The buildings of this set cannot be read any more.', {
      hint: 'Add the folder again.',
      cause
    })
  }
}

/** Ids of the sets that have rooms. */
export async function setsWithRooms(projectFolder: string): Promise<string[]> {
  const names = await readdir(folderOf(projectFolder)).catch(() => [])
  return names.flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []))
}

/** Takes away the rooms of sets that are not there any more. */
export async function sweepRooms(
  projectFolder: string,
  isThere: (set: string) => boolean
): Promise<void> {
  for (const set of await setsWithRooms(projectFolder))
    if (!isThere(set)) await rm(roomsPath(projectFolder, set), { force: true })
}

/** What changes when the file does. */
export async function roomsStamp(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  return found === undefined ? '' : `${found.size} ${found.mtimeMs}`
}

/** Buildings with their counts, by name. */
export function buildingsOf({ buildings, paths }: KeptRooms): RoomsBuilding[] {
  const counts = new Map(buildings.map(({ scan }) => [scan, new Map<string, number>()]))
  for (const { scan, split } of paths) {
    const count = counts.get(scan)
    count?.set(split, (count.get(split) ?? 0) + 1)
  }
  return buildings
    .map(({ scan, places, ways }) => ({
      scan,
      places: places.length,
      ways: ways.reduce((sum, on) => sum + on.length, 0) / 2,
      paths: [...(counts.get(scan) ?? [])].map(([split, count]) => ({ split, count }))
    }))
    .toSorted((a, b) => (a.scan < b.scan ? -1 : 1))
}

/** Paths of the wanted kind. */
export function pathsIn(paths: readonly RoomPath[], scans: readonly string[]): RoomPath[] {
  const wanted = new Set(scans)
  return paths.filter(({ scan }) => wanted.has(scan))
}
