// The pieces messages are made of: words for numbers, and patches for their buttons. A patch
// replaces whole top-level parts of a draft.
import type { JsonValue, ValidationMessage } from '../../api/dto/common.ts'
import type { CostEstimate, SelectDraft } from '../../api/dto/runs.ts'
import type { MeanSize } from './budget.ts'
import type { DraftScope } from './draft-scope.ts'
import type { Recommendation } from './recommend.ts'
import type { CellCounts } from './rule-feasibility.ts'

/** What the messages are worked out from. */
export interface MessageInputs {
  readonly draft: SelectDraft
  readonly scope: DraftScope
  readonly estimate: CostEstimate | undefined
  readonly freeMemoryBytes: number
  readonly freeDiskBytes: number
  readonly recommended: Recommendation
  /** Whether the draft's method can be used, with the reason when not. */
  readonly method: {
    readonly isPossible: boolean
    readonly reason: string | null
    readonly name: string
  }
  /** Candidates per class, in class order. */
  readonly available: readonly number[]
  readonly keep: number
  /** Mean size of the candidates. */
  readonly mean: MeanSize
  /** Candidates by label and source. */
  readonly cells: CellCounts
  /** What is missing of joined gradients, in a sentence. */
  readonly gradientProblem?: string | undefined
}

/** One button of a message. */
export type Action = ValidationMessage['actions'][number]

/** A message with its step and severity. */
export function message(
  code: string,
  severity: ValidationMessage['severity'],
  step: ValidationMessage['step'],
  text: string,
  actions: Action[] = []
): ValidationMessage {
  return { code, severity, step, text, actions }
}

/** A whole number with thousands separators. */
export function count(value: number): string {
  return value.toLocaleString('en')
}

/** A number with the word that fits it. */
export function things(value: number, one: string, many: string): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** A patch that sets whole parts of the draft; drafts are plain data, so they are JSON. */
export function patch(change: Partial<SelectDraft>): Record<string, JsonValue> {
  return JSON.parse(JSON.stringify(change)) as Record<string, JsonValue>
}

/** A patch that asks for this many items. */
export const budgetOf = (items: number): Record<string, JsonValue> =>
  patch({ budget: { kind: 'count', count: items } })

/** A patch of some rules, the others as they are. */
export function rulesPatch(
  draft: SelectDraft,
  change: Partial<SelectDraft['rules']>
): Record<string, JsonValue> {
  return patch({ rules: { ...draft.rules, ...change } })
}

/** "1.1 GB", "340 MB", "2.5 MB" or "12 KB". */
export function bytesInWords(bytes: number): string {
  const short = (value: number): string => value.toFixed(1).replace(/\.0$/, '')
  if (bytes >= 1e9) return `${short(bytes / 1e9)} GB`
  if (bytes >= 1e7) return `${Math.round(bytes / 1e6)} MB`
  if (bytes >= 1e6) return `${short(bytes / 1e6)} MB`
  return bytes >= 1e3 ? `${short(bytes / 1e3)} KB` : things(Math.round(bytes), 'byte', 'bytes')
}
