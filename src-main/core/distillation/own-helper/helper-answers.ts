// Asks a helper model of the analyst's own: batches through the native runtime, the outputs of the
// labels that take part, as logits whether the model gives scores or shares.
import { readFile } from 'node:fs/promises'
import { AppError } from '../../../api/errors.ts'
import { DeviceMissing } from '../../compute/devices/driver.ts'
import { loadRuntime, type RuntimeSession } from '../../compute/devices/native/runtime.ts'
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import type { Rows } from '../../networks/predict.ts'
import { formItems, givenSize, type ItemForm } from './helper-items.ts'
import type { KeptHelper } from './helper-store.ts'

/** What a model is asked with. */
export interface HelperQuestion extends ItemForm {
  readonly helper: KeptHelper
  /** Path of the ONNX file. */
  readonly path: string
  /** Output of each label that takes part. */
  readonly outputOf: readonly number[]
  /** Outputs in all. */
  readonly outputs: number
  readonly cores: number
}

/** Numbers that go in at once at most: 16 MB, so that a cancel comes through between batches. */
const batchNumbers = 4 * 2 ** 20
const mostAtOnce = 128
/** Shares below this count as it: the logarithm of 0 has no use in a mean. */
const leastShare = 1e-7

/**
 * Logits of all rows: rows x labels. Throws AppError "method-not-possible" when the model cannot be
 * run or answers otherwise than its file says, and the signal's reason between batches.
 */
export async function askHelper(
  question: HelperQuestion,
  rows: Rows,
  signal: AbortSignal
): Promise<Float32Array> {
  const { helper, outputs, outputOf } = question
  const session = await openSession(question)
  try {
    const { height, width } = givenSize(question)
    const each = height * width * helper.input.channels
    const atOnce =
      helper.batch ?? Math.max(1, Math.min(mostAtOnce, Math.floor(batchNumbers / each)))
    const raw = new Float32Array(rows.count * outputs)
    for (let from = 0; from < rows.count; from += atOnce) {
      await letMessagesIn()
      signal.throwIfAborted()
      const count = Math.min(atOnce, rows.count - from)
      const read = rows.read(Uint32Array.from({ length: count }, (_, i) => from + i))
      const items = formItems(question, read)
      const answer = runBatch(question, session, items, helper.batch ?? count)
      raw.set(answer.subarray(0, count * outputs), from * outputs)
    }
    return asLogits(raw, outputs, outputOf, helper.gives)
  } finally {
    session.dispose()
  }
}

async function openSession({ path, helper, cores }: HelperQuestion): Promise<RuntimeSession> {
  const model = await readFile(path).catch((cause: unknown) => {
    throw new AppError(
      'file-not-readable',
      `The helper model \u201c${helper.name}\u201d is not in the project any more.`,
      { hint: 'Choose its file again.', cause }
    )
  })
  try {
    return loadRuntime().createSession(model, { cores, provider: 'cpu' })
  } catch (cause) {
    if (cause instanceof DeviceMissing)
      throw new AppError(
        'method-not-possible',
        `Helper models from files cannot run on this computer: ${cause.message}.`,
        { hint: 'Let the app train a helper model instead.', cause }
      )
    throw cannotRun(helper.name, cause)
  }
}

function cannotRun(name: string, cause: unknown): AppError {
  return new AppError(
    'method-not-possible',
    `The helper model \u201c${name}\u201d could not be run: its parts do not fit together, or need what this app does not have.`,
    { hint: 'Export it anew with a common set of operations (opset 18 or lower).', cause }
  )
}

/** One run; a last, short batch of a model with a fixed number is filled up with zeros. */
function runBatch(
  { helper, shape, input, outputs }: HelperQuestion,
  session: RuntimeSession,
  items: Float32Array,
  count: number
): Float32Array {
  const { height, width } = givenSize({ input, shape })
  const { channels } = helper.input
  const given =
    helper.input.layout === 'rows'
      ? [count, channels]
      : helper.input.layout === 'NCHW'
        ? [count, channels, height, width]
        : [count, height, width, channels]
  let filled = items
  if (items.length < count * height * width * channels) {
    filled = new Float32Array(count * height * width * channels)
    filled.set(items)
  }
  const answer = new Float32Array(count * outputs)
  const answered = [count, ...helper.outputTail.map((size) => (size < 0 ? outputs : size))]
  const runtime = loadRuntime()
  try {
    session.run(
      { [helper.inputName]: runtime.tensor('float32', filled, given) },
      { [helper.outputName]: runtime.tensor('float32', answer, answered) }
    )
  } catch (cause) {
    throw cannotRun(helper.name, cause)
  }
  if (answer.some((value) => Number.isNaN(value)))
    throw new AppError(
      'method-not-possible',
      `The helper model \u201c${helper.name}\u201d answers with what is no number.`,
      { hint: 'Check which numbers it takes for a pixel.' }
    )
  return answer
}

/** The wanted outputs; shares become their logarithms. */
function asLogits(
  raw: Float32Array,
  outputs: number,
  outputOf: readonly number[],
  gives: KeptHelper['gives']
): Float32Array {
  const isShares = gives === 'shares' || (gives === undefined && looksLikeShares(raw, outputs))
  const rows = raw.length / outputs
  const logits = new Float32Array(rows * outputOf.length)
  for (let row = 0; row < rows; row++)
    outputOf.forEach((output, label) => {
      const value = raw[row * outputs + output]
      logits[row * outputOf.length + label] = isShares
        ? Math.log(Math.max(leastShare, value))
        : value
    })
  return logits
}

/** True when every answer lies within 0..1 and sums to 1. */
export function looksLikeShares(answers: Float32Array, outputs: number): boolean {
  for (let at = 0; at < answers.length; at += outputs) {
    let sum = 0
    for (const value of answers.subarray(at, at + outputs)) {
      if (value < -1e-6 || value > 1 + 1e-6) return false
      sum += value
    }
    if (Math.abs(sum - 1) > 1e-3) return false
  }
  return answers.length > 0
}
