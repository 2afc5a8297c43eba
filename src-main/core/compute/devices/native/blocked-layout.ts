// The runtime's fastest convolution works on pictures whose channels lie in blocks (N x C/b x H x
// W x b). By itself it only takes that path for filters that never change; training changes them
// with every step. Its operators can be asked for by name (domain com.microsoft.nchwc), which is
// one and a half times faster than the plain convolution on the processors measured (ADR 0012).
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeModel, type OnnxGraph, type OnnxNode } from './onnx-model.ts'
import type { Runtime } from './runtime.ts'

export interface BlockedLayout {
  /** Channels per block. */
  readonly block: number
}

/** Operator set of the blocked operators. */
export const blockedDomain = 'com.microsoft.nchwc'

let found: { readonly layout: BlockedLayout | undefined } | undefined

/** The layout of this processor, found out once; undefined where the plain convolution is used. */
export function blockedLayout(runtime: Runtime): BlockedLayout | undefined {
  found ??= { layout: detect(runtime) }
  return found.layout
}

// Asking for operators that the processor lacks could end the process, so the runtime is first
// watched: does it rewrite a convolution with constant filters by itself?
function detect(runtime: Runtime): BlockedLayout | undefined {
  try {
    if (!isUsedByRuntime(runtime)) return undefined
    const block = [16, 8, 4].find((candidate) => isRight(runtime, candidate))
    return block === undefined ? undefined : { block }
  } catch {
    return undefined
  }
}

/** A multiple of every block size there is, so that no candidate reads beyond its arrays. */
const channels = 32
const [pictures, size] = [2, 6]
const pictureShape = [pictures, channels, size, size]
const filterShape = [channels, channels, 3, 3]

function isUsedByRuntime(runtime: Runtime): boolean {
  const filter = testNumbers(filterShape)
  const folder = mkdtempSync(join(tmpdir(), 'winnow-layout-'))
  try {
    const path = join(folder, 'optimised.onnx')
    const graph = convolutionGraph([
      { op: 'Conv', inputs: ['x', 'w'], outputs: ['y'], attributes: { pads: [1, 1, 1, 1] } }
    ])
    const bytes = new Uint8Array(filter.buffer)
    const model = encodeModel({
      ...graph,
      inputs: graph.inputs.slice(0, 1),
      constants: [{ name: 'w', type: 'float32', shape: filterShape, bytes }]
    })
    const options = { cores: 1, provider: 'cpu', writesOptimised: path } as const
    runtime.createSession(model, options).dispose()
    return readFileSync(path).includes(blockedDomain)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Whether the blocked convolution gives the plain one's numbers with this block size. */
function isRight(runtime: Runtime, block: number): boolean {
  const plain = runConvolution(runtime, [
    { op: 'Conv', inputs: ['x', 'w'], outputs: ['y'], attributes: { pads: [1, 1, 1, 1] } }
  ])
  const parts = channels / block
  const split = [parts, block, parts, block, 3, 3]
  const bigints = BigInt64Array.from([...split, ...filterShape], (dim) => BigInt(dim))
  const bytes = new Uint8Array(bigints.buffer)
  const blocked = runConvolution(
    runtime,
    [
      { op: 'ReorderInput', inputs: ['x'], outputs: ['b'], domain: blockedDomain },
      { op: 'Reshape', inputs: ['w', 'split'], outputs: ['w6'] },
      {
        op: 'Transpose',
        inputs: ['w6'],
        outputs: ['moved'],
        attributes: { perm: [0, 2, 4, 5, 3, 1] }
      },
      { op: 'Reshape', inputs: ['moved', 'whole'], outputs: ['f'] },
      {
        op: 'Conv',
        inputs: ['b', 'f'],
        outputs: ['c'],
        attributes: {
          kernel_shape: [3, 3],
          pads: [1, 1, 1, 1],
          strides: [1, 1],
          dilations: [1, 1]
        },
        domain: blockedDomain
      },
      {
        op: 'ReorderOutput',
        inputs: ['c'],
        outputs: ['y'],
        attributes: { channels },
        domain: blockedDomain
      }
    ],
    [
      { name: 'split', type: 'int64', shape: [6], bytes: bytes.subarray(0, 48) },
      { name: 'whole', type: 'int64', shape: [4], bytes: bytes.subarray(48) }
    ]
  )
  return plain.every((value, i) => Math.abs(value - blocked[i]) < 1e-4)
}

function convolutionGraph(
  nodes: readonly OnnxNode[],
  constants: OnnxGraph['constants'] = []
): OnnxGraph {
  return {
    nodes,
    constants,
    inputs: [
      { name: 'x', type: 'float32', shape: pictureShape },
      { name: 'w', type: 'float32', shape: filterShape }
    ],
    outputs: [{ name: 'y', type: 'float32', shape: pictureShape }]
  }
}

function runConvolution(
  runtime: Runtime,
  nodes: readonly OnnxNode[],
  constants: OnnxGraph['constants'] = []
): Float32Array {
  const model = encodeModel(convolutionGraph(nodes, constants))
  const session = runtime.createSession(model, { cores: 1, provider: 'cpu' })
  try {
    const y = new Float32Array(pictures * channels * size * size)
    session.run(
      {
        x: runtime.tensor('float32', testNumbers(pictureShape), pictureShape),
        w: runtime.tensor('float32', testNumbers(filterShape), filterShape)
      },
      { y: runtime.tensor('float32', y, pictureShape) }
    )
    return y
  } finally {
    session.dispose()
  }
}

/** Numbers without a pattern that a wrong order could repeat. */
function testNumbers(shape: readonly number[]): Float32Array {
  const length = shape.reduce((a, b) => a * b, 1)
  return Float32Array.from({ length }, (_, i) => Math.sin(i * 12.9898 + 1) * 0.3)
}
