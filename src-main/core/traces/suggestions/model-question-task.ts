// Compute task: the question to a model about a stored attempt, the answer to it that is kept, and how
// often this model named what people marked. Sends nothing.
import { AppError } from '../../../api/errors.ts'
import { sayVerb } from '../model/derive-steps.ts'
import type { LocalModel } from '../../../api/dto/trace-model.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { openTraceReader } from '../../store/trace-reader.ts'
import { loadTrace, requireSet } from '../stored/load-trace.ts'
import type { ChatRequest } from '../runner/local-endpoint.ts'
import { answerKey } from '../runner/model-answers.ts'
import { answerForm } from './model-answer.ts'
import { keptAnswer, namedSteps, type ModelEntry } from './model-log.ts'
import { attemptQuestion, type AttemptQuestion } from './model-question.ts'
import type { FirstMark } from './usual-places.ts'

export interface ModelQuestionInput {
  /** The project file, and the file of kept answers. */
  readonly path: string
  readonly answers: string
  readonly trace: number
  readonly model: LocalModel
  /** First mistakes in attempts that failed, marked before suggestions were seen. */
  readonly marks: readonly FirstMark[]
}

export interface ModelQuestionOutput extends Omit<AttemptQuestion, 'messages'> {
  readonly chat: ChatRequest
  readonly key: string
  readonly set: string
  readonly steps: number
  readonly tools: readonly string[]
  readonly kept: ModelEntry | null
  readonly soFar: { readonly marks: number; readonly exact: number; readonly near: number }
}

/** Most tokens of an answer. */
const answerTokens = 1024

/** Throws AppError "item-not-found"; "invalid-input" for an attempt without steps. */
export const modelQuestionTask: ComputeTask<ModelQuestionInput, never, ModelQuestionOutput> = {
  name: 'traces.model-question',
  // eslint-disable-next-line require-yield -- one answer: its result is its only event
  async *run({ path, answers, trace: id, model: { model, maxChars }, marks }) {
    const reader = openTraceReader(path)
    try {
      const trace = loadTrace(reader, id)
      const { set } = trace
      if (trace.steps.length === 0)
        throw new AppError('invalid-input', 'The agent did nothing in this attempt.')
      const tools = requireSet(reader, set).tools.filter(({ verb }) => verb !== sayVerb)
      const { messages, ...question } = attemptQuestion(trace, tools, maxChars)
      const chat: ChatRequest = {
        ...{ model, messages, temperature: 0, maxTokens: answerTokens },
        schema: answerForm
      }
      const { gap } = question
      if (gap !== null && gap.to - gap.from + 1 >= trace.steps.length)
        throw new AppError('too-large', 'Nothing of this attempt fits into a question.', {
          hint: 'Let the model be told more characters.'
        })
      const key = answerKey(chat, 0)
      return {
        ...question,
        ...{ chat, key, set, steps: trace.steps.length, tools: tools.map(({ verb }) => verb) },
        kept: (await keptAnswer(answers, key, { set, trace: id })) ?? null,
        soFar: agreement(marks, (await namedSteps(answers, set)).get(model))
      }
    } finally {
      reader.close()
    }
  }
}

/** How often a model named the marked step, of the marked attempts in which it named one. */
export function agreement(
  marks: readonly FirstMark[],
  named: ReadonlyMap<number, number | null> | undefined
): ModelQuestionOutput['soFar'] {
  const pairs = marks.flatMap(({ trace, step }) => {
    const said = named?.get(trace)
    return said === undefined || said === null ? [] : [Math.abs(said - step)]
  })
  const within = (most: number): number => pairs.filter((distance) => distance <= most).length
  return { marks: pairs.length, exact: within(0), near: within(1) }
}
