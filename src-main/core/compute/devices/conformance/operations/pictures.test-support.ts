// Operations on pictures N x H x W x C: convolutions, pooling, resizing, normalisation.
import fc from 'fast-check'
import type { TensorFlow } from '../../device.ts'
import { call, type Call, type Operation } from '../operation.test-support.ts'
import { seeds, tensorOf, type AnyTensor } from '../tensors.test-support.ts'
import { derived, exact, summed } from '../tolerances.test-support.ts'

type Picture = ReturnType<TensorFlow['tensor4d']>
type Padding = 'same' | 'valid' | number | [[0, 0], [number, number], [number, number], [0, 0]]

/** tfjs-core's types ask for the rank; the tensors here were made with four axes. */
const asPictures = (tensors: readonly AnyTensor[]): readonly Picture[] => tensors as readonly Picture[]

interface Geometry {
  readonly picture: number[]
  readonly filter: [number, number]
  readonly strides: [number, number]
  readonly pad: Padding
  readonly depth: number
  readonly seed: number
}

const paddings = fc.constantFrom<Padding>('same', 'valid', 0, 1, 2, [[0, 0], [1, 0], [0, 2], [0, 0]])

/** Filters no larger than the picture; strides that divide evenly or leave a rest. */
const geometries: fc.Arbitrary<Geometry> = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 3, max: 8 }),
    width: fc.integer({ min: 3, max: 8 }),
    channels: fc.integer({ min: 1, max: 4 }),
    filterHeight: fc.integer({ min: 1, max: 3 }),
    filterWidth: fc.integer({ min: 1, max: 3 }),
    depth: fc.integer({ min: 1, max: 4 }),
    strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 })),
    pad: paddings,
    seed: seeds
  })
  .map(({ batch, height, width, channels, filterHeight, filterWidth, depth, strides, pad, seed }) => {
    // With one number for all sides tfjs-core computes the width with the height's filter and stride.
    const isSquare = typeof pad === 'number'
    return {
      picture: [batch, height, width, channels],
      filter: [filterHeight, isSquare ? filterHeight : filterWidth],
      strides: [strides[0], isSquare ? strides[0] : strides[1]],
      pad,
      depth,
      seed
    }
  })

function wordsOf({ picture, filter, strides, pad }: Geometry): string {
  return `[${picture.join()}] by ${filter.join('x')}, stride ${strides.join('x')}, pad ${JSON.stringify(pad)}`
}

/** Sizes at which a device may lay channels and pictures out in blocks of 4, 8 or 16. */
const wideConvolutions = fc
  .record({
    batch: fc.constantFrom(1, 2, 16),
    side: fc.integer({ min: 3, max: 6 }),
    channels: fc.constantFrom(8, 16, 32),
    depth: fc.constantFrom(8, 16, 32),
    filter: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    stride: fc.integer({ min: 1, max: 2 }),
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
    const picture = form.picture.map((side, axis) => (axis === 1 || axis === 2 ? side * rate : side))
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

// Whole numbers make ties: the first of them counts. Windows beside each other, overlapping, with gaps, and a rest at the border.
function pools(name: 'avgPool' | 'maxPool'): Operation {
  const calls = geometries
    .filter(({ pad }) => typeof pad === 'string')
    .map((form) =>
      call(`${name} ${wordsOf(form)}`, [tensorOf(form.picture, form.seed, 'whole')], (tf, inputs) => {
        const [x] = asPictures(inputs)
        // Filtered above to the two words.
        return tf[name](x, form.filter, form.strides, form.pad as 'same' | 'valid')
      })
    )
  return {
    name,
    tolerance: name === 'maxPool' ? exact : summed,
    runs: 30,
    calls,
    gradientCalls: calls,
    gradientTolerance: derived
  }
}

function resizings(name: 'resizeBilinear' | 'resizeNearestNeighbor'): Operation {
  const calls = fc
    .record({
      form: geometries,
      size: fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })),
      mode: fc.constantFrom('plain', 'corners', 'centres')
    })
    .map(({ form, size, mode }) =>
      call(
        `${name} [${form.picture.join()}] to ${size.join('x')}, ${mode}`,
        [tensorOf(form.picture, form.seed)],
        (tf, inputs) => {
          const [x] = asPictures(inputs)
          return tf.image[name](x, size, mode === 'corners', mode === 'centres')
        }
      )
    )
  return {
    name,
    tolerance: name === 'resizeBilinear' ? summed : exact,
    calls,
    // The reference's gradients know no half-pixel centres; its bilinear one swaps height and width,
    // its nearest one reads across pictures.
    gradientCalls: calls.filter(({ words, inputs }) => {
      const [batch, height, width] = inputs[0].shape
      const isRight = name === 'resizeBilinear' ? height === width : batch === 1
      return isRight && !words.endsWith('centres')
    }),
    gradientTolerance: derived
  }
}

