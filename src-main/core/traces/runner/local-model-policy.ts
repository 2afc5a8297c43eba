// A language model as a policy: staged plans and reflections in prompts of our own, answers as JSON that is
// checked. What comes back is only ever read as lines of the action grammar.
import { z } from 'zod'
import type { RunnerPolicy } from '../../../api/dto/trace-runner.ts'
import { pressableKeys } from '../reflection/actions.ts'
import type { PlanContext, Policy, ReflectContext } from '../reflection/policy.ts'
import { formatAction } from '../reflection/actions.ts'
import { askModel, localAddress, type ChatMessage, type ChatRequest } from './local-endpoint.ts'
import { answerKey, type ModelAnswers } from './model-answers.ts'

/** Most characters of one screen in a plan, and of each screen that is looked back at. */
const screenChars = 8000
const pastScreenChars = 1500
/** Decisions that are looked back at: the last ones where there are more. */
const mostPast = 20

const Plan = z.object({ actions: z.array(z.string().max(4000)).max(50) })
const Lesson = z.object({
  step: z.int().min(1),
  action: z.string().max(4000),
  reason: z.string().max(4000)
})

const grammar = [
  'You operate a small web page by actions, one line each:',
  '  click id=7',
  '  enter "some text" to id=7',
  `  press Enter        (keys: ${pressableKeys.join(', ')}; "press ArrowDown x 3" repeats)`,
  '  scroll down id=7',
  '  hold CTRL, and later: release',
  'Ids are the numbers in the screen. An element without an id cannot be used now.',
  'The screen lists what is visible, one element per line, with its place.'
].join('\n')

/** A model on this computer as a policy. Throws AppError "invalid-input" for an address that is not. */
export function createLocalModelPolicy(
  options: Extract<RunnerPolicy, { kind: 'model' }>,
  answers: ModelAnswers
): Policy {
  const address = localAddress(options.address)

  async function ask<T>(
    kind: z.ZodType<T>,
    name: string,
    messages: readonly ChatMessage[],
    { trial, signal }: Pick<PlanContext, 'trial' | 'signal'>
  ): Promise<T | undefined> {
    const chat: ChatRequest = {
      model: options.model,
      messages,
      temperature: options.temperature,
      maxTokens: options.maxTokens,
      schema: { name, schema: z.toJSONSchema(kind) }
    }
    // Where chance is wanted, every attempt draws anew.
    const key = answerKey(chat, options.temperature > 0 ? trial : 0)
    let answer = answers.get(key)
    if (answer === undefined) {
      const at = Date.now()
      answer = await askModel(address, chat, signal)
      const { temperature, maxTokens } = chat
      await answers.add({
        key,
        model: chat.model,
        prompt: [...messages],
        params: { temperature, maxTokens, form: name },
        answer,
        at,
        ms: Date.now() - at
      })
    }
    return readAnswer(kind, answer)
  }

  return {
    name: `model ${options.model}`,
    async plan(context) {
      const found = await ask(Plan, 'plan', planMessages(context), context)
      return found?.actions ?? []
    },
    async reflect(context) {
      const found = await ask(Lesson, 'lesson', reflectMessages(context), context)
      return found === undefined ? null : { ...found, step: found.step - 1 }
    }
  }
}

/** The answer by its schema; anything else is no answer. */
function readAnswer<T>(kind: z.ZodType<T>, answer: string): T | undefined {
  return kind.safeParse(answerValue(answer)).data
}

/** The value that an answer writes as JSON, with or without a fence round it; undefined for anything else. */
export function answerValue(answer: string): unknown {
  const fence = '```'
  const whole = answer.trim()
  // Cut by hand: a pattern could be made to look for its end for ever.
  const isFenced = whole.length >= 6 && whole.startsWith(fence) && whole.endsWith(fence)
  const plain = isFenced ? whole.slice(3, -3).replace(/^json/, '') : whole
  try {
    return JSON.parse(plain)
  } catch {
    return undefined
  }
}

/** The beginning and the end of a long text. */
function clip(text: string, most: number): string {
  if (text.length <= most) return text
  const half = Math.floor((most - 5) / 2)
  return `${text.slice(0, half)}\n...\n${text.slice(-half)}`
}

function planMessages({ goal, text, past, lesson }: PlanContext): ChatMessage[] {
  const done = past.length === 0 ? 'Nothing yet.' : past.map((each) => `- ${each}`).join('\n')
  const advice =
    lesson === undefined
      ? 'List all actions that can be done on this screen towards the goal, and no others.'
      : `An earlier attempt went wrong here by "${formatAction(lesson.taken)}": ${lesson.why} Give just the next action.`
  return [
    { role: 'system', content: `${grammar}\nAnswer with JSON: {"actions": ["...", "..."]}.` },
    {
      role: 'user',
      content: `Goal: ${clip(goal, 1500)}\n\nDone so far:\n${clip(done, 4000)}\n\nScreen:\n${clip(text, screenChars)}\n\n${advice} An empty list means that nothing is left to do.`
    }
  ]
}

function reflectMessages({ goal, history, sentence }: ReflectContext): ChatMessage[] {
  const first = Math.max(0, history.length - mostPast)
  const replay = history
    .slice(first)
    .map(
      ({ text, line }, at) =>
        `Step ${first + at + 1}\n${clip(text, pastScreenChars)}\nAction: ${line}`
    )
    .join('\n\n')
  return [
    {
      role: 'system',
      content: `${grammar}\nAn attempt failed. Name the earliest step that should have been another action, and that action, by the ids of its screen. Answer with JSON: {"step": 2, "action": "click id=7", "reason": "..."}.`
    },
    { role: 'user', content: `Goal: ${clip(goal, 1500)}\n\n${replay}\n\n${sentence}` }
  ]
}
