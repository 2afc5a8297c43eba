// What a model's answer says: read strictly, never trusted. Anything that does not fit is refused in a
// sentence, and the words stay readable as they came.
import { z } from 'zod'
import type { JsonValue } from '../../../api/dto/common.ts'
import type { ModelReading } from '../../../api/dto/trace-model.ts'
import type { StepCorrection } from '../../../api/dto/trace-reviews.ts'
import { answerValue } from '../runner/local-model-policy.ts'
import type { AttemptQuestion } from './model-question.ts'

/** The form an answer is asked for in, and its name. */
export const answerForm = {
  name: 'first_mistake',
  schema: {
    type: 'object',
    properties: {
      step: { type: 'integer', minimum: 0 },
      tool: { type: 'string' },
      arguments: { type: 'object' },
      reason: { type: 'string' },
      confidence: { type: 'string', enum: ['low', 'medium', 'high'] }
    },
    required: ['step', 'tool', 'arguments', 'reason', 'confidence']
  }
} as const

const Answer = z.object({
  step: z.int().min(0).max(10_000_000),
  tool: z.string().max(200).catch(''),
  arguments: z.unknown().optional(),
  reason: z.string().max(20_000).catch(''),
  confidence: z.enum(['low', 'medium', 'high']).catch('low')
})

/** What answers are held against. */
export interface AnswerContext extends Pick<AttemptQuestion, 'gap'> {
  /** Number of steps of the attempt. */
  readonly steps: number
  /** Tools of the set. */
  readonly tools: ReadonlySet<string>
}

const longestReason = 2000
const longestArguments = 20_000
const deepest = 12

/** What an answer says. */
export function readModelAnswer(text: string, { steps, tools, gap }: AnswerContext): ModelReading {
  const refuse = (why: string): ModelReading => ({ kind: 'refused', why })
  const value = answerValue(text)
  if (text.trim() === '') return refuse('The model said nothing.')
  if (value === undefined) return refuse('The answer is not in the form that was asked for.')
  const found = Answer.safeParse(value)
  if (!found.success) return refuse('The answer does not name a step in the form asked for.')
  const { step: number, confidence } = found.data
  const reason = plainText(found.data.reason)
  if (number === 0) return { kind: 'none', reason }
  if (number > steps)
    return refuse(`It names step ${number.toLocaleString('en')}, and the attempt has ${steps}.`)
  const step = number - 1
  if (gap !== null && step >= gap.from && step <= gap.to)
    return refuse(`It names step ${number.toLocaleString('en')}, which it was not told about.`)
  const made = correctionOf(found.data, reason, tools)
  return typeof made === 'string'
    ? { kind: 'step', step, reason, confidence, correction: null, noCorrection: made }
    : { kind: 'step', step, reason, confidence, correction: made, noCorrection: null }
}

/** The correction, or why there is none. */
function correctionOf(
  { tool, arguments: args }: z.infer<typeof Answer>,
  why: string,
  tools: ReadonlySet<string>
): StepCorrection | string {
  const verb = tool.trim()
  if (verb === '') return 'It does not say what should have been done.'
  if (verb !== 'say' && !tools.has(verb))
    return 'What it would have done is none of the tools of these attempts.'
  const given = args ?? {}
  if (!isPlainValue(given) || given === null || typeof given !== 'object' || Array.isArray(given))
    return 'The arguments it gives are not in the form that was asked for.'
  if (verb === 'say' && typeof given['text'] !== 'string')
    return 'It does not say what should have been said.'
  return { verb, args: given, thought: '', why, origin: 'model', verified: 'none' }
}

/** True for values of a size and depth that a call could have. Walks without recursion: an answer may be deep. */
function isPlainValue(value: unknown): value is JsonValue {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return false
    level = level.flatMap((each) => {
      if (typeof each !== 'object' || each === null) return []
      return Object.hasOwn(each, '__proto__') ? [undefined] : Object.values(each)
    })
    if (level.includes(undefined)) return false
  }
  return JSON.stringify(value).length <= longestArguments
}

/** Words without characters that steer how text is drawn. */
function plainText(text: string): string {
  const shown = text.replaceAll(/[\p{Cc}\p{Cf}]/gu, (sign) => (sign === '\n' ? sign : ' ')).trim()
  return shown.length <= longestReason ? shown : `${shown.slice(0, longestReason)}…`
}
