// Navigation graphs: viewpoints of a building and the ways between them, read from room-to-room style
// files (Anderson et al. 2018): a connectivity list per building and a list of paths with instructions.
import { AppError } from '../../../../api/errors.ts'
import type { PathGraph } from '../../../traces/paths/path-graph.ts'

/** A viewpoint, in metres. */
export interface Viewpoint {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly z: number
}

/** One building. */
export interface NavigationGraph {
  readonly scan: string
  readonly places: readonly Viewpoint[]
  /** Ways on from every place, with their length in metres. */
  readonly ways: PathGraph
}

/** One path that an instruction describes, by numbers of places. */
export interface NavigationPath {
  readonly id: string
  readonly scan: string
  readonly path: readonly number[]
  /** Radians, 0 = north; 0 when the file does not say. */
  readonly heading: number
  readonly instructions: readonly string[]
}

/** Euclidean distance of two viewpoints in metres. */
export function metresBetween(a: Viewpoint, b: Viewpoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z)
}

/**
 * Reads a connectivity list: entries with image_id, pose (16 numbers, row by row), unobstructed (one
 * flag per entry) and included. Entries that are not included are left out with their ways; a way
 * that one of both ends lists leads in both directions. Throws AppError "invalid-input" with the
 * number of the entry that cannot be read.
 */
export function readConnectivity(value: unknown, scan: string): NavigationGraph {
  if (!Array.isArray(value)) throw unreadable('The file is not a list of viewpoints.')
  const entries = value.map((entry: unknown, at) => readEntry(entry, at, value.length))
  const numbers = new Map<number, number>()
  const places: Viewpoint[] = []
  entries.forEach(({ place, isIncluded }, at) => {
    if (!isIncluded) return
    numbers.set(at, places.length)
    places.push(place)
  })
  if (places.length === 0) throw unreadable('The file includes no viewpoint.')
  if (new Set(places.map(({ id }) => id)).size < places.length)
    throw unreadable('Two viewpoints have the same name.')
  const ways: { to: number; length: number }[][] = places.map(() => [])
  for (const [at, from] of numbers)
    for (const [other, to] of numbers)
      if (at !== other && (entries[at].open[other] || entries[other].open[at]))
        ways[from].push({ to, length: metresBetween(places[from], places[to]) })
  return { scan, places, ways }
}

/**
 * Reads a list of paths with their instructions and keeps those of one building. Throws AppError
 * "invalid-input" for a path that names a viewpoint the building lacks or a step without a way.
 */
export function readPaths(value: unknown, graph: NavigationGraph): NavigationPath[] {
  if (!Array.isArray(value)) throw unreadable('The file is not a list of paths.')
  const read = pathReader(graph)
  return value.flatMap((entry: unknown, at): NavigationPath[] => {
    if (!isRecord(entry)) throw unreadable(`Path ${at + 1} is not an object.`)
    return entry['scan'] === graph.scan ? [read(entry, at)] : []
  })
}

/** Reads single paths of one building. The reader throws as {@link readPaths} does. */
export function pathReader(graph: NavigationGraph): (value: unknown, at: number) => NavigationPath {
  const numbers = new Map(graph.places.map(({ id }, at) => [id, at]))
  const joined = graph.ways.map((ways) => new Set(ways.map(({ to }) => to)))
  return (value, at) => {
    if (!isRecord(value)) throw unreadable(`Path ${at + 1} is not an object.`)
    const { path, heading, instructions, instruction } = value
    if (!Array.isArray(path) || path.length === 0)
      throw unreadable(`Path ${at + 1} lists no viewpoints.`)
    const places = path.map((name: unknown) => {
      const number = typeof name === 'string' ? numbers.get(name) : undefined
      if (number === undefined)
        throw unreadable(`Path ${at + 1} names a viewpoint that ${graph.scan} does not have.`)
      return number
    })
    places.forEach((place, step) => {
      if (step > 0 && !joined[places[step - 1]].has(place))
        throw unreadable(`Path ${at + 1} goes where no way leads, at its step ${step}.`)
    })
    const told = Array.isArray(instructions) ? instructions : [instruction]
    const id: unknown = value['path_id']
    return {
      id: typeof id === 'string' || typeof id === 'number' ? String(id) : String(at),
      scan: graph.scan,
      path: places,
      heading: typeof heading === 'number' ? heading : 0,
      instructions: told.filter((text): text is string => typeof text === 'string')
    }
  }
}

interface Entry {
  readonly place: Viewpoint
  readonly isIncluded: boolean
  readonly open: readonly boolean[]
}

function readEntry(value: unknown, at: number, count: number): Entry {
  const where = `Viewpoint ${at + 1}`
  if (!isRecord(value)) throw unreadable(`${where} is not an object.`)
  const { image_id: id, pose, unobstructed, included } = value
  if (typeof id !== 'string' || id === '') throw unreadable(`${where} has no image_id.`)
  const isPose = Array.isArray(pose) && pose.length === 16 && pose.every(Number.isFinite)
  if (!isPose) throw unreadable(`${where} has no pose of 16 numbers.`)
  if (!Array.isArray(unobstructed) || unobstructed.length !== count)
    throw unreadable(`${where} does not say for each viewpoint whether it can be reached.`)
  // Every entry of a pose was found to be a finite number.
  const numbers = pose as number[]
  return {
    place: { id, x: numbers[3], y: numbers[7], z: numbers[11] },
    isIncluded: included !== false,
    open: unobstructed.map((flag: unknown) => flag === true)
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function unreadable(message: string): AppError {
  return new AppError('invalid-input', message, {
    hint: 'Choose the connectivity file of a building, or a list of paths, in the room-to-room format.'
  })
}
