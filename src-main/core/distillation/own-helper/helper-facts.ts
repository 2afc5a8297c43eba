// What a helper model of the analyst's own takes and gives, judged from what its ONNX file declares;
// files that cannot label items are refused in words that say why.
import { basename } from 'node:path'
import type { HelperFile } from '../../../api/dto/distil.ts'
import type { DeclaredValue, OnnxFacts } from '../../compute/devices/native/onnx-file.ts'
import { modelRefusal, readOwnOnnx } from '../../compute/devices/native/own-onnx.ts'

/** Largest file taken: a picture model of this size takes minutes for a thousand pictures here. */
export const helperBytesMax = 1024 ** 3
/** Sides and channels beyond these are no input of a picture model. */
const mostSide = 1024
const mostColumns = 1_000_000
const mostOutputs = 100_000

/** What {@link helperFacts} found out; plain data, kept beside the file. */
export interface HelperFacts extends Pick<HelperFile, 'data' | 'input' | 'outputs'> {
  /** Names within the model. */
  readonly inputName: string
  readonly outputName: string
  /** Items it takes at once: a number when it is fixed, null when callers choose. */
  readonly batch: number | null
  /** Sizes of the answer after the first; the one of the labels is -1. All others are 1. */
  readonly outputTail: readonly number[]
  /** What its last operator says about the answer; undefined when the numbers have to tell. */
  readonly gives: 'shares' | 'scores' | undefined
}

/** Reads and judges a file's bytes. Throws AppError "file-not-recognised". */
export function helperFacts(bytes: Uint8Array, path: string): HelperFacts {
  const name = basename(path)
  const facts = readOwnOnnx(bytes, name)
  return { ...inputOf(facts, name), ...outputOf(facts, name) }
}

function inputOf(
  { inputs }: OnnxFacts,
  name: string
): Pick<HelperFacts, 'data' | 'input' | 'inputName' | 'batch'> {
  if (inputs.length !== 1)
    throw modelRefusal(name, `takes ${inputs.length} inputs; a helper model takes one, the items.`)
  const [input] = inputs
  if (input.type !== 'float32')
    throw modelRefusal(
      name,
      'does not take 32-bit floating-point numbers, which items are given as.'
    )
  const { shape } = input
  if (shape === null) throw modelRefusal(name, 'does not say what it takes.')
  const common = { inputName: input.name, batch: shape[0] ?? null }
  if (shape.length === 2) return { ...common, ...rowsInput(shape, name) }
  if (shape.length === 4) return { ...common, ...pictureInput(shape, name) }
  throw modelRefusal(
    name,
    `takes numbers in ${shape.length} dimensions; pictures have 4 (number, channels, height, width) and rows have 2.`
  )
}

function rowsInput(
  shape: readonly (number | null)[],
  name: string
): Pick<HelperFacts, 'data' | 'input'> {
  const columns = shape[1]
  if (columns === null || columns > mostColumns)
    throw modelRefusal(name, 'does not say how many columns it takes.')
  return { data: 'vectors', input: { height: 1, width: 1, channels: columns, layout: 'rows' } }
}

function pictureInput(
  [, second, third, last]: readonly (number | null)[],
  name: string
): Pick<HelperFacts, 'data' | 'input'> {
  const isChannels = (size: number | null): boolean => size === 1 || size === 3
  // Both can be: a picture one pixel wide is less likely than channels first.
  const isFirst = isChannels(second)
  if (!isFirst && !isChannels(last))
    throw modelRefusal(name, 'takes pictures that have neither 1 nor 3 channels.')
  const [height, width] = isFirst ? [third, last] : [second, third]
  if ((height ?? 1) > mostSide || (width ?? 1) > mostSide)
    throw modelRefusal(name, `takes pictures larger than ${mostSide} pixels a side.`)
  return {
    data: 'pictures',
    input: {
      height,
      width,
      channels: (isFirst ? second : last) === 1 ? 1 : 3,
      layout: isFirst ? 'NCHW' : 'NHWC'
    }
  }
}

const shareOperators = new Map<string, HelperFacts['gives']>([
  ['Softmax', 'shares'],
  ['Sigmoid', undefined],
  // Logarithms of shares are scores: their softmax is the shares.
  ['LogSoftmax', 'scores'],
  ['Gemm', 'scores'],
  ['MatMul', 'scores']
])

function outputOf(
  { outputs, madeBy }: OnnxFacts,
  name: string
): Pick<HelperFacts, 'outputName' | 'outputs' | 'outputTail' | 'gives'> {
  const found = outputs.find((output) => output.type === 'float32' && tailOf(output) !== undefined)
  const tail = found && tailOf(found)
  if (found === undefined || tail === undefined)
    throw modelRefusal(
      name,
      'gives no list of numbers, one for each label.',
      'A model that finds similar pictures, or places in pictures, cannot label them.'
    )
  if (tail.outputs !== null && (tail.outputs < 2 || tail.outputs > mostOutputs))
    throw modelRefusal(
      name,
      `gives ${tail.outputs === 1 ? 'one number' : `${tail.outputs} numbers`}; a helper model gives one for each label.`
    )
  return {
    outputName: found.name,
    outputs: tail.outputs,
    outputTail: tail.tail,
    gives: shareOperators.get(madeBy.get(found.name) ?? '')
  }
}

/** The answer's sizes after the first: one of them may be other than 1. */
function tailOf({
  shape
}: DeclaredValue): { readonly outputs: number | null; readonly tail: number[] } | undefined {
  if (shape === null) return { outputs: null, tail: [-1] }
  if (shape.length < 2 || shape.length > 4) return undefined
  const [, ...rest] = shape
  const wide = rest.map((size, at) => (size === 1 ? -1 : at)).filter((at) => at >= 0)
  if (wide.length > 1) return undefined
  const at = wide.length === 1 ? wide[0] : 0
  return { outputs: rest[at], tail: rest.map((_, place) => (place === at ? -1 : 1)) }
}
