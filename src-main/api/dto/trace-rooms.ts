// Finding the way in buildings: folders of places and paths (room-to-room), training a planner on some
// buildings and measuring it in others beside simple ways of walking.
import { z } from '../zod.ts'
import { GrantId, JobId } from './common.ts'
import { TraceSetId } from './trace-sets.ts'

/** Name of a building. */
export const Scan = z.string().min(1).max(200)

/** A building and what there is to walk in it. */
export const RoomsBuilding = z.strictObject({
  scan: Scan,
  places: z.int(),
  /** Ways between places, each counted once. */
  ways: z.int(),
  /** Paths by the part of the data they came in ("train", "val_unseen"). */
  paths: z.array(z.strictObject({ split: z.string(), count: z.int() }))
})
export type RoomsBuilding = z.infer<typeof RoomsBuilding>

/** What a file of the folder was taken for. */
export const RoomsFile = z.strictObject({
  name: z.string(),
  sizeBytes: z.number(),
  kind: z.enum(['building', 'paths', 'other', 'damaged']),
  /** Places or paths that were read of it. */
  count: z.int(),
  /** Why it, or something in it, could not be read. */
  problem: z.string().nullable()
})
export type RoomsFile = z.infer<typeof RoomsFile>

export const RoomsPreview = z.strictObject({
  files: z.array(RoomsFile),
  /** Files that are neither (pictures, notes); they are not needed. */
  leftAlone: z.int(),
  buildings: z.array(RoomsBuilding),
  paths: z.int(),
  problems: z.int()
})
export type RoomsPreview = z.infer<typeof RoomsPreview>

export const RoomsImport = z.strictObject({ grant: GrantId, name: z.string().min(1).max(80) })
export type RoomsImport = z.infer<typeof RoomsImport>

/** A trace set that was made of buildings and paths. */
export const RoomsSet = z.strictObject({
  set: TraceSetId,
  name: z.string(),
  paths: z.int()
})
export type RoomsSet = z.infer<typeof RoomsSet>

export const RoomsEffort = z.enum(['quick', 'usual', 'thorough'])
export type RoomsEffort = z.infer<typeof RoomsEffort>

/** What is learned in which buildings, and where it is measured. */
export const RoomsPlan = z.strictObject({
  set: TraceSetId,
  /** Buildings to learn in, and to measure in. One that is in both lends every fifth path to measuring. */
  train: z.array(Scan).min(1).max(2000),
  test: z.array(Scan).min(1).max(2000),
  effort: RoomsEffort.default('usual'),
  /** How often everything is done anew, with another start each time. */
  runs: z.int().min(1).max(10).default(3),
  /** Repeat code: the same one gives the same figures on the same device. */
  seed: z.int().min(0).max(4_294_967_295).default(1),
  /** Paths walked in each run, at most. */
  testPaths: z.int().min(1).max(2000).default(200),
  /** Error, in metres on each axis, of where the walkers are told that the goal is. */
  hintMetres: z.number().min(0).max(50).default(3),
  /** Trains the planner a second time without messages over its graph. */
  withoutMessages: z.boolean().default(false)
})
export type RoomsPlan = z.infer<typeof RoomsPlan>

export const RoomsEstimate = z.strictObject({
  /** Paths to learn from and to walk. */
  trainPaths: z.int(),
  testPaths: z.int(),
  /** Buildings that are learned in and measured in. */
  seen: z.array(Scan),
  /** Seconds as a range; null while another job keeps the machine busy. */
  seconds: z.strictObject({ low: z.number(), high: z.number() }).nullable(),
  /** Why the plan cannot be carried out, in a sentence; null when it can. */
  problem: z.string().nullable()
})
export type RoomsEstimate = z.infer<typeof RoomsEstimate>

/** Who walks. */
export const RoomsWalker = z.enum(['planner', 'local', 'nearest', 'greedy', 'random', 'shortest'])
export type RoomsWalker = z.infer<typeof RoomsWalker>

/** Shares are 0..1; `metres` is the length of what was walked. */
export const RoomsMeasures = z.strictObject({
  success: z.number(),
  spl: z.number(),
  ndtw: z.number(),
  metres: z.number()
})
export type RoomsMeasures = z.infer<typeof RoomsMeasures>

const Spread = z.strictObject({
  mean: z.number(),
  /** Ends of the 95 % interval; null where there is one value alone. */
  low: z.number().nullable(),
  high: z.number().nullable()
})
/** A measure with its interval. */
export type RoomsSpread = z.infer<typeof Spread>
export const RoomsSpreads = z.strictObject({
  success: Spread,
  spl: Spread,
  ndtw: Spread,
  metres: Spread
})
export type RoomsSpreads = z.infer<typeof RoomsSpreads>

export const RoomsResult = z.strictObject({
  plan: RoomsPlan,
  setName: z.string(),
  /** Paths to learn from, paths there were to measure on, and those walked in each run. */
  trainPaths: z.int(),
  testPaths: z.int(),
  walked: z.int(),
  seen: z.array(Scan),
  /** Decisions allowed on each walk. */
  decisions: z.int(),
  /** Intervals are over runs, or over walks where there was one run. */
  over: z.enum(['runs', 'walks']),
  walkers: z.array(
    z.strictObject({
      walker: RoomsWalker,
      runs: z.array(RoomsMeasures),
      spread: RoomsSpreads
    })
  ),
  /** What the planner is ahead by on the same walks. */
  ahead: z.array(z.strictObject({ of: RoomsWalker, spread: RoomsSpreads })),
  verdict: z.enum(['better', 'no-better', 'worse', 'too-few']),
  /** In words, the first sentence being the verdict. */
  sentences: z.array(z.string()),
  seconds: z.number(),
  device: z.string()
})
export type RoomsResult = z.infer<typeof RoomsResult>

/** A measurement of a set: under way, or done. */
export const RoomsRun = z.strictObject({
  job: JobId,
  createdAt: z.number(),
  plan: RoomsPlan,
  /** The verdict's sentence; null while there is no result. */
  verdict: z.string().nullable()
})
export type RoomsRun = z.infer<typeof RoomsRun>

export const RoomsEpisodeRequest = z.strictObject({
  job: JobId,
  /** Run and walk in it, from 0. */
  run: z.int().min(0).max(9),
  at: z.int().min(0).max(1999)
})
export type RoomsEpisodeRequest = z.infer<typeof RoomsEpisodeRequest>

/** One walk of everybody, drawn on the building. Places are named by their positions in the list. */
export const RoomsEpisode = z.strictObject({
  scan: Scan,
  path: z.string(),
  instructions: z.array(z.string()),
  /** Walks in this run. */
  total: z.int(),
  places: z.array(z.strictObject({ id: z.string(), x: z.number(), y: z.number(), z: z.number() })),
  ways: z.array(z.strictObject({ from: z.int(), to: z.int() })),
  start: z.int(),
  goal: z.int(),
  /** Where the walkers were told that the goal is. */
  hint: z.strictObject({ x: z.number(), y: z.number() }),
  /** The path of the data. */
  route: z.array(z.int()),
  walks: z.array(
    z.strictObject({
      walker: RoomsWalker,
      walk: z.array(z.int()),
      /** Places it saw and never went to. */
      frontier: z.array(z.int()),
      measures: RoomsMeasures
    })
  )
})
export type RoomsEpisode = z.infer<typeof RoomsEpisode>

export const RoomsFigures = z.strictObject({ job: JobId, format: z.enum(['csv', 'json']) })
export type RoomsFigures = z.infer<typeof RoomsFigures>
