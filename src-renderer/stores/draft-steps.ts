// The steps of "Choose the best part of my data" and what can be said about them without a screen:
// their state marks, what each holds of the draft, patches, and their way back.
import type { JsonValue, ValidationMessage } from '@api/dto/common.ts'
import { SelectDraft, type DraftReview } from '@api/dto/runs.ts'

/** Steps in the order of the rail. */
export const chooseSteps = ['data', 'goal', 'budget', 'rules', 'method', 'check', 'review'] as const
/** One of {@link chooseSteps}. */
export type ChooseStep = (typeof chooseSteps)[number]
/** Mark of a step in the rail. */
export type StepState = 'todo' | 'done' | 'attention'

/** Parts of the draft each step sets. */
const partsOfStep: Readonly<Record<ChooseStep, readonly (keyof SelectDraft)[]>> = {
  data: ['scope'],
  goal: ['goal', 'tasks'],
  budget: ['budget'],
  rules: ['rules'],
  method: ['method', 'alsoTry', 'seed'],
  check: ['check'],
  review: ['name']
}

/** True for a word that names a step: drafts store the step as text. */
export function isChooseStep(word: string): word is ChooseStep {
  return (chooseSteps as readonly string[]).includes(word) // widening only, to compare
}

/** Messages that belong to a step. */
export function messagesOf(review: DraftReview | undefined, step: ChooseStep): ValidationMessage[] {
  return review?.messages.filter((message) => message.step === step) ?? []
}

/** A step asks for attention while a message that is more than a note belongs to it. */
export function stepState(
  step: ChooseStep,
  visited: ReadonlySet<string>,
  review: DraftReview | undefined
): StepState {
  const asks = messagesOf(review, step).some((message) => message.severity !== 'note')
  if (asks) return 'attention'
  return visited.has(step) ? 'done' : 'todo'
}

/** The draft with whole parts replaced, or undefined when the parts do not make a draft. */
export function patched(
  draft: SelectDraft,
  patch: Readonly<Record<string, JsonValue>>
): SelectDraft | undefined {
  const parsed = SelectDraft.safeParse({ ...draft, ...patch })
  return parsed.success ? parsed.data : undefined
}

/** True when a step is as recommended. */
export function isRecommended(
  draft: SelectDraft,
  defaults: SelectDraft,
  step: ChooseStep
): boolean {
  return partsOfStep[step].every((part) => isSame(draft[part], defaults[part]))
}

/** The draft with one step as recommended. */
export function restored(draft: SelectDraft, defaults: SelectDraft, step: ChooseStep): SelectDraft {
  const parts = partsOfStep[step].map((part) => [part, defaults[part]])
  return { ...draft, ...Object.fromEntries(parts) }
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

/** The first step that keeps the run from starting. */
export function firstBlockedStep(review: DraftReview | undefined): ChooseStep | undefined {
  return chooseSteps.find((step) =>
    messagesOf(review, step).some((message) => message.severity === 'error')
  )
}
