// Operations that take places from a tensor: gather, scatter, segments, one-hot rows.
import fc from 'fast-check'
import { call, type Call, type Operation } from '../operation.test-support.ts'
import { dataTypes, seeds, shapes, tensorOf, type DataType } from '../tensors.test-support.ts'
import { derived, exact, summed } from '../tolerances.test-support.ts'

const placeLists = fc.array(fc.nat(1000), { minLength: 1, maxLength: 8 })

// Places out of order and repeated; a scalar or a matrix of places, too.
function gathers(types: fc.Arbitrary<DataType>): fc.Arbitrary<Call> {
  return fc
    .record({
      shape: shapes({ minRank: 1, maxRank: 4, canBeEmpty: false }),
      places: placeLists,
      form: fc.constantFrom('row', 'scalar', 'matrix', 'none'),
      lot: fc.nat(20),
      seed: seeds,
      dtype: types
    })
    .map(({ shape, places, form, lot, seed, dtype }) => {
      const axis = lot % shape.length
      const chosen = places.map((place) => place % shape[axis])
      const indices = {
        row: { shape: [chosen.length], values: chosen },
        scalar: { shape: [], values: chosen.slice(0, 1) },
        matrix: { shape: [2, chosen.length], values: [...chosen, ...chosen.toReversed()] },
        none: { shape: [0], values: [] }
      }[form]
      return call(
        `gather axis ${axis}`,
        [tensorOf(shape, seed, 'plain', dtype), { dtype: 'int32', ...indices }],
        (tf, [x, at]) => tf.gather(x, at, axis)
      )
    })
}

const batchedGathers = fc
  .record({
    shape: shapes({ minRank: 2, maxRank: 4, canBeEmpty: false }),
    places: placeLists,
    lot: fc.nat(20),
    seed: seeds
  })
  .map(({ shape, places, lot, seed }) => {
    const axis = 1 + (lot % (shape.length - 1))
    const count = Math.min(3, places.length)
    const values = Array.from(
      { length: shape[0] * count },
      (_, i) => (places[i % places.length] + i) % shape[axis]
    )
    return call(
      `gather axis ${axis}, batchDims 1`,
      [tensorOf(shape, seed), { shape: [shape[0], count], dtype: 'int32', values }],
      (tf, [x, at]) => tf.gather(x, at, axis, 1)
    )
  })

/** Tuples of places, `depth` numbers each, inside the first axes of `shape`. */
function tuplesOf(shape: readonly number[], depth: number, places: readonly number[]): number[] {
  return places.flatMap((place, row) =>
    Array.from({ length: depth }, (_, axis) => (place + row * (axis + 1)) % shape[axis])
  )
}

const gathersOfTuples = fc
  .record({
    shape: shapes({ minRank: 1, maxRank: 4, canBeEmpty: false }),
    places: placeLists,
    lot: fc.nat(20),
    seed: seeds,
    dtype: dataTypes
  })
  .map(({ shape, places, lot, seed, dtype }) => {
    const depth = 1 + (lot % shape.length)
    return call(
      `gatherND of ${depth}`,
      [
        tensorOf(shape, seed, 'plain', dtype),
        { shape: [places.length, depth], dtype: 'int32', values: tuplesOf(shape, depth, places) }
      ],
      (tf, [x, at]) => tf.gatherND(x, at)
    )
  })

// Repeated places add up.
const scatters = fc
  .record({
    shape: shapes({ minRank: 1, maxRank: 3, canBeEmpty: false }),
    places: placeLists,
    lot: fc.nat(20),
    seed: seeds,
    dtype: fc.constantFrom('float32' as const, 'int32' as const)
  })
  .map(({ shape, places, lot, seed, dtype }) => {
    const depth = 1 + (lot % shape.length)
    return call(
      `scatterND into [${shape.join()}]`,
      [
        { shape: [places.length, depth], dtype: 'int32', values: tuplesOf(shape, depth, places) },
        tensorOf([places.length, ...shape.slice(depth)], seed, 'plain', dtype)
      ],
      (tf, [at, updates]) => tf.scatterND(at, updates, shape)
    )
  })

// Segments that nothing falls into are zero; a negative segment is dropped.
const segments = fc
  .record({
    shape: shapes({ minRank: 1, maxRank: 4, canBeEmpty: false }),
    places: placeLists,
    count: fc.integer({ min: 1, max: 6 }),
    seed: seeds
  })
  .map(({ shape, places, count, seed }) =>
    call(
      `unsortedSegmentSum, ${count} segments`,
      [
        tensorOf(shape, seed),
        {
          shape: [shape[0]],
          dtype: 'int32',
          values: Array.from(
            { length: shape[0] },
            (_, i) => ((places[i % places.length] + i) % (count + 1)) - 1
          )
        }
      ],
      (tf, [x, at]) => {
        // The type asks for a Tensor1D; the tensor was made with one axis.
        return tf.unsortedSegmentSum(x, at as ReturnType<typeof tf.tensor1d>, count)
      }
    )
  )

// A place outside of the depth gives a row without its mark.
const oneHots = fc
  .record({
    shape: shapes({ maxRank: 3 }),
    depth: fc.integer({ min: 2, max: 6 }),
    marks: fc.constantFrom([1, 0] as const, [3, -1] as const),
    seed: seeds,
    dtype: fc.constantFrom('int32' as const, 'float32' as const)
  })
  .map(({ shape, depth, marks, seed, dtype }) =>
    call(
      `oneHot depth ${depth} of ${marks.join('/')} ${dtype}`,
      [tensorOf(shape, seed, 'whole', 'int32')],
      (tf, [at]) => tf.oneHot(at, depth, marks[0], marks[1], dtype)
    )
  )

/** Operations that take or put numbers by their places. */
export const indexingOperations: readonly Operation[] = [
  {
    name: 'gather',
    tolerance: exact,
    runs: 30,
    calls: gathers(dataTypes),
    gradientCalls: gathers(fc.constant('float32')),
    gradientTolerance: derived
  },
  { name: 'gather batchDims', tolerance: exact, calls: batchedGathers },
  { name: 'gatherND', tolerance: exact, calls: gathersOfTuples },
  { name: 'scatterND', tolerance: summed, calls: scatters },
  {
    name: 'unsortedSegmentSum',
    tolerance: summed,
    calls: segments,
    gradientCalls: segments,
    gradientTolerance: derived
  },
  { name: 'oneHot', tolerance: exact, calls: oneHots }
]
