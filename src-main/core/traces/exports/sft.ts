// One attempt as a line for supervised fine-tuning: OpenAI messages in which each turn of the agent
// says whether a model learns from it ("weight" 1 or 0; "train" says the same for other programs).
import type { ReviewBody, StepCorrection } from '../../../api/dto/trace-reviews.ts'
import type { Outcome, Trace } from '../model/trace.ts'
import {
  conversationOf,
  correctedTurn,
  joinUsers,
  type ChatMessage,
  type PlacedMessage
} from './conversation.ts'
import {
  firstMistake,
  judgedOutcome,
  stepUses,
  type SftOptions,
  type StepUse
} from './step-judgement.ts'
import type { ToolSchemas, ToolSchema } from './tool-schemas.ts'

/** A message with what is learnt from it; only turns of the agent carry a weight. */
export interface SftMessage extends ChatMessage {
  readonly weight?: 0 | 1
  readonly train?: boolean
}

/** A line of sft.jsonl. */
export interface SftLine {
  readonly messages: readonly SftMessage[]
  readonly tools?: readonly ToolSchema[]
  readonly id: string
  readonly task_id: string
  readonly trial: number
  /** What the log says. */
  readonly outcome: Outcome
  readonly reward: number | null
  /** What the reviewer says; null without a review. */
  readonly verdict: string | null
  /** 0-based step; null when none is marked. */
  readonly first_mistake: number | null
  /** True when the last turn is the reviewer's correction. */
  readonly corrected: boolean
}

/** A line, or why an attempt has none. */
export type BuiltSft =
  | { readonly line: SftLine; readonly weighted: number; readonly masked: number }
  | { readonly leftOut: string }

/** A turn with the use that is made of it; "corrected" is the reviewer's own. */
interface UsedMessage extends PlacedMessage {
  readonly use: StepUse | 'corrected' | null
}

/** The line of an attempt. `tools` are those of the whole export. */
export function buildSft(
  trace: Trace,
  review: ReviewBody | null,
  options: SftOptions,
  tools: ToolSchemas
): BuiltSft {
  const { messages, isCorrected } = usedMessages(trace, review, options)
  const listed = toolsFor(messages, tools)
  const size = listed.length === 0 ? 0 : tokensOf(JSON.stringify(listed))
  const cut = trimEnd(withinTokens(trimEnd(messages), options.maxTokens, size))
  const sent = cut.map(({ message, use }): SftMessage => {
    if (message.role !== 'assistant') return message
    const isLearnt = (use === 'learn' || use === 'corrected') && !isEmpty(message)
    return { ...message, weight: isLearnt ? 1 : 0, train: isLearnt }
  })
  const weighted = sent.filter(({ weight }) => weight === 1).length
  if (weighted === 0) return { leftOut: reasonLeftOut(messages, options) }
  return {
    line: {
      messages: sent,
      ...(listed.length === 0 ? {} : { tools: listed }),
      id: trace.id,
      task_id: trace.task.key,
      trial: trace.trial,
      outcome: trace.outcome,
      reward: trace.reward,
      verdict: review?.verdict ?? null,
      first_mistake: firstMistake(trace, review),
      corrected: isCorrected && cut.at(-1)?.use === 'corrected'
    },
    weighted,
    masked: sent.filter(({ weight }) => weight === 0).length
  }
}

/** The correction that ends an attempt that failed, and the step it stands for; undefined without. */
export function endingCorrection(
  trace: Trace,
  review: ReviewBody | null,
  { scope, withCorrections }: Pick<SftOptions, 'scope' | 'withCorrections'>
): { readonly step: number; readonly correction: StepCorrection } | undefined {
  if (!withCorrections || review === null || review.noneWrong) return undefined
  if (judgedOutcome(trace, review) === 'pass') return undefined
  const first = firstMistake(trace, review)
  // What was tried again and did not help is no example.
  const usable = Object.entries(review.corrections)
    .map(([step, correction]) => ({ step: Number(step), correction }))
    .filter(({ step, correction }) => {
      return step < trace.steps.length && correction.verified !== 'replay-fail'
    })
    .sort((a, b) => a.step - b.step)
  const atFirst = usable.find(({ step }) => step === first)
  if (atFirst !== undefined) return atFirst
  return usable.find(({ step }) => first === null || scope === 'wrong-steps' || step < first)
}

