// A job as every screen, the report and the command line see it (product.md 4.2).
import { z } from '../zod.ts'
import { DatasetId, JobId } from './common.ts'
import { UserError } from '../errors.ts'

export const JobState = z.enum([
  'queued',
  'running',
  'pausing',
  'paused',
  'finishing',
  'finished',
  'finished-with-notes',
  'cancelled',
  'failed',
  'interrupted'
])
export type JobState = z.infer<typeof JobState>

export const JobKindName = z.enum([
  'import',
  'features',
  'health',
  'map',
  'matrix',
  'select',
  'distil',
  'analyse',
  'export',
  'verify',
  'sample',
  'run-pages',
  'import-rooms',
  'train-rooms',
  'learn-groups',
  'expand-set',
  'measure-expand',
  'train-pictures',
  'try-correction',
  'import-traces',
  'derive-traces',
  'trace-export',
  'trace-send'
])
export type JobKindName = z.infer<typeof JobKindName>

export const JobPhase = z.strictObject({
  /** 1-based. */
  index: z.int(),
  count: z.int(),
  /** Plain name: "Comparing pictures". */
  name: z.string(),
  /** Names of all `count` phases, in order. */
  names: z.array(z.string()),
  done: z.number(),
  /** 0 when not known yet. */
  total: z.number(),
  unit: z.string()
})
export type JobPhase = z.infer<typeof JobPhase>

export const Eta = z.strictObject({
  lowSeconds: z.number(),
  highSeconds: z.number(),
  /** Set when the estimate grew by more than a quarter. */
  reason: z.string().nullable()
})
export type Eta = z.infer<typeof Eta>

export const Job = z.strictObject({
  id: JobId,
  kind: JobKindName,
  title: z.string(),
  state: JobState,
  dataset: DatasetId.nullable(),
  /** For an export: the run exported. For a selection: its own id. */
  run: JobId.nullable(),
  phase: JobPhase.nullable(),
  /** Never falls, never over 1. */
  fraction01: z.number(),
  /** Null until trustworthy: after 5 % and 8 s. */
  eta: Eta.nullable(),
  queuePosition: z.int().nullable(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  /** Seconds spent running, pauses left out. */
  activeSeconds: z.number(),
  error: UserError.nullable(),
  notes: z.array(z.string()),
  /** "Processor (WebAssembly SIMD), 2 workers", as measured in this job. */
  device: z.string().nullable(),
  canPause: z.boolean(),
  canResume: z.boolean()
})
export type Job = z.infer<typeof Job>

export const LogLine = z.strictObject({
  time: z.number(),
  level: z.enum(['info', 'notice', 'error']),
  code: z.string(),
  text: z.string()
})
export type LogLine = z.infer<typeof LogLine>

/** What changed in the open project; screens refetch what they show. */
export const ProjectEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('job'), job: Job }),
  z.strictObject({ kind: z.literal('job-removed'), id: JobId }),
  z.strictObject({ kind: z.literal('dataset'), id: DatasetId }),
  z.strictObject({ kind: z.literal('project') }),
  z.strictObject({ kind: z.literal('settings') }),
  /** A click on a notification: the screen of this job is asked for. */
  z.strictObject({ kind: z.literal('show'), job: JobId }),
  z.strictObject({ kind: z.literal('live'), job: JobId, live: z.lazy(() => LivePoint) })
])
export type ProjectEvent = z.infer<typeof ProjectEvent>

/** One measured point for the run page's charts. */
export const LivePoint = z.strictObject({
  series: z.string(),
  x: z.number(),
  y: z.number()
})
export type LivePoint = z.infer<typeof LivePoint>
