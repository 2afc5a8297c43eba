// Calls that ask a model on this computer about an attempt. Only what a reviewer asks for is sent, only
// to this computer's own addresses, and the same question never twice.
import { join } from 'node:path'
import type { ModelAdvice } from '../../api/dto/trace-model.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { askModel, localAddress } from '../traces/runner/local-endpoint.ts'
import { readModelAnswer } from '../traces/suggestions/model-answer.ts'
import { keepAnswer, modelLogName, type ModelEntry } from '../traces/suggestions/model-log.ts'
import {
  modelQuestionTask,
  type ModelQuestionInput,
  type ModelQuestionOutput
} from '../traces/suggestions/model-question-task.ts'
import { refuseBlind, showTo, unbiasedMarks } from '../traces/suggestions/shown-to.ts'
import { noTrace } from '../traces/stored/load-trace.ts'
import type { AppState } from './app-state.ts'

/** Handlers of the questions to a model. */
export function createAskModelHandlers(
  state: AppState
): Pick<Handlers, 'traces.askModel' | 'traces.stopAsking'> {
  // One question about an attempt at a time; a newer one takes the place of the older.
  const asking = new Map<number, AbortController>()

  async function ask(
    trace: number,
    address: URL,
    question: ModelQuestionOutput,
    path: string,
    signal: AbortSignal
  ): Promise<ModelEntry> {
    if (signal.aborted) throw new AppError('cancelled')
    const { chat, key, set } = question
    const at = state.platform.now()
    const answer = await askModel(address, chat, signal)
    const reading = readModelAnswer(answer, contextOf(question))
    const { model, messages, temperature, maxTokens, schema } = chat
    const entry: ModelEntry = {
      ...{ key, set, trace, model, answer, at },
      step: reading.kind === 'step' ? reading.step : null,
      prompt: [...messages],
      params: { temperature, maxTokens, form: schema.name },
      ms: state.platform.now() - at
    }
    await keepAnswer(path, entry)
    return entry
  }

  /** Runs what can be ended by `traces.stopAsking`; an earlier question about the attempt ends first. */
  async function stoppable<T>(trace: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    asking.get(trace)?.abort()
    const stop = new AbortController()
    asking.set(trace, stop)
    try {
      return await run(stop.signal)
    } finally {
      if (asking.get(trace) === stop) asking.delete(trace)
    }
  }

  return {
    'traces.askModel': ({ trace, review, model, isSent }) =>
      stoppable(trace, async (signal) => {
        const { store, folder } = state.area().project
        const address = localAddress(model.address)
        const head = store.traces.head(trace)
        if (head === undefined) throw noTrace()
        refuseBlind(store, trace, review)
        const path = join(folder, modelLogName)
        const marks = unbiasedMarks(store, head.set)
        const question = await state.pool.run<ModelQuestionInput, never, ModelQuestionOutput>(
          modelQuestionTask,
          { path: store.path, answers: path, trace, model, marks },
          { signal, isLight: true }
        )
        const { chat, leftOut, kept, soFar } = question
        // A question and its answer are always kept, so nothing is sent where nothing can be.
        if (kept === null && isSent && store.isReadOnly) throw new AppError('project-read-only')
        // Asked about another attempt with the same log: its answer counts for this one as well.
        const isOthers = kept !== null && (kept.trace !== trace || kept.set !== head.set)
        if (isOthers && isSent && !store.isReadOnly)
          await keepAnswer(path, { ...kept, trace, set: head.set })
        const entry = kept ?? (isSent ? await ask(trace, address, question, path, signal) : null)
        const now = state.area().project.store
        // Another project may have been opened since.
        if (now !== store) throw new AppError('cancelled')
        // Also when a blind review was begun meanwhile.
        if (entry !== null) showTo(store, trace, review)
        return {
          prompt: [...chat.messages],
          leftOut: [...leftOut],
          answer: entry === null ? null : answerView(entry, question, kept !== null),
          soFar
        }
      }),
    'traces.stopAsking': async ({ trace }) => {
      asking.get(trace)?.abort()
      return {}
    }
  }
}

function contextOf({ steps, tools, gap }: ModelQuestionOutput) {
  return { steps, gap, tools: new Set(tools) }
}

function answerView(
  { answer: text, at, ms }: ModelEntry,
  question: ModelQuestionOutput,
  isKept: boolean
): NonNullable<ModelAdvice['answer']> {
  return { text, reading: readModelAnswer(text, contextOf(question)), isKept, at, ms }
}
