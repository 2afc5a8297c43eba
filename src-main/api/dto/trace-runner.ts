// Running an agent on pages in a real browser: which pages, with what policy, and how attempts went.
import { z } from '../zod.ts'
import { GrantId, JobId } from './common.ts'
import { StepCorrection } from './trace-reviews.ts'
import { TraceId, TraceSetId } from './trace-sets.ts'

/** Pages: Winnow's own, or those of a folder in the MiniWoB++ interface. */
export const RunnerPages = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('own') }),
  z.strictObject({ kind: z.literal('folder'), grant: GrantId })
])
export type RunnerPages = z.infer<typeof RunnerPages>

const Share = z.number().min(0).max(1)
const Seed = z.int().min(0).max(4_294_967_295)

/** What makes plans and reflects on failures. */
export const RunnerPolicy = z.discriminatedUnion('kind', [
  /** Does what a script for the task says. */
  z.strictObject({ kind: z.literal('scripted') }),
  z.strictObject({ kind: z.literal('random'), seed: Seed.default(0) }),
  z.strictObject({
    kind: z.literal('noisy'),
    seed: Seed.default(0),
    /** Share of actions replaced by a click somewhere else. */
    slip: Share.default(0.35),
    /** Share of reflections that name the right step; null = nobody reflects. */
    corrector: Share.nullable().default(1)
  }),
  z.strictObject({
    kind: z.literal('model'),
    /** Address of an OpenAI-compatible server on this computer: "http://127.0.0.1:8080/v1". */
    address: z.string().min(1).max(300),
    model: z.string().min(1).max(200),
    temperature: z.number().min(0).max(2).default(0),
    maxTokens: z.int().min(16).max(4096).default(256)
  })
])
export type RunnerPolicy = z.infer<typeof RunnerPolicy>

export const RunnerRequest = z.strictObject({
  pages: RunnerPages,
  tasks: z
    .array(z.string().regex(/^[\w-]{1,80}$/))
    .min(1)
    .max(200),
  seeds: z.array(Seed).min(1).max(1000),
  policy: RunnerPolicy,
  trials: z.int().min(1).max(20).default(3),
  steps: z.int().min(1).max(200).default(20),
  perScreen: z.int().min(1).max(50).default(10),
  trialSeconds: z.int().min(1).max(600).default(60),
  /** False = plain retries. */
  reflects: z.boolean().default(true),
  /** Looks for the decisive step of failed attempts by replaying them. */
  labels: z.boolean().default(false),
  /** Keeps a picture of every screen. */
  pictures: z.boolean().default(false),
  /** Time pages get after each action, in ms. */
  settleMs: z.int().min(0).max(2000).default(50)
})
export type RunnerRequest = z.infer<typeof RunnerRequest>

export const TrialState = z.enum([
  'correct',
  'cycle',
  'no-change',
  'incomplete',
  'exception',
  'failed',
  'step-limit',
  'time-limit',
  'stopped'
])
export type TrialState = z.infer<typeof TrialState>

/** How one attempt went. */
export const TrialNews = z.strictObject({
  task: z.string(),
  seed: z.number(),
  /** 0-based. */
  trial: z.int(),
  state: TrialState,
  reward: z.number(),
  steps: z.int(),
  ms: z.number(),
  /** What the next attempt is to do otherwise, in a sentence; null when nothing was learnt. */
  change: z.string().nullable(),
  /** The step that decided it, 0-based; null where it was not looked for or not found. */
  decisive: z.int().nullable()
})
export type TrialNews = z.infer<typeof TrialNews>

/** Which tasks pages hold, and whether they can be run here. */
export const RunnerTasks = z.strictObject({
  tasks: z.array(z.strictObject({ name: z.string(), hasScript: z.boolean() })),
  /** Name of the browser that would be used; null when there is none. */
  browser: z.string().nullable(),
  /** Why nothing can be run here, in a sentence; null when it can. */
  problem: z.string().nullable()
})
export type RunnerTasks = z.infer<typeof RunnerTasks>

export const RunnerStart = RunnerRequest.extend({
  /** Name of the new trace set. */
  name: z.string().min(1).max(80)
})
export type RunnerStart = z.infer<typeof RunnerStart>

export const StartedRunner = z.strictObject({ job: JobId, set: TraceSetId })
export type StartedRunner = z.infer<typeof StartedRunner>

/** Attempts of a running or finished job, in order, from a position on; at most 500 at once. */
export const RunnerTrials = z.strictObject({
  trials: z.array(TrialNews),
  total: z.int()
})
export type RunnerTrials = z.infer<typeof RunnerTrials>

/** Completion by number of attempts allowed. */
export const RunnerCompletion = z.strictObject({
  trials: z.int(),
  solved: z.int(),
  of: z.int(),
  low01: z.number(),
  high01: z.number()
})
export type RunnerCompletion = z.infer<typeof RunnerCompletion>

/** Who goes on after a correction: whoever played before, a script that knows the task, or chance. */
export const CorrectionPlayer = z.enum(['same', 'script', 'chance'])
export type CorrectionPlayer = z.infer<typeof CorrectionPlayer>

/** Whether corrections of an attempt can be tried on its page. */
export const CorrectionTry = z.strictObject({
  /** Why not, in a sentence; null when they can. */
  problem: z.string().nullable(),
  /** The pages are not Winnow's own: their folder has to be picked. */
  needsFolder: z.boolean(),
  /** Best first; none where it cannot be done. */
  players: z.array(CorrectionPlayer)
})
export type CorrectionTry = z.infer<typeof CorrectionTry>

export const TryCorrection = z.strictObject({
  trace: TraceId,
  /** 0-based. */
  step: z.int().min(0),
  correction: StepCorrection,
  player: CorrectionPlayer.default('same'),
  /** Folder of the pages; null for Winnow's own. */
  pages: GrantId.nullable().default(null)
})
export type TryCorrection = z.infer<typeof TryCorrection>

/** The job, and the number that the new attempt at the task has, from 0. */
export const StartedTry = z.strictObject({ job: JobId, trial: z.int() })
export type StartedTry = z.infer<typeof StartedTry>

export const RunnerToFile = RunnerRequest.extend({
  /** Folder to write into, and the file's name in it. */
  to: GrantId,
  file: z.string().min(1).max(200)
})
export type RunnerToFile = z.infer<typeof RunnerToFile>

/** News while attempts are written to a file. */
export const RunnerFileEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('trial'), trial: TrialNews }),
  z.strictObject({
    kind: z.literal('done'),
    attempts: z.int(),
    completion: z.array(RunnerCompletion)
  })
])
export type RunnerFileEvent = z.infer<typeof RunnerFileEvent>
