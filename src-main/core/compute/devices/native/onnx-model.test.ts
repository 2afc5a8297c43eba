// A written model is accepted by the runtime and computes what its graph says.
import { describe, expect, test } from 'vitest'
import { encodeModel, type OnnxGraph } from './onnx-model.ts'
import { loadRuntime } from './runtime.ts'

function bytesOf(values: Float32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

describe('a model with every kind of field', () => {
  // y = leaky((x * 2 with the columns summed) with slope 0.25), through a fused product.
  const graph: OnnxGraph = {
    nodes: [
      { op: 'Mul', inputs: ['x', 'two'], outputs: ['m'] },
      { op: 'ReduceSum', inputs: ['m', 'axes'], outputs: ['s'], attributes: { keepdims: 1 } },
      { op: 'LeakyRelu', inputs: ['s'], outputs: ['l'], attributes: { alpha: { float: 0.25 } } },
      { op: 'Transpose', inputs: ['l'], outputs: ['t'], attributes: { perm: [1, 0] } },
      {
        op: 'FusedMatMul',
        inputs: ['t', 't'],
        outputs: ['y'],
        attributes: { transB: 1, alpha: { float: 0.5 } },
        domain: 'com.microsoft'
      }
    ],
    constants: [
      { name: 'two', type: 'float32', shape: [], bytes: bytesOf(Float32Array.of(2)) },
      { name: 'axes', type: 'int64', shape: [1], bytes: bytesOf(BigInt64Array.of(1n)) }
    ],
    inputs: [{ name: 'x', type: 'float32', shape: [2, 3] }],
    outputs: [{ name: 'y', type: 'float32', shape: [1, 1] }]
  }

  test('is compiled and run', () => {
    const runtime = loadRuntime()
    const session = runtime.createSession(encodeModel(graph), { cores: 1, provider: 'cpu' })
    const y = new Float32Array(1)
    session.run(
      { x: runtime.tensor('float32', Float32Array.of(1, 2, 3, -4, -5, -6), [2, 3]) },
      { y: runtime.tensor('float32', y, [1, 1]) }
    )
    session.dispose()
    // Rows: 12 and -30 * 0.25 = -7.5; half of their squares' sum.
    expect(y[0]).toBeCloseTo(0.5 * (144 + 56.25), 4)
  })
})
