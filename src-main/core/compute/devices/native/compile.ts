// From a cut to a compiled graph of the runtime that computes it.
import type { BlockedLayout } from './blocked-layout.ts'
import type { Cut } from './cut.ts'
import { convolutions, matrixProduct } from './emit/convolution.ts'
import { elementwise } from './emit/elementwise.ts'
import { Emitter, type Emit } from './emit/emitter.ts'
import { pooling } from './emit/pooling.ts'
import { reduction } from './emit/reduction.ts'
import { shape } from './emit/shape.ts'
import { encodeModel, type OnnxGraph } from './onnx-model.ts'
import { sizeOf, type Value } from './value.ts'

const emitters: Readonly<Record<string, Emit>> = {
  ...elementwise,
  ...shape,
  ...reduction,
  ...convolutions,
  ...pooling,
  MatMul: matrixProduct
}

export interface CompiledModel {
  readonly model: Uint8Array
  /** Whether leaf i is read at all. */
  readonly reads: readonly boolean[]
  /** Bytes of intermediate results alive at once, by the order of the cut. */
  readonly workingBytes: number
  /** About how many multiplications and additions it takes. */
  readonly work: number
}

/** Name of leaf i as an input of the model. */
export const inputName = (i: number): string => `i${i}`
/** Name of wanted value i as an output of the model. */
export const outputName = (i: number): string => `o${i}`

/** The model that computes the wanted values of a cut. Throws for an operation without emitter. */
export function compile(
  cut: Cut,
  wanted: readonly Value[],
  blocked: BlockedLayout | undefined,
  isForCard = false
): CompiledModel {
  const reads = cut.leaves.map(() => false)
  const outputs = new Map(wanted.map((value, i) => [value, outputName(i)]))
  const nameOf = (value: Value): string => {
    if (value.position >= 0) return outputs.get(value) ?? `t${value.position}`
    const leaf = -1 - value.position
    reads[leaf] = true
    return inputName(leaf)
  }
  const to = new Emitter(nameOf, blocked, isForCard)
  for (const value of cut.order) {
    const emit = emitters[value.operation?.kind ?? '']
    if (emit === undefined) throw new Error(`nothing emits ${value.operation?.kind ?? 'a leaf'}`)
    emit(to, value, nameOf(value))
  }
  const inputs = cut.leaves.flatMap(({ type, shape }, i) =>
    reads[i] ? [{ name: inputName(i), type, shape }] : []
  )
  const results = wanted.map(({ type, shape }, i) => ({ name: outputName(i), type, shape }))
  const graph: OnnxGraph = to.graph(inputs, results)
  return { model: encodeModel(graph), reads, workingBytes: workingBytesOf(cut), work: workOf(cut) }
}

/** Largest sum of intermediate results alive at once when computed in the order of the cut. */
function workingBytesOf({ order }: Cut): number {
  const lastUse = new Map<Value, number>()
  order.forEach((value, at) => {
    for (const input of value.inputs) if (input.position >= 0) lastUse.set(input, at)
  })
  const ending = new Map<number, number>()
  let now = 0
  let most = 0
  order.forEach((value, at) => {
    const bytes = sizeOf(value.shape) * (value.type === 'bool' ? 1 : 4)
    now += bytes
    most = Math.max(most, now)
    const end = lastUse.get(value)
    if (end !== undefined) ending.set(end, (ending.get(end) ?? 0) + bytes)
    now -= ending.get(at) ?? 0
  })
  return most
}

/** Products count with their inner length, everything else once per number. */
function workOf({ order }: Cut): number {
  return order.reduce((sum, value) => sum + sizeOf(value.shape) * innerLength(value), 0)
}

function innerLength({ operation, inputs, shape }: Value): number {
  const [first, second] = inputs
  switch (operation?.kind) {
    case 'MatMul':
      return 2 * (first.shape.at(operation.attributes['transA'] === true ? -2 : -1) ?? 1)
    case 'Convolution':
    case 'ConvolutionTransposed':
      return (2 * sizeOf(second.shape)) / shape[1]
    case 'FilterGradient':
      return 2 * (sizeOf(second.shape) / shape[1])
    default:
      return 1
  }
}
