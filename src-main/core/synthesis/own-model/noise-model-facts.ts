// What a model file of the analyst's own takes and gives, judged from what its ONNX file declares.
// A file that does not see noise in small pictures is refused here, in words that say why, before the
// runtime reads it; nothing in a file is run by this.
import { basename } from 'node:path'
import type { DeclaredValue, OnnxFacts } from '../../compute/devices/native/onnx-file.ts'
import { modelRefusal, readOwnOnnx } from '../../compute/devices/native/own-onnx.ts'

/** Largest file taken: a model of this size takes seconds for one move of one picture here. */
export const modelBytesMax = 1024 ** 3
/** Sides of pictures; larger ones, with all that are held back, would not fit in memory. */
export const leastSide = 8
export const mostSide = 64
const mostBatch = 256

/** How a model takes the step: as one number for all pictures, or one for each. */
export type TimeShape = 'one' | 'list-of-one' | 'each' | 'column'

/** What {@link noiseModelFacts} found out. Plain data. */
export interface NoiseModelFacts {
  /** Names within the model. */
  readonly pictureName: string
  readonly timeName: string
  readonly outputName: string
  readonly timeType: 'int64' | 'int32' | 'float32'
  readonly timeShape: TimeShape
  readonly layout: 'NCHW' | 'NHWC'
  /** Null when callers choose. */
  readonly batch: number | null
  readonly side: number | null
  readonly channels: 1 | 3
}

/** May go on for as long as the file likes, and no model of this kind needs them. */
const endless = new Set(['Loop', 'Scan', 'SequenceMap'])
/** Would make other pictures each time. */
const chancy = new Set([
  'RandomNormal',
  'RandomNormalLike',
  'RandomUniform',
  'RandomUniformLike',
  'Multinomial',
  'Bernoulli'
])

/** Reads and judges a file's bytes. Throws AppError "file-not-recognised". */
export function noiseModelFacts(bytes: Uint8Array, path: string): NoiseModelFacts {
  const name = basename(path)
  const facts = readOwnOnnx(bytes, name, (operator) => {
    if (endless.has(operator))
      throw modelRefusal(
        name,
        `repeats parts of itself (${operator}), and nothing says for how long.`,
        'Export the model alone, without the steps that make a picture with it.'
      )
    if (chancy.has(operator))
      throw modelRefusal(
        name,
        `draws random numbers of its own (${operator}), so no picture could be made again.`,
        'Export the model alone, in its state for use and not for training.'
      )
  })
  const { picture, time } = inputsOf(facts, name)
  const taken = pictureOf(picture, name)
  return {
    pictureName: picture.name,
    ...taken,
    timeName: time.name,
    ...timeOf(time, taken.batch, name),
    outputName: outputOf(facts, picture, name).name
  }
}

function inputsOf(
  { inputs }: OnnxFacts,
  name: string
): { readonly picture: DeclaredValue; readonly time: DeclaredValue } {
  if (inputs.length !== 2)
    throw modelRefusal(
      name,
      `takes ${inputs.length === 1 ? 'one input' : `${inputs.length} inputs`}; a model that sees noise takes two: pictures, and how far they are.`,
      inputs.length > 2
        ? 'Models that are told a text or a label as well cannot be used.'
        : undefined
    )
  const picture = inputs.find(({ shape }) => shape?.length === 4)
  const time = inputs.find((input) => input !== picture)
  if (picture === undefined || time === undefined)
    throw modelRefusal(
      name,
      'does not say that it takes pictures: none of its inputs has 4 dimensions (number, channels, height, width).'
    )
  if (picture.type !== 'float32')
    throw modelRefusal(
      name,
      'does not take 32-bit floating-point numbers, which pictures are given as.'
    )
  return { picture, time }
}

function pictureOf(
  { shape }: DeclaredValue,
  name: string
): Pick<NoiseModelFacts, 'layout' | 'batch' | 'side' | 'channels'> {
  // Of 4 dimensions, as it was found by that.
  const [batch, second, third, last] = shape ?? []
  const isChannels = (size: number | null | undefined): boolean => size === 1 || size === 3
  // Both can be: a picture three pixels wide is less likely than channels first.
  const isFirst = isChannels(second)
  if (!isFirst && !isChannels(last))
    throw modelRefusal(
      name,
      'takes pictures that have neither 1 nor 3 channels.',
      'Models that work on packed pictures (latent diffusion) cannot be used.'
    )
  const [height, width] = isFirst ? [third, last] : [second, third]
  if (height !== width && height !== null && width !== null)
    throw modelRefusal(
      name,
      `takes pictures of ${width} × ${height} pixels; only squares can be used.`
    )
  const side = height ?? width ?? null
  if (side !== null && (side < leastSide || side > mostSide))
    throw modelRefusal(
      name,
      `takes pictures of ${side} pixels a side; ${leastSide} to ${mostSide} can be used.`
    )
  if (batch !== null && batch > mostBatch)
    throw modelRefusal(name, `takes ${batch} pictures at once; ${mostBatch} are the most.`)
  return {
    layout: isFirst ? 'NCHW' : 'NHWC',
    batch,
    side,
    channels: (isFirst ? second : last) === 1 ? 1 : 3
  }
}

function timeOf(
  { type, shape }: DeclaredValue,
  batch: number | null,
  name: string
): Pick<NoiseModelFacts, 'timeType' | 'timeShape'> {
  if (type !== 'int64' && type !== 'int32' && type !== 'float32')
    throw modelRefusal(name, 'takes the step as numbers of a kind that this app does not have.')
  if (shape === null) throw modelRefusal(name, 'does not say how it is told the step.')
  const [first, second] = shape
  const isEach = first === null || (batch !== null && first === batch)
  if (shape.length === 0) return { timeType: type, timeShape: 'one' }
  if (shape.length === 1 && isEach) return { timeType: type, timeShape: 'each' }
  if (shape.length === 1 && first === 1) return { timeType: type, timeShape: 'list-of-one' }
  if (shape.length === 2 && isEach && second === 1) return { timeType: type, timeShape: 'column' }
  throw modelRefusal(
    name,
    `takes ${shape.map((size) => size ?? 'any').join(' × ')} numbers besides pictures; the step is one number, for all or for each picture.`,
    'Models that are told a text or a label as well cannot be used.'
  )
}

function outputOf({ outputs }: OnnxFacts, picture: DeclaredValue, name: string): DeclaredValue {
  const wanted = picture.shape ?? []
  const fits = ({ type, shape }: DeclaredValue): boolean =>
    type === 'float32' &&
    (shape === null ||
      (shape.length === wanted.length &&
        shape.every((size, at) => size === null || wanted[at] === null || size === wanted[at])))
  const found = outputs.find(fits)
  if (found !== undefined) return found
  const [given] = outputs
  const told = given.shape?.map((size) => size ?? 'any').join(' × ')
  throw modelRefusal(
    name,
    `does not give one number for each that it takes${told === undefined ? '' : `: it gives ${told}`}.`,
    'Models that guess how sure they are as well (twice the channels) cannot be used.'
  )
}