function usedMessages(
  trace: Trace,
  review: ReviewBody | null,
  options: SftOptions
): { readonly messages: readonly UsedMessage[]; readonly isCorrected: boolean } {
  const placed = conversationOf(trace)
  const uses = stepUses(trace, review, options)
  const ending = endingCorrection(trace, review, options)
  const at = ending === undefined ? -1 : placed.findIndex(({ step }) => step === ending.step)
  const kept = (at === -1 ? placed : placed.slice(0, at)).filter(
    ({ step }) => step === null || options.wrong === 'mask' || uses[step] !== 'wrong'
  )
  const messages = joinUsers(kept).map((each): UsedMessage => ({
    ...each,
    use: each.step === null ? null : uses[each.step]
  }))
  if (ending === undefined || at === -1) return { messages, isCorrected: false }
  const message = correctedTurn(ending.correction, freshId(placed))
  return {
    messages: [...messages, { message, step: ending.step, use: 'corrected' }],
    isCorrected: true
  }
}

/** An id that no call of the conversation has. */
export function freshId(placed: readonly PlacedMessage[]): string {
  const taken = new Set(
    placed.flatMap(({ message }) => (message.tool_calls ?? []).map(({ id }) => id))
  )
  let id = 'call_correction'
  for (let n = 2; taken.has(id); n++) id = `call_correction_${n}`
  return id
}

/** Nothing is learnt after the last turn of the agent but the answers to it. */
function trimEnd(messages: readonly UsedMessage[]): readonly UsedMessage[] {
  const last = messages.findLastIndex(
    ({ message: { role } }) => role === 'assistant' || role === 'tool'
  )
  return messages.slice(0, last + 1)
}

/** The beginning that fits, cut where a turn with all its answers ends. */
function withinTokens(
  messages: readonly UsedMessage[],
  maxTokens: number | null,
  used: number
): readonly UsedMessage[] {
  if (maxTokens === null) return messages
  let tokens = used
  let fits = 0
  for (let at = 0; at < messages.length; at++) {
    tokens += messageTokens(messages[at].message)
    if (tokens > maxTokens) break
    if (messages.at(at + 1)?.message.role !== 'tool') fits = at + 1
  }
  return messages.slice(0, fits)
}

/** Tokens of a text, about: four characters each. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / 4)
}

function messageTokens({ content, reasoning_content, tool_calls }: ChatMessage): number {
  const calls = tool_calls === undefined ? '' : JSON.stringify(tool_calls)
  return tokensOf(`${content ?? ''}${reasoning_content ?? ''}${calls}`)
}

function isEmpty({ content, tool_calls }: ChatMessage): boolean {
  return (content ?? '').trim() === '' && tool_calls === undefined
}

/** Tools that the messages call, or all of the export. */
export function toolsFor(
  messages: readonly { readonly message: ChatMessage }[],
  tools: ToolSchemas
): readonly ToolSchema[] {
  const called = messages.flatMap(({ message }) =>
    (message.tool_calls ?? []).map((call) => call.function.name)
  )
  return called.length === 0 ? [] : tools.listFor(new Set(called))
}

function reasonLeftOut(messages: readonly UsedMessage[], { maxTokens }: SftOptions): string {
  if (!messages.some(({ message }) => message.role === 'assistant'))
    return 'No turn of the agent is left in it.'
  const isLearnable = messages.some(({ use }) => use === 'learn' || use === 'corrected')
  return isLearnable && maxTokens !== null
    ? 'It is longer than the limit before the first turn to learn from.'
    : 'Nothing in it is marked as right: no turn is left to learn from.'
}
