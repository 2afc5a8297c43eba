// Operations on pictures N x H x W x C besides convolutions: pooling, resizing, normalisation.
import fc from 'fast-check'
import { call, type Operation } from '../operation.test-support.ts'
import { tensorOf } from '../tensors.test-support.ts'
import { derived, exact, summed } from '../tolerances.test-support.ts'
import { asPictures, differentiable, geometries, wordsOf } from './geometry.test-support.ts'

// Whole numbers make ties: the first of them counts. Windows beside each other, overlapping, with gaps, and a rest at the border.
function pools(name: 'avgPool' | 'maxPool'): Operation {
  const calls = geometries
    .filter(({ pad }) => typeof pad === 'string')
    .map((form) =>
      call(
        `${name} ${wordsOf(form)}`,
        [tensorOf(form.picture, form.seed, 'whole')],
        (tf, inputs) => {
          const [x] = asPictures(inputs)
          // Filtered above to the two words.
          return tf[name](x, form.filter, form.strides, form.pad as 'same' | 'valid')
        }
      )
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

/** Operations on pictures besides convolutions. */
export const pictureOperations: readonly Operation[] = [
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
