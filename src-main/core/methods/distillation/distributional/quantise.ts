// Numbers in one, two or four bytes each: what is stored, and what comes back.
import type { StoredArray } from '../distillation-method.ts'
import { roundToHalf } from '../../../compute/half-precision.ts'
import { bytesOf } from './layout.ts'
import type { NumberRule } from './params.ts'

/** Steps from zero to the largest number in one byte; 128 stands for zero. */
const steps = 127
const zero = 128

/** An array before it is stored. */
export type PlainArray = Omit<StoredArray, 'values' | 'bytesEach'> & {
  readonly values: Float32Array
}

/**
 * The array as stored. One byte: whole steps of its largest number / 127, with the size of a step as a
 * second array of one number; two: half precision.
 */
export function storeArray(array: PlainArray, storage: NumberRule): StoredArray[] {
  const { values } = array
  if (storage === 'numbers') return [{ ...array, values: values.slice(), bytesEach: 4 }]
  if (storage === 'half')
    return [{ ...array, values: values.map(roundToHalf), bytesEach: bytesOf.half }]
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const step = Math.fround(largest / steps)
  const bytes = Uint8Array.from(values, (value) =>
    step === 0 ? zero : zero + Math.max(-steps, Math.min(steps, Math.round(value / step)))
  )
  return [
    { ...array, values: bytes, bytesEach: 1 },
    {
      name: stepName(array.name),
      part: array.part,
      shape: [1],
      values: Float32Array.of(step),
      bytesEach: 4
    }
  ]
}

/** The reverse; throws a RangeError naming an array that is not there. */
export function readArray(stored: readonly StoredArray[], name: string): Float32Array {
  const find = (wanted: string): StoredArray['values'] => {
    const found = stored.find((array) => array.name === wanted)
    if (found === undefined) throw new RangeError(`the set has no array "${wanted}"`)
    return found.values
  }
  const values = find(name)
  if (!(values instanceof Uint8Array)) return Float32Array.from(values)
  const [step] = find(stepName(name))
  return Float32Array.from(values, (byte) => (byte - zero) * step)
}

function stepName(name: string): string {
  return `${name} step`
}
