// A folder of buildings and paths in the room-to-room format. What a file is, its content tells; only
// the name of a building and the part of the data ("train") come from file names, which say them alone.
import { opendir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { JsonValue } from '../../api/dto/common.ts'
import type { RoomsFile } from '../../api/dto/trace-rooms.ts'
import { AppError } from '../../api/errors.ts'
import { letMessagesIn } from '../compute/let-messages-in.ts'
import {
  pathReader,
  readConnectivity,
  type NavigationGraph,
  type NavigationPath
} from '../methods/traces/navigation/navigation-graph.ts'
import { jsonElements } from '../traces/formats/json-elements.ts'
import { objectOf } from '../traces/formats/trace-format.ts'

/** A path with the part of the data it came in. */
export interface RoomPath extends NavigationPath {
  readonly split: string
}

/** What could not be read, and why. */
export interface RoomsProblem {
  readonly where: string
  readonly reason: string
}

/** Everything a folder holds. */
export interface Rooms {
  readonly buildings: readonly NavigationGraph[]
  readonly paths: readonly RoomPath[]
  readonly files: readonly RoomsFile[]
  readonly leftAlone: number
  readonly problems: readonly RoomsProblem[]
}

/** What is read at most; beyond it a file, or the folder, is refused with a sentence. */
export const roomLimits = {
  entries: 200_000,
  files: 5_000,
  depth: 6,
  buildingBytes: 64 * 2 ** 20,
  pathsBytes: 2 ** 30,
  places: 2_000,
  paths: 200_000,
  steps: 500,
  nameChars: 200,
  instructions: 20,
  instructionChars: 5_000,
  /** Problems of one file that are listed one by one. */
  problems: 200
} as const
export type RoomLimits = Readonly<Record<keyof typeof roomLimits, number>>

/** How reading is followed and stopped. */
export interface ReadRoomsOptions {
  readonly signal: AbortSignal
  readonly limits?: RoomLimits
  /** Called with bytes done and their total. */
  onBytes?(done: number, total: number): void | Promise<void>
}

interface Found {
  readonly path: string
  readonly name: string
  readonly sizeBytes: number
}

/**
 * Reads a folder. Throws AppError "nothing-to-import" when it holds no building or no path,
 * "too-large" for more than there may be, "file-not-readable".
 */
export async function readRooms(folder: string, options: ReadRoomsOptions): Promise<Rooms> {
  const limits = options.limits ?? roomLimits
  const found: Found[] = []
  const seen = { entries: 0, leftAlone: 0 }
  await walk(folder, '', 0, found, seen, limits, options.signal)
  found.sort((a, b) => (a.name < b.name ? -1 : 1))
  const total = found.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const made = createRooms()
  let before = 0
  const read = async (file: Found, kind: Kind): Promise<void> => {
    options.signal.throwIfAborted()
    await (kind === 'building'
      ? readBuilding(file, made, limits)
      : readPathList(file, made, limits, options.signal))
    before += file.sizeBytes
    await options.onBytes?.(before, total)
    await letMessagesIn()
  }
  const kinds = new Map<Found, Kind | undefined>()
  for (const file of found) {
    options.signal.throwIfAborted()
    kinds.set(file, await kindOf(file, made))
  }
  // Buildings first: paths are checked against them.
  for (const file of found) if (kinds.get(file) === 'building') await read(file, 'building')
  for (const file of found) if (kinds.get(file) === 'paths') await read(file, 'paths')
  if (made.buildings.size === 0) throw nothing('no building', made.problems)
  if (made.paths.length === 0) throw nothing('no path in these buildings', made.problems)
  const files = made.files.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return {
    buildings: [...made.buildings.values()],
    paths: made.paths,
    files,
    leftAlone: seen.leftAlone,
    problems: made.problems
  }
}

type Kind = 'building' | 'paths'

interface Made {
  readonly buildings: Map<string, NavigationGraph>
  readonly paths: RoomPath[]
  readonly names: Set<string>
  readonly files: RoomsFile[]
  readonly problems: RoomsProblem[]
}

function createRooms(): Made {
  return { buildings: new Map(), paths: [], names: new Set(), files: [], problems: [] }
}

function nothing(what: string, problems: readonly RoomsProblem[]): AppError {
  const [first] = problems
  const why = first === undefined ? '' : ` ${first.where}: ${first.reason}`
  return new AppError('nothing-to-import', `This folder holds ${what} that can be read.${why}`, {
    hint: 'It wants one file of places per building and lists of paths, as room-to-room data has them.'
  })
}

const mayBeJson = /\.jsonl?(\.gz)?$/i

async function walk(
  folder: string,
  name: string,
  depth: number,
  found: Found[],
  seen: { entries: number; leftAlone: number },
  limits: RoomLimits,
  signal: AbortSignal
): Promise<void> {
  const entries = await opendir(folder).catch((cause: unknown) => {
    throw new AppError('file-not-readable', undefined, { cause })
  })
  for await (const entry of entries) {
    signal.throwIfAborted()
    if (entry.name.startsWith('.')) continue
    if (++seen.entries > limits.entries)
      throw new AppError('too-large', 'There are too many files in this folder.', {
        hint: 'Choose a folder that holds the places and paths alone. Pictures are not needed.'
      })
    const path = join(folder, entry.name)
    const shown = name === '' ? entry.name : `${name}/${entry.name}`
    if (entry.isDirectory()) {
      if (depth < limits.depth) await walk(path, shown, depth + 1, found, seen, limits, signal)
    } else if (!entry.isFile() || !mayBeJson.test(entry.name)) seen.leftAlone++
    else {
      const { size } = await stat(path).catch((cause: unknown) => {
        throw new AppError('file-not-readable', undefined, { cause })
      })
      found.push({ path, name: shown, sizeBytes: size })
      if (found.length > limits.files)
        throw new AppError('too-large', 'There are too many files of this kind in this folder.', {
          hint: 'Choose a folder that holds the places and paths alone.'
        })
    }
  }
}

/** By its first value; undefined for what is neither, which is then told as such. */
async function kindOf(file: Found, made: Made): Promise<Kind | undefined> {
  try {
    for await (const { value, problem } of jsonElements(file.path)) {
      if (problem !== undefined) continue
      const entry = objectOf(value)
      if (entry !== undefined && 'image_id' in entry && 'unobstructed' in entry) return 'building'
      if (entry !== undefined && 'scan' in entry && 'path' in entry) return 'paths'
      break
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    damaged(file, error.message, made)
    return undefined
  }
  const reason = 'It holds neither places of a building nor paths.'
  made.files.push({ ...shownOf(file), kind: 'other', count: 0, problem: reason })
  return undefined
}

const shownOf = ({ name, sizeBytes }: Found): { name: string; sizeBytes: number } => ({
  name,
  sizeBytes
})

function damaged(file: Found, reason: string, made: Made): void {
  made.files.push({ ...shownOf(file), kind: 'damaged', count: 0, problem: reason })
  made.problems.push({ where: file.name, reason })
}

/** "17DRP5sb8fy" of "17DRP5sb8fy_connectivity.json". */
function scanOf(name: string): string {
  return basename(name)
    .replace(mayBeJson, '')
    .replace(/[_-]connectivity$/i, '')
}

async function readBuilding(file: Found, made: Made, limits: RoomLimits): Promise<void> {
  const scan = scanOf(file.name)
  const give = (reason: string): void => damaged(file, reason, made)
  if (file.sizeBytes > limits.buildingBytes) return give('It is too large for one building.')
  if (scan === '' || scan.length > limits.nameChars) return give('Its name says no building.')
  if (made.buildings.has(scan)) return give(`The building ${scan} was read from another file.`)
  const entries: JsonValue[] = []
  try {
    for await (const element of jsonElements(file.path)) {
      if (element.problem !== undefined) return give(`${element.where}: ${element.problem}`)
      if (element.isCut === true) return give('The file ends in the middle.')
      entries.push(element.value)
      if (entries.length > limits.places)
        return give(`It has more than ${limits.places.toLocaleString('en')} places.`)
    }
    const graph = readConnectivity(entries, scan)
    if (graph.places.some(({ id }) => id.length > limits.nameChars))
      return give('The name of a place is too long.')
    // Nothing a building holds is a thousand kilometres away; sums would not be finite.
    if (graph.places.some(({ x, y, z }) => Math.max(...[x, y, z].map(Math.abs)) > 1e6))
      return give('A place lies too far away to be true.')
    made.buildings.set(scan, graph)
    const count = graph.places.length
    made.files.push({ ...shownOf(file), kind: 'building', count, problem: null })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    give(error.message)
  }
}

/** "val_unseen" of "R2R_val_unseen.json"; the file's own name when it says none of the usual parts. */
export function splitOf(name: string): string {
  const stem = basename(name).replace(mayBeJson, '')
  const found = /(train|val[-_ ]?unseen|val[-_ ]?seen|val|test)/i.exec(stem)?.[1]
  return found === undefined ? stem.slice(0, 40) : found.toLowerCase().replace(/[- ]/g, '_')
}

async function readPathList(
  file: Found,
  made: Made,
  limits: RoomLimits,
  signal: AbortSignal
): Promise<void> {
  if (file.sizeBytes > limits.pathsBytes) return damaged(file, 'It is too large.', made)
  const split = splitOf(file.name)
  const readers = new Map([...made.buildings].map(([scan, graph]) => [scan, pathReader(graph)]))
  const missing = new Map<string, number>()
  let [count, endless, unlisted, at] = [0, 0, 0, -1]
  const problem = (reason: string): void => {
    if (unlisted++ < limits.problems) made.problems.push({ where: file.name, reason })
  }
  try {
    for await (const element of jsonElements(file.path)) {
      at++
      if (at % 1000 === 999) {
        signal.throwIfAborted()
        await letMessagesIn()
      }
      if (element.problem !== undefined) {
        problem(`${element.where}: ${element.problem}`)
        continue
      }
      if (element.isCut === true) {
        problem(`Path ${at + 1} is cut off: the file ends in the middle of it.`)
        continue
      }
      const entry = objectOf(element.value)
      const scan = entry?.['scan']
      const read = typeof scan === 'string' ? readers.get(scan) : undefined
      if (entry === undefined || typeof scan !== 'string')
        problem(`Path ${at + 1} names no building.`)
      else if (read === undefined) missing.set(scan, (missing.get(scan) ?? 0) + 1)
      else if (Array.isArray(entry['path']) && entry['path'].length === 1) endless++
      else if (Array.isArray(entry['path']) && entry['path'].length > limits.steps)
        problem(`Path ${at + 1} has more than ${limits.steps} steps.`)
      else {
        const path = readOne(() => read(entry, at))
        if (typeof path === 'string') problem(path)
        else {
          made.paths.push(named(path, split, made.names, limits))
          count++
        }
      }
      if (made.paths.length > limits.paths)
        throw new AppError(
          'too-large',
          `There are more than ${limits.paths.toLocaleString('en')} paths in this folder.`,
          { hint: 'Take some of the lists of paths out of it.' }
        )
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'too-large') throw error
    problem(error.message)
  }
  const more = unlisted - limits.problems
  const told = (number: number): string => number.toLocaleString('en')
  const sums = [
    ...(more > 0 ? [`${told(more)} more paths could not be read.`] : []),
    ...(endless > 0
      ? [`${told(endless)} paths say only where they begin, so there is nothing to compare with.`]
      : []),
    ...[...missing].map(
      ([scan, paths]) =>
        `${told(paths)} paths are in the building ${scan.slice(0, limits.nameChars)}, whose places are not in this folder.`
    )
  ]
  for (const reason of sums.slice(0, limits.problems))
    made.problems.push({ where: file.name, reason })
  const first = made.problems.find(({ where }) => where === file.name)?.reason ?? null
  const kind = count === 0 ? 'damaged' : 'paths'
  made.files.push({ ...shownOf(file), kind, count, problem: first })
}

function readOne(read: () => NavigationPath): NavigationPath | string {
  try {
    return read()
  } catch (error) {
    if (error instanceof AppError) return error.message
    throw error
  }
}

/** Numbers of paths begin anew in every list: the part of the data tells two apart, then a count. */
function named(
  path: NavigationPath,
  split: string,
  names: Set<string>,
  limits: RoomLimits
): RoomPath {
  const plain = path.id.slice(0, limits.nameChars)
  const key = (id: string): string => `${path.scan} ${id}`
  let id = plain
  if (names.has(key(id))) id = `${split} ${plain}`
  for (let count = 2; names.has(key(id)); count++) id = `${split} ${plain} (${count})`
  names.add(key(id))
  const instructions = path.instructions
    .slice(0, limits.instructions)
    .map((text) => text.slice(0, limits.instructionChars))
  return { ...path, id, split, instructions }
}
