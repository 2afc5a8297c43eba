// One run: a planner is taught on paths of some buildings and walks paths of others, beside simple ways
// of walking that see what it sees. Stops and goes on after any round with the same bits.
import type { RoomsMeasures, RoomsWalker } from '../../api/dto/trace-rooms.ts'
import type { TensorFlow } from '../compute/devices/device.ts'
import { createRandom, type Random } from '../compute/random.ts'
import { usualSize } from '../methods/traces/evolving-graph/planner-parameters.ts'
import {
  trainRounds,
  usualTraining,
  walkTasks,
  type TrainingNews,
  type TrainingState
} from '../methods/traces/evolving-graph/train-planner.ts'
import {
  walkBestFirst,
  walkGreedily,
  walkRandomly,
  walkShortest
} from '../methods/traces/navigation/navigation-agents.ts'
import {
  navigationTask,
  navigationWorld,
  usualSenses,
  type NavigationTask,
  type NavigationWorld
} from '../methods/traces/navigation/navigation-task.ts'
import { walkLength } from '../traces/paths/path-graph.ts'
import { isSuccess, ndtw, spl } from '../traces/paths/path-measures.ts'
import type { RoomPath } from './read-rooms.ts'
import type { KeptRooms } from './room-store.ts'

/** Walks that each round of learning makes. */
export const walksPerRound = usualTraining.walks

/** What a run is made of. */
export interface RunInput {
  readonly rooms: KeptRooms
  readonly train: readonly RoomPath[]
  readonly test: readonly RoomPath[]
  readonly rounds: number
  /** Walks of each round. */
  readonly walks: number
  readonly testPaths: number
  readonly hintMetres: number
  readonly decisions: number
  /** Seed of this run. */
  readonly seed: number
}

/** Worlds are measured when they are first walked in. */
export type Worlds = (scan: string) => NavigationWorld

/** Worlds of all buildings. */
export function worldsOf({ buildings }: KeptRooms): Worlds {
  const graphs = new Map(buildings.map((graph) => [graph.scan, graph]))
  const made = new Map<string, NavigationWorld>()
  return (scan) => {
    const graph = graphs.get(scan)
    if (graph === undefined) throw new RangeError(`no building ${scan}`)
    const world = made.get(scan) ?? navigationWorld(graph)
    made.set(scan, world)
    return world
  }
}

/** The tasks a run measures on, in order; the same seed gives the same ones. */
export function testTasks(
  {
    test,
    testPaths,
    hintMetres,
    seed
  }: Pick<RunInput, 'test' | 'testPaths' | 'hintMetres' | 'seed'>,
  worlds: Worlds
): { readonly path: RoomPath; readonly task: NavigationTask }[] {
  return chosenPaths({ test, testPaths, seed }).map((path, at) => ({
    path,
    task: testTask(path, at, { hintMetres, seed }, worlds)
  }))
}

/** The paths that a run walks, in order. */
export function chosenPaths({
  test,
  testPaths,
  seed
}: Pick<RunInput, 'test' | 'testPaths' | 'seed'>): RoomPath[] {
  const random = createRandom(seed).fork('measured')
  return Array.from(random.sample(test.length, Math.min(testPaths, test.length)), (at) => test[at])
}

/** The task of one of them by its position, without making the others. */
export function testTask(
  path: RoomPath,
  at: number,
  { hintMetres, seed }: Pick<RunInput, 'hintMetres' | 'seed'>,
  worlds: Worlds
): NavigationTask {
  return taskOf(path, hintMetres, worlds, createRandom(seed).fork(`walk ${at}`))
}

function taskOf(path: RoomPath, hintError: number, worlds: Worlds, random: Random): NavigationTask {
  return navigationTask(worlds(path.scan), path.path, { ...usualSenses, hintError }, random)
}

/** How well a walk went. */
export function measureWalk(task: NavigationTask, walk: readonly number[]): RoomsMeasures {
  const distance = (a: number, b: number): number => task.distance(a, b)
  return {
    success: isSuccess(walk, task.goalPlace, distance) ? 1 : 0,
    spl: spl({ walk, goal: task.goalPlace, distance }),
    ndtw: ndtw(walk, task.expert, distance),
    metres: walkLength(walk, distance)
  }
}

