// Operations that make a tensor out of nothing but numbers.
import fc from 'fast-check'
import type { TensorFlow } from '../../device.ts'
import { call, type Call, type Operation } from '../operation.test-support.ts'
import { dataTypes, shapes } from '../tensors.test-support.ts'
import { summed } from '../tolerances.test-support.ts'

function created(
  name: string,
  words: fc.Arbitrary<{ words: string; run: Call['run'] }>
): Operation {
  return { name, tolerance: summed, calls: words.map((drawn) => call(drawn.words, [], drawn.run)) }
}

/** Operations without an input tensor. */
export const creationOperations: readonly Operation[] = [
  created(
    'fill',
    fc
      .record({ shape: shapes(), value: fc.integer({ min: -3, max: 3 }), dtype: dataTypes })
      .map(({ shape, value, dtype }) => ({
        words: `fill ${dtype} [${shape.join()}] with ${value}`,
        run: (tf: TensorFlow) =>
          tf.fill(shape, dtype === 'bool' ? Math.abs(value) % 2 : value, dtype)
      }))
  ),
  created(
    'range',
    fc
      .record({
        start: fc.integer({ min: -9, max: 9 }),
        stop: fc.integer({ min: -9, max: 9 }),
        step: fc.constantFrom(1, 2, 0.5),
        dtype: fc.constantFrom('float32' as const, 'int32' as const)
      })
      .map(({ start, stop, step, dtype }) => {
        const by = (stop < start ? -1 : 1) * (dtype === 'int32' ? Math.ceil(step) : step)
        return {
          words: `range ${start} to ${stop} by ${by} ${dtype}`,
          run: (tf: TensorFlow) => tf.range(start, stop, by, dtype)
        }
      })
  ),
  created(
    'linspace',
    fc
      .record({ start: fc.integer({ min: -9, max: 9 }), count: fc.integer({ min: 1, max: 9 }) })
      .map(({ start, count }) => ({
        words: `linspace ${start} to 4, ${count}`,
        run: (tf: TensorFlow) => tf.linspace(start, 4, count)
      }))
  )
]
