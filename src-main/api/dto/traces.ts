// Logs of agents: what their attempts show without any model.
import { z } from '../zod.ts'
import { GrantId, Json } from './common.ts'

/** How an attempt ended; "unknown" when its log does not say. */
export const TraceOutcome = z.enum(['pass', 'fail', 'partial', 'unknown'])
export type TraceOutcome = z.infer<typeof TraceOutcome>

/** What an action does to the world. */
export const ActionEffect = z.enum(['read', 'write', 'talk', 'think', 'end', 'unknown'])
export type ActionEffect = z.infer<typeof ActionEffect>

/** What a suggestion rests on, best first. */
export const SuggestionTier = z.enum(['writes', 'tree', 'alignment', 'error', 'position'])
export type SuggestionTier = z.infer<typeof SuggestionTier>

export const SuggestRequest = z.strictObject({
  /** A file of traces. */
  grant: GrantId,
  /** Effects that are known better than their guess, by tool. */
  effects: z.record(z.string(), ActionEffect).default({}),
  /** Names of arguments that do not tell calls apart; null = as the format suggests. */
  volatile: z.array(z.string()).max(200).nullable().default(null)
})
export type SuggestRequest = z.infer<typeof SuggestRequest>

/** The step at which an attempt first went wrong, as far as can be told without a model. */
export const FirstWrongSuggestion = z.strictObject({
  trace: z.string(),
  task: z.string(),
  trial: z.int(),
  /** 0-based, of the agent's decisions. */
  step: z.int(),
  steps: z.int(),
  tier: SuggestionTier,
  kind: z.enum([
    'extra-write',
    'wrong-arguments',
    'missing-write',
    'parting',
    'before-error',
    'usual-place'
  ]),
  confidence: z.enum(['high', 'medium', 'low']),
  reason: z.string(),
  evidence: z.record(z.string(), Json),
  /** The step known from the log's own right solution; null when it names none. */
  known: z.int().nullable()
})
export type FirstWrongSuggestion = z.infer<typeof FirstWrongSuggestion>

/** On how many attempts a detector fires. */
export const DetectorRate = z.strictObject({
  detector: z.string(),
  name: z.string(),
  fails: z.int(),
  passes: z.int(),
  /** Share of failures among those it fires on; null when it never fires. */
  failShare01: z.number().nullable()
})
export type DetectorRate = z.infer<typeof DetectorRate>

export const TraceSuggestions = z.strictObject({
  format: z.string(),
  traces: z.int(),
  tasks: z.int(),
  outcomes: z.strictObject({ pass: z.int(), fail: z.int(), partial: z.int(), unknown: z.int() }),
  /** Tasks that were both solved and failed. */
  mixedTasks: z.int(),
  /** Tools by how often they are called, with the effect in force. */
  tools: z.array(
    z.strictObject({ verb: z.string(), calls: z.int(), effect: ActionEffect, isGuess: z.boolean() })
  ),
  suggestions: z.array(FirstWrongSuggestion),
  /** Failed attempts without a suggestion. */
  silent: z.int(),
  detectors: z.array(DetectorRate),
  /** Exact hits among failed attempts with a known step at tasks that were solved, too; null without. */
  score: z
    .strictObject({
      labelled: z.int(),
      suggestions: z.int(),
      near: z.int(),
      anyNewCall: z.int(),
      prefixTree: z.int(),
      lastStep: z.int(),
      usualPlace: z.int(),
      random: z.number()
    })
    .nullable(),
  /** What could not be read: place and reason; at most 200. */
  problems: z.array(z.strictObject({ where: z.string(), reason: z.string() })),
  seconds: z.number()
})
export type TraceSuggestions = z.infer<typeof TraceSuggestions>
