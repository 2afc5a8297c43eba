// Compute tasks of buildings and paths: reading a folder, teaching and measuring planners, and a probe
// of how long that takes.
import type {
  RoomsEpisode,
  RoomsEstimate,
  RoomsPlan,
  RoomsWalker
} from '../../api/dto/trace-rooms.ts'
import { AppError } from '../../api/errors.ts'
import { enableGradients } from '../compute/devices/gradients.ts'
import { letMessagesIn } from '../compute/let-messages-in.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import type { MethodCheckpoint } from '../methods/method.ts'
import {
  plannerParameters,
  usualSize
} from '../methods/traces/evolving-graph/planner-parameters.ts'
import type { TrainingState } from '../methods/traces/evolving-graph/train-planner.ts'
import { viewColumns } from '../methods/traces/navigation/navigation-task.ts'
import { loadCheckpointArrays, type CheckpointRef } from '../selection/selection-files.ts'
import { readRooms, type Rooms } from './read-rooms.ts'
import { loadRooms } from './room-store.ts'
import { loadUnit, type RoomsUnit } from './room-units.ts'
import { decisionsFor, plannedPaths, roundsOf } from './rooms-plan.ts'
import {
  chosenPaths,
  frontierOf,
  learnAndWalk,
  measureAll,
  simpleWalks,
  testTask,
  walksPerRound,
  worldsOf,
  type RunInput,
  type WalkLists
} from './walk-rooms.ts'

/** Bytes read of those that the files have. */
export interface ReadRoomsEvent {
  readonly done: number
  readonly total: number
}

/** Reads a folder of buildings and paths. */
export const readRoomsTask: ComputeTask<{ readonly folder: string }, ReadRoomsEvent, Rooms> = {
  name: 'rooms.read',
  async *run({ folder }, { signal }) {
    // What is read is told between files: events of a generator cannot come out of a callback.
    const waiting: ReadRoomsEvent[] = []
    let isOver = false
    let wake = (): void => {}
    const work = readRooms(folder, {
      signal,
      onBytes(done, total) {
        waiting.push({ done, total })
        wake()
      }
    }).finally(() => {
      isOver = true
      wake()
    })
    // A failure is thrown below; it must not count as unhandled before.
    work.catch(() => {})
    while (!isOver) {
      yield* waiting.splice(0)
      if (!isOver) await new Promise<void>((settle) => (wake = settle))
    }
    yield* waiting.splice(0)
    return work
  }
}

/** Who learns, in the order of learning. */
export const learners = (
  plan: Pick<RoomsPlan, 'withoutMessages'>
): readonly ('planner' | 'local')[] => (plan.withoutMessages ? ['planner', 'local'] : ['planner'])

/** What the walking task is given. */
export interface WalkRoomsInput {
  /** File of the rooms, and the job's folder. */
  readonly path: string
  readonly folder: string
  readonly plan: RoomsPlan
  /** Units that are done: a run's planner, then the one without messages, then the next run. */
  readonly units: number
  /** Where the unit that is under way was left. */
  readonly under: CheckpointRef | undefined
  readonly device: string
  readonly checkpointEveryMs: number
  /** How much is learned; what the plan's effort says where absent. */
  readonly learning?: { readonly rounds: number; readonly walks: number }
}

export type WalkRoomsEvent =
  | {
      readonly kind: 'round'
      readonly round: number
      readonly loss: number
      readonly agreement01: number
      readonly checkpoint: MethodCheckpoint | undefined
    }
  | { readonly kind: 'unit'; readonly unit: number; readonly done: RoomsUnit }

export interface WalkRoomsOutput {
  readonly device: string
}

/** Paths, decisions and everything else that runs have in common. */
export async function runInputOf(
  path: string,
  plan: RoomsPlan
): Promise<Omit<RunInput, 'seed'> & { readonly seen: readonly string[] }> {
  const rooms = await loadRooms(path)
  const { train, test, seen } = plannedPaths(rooms, plan)
  return {
    rooms,
    train,
    test,
    seen,
    rounds: roundsOf[plan.effort],
    walks: walksPerRound,
    testPaths: plan.testPaths,
    hintMetres: plan.hintMetres,
    decisions: decisionsFor([...train, ...test])
  }
}

