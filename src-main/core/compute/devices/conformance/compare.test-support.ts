// Compares what two devices computed, element by element, with a stated tolerance, and says in
// words where they differ.
import type { AnyTensor, DataType } from './tensors.test-support.ts'

/** How far a float32 result may be from the reference; int32 and bool results must be equal. */
export interface Tolerance {
  /** Times the size of the expected value. */
  readonly relative: number
  /** Added to it, in units of the result. */
  readonly absolute: number
  /** Times the largest size in the expected tensor, for results that sum terms of both signs. */
  readonly ofLargest: number
  /** Why it is not zero. */
  readonly why: string
}

/** A tensor that was read back. */
export interface Result {
  readonly shape: readonly number[]
  readonly dtype: string
  readonly values: ArrayLike<number>
}

/** Reads a tensor of the active device. */
export function read(tensor: AnyTensor): Result {
  // A copy: a backend may hand out the memory it computes in.
  return { shape: [...tensor.shape], dtype: tensor.dtype, values: tensor.dataSync().slice() }
}

/** Reads tensors of the active device and disposes of them. */
export function readAll(tensors: readonly AnyTensor[]): Result[] {
  const results = tensors.map(read)
  for (const tensor of tensors) tensor.dispose()
  return results
}

/** Where two results differ, in words; undefined when they agree. */
export function difference(
  expected: Result,
  got: Result,
  tolerance: Tolerance
): string | undefined {
  if (expected.dtype !== got.dtype) return `dtype ${got.dtype} instead of ${expected.dtype}`
  if (expected.shape.join() !== got.shape.join())
    return `shape [${got.shape.join()}] instead of [${expected.shape.join()}]`
  if (expected.values.length !== got.values.length)
    return `${got.values.length} values instead of ${expected.values.length}`
  const isExact = (expected.dtype satisfies string as DataType) !== 'float32'
  const room = isExact ? 0 : tolerance.absolute + tolerance.ofLargest * largestOf(expected.values)
  for (let i = 0; i < expected.values.length; i++) {
    const want = expected.values[i]
    const allowed = room + (isExact ? 0 : tolerance.relative * Math.abs(want))
    if (!agrees(want, got.values[i], allowed)) return wordsFor(expected, got, i, allowed)
  }
  return undefined
}

function agrees(want: number, got: number, allowed: number): boolean {
  if (Number.isNaN(want) || Number.isNaN(got)) return Number.isNaN(want) && Number.isNaN(got)
  // Infinities are equal or not; the distance of two would be NaN.
  if (want === got) return true
  return Number.isFinite(want) && Math.abs(want - got) <= allowed
}

function largestOf(values: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < values.length; i++)
    if (Number.isFinite(values[i])) largest = Math.max(largest, Math.abs(values[i]))
  return largest
}

function wordsFor(expected: Result, got: Result, at: number, allowed: number): string {
  const list = (values: ArrayLike<number>): string => Array.from(values).slice(0, 40).join(', ')
  return [
    `element ${at} of ${expected.dtype} [${expected.shape.join()}] is ${got.values[at]}`,
    `instead of ${expected.values[at]} (allowed: ${allowed.toExponential(1)});`,
    `got ${list(got.values)}; expected ${list(expected.values)}`
  ].join(' ')
}
