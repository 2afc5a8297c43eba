// Matrix products: plain, transposed, batched with broadcasting, with bias and activation.
import fc from 'fast-check'
import type { TensorFlow } from '../../device.ts'
import { call, type Call, type Operation } from '../operation.test-support.ts'
import { seeds, tensorOf, type AnyTensor, type Values } from '../tensors.test-support.ts'
import { derived, summed } from '../tolerances.test-support.ts'

const sides = fc.integer({ min: 1, max: 6 })
const flips = fc.boolean()

interface ProductForm {
  readonly left: number[]
  readonly right: number[]
  readonly flipLeft: boolean
  readonly flipRight: boolean
  readonly columns: number
}

// Only leading axes broadcast: the reference mixes up batches where an inner axis of 1 does.
const batches = fc.constantFrom<readonly [readonly number[], readonly number[]]>(
  [[], []],
  [[2], [2]],
  [[3], [1]],
  [[1], [3]],
  [
    [2, 3],
    [2, 3]
  ],
  [
    [1, 3],
    [2, 3]
  ],
  [[2, 3], [3]],
  [[2], []],
  [[], [2]],
  [[1], [1]]
)

const forms: fc.Arbitrary<ProductForm> = fc
  .record({ rows: sides, inner: sides, columns: sides, flipLeft: flips, flipRight: flips, batches })
  .map(({ rows, inner, columns, flipLeft, flipRight, batches: [left, right] }) => ({
    left: [...left, ...(flipLeft ? [inner, rows] : [rows, inner])],
    right: [...right, ...(flipRight ? [columns, inner] : [inner, columns])],
    flipLeft,
    flipRight,
    columns
  }))

function wordsOf({ flipLeft, flipRight }: ProductForm): string {
  return `${flipLeft ? 'transposed' : 'plain'} x ${flipRight ? 'transposed' : 'plain'}`
}

function products(chosen: fc.Arbitrary<ProductForm>, values: Values): fc.Arbitrary<Call> {
  return fc
    .record({ form: chosen, seed: seeds })
    .map(({ form, seed }) =>
      call(
        `matMul ${wordsOf(form)}`,
        [tensorOf(form.left, seed, values), tensorOf(form.right, seed + 1, values)],
        (tf, [a, b]) => tf.matMul(a, b, form.flipLeft, form.flipRight)
      )
    )
}

// The gradient of a broadcast batch has the batch's shape, not the input's: tfjs-core refuses it.
const sameBatch = forms.filter(
  ({ left, right }) => left.slice(0, -2).join() === right.slice(0, -2).join()
)

// Sizes that fill the blocks of a fast product, and leave rests.
const wideProducts = products(
  fc
    .record({
      rows: fc.integer({ min: 1, max: 70 }),
      inner: fc.integer({ min: 1, max: 70 }),
      columns: fc.integer({ min: 1, max: 70 }),
      flipLeft: flips,
      flipRight: flips
    })
    .map(({ rows, inner, columns, flipLeft, flipRight }) => ({
      left: flipLeft ? [inner, rows] : [rows, inner],
      right: flipRight ? [columns, inner] : [inner, columns],
      flipLeft,
      flipRight,
      columns
    })),
  'plain'
)

// A transpose before the product, which a device may fold into it.
const transposedProducts = fc
  .record({ rows: sides, inner: sides, columns: sides, flips: fc.tuple(flips, flips), seed: seeds })
  .map(({ rows, inner, columns, flips: [flipLeft, flipRight], seed }) =>
    call(
      'matMul of transposes',
      [
        tensorOf(flipLeft ? [rows, inner] : [inner, rows], seed),
        tensorOf(flipRight ? [inner, columns] : [columns, inner], seed + 1)
      ],
      (tf, [a, b]) => tf.matMul(tf.transpose(a), tf.transpose(b), flipLeft, flipRight)
    )
  )

const activations = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu'] as const