/** Seed of a run: runs of one repeat code never share theirs with those of the next. */
export function seedOf({ seed }: Pick<RoomsPlan, 'seed'>, run: number): number {
  return (seed * 1000 + run) >>> 0
}

/** Teaches and measures; hands out every round and every finished unit. */
export const walkRoomsTask: ComputeTask<WalkRoomsInput, WalkRoomsEvent, WalkRoomsOutput> = {
  name: 'rooms.walk',
  async *run(given, context) {
    const { path, folder, plan, units, under, device: requested, checkpointEveryMs } = given
    const device = await context.device(requested)
    await enableGradients()
    const common = { ...(await runInputOf(path, plan)), ...given.learning }
    const worlds = worldsOf(common.rooms)
    const walkers = learners(plan)
    for (let unit = units; unit < plan.runs * walkers.length; unit++) {
      const input = { ...common, seed: seedOf(plan, Math.floor(unit / walkers.length)) }
      const walker = walkers[unit % walkers.length]
      const from =
        unit === units && under !== undefined
          ? stateOf(await loadCheckpointArrays(folder, under), walker)
          : undefined
      let savedAt = performance.now()
      const steps = learnAndWalk(device.tf, input, worlds, walker, from)
      try {
        let step = steps.next()
        while (step.done !== true) {
          context.signal.throwIfAborted()
          const { round, loss, agreement01, state } = step.value
          const isDue = performance.now() - savedAt >= checkpointEveryMs
          if (isDue) savedAt = performance.now()
          yield {
            kind: 'round',
            round,
            loss,
            agreement01,
            checkpoint: isDue ? checkpointOf(state()) : undefined
          }
          await letMessagesIn()
          context.signal.throwIfAborted()
          step = steps.next()
        }
        const own: WalkLists = { [walker]: step.value }
        const simple = walker === 'planner' ? simpleWalks(input, worlds) : {}
        const walks = { ...own, ...simple }
        yield { kind: 'unit', unit, done: { walks, measures: measureAll(input, worlds, walks) } }
      } finally {
        // Given up in the middle, it takes its numbers off the device.
        steps.return([])
      }
    }
    return { device: device.name }
  }
}

/** Parameters and the optimizer's memory in one array: one file is written, not two hundred. */
export function checkpointOf({
  parameters,
  moments,
  steps,
  rounds
}: TrainingState): MethodCheckpoint {
  const all = [...parameters, ...moments]
  const numbers = new Float32Array(all.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of all) {
    numbers.set(part, at)
    at += part.length
  }
  return { step: 'round', arrays: { numbers }, values: { steps, rounds, count: parameters.length } }
}

/** Reads what {@link checkpointOf} made; undefined when it is of another network. */
export function stateOf(
  { arrays, values }: MethodCheckpoint,
  walker: 'planner' | 'local'
): TrainingState | undefined {
  const numbers = arrays['numbers']
  const channels = walker === 'local' ? 0 : usualSize.channels
  const sizes = (columns: { columns: number; goal: number }): number[] =>
    plannerParameters({ ...usualSize, channels }, columns).map(({ shape }) =>
      shape.reduce((product, side) => product * side, 1)
    )
  if (!(numbers instanceof Float32Array)) return undefined
  const own = sizes(viewSizes)
  const whole = [...own, ...own, ...own]
  if (numbers.length !== whole.reduce((sum, size) => sum + size, 0)) return undefined
  let at = 0
  const parts = whole.map((size) => numbers.slice(at, (at += size)))
  return {
    parameters: parts.slice(0, own.length),
    moments: parts.slice(own.length),
    steps: Number(values['steps']),
    rounds: Number(values['rounds'])
  }
}

/** Columns of what the planner sees: those of a view and "this is a stop"; six of the goal and progress. */
const viewSizes = { columns: viewColumns.length + 1, goal: 7 }

/** Seconds that a walk of learning and one of measuring take here. */
export interface RoomsSpeed {
  readonly learn: number
  readonly walk: number
}

export interface ProbeInput {
  readonly path: string
  readonly plan: RoomsPlan
  readonly device: string
}

/** Walks of a probe's rounds: enough to fill a batch, few enough to wait for. */
const probeWalks = 12

