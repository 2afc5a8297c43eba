// Steps of a wizard and what can be said about them without a screen: their state marks, what each
// holds of the draft, patches, and their way back. Every wizard brings its own list of steps.
import type { ValidationMessage } from '@api/dto/common.ts'

/** Mark of a step in the rail. */
export type StepState = 'todo' | 'done' | 'attention'

/** The steps of one wizard. */
export interface PlanSteps<D, S extends string> {
  /** In the order of the rail; the last one starts the run. */
  readonly order: readonly S[]
  /** Parts of the draft each step sets. */
  readonly parts: Readonly<Record<S, readonly (keyof D)[]>>
}

/** What every review has. */
export interface ReviewMessages {
  readonly messages: readonly ValidationMessage[]
}

/** The step a word names, if it does: drafts store the step as text. */
export function stepNamed<S extends string>(order: readonly S[], word: string): S | undefined {
  return order.find((step) => step === word)
}

/** Messages that belong to a step. */
export function messagesOf(review: ReviewMessages | undefined, step: string): ValidationMessage[] {
  return review?.messages.filter((message) => message.step === step) ?? []
}

/** A step asks for attention while a message that is more than a note belongs to it. */
export function stepState(
  step: string,
  visited: ReadonlySet<string>,
  review: ReviewMessages | undefined
): StepState {
  const asks = messagesOf(review, step).some((message) => message.severity !== 'note')
  if (asks) return 'attention'
  return visited.has(step) ? 'done' : 'todo'
}

/** The first step that keeps the run from starting. */
export function firstBlockedStep<S extends string>(
  order: readonly S[],
  review: ReviewMessages | undefined
): S | undefined {
  return order.find((step) =>
    messagesOf(review, step).some((message) => message.severity === 'error')
  )
}

/** True when a step is as recommended. */
export function isRecommended<D, S extends string>(
  steps: PlanSteps<D, S>,
  draft: D,
  defaults: D,
  step: S
): boolean {
  return steps.parts[step].every((part) => isSame(draft[part], defaults[part]))
}

/** What one step holds as recommended. */
export function recommendedParts<D, S extends string>(
  steps: PlanSteps<D, S>,
  defaults: D,
  step: S
): Partial<D> {
  const parts = steps.parts[step].map((part) => [part, defaults[part]])
  return Object.fromEntries(parts) as Partial<D> // keys and values of a draft
}

/** True when two values read the same as JSON, whatever the order of their keys. */
export function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