const fusedProducts = fc
  .record({
    form: sameBatch,
    seed: seeds,
    activation: fc.constantFrom(...activations),
    hasBias: fc.boolean()
  })
  .map(({ form, seed, activation, hasBias }) =>
    call(
      `fused.matMul ${wordsOf(form)} ${activation}`,
      [
        tensorOf(form.left, seed),
        tensorOf(form.right, seed + 1),
        ...(hasBias ? [tensorOf([form.columns], seed + 2)] : [])
      ],
      (tf, [a, b, bias]) =>
        tf.fused.matMul({
          a,
          b,
          transposeA: form.flipLeft,
          transposeB: form.flipRight,
          activation,
          leakyreluAlpha: 0.3,
          ...(bias !== undefined && { bias })
        })
    )
  )

const dots = fc
  .record({ rows: sides, inner: sides, columns: sides, form: fc.nat(3), seed: seeds })
  .map(({ rows, inner, columns, form, seed }) =>
    call(
      'dot',
      [
        tensorOf(form & 1 ? [rows, inner] : [inner], seed),
        tensorOf(form & 2 ? [inner, columns] : [inner], seed + 1)
      ],
      (tf, [a, b]) => tf.dot(a, b)
    )
  )

const outers = fc
  .record({ rows: sides, columns: sides, seed: seeds })
  .map(({ rows, columns, seed }) =>
    call('outerProduct', [tensorOf([rows], seed), tensorOf([columns], seed + 1)], (tf, [a, b]) =>
      // The types ask for Tensor1D; both were made with one axis.
      tf.outerProduct(
        a as ReturnType<TensorFlow['tensor1d']>,
        b as ReturnType<TensorFlow['tensor1d']>
      )
    )
  )

const equations: Readonly<Record<string, readonly string[]>> = {
  'ij,jk->ik': ['ij', 'jk'],
  'bij,bjk->bik': ['bij', 'bjk'],
  'ij->ji': ['ij'],
  'ij->': ['ij'],
  'bij,kj->bik': ['bij', 'kj'],
  'i,j->ij': ['i', 'j']
}

const einsums = fc
  .record({ equation: fc.constantFrom(...Object.keys(equations)), side: sides, seed: seeds })
  .map(({ equation, side, seed }) => {
    const sideOf = (letter: string): number => 1 + ((side + letter.charCodeAt(0)) % 5)
    return call(
      `einsum ${equation}`,
      equations[equation].map((letters, i) => tensorOf(Array.from(letters, sideOf), seed + i)),
      (tf: TensorFlow, inputs: readonly AnyTensor[]) => tf.einsum(equation, ...inputs)
    )
  })

/** Matrix products. */
export const productOperations: readonly Operation[] = [
  {
    name: 'matMul',
    tolerance: summed,
    runs: 40,
    calls: products(forms, 'plain'),
    specialCalls: products(sameBatch, 'broken'),
    gradientCalls: products(sameBatch, 'plain'),
    gradientTolerance: derived
  },
  {
    name: 'matMul (wide)',
    tolerance: summed,
    calls: wideProducts,
    gradientCalls: wideProducts,
    gradientTolerance: derived
  },
  {
    name: 'matMul of transposes',
    tolerance: summed,
    calls: transposedProducts,
    gradientCalls: transposedProducts,
    gradientTolerance: derived
  },
  {
    name: 'fused.matMul',
    tolerance: summed,
    runs: 30,
    calls: fusedProducts,
    // tfjs-core differentiates fused calls with these activations only.
    gradientCalls: fusedProducts.filter(({ words }) => / (linear|relu|relu6|elu)$/.test(words)),
    gradientTolerance: derived
  },
  {
    name: 'dot',
    tolerance: summed,
    calls: dots,
    gradientCalls: dots,
    gradientTolerance: derived
  },
  {
    name: 'outerProduct',
    tolerance: summed,
    calls: outers,
    gradientCalls: outers,
    gradientTolerance: derived
  },
  { name: 'einsum', tolerance: summed, calls: einsums }
]
