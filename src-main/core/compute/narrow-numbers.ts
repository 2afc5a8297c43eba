// Numbers as a set's files hold them: as many bytes each as the storage ledger counts.
import { halfBits } from './half-precision.ts'

/** What kind of number a file holds; 16-bit floats lie in memory as their bits. */
export interface NarrowNumbers {
  /** NumPy's name of the kind. */
  readonly descr: '<f4' | '<f2' | '<i4' | '<u4' | '<u2' | '|u1'
  readonly values: Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array
}

/** The numbers in the bytes they are counted as; those that are counted as they lie stay as they are. */
export function narrowNumbers({
  values,
  bytesEach
}: {
  readonly values: Float32Array | Int32Array | Uint32Array | Uint8Array
  readonly bytesEach: 1 | 2 | 4
}): NarrowNumbers {
  if (values instanceof Uint8Array) return { descr: '|u1', values }
  if (values instanceof Float32Array)
    return bytesEach === 2
      ? { descr: '<f2', values: Uint16Array.from(values, halfBits) }
      : { descr: '<f4', values }
  // Places and labels: never below 0, and never too large for what they are counted as.
  if (bytesEach === 1) return { descr: '|u1', values: Uint8Array.from(values) }
  if (bytesEach === 2) return { descr: '<u2', values: Uint16Array.from(values) }
  return values instanceof Int32Array ? { descr: '<i4', values } : { descr: '<u4', values }
}
