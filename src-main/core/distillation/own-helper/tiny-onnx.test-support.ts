// Tiny ONNX classifiers for tests: one product of matrices over the flattened items, with or without a
// softmax, in the order of numbers and with the sizes a test asks for.
import { encodeModel, type OnnxNode } from '../../compute/devices/native/onnx-model.ts'

export interface TinyModel {
  /** The input without the number of items: [channels, height, width], or [columns]. */
  readonly input: readonly number[]
  /** Inputs x outputs, row by row; inputs in the model's own order. */
  readonly weights: Float32Array
  readonly outputs: number
  readonly softmax?: boolean
  /** A fixed number of items; any when absent. */
  readonly batch?: number
  readonly inputType?: 'float32' | 'int64'
  /** Outputs that the file declares, when it should say something else than is true. */
  readonly declared?: number
}

/** The bytes of the file. */
export function tinyOnnx(model: TinyModel): Uint8Array {
  const { input, weights, outputs, batch = -1 } = model
  const size = input.reduce((product, side) => product * side, 1)
  const bytes = new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength)
  const nodes: OnnxNode[] = [
    { op: 'Flatten', inputs: ['items'], outputs: ['flat'], attributes: { axis: 1 } },
    { op: 'MatMul', inputs: ['flat', 'w'], outputs: [model.softmax === true ? 'scores' : 'labels'] }
  ]
  if (model.softmax === true)
    nodes.push({
      op: 'Softmax',
      inputs: ['scores'],
      outputs: ['labels'],
      attributes: { axis: 1 }
    })
  return encodeModel({
    nodes,
    constants: [{ name: 'w', type: 'float32', shape: [size, outputs], bytes }],
    inputs: [{ name: 'items', type: model.inputType ?? 'float32', shape: [batch, ...input] }],
    outputs: [{ name: 'labels', type: 'float32', shape: [batch, model.declared ?? outputs] }]
  })
}

/** Weights that answer with the input's numbers themselves (inputs = outputs). */
export function identity(size: number): Float32Array {
  return Float32Array.from({ length: size * size }, (_, at) =>
    at % size === Math.floor(at / size) ? 1 : 0
  )
}