/** Walks by walker, in the order of the tasks. */
export type WalkLists = Readonly<Partial<Record<RoomsWalker, readonly (readonly number[])[]>>>

/** Measures by walker, in the same order. */
export type MeasureLists = Readonly<Partial<Record<RoomsWalker, readonly RoomsMeasures[]>>>

/** How well all walks of a run went. */
export function measureAll(input: RunInput, worlds: Worlds, walks: WalkLists): MeasureLists {
  const tasks = testTasks(input, worlds).map(({ task }) => task)
  return Object.fromEntries(
    Object.entries(walks).map(([walker, list]) => [
      walker,
      list.map((walk, at) => measureWalk(tasks[at], walk))
    ])
  )
}

/** Walks of everybody who learns nothing. */
export function simpleWalks(input: RunInput, worlds: Worlds): WalkLists {
  const tasks = testTasks(input, worlds).map(({ task }) => task)
  const { decisions } = input
  const random = createRandom(input.seed).fork('simple')
  const tuning = Array.from({ length: 100 }, () => drawTask(input, worlds, random))
  const like = tunedLikeness(tuning, decisions)
  const hops = input.train.reduce((sum, { path }) => sum + path.length - 1, 0) / input.train.length
  return {
    nearest: tasks.map((task) => walkBestFirst(task, decisions, like)),
    greedy: tasks.map((task) => walkGreedily(task, decisions)),
    random: tasks.map((task) => walkRandomly(task, Math.round(hops), random)),
    shortest: tasks.map((task) => walkShortest(task))
  }
}

function drawTask({ train, hintMetres }: RunInput, worlds: Worlds, random: Random): NavigationTask {
  return taskOf(train[random.below(train.length)], hintMetres, worlds, random)
}

/** The likeness at which going back to the nearest place succeeds most, on paths to learn from. */
function tunedLikeness(tasks: readonly NavigationTask[], limit: number): number {
  const marks = Array.from({ length: 16 }, (_, k) => 0.2 + 0.1 * k)
  const rates = marks.map((like) =>
    tasks.reduce(
      (sum, task) => sum + measureWalk(task, walkBestFirst(task, limit, like)).success,
      0
    )
  )
  return marks[rates.indexOf(Math.max(...rates))]
}

/** News of a round, and what goes on from after it. */
export interface LearnedRound extends TrainingNews {
  state(): TrainingState
}

/**
 * Teaches a planner and lets it walk; `local` is the one without messages over its graph. `from` goes on
 * after an earlier start. `enableGradients` comes first.
 */
export function* learnAndWalk(
  tf: TensorFlow,
  input: RunInput,
  worlds: Worlds,
  walker: 'planner' | 'local',
  from?: TrainingState
): Generator<LearnedRound, readonly (readonly number[])[], void> {
  const { rounds, walks, decisions, seed } = input
  const channels = walker === 'local' ? 0 : usualSize.channels
  const size = { ...usualSize, channels }
  const training = { ...usualTraining, rounds, walks, decisions, seed, size }
  const draw = (random: Random): NavigationTask => drawTask(input, worlds, random)
  const planner = yield* trainRounds(tf, training, draw, from)
  try {
    const tasks = testTasks(input, worlds).map(({ task }) => task)
    // Some at once, so that a large measurement does not fill the device.
    const made: (readonly number[])[] = []
    for (let at = 0; at < tasks.length; at += 64)
      for (const { walk } of walkTasks(planner, tasks.slice(at, at + 64), decisions))
        made.push(walk)
    return made
  } finally {
    planner.dispose()
  }
}

/** Places a walk saw and never went to. */
export function frontierOf(world: NavigationWorld, walk: readonly number[]): number[] {
  const visited = new Set(walk)
  const seen = new Set(walk.flatMap((at) => world.graph.ways[at].map(({ to }) => to)))
  return [...seen].filter((at) => !visited.has(at)).toSorted((a, b) => a - b)
}
