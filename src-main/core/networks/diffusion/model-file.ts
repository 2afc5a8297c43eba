// A trained model as a file: safetensors (a length, a JSON header, then the arrays one after the other),
// the numbers in half precision, everything else that it takes to use them in the header's metadata.
import { halfBits } from '../../compute/half-precision.ts'
import type { InputShape } from '../network.ts'
import type { DiffusionModel } from './ddim.ts'
import type { NoiseSchedule } from './schedule.ts'
import { createUnet, type UnetSpec } from './unet.ts'

/** What a model was trained on, in words for people. */
export interface ModelFacts {
  /** Name of the model: "Clothes, grey, 28 × 28". */
  readonly name: string
  /** What its pictures showed. */
  readonly about: string
  readonly pictures: number
  readonly steps: number
  /** Loss of every so many steps. */
  readonly losses: readonly number[]
}

export interface StoredModel extends DiffusionModel {
  readonly facts: ModelFacts
}

interface Described {
  readonly spec: UnetSpec
  readonly input: InputShape
  readonly schedule: NoiseSchedule
  readonly facts: ModelFacts
}

interface Placed {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

/** Larger headers are no file of ours. */
const mostHeaderBytes = 1 << 20

/** Bytes of a file that {@link readModelFile} reads. */
export function modelFileBytes({ unet, parameters, schedule, facts }: StoredModel): Uint8Array {
  const described: Described = { spec: unet.spec, input: unet.input, schedule, facts }
  let at = 0
  const header: Record<string, unknown> = { __metadata__: { winnow: JSON.stringify(described) } }
  unet.parameters.forEach(({ name, shape }, index) => {
    const end = at + 2 * parameters[index].length
    // A parameter's name may come twice where a block uses two of one kind.
    header[`${String(index).padStart(3, '0')}.${name}`] = {
      dtype: 'F16',
      shape,
      data_offsets: [at, end]
    } satisfies Placed
    at = end
  })
  // Padded so that the numbers begin at a multiple of eight.
  let text = JSON.stringify(header)
  text += ' '.repeat((8 - (Buffer.byteLength(text) % 8)) % 8)
  const head = Buffer.from(text)
  const bytes = new Uint8Array(8 + head.length + at)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, BigInt(head.length), true)
  bytes.set(head, 8)
  let next = 8 + head.length
  for (const values of parameters)
    for (const value of values) {
      view.setUint16(next, halfBits(value), true)
      next += 2
    }
  return bytes
}

/** Reads a model. Throws a RangeError for anything that is not one whole. */
export function readModelFile(bytes: Uint8Array): StoredModel {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headBytes = bytes.length < 8 ? 0 : Number(view.getBigUint64(0, true))
  if (headBytes < 2 || headBytes > mostHeaderBytes || 8 + headBytes > bytes.length)
    throw new RangeError('not a model file')
  const { described, places } = headerOf(bytes.subarray(8, 8 + headBytes))
  const unet = createUnet(described.spec, described.input)
  const start = 8 + headBytes
  const parameters = unet.parameters.map(({ name, shape }, index) => {
    const count = shape.reduce((a, b) => a * b, 1)
    const place = places[`${String(index).padStart(3, '0')}.${name}`] as Placed | undefined
    const [from, to] = place?.data_offsets ?? [0, -1]
    if (place?.dtype !== 'F16' || to - from !== 2 * count || from < 0 || start + to > bytes.length)
      throw new RangeError(`the model file lacks ${name}`)
    return Float32Array.from({ length: count }, (_, at) =>
      fromHalf(view.getUint16(start + from + 2 * at, true))
    )
  })
  return { unet, parameters, schedule: described.schedule, facts: described.facts }
}

function headerOf(bytes: Uint8Array): {
  readonly described: Described
  readonly places: Record<string, unknown>
} {
  try {
    const places = JSON.parse(Buffer.from(bytes).toString('utf8')) as Record<string, unknown>
    const { winnow } = places['__metadata__'] as { readonly winnow: string }
    // Written by modelFileBytes; a damaged one fails below, where sizes are compared.
    return { described: JSON.parse(winnow) as Described, places }
  } catch (cause) {
    throw new RangeError('not a model file', { cause })
  }
}

/** The number of 16 bits (IEEE 754 binary16). */
export function fromHalf(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1
  const exponent = (bits >>> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