const batchNorms = fc
  .record({ form: geometries, hasScale: fc.boolean(), hasOffset: fc.boolean() })
  .map(({ form, hasScale, hasOffset }) => {
    const channels = [form.picture[3]]
    return call(
      `batchNorm [${form.picture.join()}]${hasScale ? ' scale' : ''}${hasOffset ? ' offset' : ''}`,
      [
        tensorOf(form.picture, form.seed),
        tensorOf(channels, form.seed + 1),
        tensorOf(channels, form.seed + 2, 'positive'),
        ...(hasScale ? [tensorOf(channels, form.seed + 3)] : []),
        ...(hasOffset ? [tensorOf(channels, form.seed + 4)] : [])
      ],
      (tf, [x, mean, variance, ...rest]) => {
        const scale = hasScale ? rest[0] : undefined
        const offset = hasOffset ? rest[rest.length - 1] : undefined
        return tf.batchNorm(
          ...([x, mean, variance, offset, scale, 1e-3] as Parameters<typeof tf.batchNorm>)
        )
      }
    )
  })

const responseNorms = geometries.map((form) =>
  call(
    `localResponseNormalization [${form.picture.join()}], radius ${form.depth}`,
    [tensorOf(form.picture, form.seed)],
    (tf, inputs) => tf.localResponseNormalization(asPictures(inputs)[0], form.depth, 1.5, 0.5, 0.75)
  )
)

const blocks = geometries
  .filter(({ picture: [, height, width] }) => height % 2 === 0 && width % 2 === 0)
  .map((form) =>
    call(
      `spaceToBatchND and back [${form.picture.join()}]`,
      [tensorOf(form.picture, form.seed)],
      (tf, [x]) => {
        const around = [
          [0, 0],
          [0, 0]
        ]
        const apart = tf.spaceToBatchND(x, [2, 2], around)
        return tf.batchToSpaceND(tf.mul(apart, 2), [2, 2], around)
      }
    )
  )

function differentiable(name: string, calls: fc.Arbitrary<Call>, runs = 20): Operation {
  return { name, tolerance: summed, gradientTolerance: derived, calls, gradientCalls: calls, runs }
}

export const pictureOperations: readonly Operation[] = [
  {
    ...differentiable('conv2d', convolutions(fc.constantFrom(1, 1, 2)), 40),
    // tfjs-core does not differentiate dilated convolutions.
    gradientCalls: convolutions(fc.constant(1))
  },
  { name: 'conv2d (channels first)', tolerance: summed, calls: channelsFirst, runs: 10 },
  differentiable('conv2d (wide)', wideConvolutions, 16),
  {
    ...differentiable('fused.conv2d', fusedConvolutions, 30),
    // tfjs-core differentiates fused calls with these activations only.
    gradientCalls: fusedConvolutions.filter(({ words }) => / (linear|relu|relu6|elu)$/.test(words))
  },
  differentiable('conv2dTranspose', transposedConvolutions),
  differentiable('depthwiseConv2d', depthwiseConvolutions),
  pools('avgPool'),
  pools('maxPool'),
  resizings('resizeBilinear'),
  resizings('resizeNearestNeighbor'),
  {
    ...differentiable('batchNorm', batchNorms),
    // tfjs-core's gradient needs both.
    gradientCalls: batchNorms.filter(({ words }) => words.endsWith('scale offset'))
  },
  differentiable('localResponseNormalization', responseNorms, 10),
  differentiable('spaceToBatchND', blocks, 10)
]
