// From a plan to paths: which are learned from, which are walked to measure, and what stands against it.
import type { RoomsBuilding, RoomsEffort, RoomsPlan } from '../../api/dto/trace-rooms.ts'
import { hashString } from '../compute/random.ts'
import type { RoomPath } from './read-rooms.ts'
import { pathsIn, type KeptRooms } from './room-store.ts'

/** Times that new walks are made and learned from. */
export const roundsOf: Readonly<Record<RoomsEffort, number>> = { quick: 8, usual: 30, thorough: 60 }

/** Fewer paths than this are not learned from. */
const fewest = 4

/** Paths of a plan. */
export interface PlannedPaths {
  readonly train: readonly RoomPath[]
  readonly test: readonly RoomPath[]
  /** Buildings that are in both lists. */
  readonly seen: readonly string[]
  /** Why it cannot be carried out, in a sentence; undefined when it can. */
  readonly problem: string | undefined
}

/** Paths to learn from and to measure on; no path is in both. */
export function plannedPaths(
  { paths, buildings }: KeptRooms,
  plan: Pick<RoomsPlan, 'train' | 'test'>
): PlannedPaths {
  const both = new Set(plan.train.filter((scan) => plan.test.includes(scan)))
  const isHeld = (path: RoomPath): boolean =>
    hashString(`${path.scan} ${path.path.join(' ')}`) % 5 === 0
  const usable = paths.filter(({ path }) => path.length > 1)
  const train = pathsIn(usable, plan.train).filter((path) => !both.has(path.scan) || !isHeld(path))
  const test = pathsIn(usable, plan.test).filter((path) => !both.has(path.scan) || isHeld(path))
  const known = new Set(buildings.map(({ scan }) => scan))
  const unknown = [...plan.train, ...plan.test].find((scan) => !known.has(scan))
  const problem =
    unknown !== undefined
      ? `There is no building “${unknown}” in this set.`
      : train.length < fewest
        ? `The buildings to learn in have ${train.length} paths; at least ${fewest} are needed.`
        : test.length === 0
          ? 'The buildings to measure in have no paths.'
          : undefined
  return { train, test, seen: [...both].toSorted(), problem }
}

/**
 * Buildings to learn in and to measure in when nobody says otherwise: never the same ones, if there are
 * two. Where the data names a part of buildings never seen, it decides; else every fifth building,
 * by its name, is measured in.
 */
export function suggestedBuildings(buildings: readonly RoomsBuilding[]): {
  train: string[]
  test: string[]
} {
  const walked = buildings.filter(({ paths }) => paths.length > 0)
  const isUnseen = ({ paths }: RoomsBuilding): boolean =>
    paths.some(({ split }) => split === 'val_unseen')
  const isTrain = ({ paths }: RoomsBuilding): boolean =>
    paths.some(({ split }) => split === 'train')
  const scans = (list: readonly RoomsBuilding[]): string[] => list.map(({ scan }) => scan)
  const unseen = walked.filter((building) => isUnseen(building) && !isTrain(building))
  const taught = walked.filter(isTrain)
  if (unseen.length > 0 && taught.length > 0) return { train: scans(taught), test: scans(unseen) }
  if (walked.length < 2) return { train: scans(walked), test: scans(walked) }
  const held = walked.filter(
    (_, at) => at % 5 === 4 || (walked.length < 5 && at === walked.length - 1)
  )
  return { train: scans(walked.filter((each) => !held.includes(each))), test: scans(held) }
}

/** Decisions allowed on each walk: half as many again as the longest path has steps, 20 to 60. */
export function decisionsFor(paths: readonly RoomPath[]): number {
  const longest = paths.reduce((most, { path }) => Math.max(most, path.length - 1), 0)
  return Math.min(60, Math.max(20, Math.ceil(1.5 * longest) + 4))
}
