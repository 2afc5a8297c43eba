// All attempts at a task as one graph of states, and how plausible each decision of an attempt is.
import { z } from '../zod.ts'
import { TraceId, TraceSetId } from './trace-sets.ts'
import { TraceOutcome } from './traces.ts'

export const TraceGraphRequest = z.strictObject({ set: TraceSetId, task: z.string() })
export type TraceGraphRequest = z.infer<typeof TraceGraphRequest>

/** Whether scores of decisions tell successful attempts from failures that they never saw. */
export const GraphTrust = z.strictObject({
  isTrusted: z.boolean(),
  /** Attempts that passed or failed, and of these how many passed. */
  attempts: z.int(),
  passes: z.int(),
  /** Area under the curve with each attempt left out, 0..1; null where there is nothing to compare. */
  auc: z.number().nullable(),
  /** Lower end of its 90 % bootstrap interval. */
  low: z.number().nullable(),
  /** Plain counts, or a small learned scorer where attempts are many. */
  scorer: z.enum(['counts', 'learned']),
  reason: z.enum(['few-attempts', 'one-outcome', 'weak', 'trusted'])
})
export type GraphTrust = z.infer<typeof GraphTrust>

const Point = z.strictObject({ x: z.number(), y: z.number() })

/** A box: a state, or several where nothing happens between them. */
export const GraphBox = z.strictObject({
  label: z.string(),
  kind: z.enum(['start', 'state', 'pass', 'fail', 'other', 'rest']),
  /** States it stands for. */
  states: z.int(),
  /** Attempts through it, of these how many passed, and the first of them by number. */
  visits: z.int(),
  passes: z.int(),
  attempts: z.array(TraceId),
  /** Share of attempts through it that passed, drawn towards that of the task, 0..1. */
  value01: z.number(),
  /** No attempt through it passed. */
  isDeadEnd: z.boolean(),
  /** Decisions that leave the state as it is. */
  repeats: z.int(),
  /** Its middle. */
  at: Point
})
export type GraphBox = z.infer<typeof GraphBox>

/** A line from box to box, by their positions in the list. */
export const GraphLine = z.strictObject({
  from: z.int(),
  to: z.int(),
  /** How often it was gone. */
  count: z.int(),
  visits: z.int(),
  passes: z.int(),
  attempts: z.array(TraceId),
  /** Most frequent first, at most 12; `kinds` says how many there are. */
  actions: z.array(z.strictObject({ label: z.string(), count: z.int(), passes: z.int() })),
  kinds: z.int(),
  points: z.array(Point)
})
export type GraphLine = z.infer<typeof GraphLine>

export const TraceGraph = z.strictObject({
  task: z.string(),
  goal: z.string(),
  /** What makes two moments the same. */
  states: z.enum(['screen', 'ledger', 'recent']),
  /** States before rows of them were joined. */
  allStates: z.int(),
  width: z.number(),
  height: z.number(),
  box: z.strictObject({ width: z.number(), height: z.number() }),
  boxes: z.array(GraphBox),
  lines: z.array(GraphLine),
  /** Attempts with the boxes they go through, by trial. */
  paths: z.array(
    z.strictObject({
      trace: TraceId,
      name: z.string(),
      trial: z.int(),
      outcome: TraceOutcome,
      boxes: z.array(z.int())
    })
  ),
  /** Attempts that were left out because the task has more than 2,000. */
  leftOut: z.int(),
  trust: GraphTrust
})
export type TraceGraph = z.infer<typeof TraceGraph>

/** One decision, judged by other attempts alone. */
export const PlausibleStep = z.strictObject({
  step: z.int(),
  /** Natural logarithm of its probability among successful attempts. */
  logp: z.number(),
  /** Place among what successful attempts did in the same state, from 1; null where none did this. */
  rank: z.int().nullable(),
  /** By how much it moved the share of attempts that pass from here. */
  advantage: z.number(),
  /** True when a successful attempt was in the same state. */
  isKnown: z.boolean()
})
export type PlausibleStep = z.infer<typeof PlausibleStep>

/** `steps` is empty where scores cannot be trusted; `trust` says why. */
export const TracePlausibility = z.strictObject({
  trust: GraphTrust,
  steps: z.array(PlausibleStep)
})
export type TracePlausibility = z.infer<typeof TracePlausibility>