/** Measures {@link RoomsSpeed} on the plan's own buildings: a round to warm up, one that counts. */
export const probeRoomsTask: ComputeTask<ProbeInput, never, RoomsSpeed> = {
  name: 'rooms.probe',
  // eslint-disable-next-line require-yield -- one answer: its result is its only event
  async *run({ path, plan, device: requested }, context) {
    const device = await context.device(requested)
    await enableGradients()
    const common = await runInputOf(path, plan)
    const more = { rounds: 2, walks: probeWalks, testPaths: 8, seed: seedOf(plan, 0) }
    const input: RunInput = { ...common, ...more }
    const steps = learnAndWalk(device.tf, input, worldsOf(common.rooms), 'planner')
    try {
      steps.next()
      await letMessagesIn()
      context.signal.throwIfAborted()
      const began = performance.now()
      steps.next()
      const learned = performance.now()
      context.signal.throwIfAborted()
      steps.next()
      const walked = performance.now()
      return {
        learn: (learned - began) / 1000 / probeWalks,
        walk: (walked - learned) / 1000 / Math.min(8, common.test.length)
      }
    } finally {
      steps.return([])
    }
  }
}

/** Seconds of a plan as a range; early rounds walk longer than later ones, and machines are not calm. */
export function secondsOf(
  plan: RoomsPlan,
  testPaths: number,
  { learn, walk }: RoomsSpeed
): NonNullable<RoomsEstimate['seconds']> {
  const walked = Math.min(plan.testPaths, testPaths)
  const each = roundsOf[plan.effort] * walksPerRound * learn + walked * walk
  // Without messages a round takes about a quarter of the time.
  const seconds = plan.runs * each * (plan.withoutMessages ? 1.25 : 1)
  return { low: 0.6 * seconds, high: 1.6 * seconds }
}

/** Walks of a whole plan, for its progress. */
export function walksOf(plan: RoomsPlan, testPaths: number): number {
  const each = roundsOf[plan.effort] * walksPerRound + Math.min(plan.testPaths, testPaths)
  return plan.runs * learners(plan).length * each
}

export interface EpisodeInput {
  readonly path: string
  readonly folder: string
  readonly plan: RoomsPlan
  readonly run: number
  readonly at: number
}

const order: readonly RoomsWalker[] = [
  'planner',
  'local',
  'nearest',
  'greedy',
  'random',
  'shortest'
]

/** One walk of everybody, with the building it was in. Throws AppError "invalid-input" beyond the last. */
export const episodeTask: ComputeTask<EpisodeInput, never, RoomsEpisode> = {
  name: 'rooms.episode',
  // eslint-disable-next-line require-yield -- one answer: its result is its only event
  async *run({ path: file, folder, plan, run, at }) {
    const common = await runInputOf(file, plan)
    const seed = seedOf(plan, run)
    const chosen = chosenPaths({ ...common, seed })
    const path = chosen.at(at)
    if (path === undefined || run >= plan.runs)
      throw new AppError('invalid-input', 'There is no such walk in this measurement.')
    const task = testTask(path, at, { ...common, seed }, worldsOf(common.rooms))
    const { graph } = task.world
    const count = learners(plan).length
    const units = await Promise.all(
      learners(plan).map((_, learner) => loadUnit(folder, run * count + learner))
    )
    const walks = order.flatMap((walker) => {
      const unit = units.find((each) => each.walks[walker] !== undefined)
      const walk = unit?.walks[walker]?.[at]
      const measures = unit?.measures[walker]?.[at]
      if (walk === undefined || measures === undefined) return []
      return [{ walker, walk: [...walk], frontier: frontierOf(task.world, walk), measures }]
    })
    return {
      scan: path.scan,
      path: path.id,
      instructions: [...path.instructions],
      total: chosen.length,
      places: [...graph.places],
      ways: graph.ways.flatMap((ways, from) =>
        ways.flatMap(({ to }) => (from < to ? [{ from, to }] : []))
      ),
      start: task.start,
      goal: task.goalPlace,
      hint: task.hint,
      route: [...path.path],
      walks
    }
  }
}

/** All of these, for the list of what compute threads can do. */
export const roomTasks = [readRoomsTask, walkRoomsTask, probeRoomsTask, episodeTask] as const
