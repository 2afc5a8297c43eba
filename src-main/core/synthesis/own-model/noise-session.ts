// A model file of the analyst's own, opened in the runtime: what it sees in pictures at a step, in
// our order of numbers, whatever its own is.
import { AppError } from '../../../api/errors.ts'
import { DeviceMissing } from '../../compute/devices/driver.ts'
import type { RuntimeArray, RuntimeSession } from '../../compute/devices/native/runtime.ts'
import { loadRuntime } from '../../compute/devices/native/runtime.ts'
import type { NoiseModelFacts } from './noise-model-facts.ts'

/** A file that is open. */
export interface NoiseSession {
  /**
   * What the model sees in pictures (count x side x side x channels, in its own range).
   * @param step as the model is told it
   * Throws AppError "method-not-possible" when it cannot be run or answers with what is no number.
   */
  see(pictures: Float32Array, step: number): Float32Array
  dispose(): void
}

/** What a session is opened with. */
export interface NoiseModel {
  readonly bytes: Uint8Array
  /** For people. */
  readonly name: string
  readonly facts: NoiseModelFacts
  readonly side: number
  readonly cores: number
}

/** Opens a judged file. Throws AppError "method-not-possible" when the runtime does not take it. */
export function openNoiseSession({ bytes, name, facts, side, cores }: NoiseModel): NoiseSession {
  const session = open(bytes, name, cores)
  const { channels, layout } = facts
  const each = side * side * channels
  const runtime = loadRuntime()
  function run(some: Float32Array, count: number, step: number): Float32Array {
    const shape = layout === 'NCHW' ? [count, channels, side, side] : [count, side, side, channels]
    const given = layout === 'NCHW' ? channelsFirst(some, channels, each) : some
    const answer = new Float32Array(some.length)
    const [told, toldShape] = timeOf(facts, count, step)
    try {
      session.run(
        {
          [facts.pictureName]: runtime.tensor('float32', given, shape),
          [facts.timeName]: runtime.tensor(facts.timeType, told, toldShape)
        },
        { [facts.outputName]: runtime.tensor('float32', answer, shape) }
      )
    } catch (cause) {
      throw cannotRun(name, cause)
    }
    if (!answer.every(Number.isFinite))
      throw new AppError(
        'method-not-possible',
        `The model \u201c${name}\u201d answers with what is no number.`,
        { hint: 'Export it anew from its program, or choose another one.' }
      )
    return layout === 'NCHW' ? channelsLast(answer, channels, each) : answer
  }
  return {
    see(pictures, step) {
      const count = pictures.length / each
      const { batch } = facts
      if (batch === null || batch === count) return run(pictures, count, step)
      // A fixed number at once: the last ones are filled up with nothing.
      const out = new Float32Array(pictures.length)
      for (let from = 0; from < count; from += batch) {
        const some = new Float32Array(batch * each)
        const own = pictures.subarray(from * each, Math.min(count, from + batch) * each)
        some.set(own)
        out.set(run(some, batch, step).subarray(0, own.length), from * each)
      }
      return out
    },
    dispose: () => session.dispose()
  }
}

function open(bytes: Uint8Array, name: string, cores: number): RuntimeSession {
  try {
    return loadRuntime().createSession(bytes, { cores, provider: 'cpu' })
  } catch (cause) {
    if (cause instanceof DeviceMissing)
      throw new AppError(
        'method-not-possible',
        `Models from files cannot run on this computer: ${cause.message}.`,
        { hint: 'Choose a model that comes with the app or was trained in it.', cause }
      )
    throw cannotRun(name, cause)
  }
}

function cannotRun(name: string, cause: unknown): AppError {
  return new AppError(
    'method-not-possible',
    `The model \u201c${name}\u201d could not be run: its parts do not fit together, or need what this app does not have.`,
    { hint: 'Export it anew with a common set of operations (opset 18 or lower).', cause }
  )
}

function timeOf(
  { timeType, timeShape }: NoiseModelFacts,
  count: number,
  step: number
): [RuntimeArray, number[]] {
  const shape = { one: [], 'list-of-one': [1], each: [count], column: [count, 1] }[timeShape]
  const length = timeShape === 'each' || timeShape === 'column' ? count : 1
  if (timeType === 'float32') return [new Float32Array(length).fill(step), shape]
  const whole = Math.round(step)
  return timeType === 'int32'
    ? [new Int32Array(length).fill(whole), shape]
    : [new BigInt64Array(length).fill(BigInt(whole)), shape]
}

function channelsFirst(pictures: Float32Array, channels: number, each: number): Float32Array {
  return reordered(pictures, channels, each, (last, first) => [last, first])
}

function channelsLast(pictures: Float32Array, channels: number, each: number): Float32Array {
  return reordered(pictures, channels, each, (last, first) => [first, last])
}

/** Other places within each picture: `way` gets a number's place with channels last, and first. */
function reordered(
  pictures: Float32Array,
  channels: number,
  each: number,
  way: (last: number, first: number) => readonly [from: number, to: number]
): Float32Array {
  if (channels === 1) return pictures
  const plane = each / channels
  const out = new Float32Array(pictures.length)
  for (let at = 0; at < each; at++) {
    const [from, to] = way(at, (at % channels) * plane + Math.floor(at / channels))
    for (let start = 0; start < pictures.length; start += each)
      out[start + to] = pictures[start + from]
  }
  return out
}
