// Convolutions of pictures N x H x W x C, and what they are fused with.
import fc from 'fast-check'
import { call, type Call, type Operation } from '../operation.test-support.ts'
import { seeds, tensorOf } from '../tensors.test-support.ts'
import { summed } from '../tolerances.test-support.ts'
import {
  asPictures,
  differentiable,
  geometries,
  wordsOf,
  type Geometry
} from './geometry.test-support.ts'

/** Sizes at which a device may lay channels and pictures out in blocks of 4, 8 or 16. */
const wideConvolutions = wide([1, 2, 16], [8, 16, 32], 1, 2)
/** Pictures, channels and filters that fill such blocks, as in training. */
const wholeBlocks = wide([16], [16, 32], 2, 1)

function wide(
  batches: readonly number[],
  widths: readonly number[],
  leastFilter: number,
  mostStride: number
): fc.Arbitrary<Call> {
  const sides = fc.integer({ min: leastFilter, max: 3 })
  return fc
    .record({
      batch: fc.constantFrom(...batches),
      side: fc.integer({ min: 3, max: 6 - leastFilter }),
      channels: fc.constantFrom(...widths),
      depth: fc.constantFrom(...widths),
      filter: fc.tuple(sides, sides),
      stride: fc.integer({ min: 1, max: mostStride }),
      pad: fc.constantFrom('same' as const, 'valid' as const),
      seed: seeds
    })
    .map(({ batch, side, channels, depth, filter, stride, pad, seed }) => {
      const form: Geometry = {
        picture: [batch, side, side + 1, channels],
        filter,
        strides: [stride, stride],
        pad,
        depth,
        seed
      }
      return call(
        `conv2d (wide) ${wordsOf(form)} to ${depth}`,
        [tensorOf(form.picture, seed), tensorOf([...filter, channels, depth], seed + 1, 'unit')],
        (tf, inputs) => {
          const [x, weights] = asPictures(inputs)
          return tf.conv2d(x, weights, stride, pad)
        }
      )
    })
}

const channelsFirst = geometries
  .filter(({ pad }) => typeof pad === 'string')
  .map((form) => {
    const [batch, height, width, channels] = form.picture
    return call(
      `conv2d channels first ${wordsOf(form)}`,
      [
        tensorOf([batch, channels, height, width], form.seed),
        tensorOf([...form.filter, channels, form.depth], form.seed + 1)
      ],
      (tf, inputs) => {
        const [x, filter] = asPictures(inputs)
        return tf.conv2d(x, filter, form.strides, form.pad, 'NCHW')
      }
    )
  })

function convolutions(dilation: fc.Arbitrary<number>): fc.Arbitrary<Call> {
  return fc.record({ form: geometries, rate: dilation }).map(({ form, rate }) => {
    // tfjs-core takes strides or dilations, not both.
    const strides: [number, number] = rate === 1 ? form.strides : [1, 1]
    const picture = form.picture.map((side, axis) =>
      axis === 1 || axis === 2 ? side * rate : side
    )
    return call(
      `conv2d ${wordsOf({ ...form, picture, strides })}, dilation ${rate}`,
      [
        tensorOf(picture, form.seed),
        tensorOf([...form.filter, form.picture[3], form.depth], form.seed + 1)
      ],
      (tf, inputs) => {
        const [x, filter] = asPictures(inputs)
        return tf.conv2d(x, filter, strides, form.pad, 'NHWC', rate)
      }
    )
  })
}

const activations = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const

const fusedConvolutions = fc
  .record({ form: geometries, activation: fc.constantFrom(...activations) })
  .map(({ form, activation }) =>
    call(
      `fused.conv2d ${wordsOf(form)} ${activation}`,
      [
        tensorOf(form.picture, form.seed),
        tensorOf([...form.filter, form.picture[3], form.depth], form.seed + 1),
        tensorOf([form.depth], form.seed + 2),
        ...(activation === 'prelu' ? [tensorOf([form.depth], form.seed + 3)] : [])
      ],
      (tf, inputs) => {
        const [x, filter] = asPictures(inputs)
        const [, , bias, slopes] = inputs
        return tf.fused.conv2d({
          x,
          filter,
          strides: form.strides,
          pad: form.pad,
          bias,
          activation,
          leakyreluAlpha: 0.3,
          ...(slopes !== undefined && { preluActivationWeights: slopes })
        })
      }
    )
  )

const transposedConvolutions = geometries
  .filter(({ pad }) => typeof pad === 'string')
  .map((form) => {
    const [batch, height, width, channels] = form.picture
    const grow = (side: number, axis: 0 | 1): number =>
      form.pad === 'same'
        ? side * form.strides[axis]
        : (side - 1) * form.strides[axis] + form.filter[axis]
    const target: [number, number, number, number] = [
      batch,
      grow(height, 0),
      grow(width, 1),
      form.depth
    ]
    return call(
      `conv2dTranspose ${wordsOf(form)} to [${target.join()}]`,
      [
        tensorOf(form.picture, form.seed),
        tensorOf([...form.filter, form.depth, channels], form.seed + 1)
      ],
      (tf, inputs) => {
        const [x, filter] = asPictures(inputs)
        // Filtered above to the two words.
        return tf.conv2dTranspose(x, filter, target, form.strides, form.pad as 'same' | 'valid')
      }
    )
  })

const depthwiseConvolutions = geometries.map((form) => {
  const stride = form.strides[1]
  const pad = Array.isArray(form.pad) ? 'same' : form.pad
  return call(
    `depthwiseConv2d ${wordsOf({ ...form, strides: [stride, stride], pad })}`,
    [
      tensorOf(form.picture, form.seed),
      tensorOf([...form.filter, form.picture[3], (form.depth % 2) + 1], form.seed + 1)
    ],
    (tf, inputs) => {
      const [x, filter] = asPictures(inputs)
      return tf.depthwiseConv2d(x, filter, stride, pad)
    }
  )
})

/** Convolutions and their fused forms. */
export const convolutionOperations: readonly Operation[] = [
  {
    ...differentiable('conv2d', convolutions(fc.constantFrom(1, 1, 2)), 40),
    // tfjs-core does not differentiate dilated convolutions.
    gradientCalls: convolutions(fc.constant(1))
  },
  { name: 'conv2d (channels first)', tolerance: summed, calls: channelsFirst, runs: 10 },
  differentiable('conv2d (wide)', wideConvolutions, 16),
  differentiable('conv2d (whole blocks)', wholeBlocks, 8),
  {
    ...differentiable('fused.conv2d', fusedConvolutions, 30),
    // tfjs-core differentiates fused calls with these activations only.
    gradientCalls: fusedConvolutions.filter(({ words }) => / (linear|relu|relu6|elu)$/.test(words))
  },
  differentiable('conv2dTranspose', transposedConvolutions),
  differentiable('depthwiseConv2d', depthwiseConvolutions)
]
