// Rows in memory for tests of the block kernels, and plain float64 loops to hold them to.
import { halfToNumber } from '../../datasets/readers/arrays/array-types.ts'
import { createRandom } from '../random.ts'
import { openTestDevice } from '../wasm.test-support.ts'
import { openBlockEngine } from './block-engine.ts'
import type { BlockEngine } from './block-kernel.ts'
import type { BlockSource, RowValues } from './block-source.ts'

/** Rows in memory that are read like rows on disk; `reads` counts what was asked for. */
export interface TestRows extends BlockSource {
  /** As float64, made anew. */
  readonly numbers: Float64Array
  readonly reads: { started: number; ended: number }
}

/** A source over row-major values; 16-bit floats as bits. `hasRaw` false hides the stored form. */
export function testRows(values: RowValues, columns: number, hasRaw = true): TestRows {
  const rows = columns === 0 ? 0 : values.length / columns
  const widen = (part: RowValues): Float64Array =>
    part instanceof Uint16Array ? Float64Array.from(part, halfToNumber) : Float64Array.from(part)
  const reads = { started: 0, ended: 0 }
  // As with files: the result is there in a later turn of the event loop.
  const later = async <T>(work: () => T): Promise<T> => {
    reads.started++
    await new Promise((done) => setImmediate(done))
    reads.ended++
    return work()
  }
  const part = (start: number, count: number): RowValues =>
    values.subarray(start * columns, (start + count) * columns)
  const raw = {
    type: values instanceof Uint16Array ? ('float16' as const) : ('float32' as const),
    readInto: (start: number, count: number, into: Uint8Array) =>
      later(() => {
        const { buffer, byteOffset, byteLength } = part(start, count)
        into.set(new Uint8Array(buffer, byteOffset, byteLength))
      })
  }
  return {
    rows,
    columns,
    reads,
    get numbers() {
      return widen(values)
    },
    readBlock: (start, count) => later(() => Float32Array.from(widen(part(start, count)))),
    ...(hasRaw ? { raw } : {})
  }
}

/** The native engine on so many cores; fails rather than fall back. */
export function nativeEngine(cores: number): BlockEngine {
  // Nothing but these two fields is looked at before the runtime is loaded.
  const device = { id: 'native', isReference: false } as Parameters<typeof openBlockEngine>[0]
  return openBlockEngine(device, cores)
}

/** What machines without the native runtime compute with. */
export async function fallbackEngine(): Promise<BlockEngine> {
  return openBlockEngine(await openTestDevice(), 1)
}

/** a . b of two rows, in float64. */
export function exactDot(
  a: ArrayLike<number>,
  row: number,
  b: ArrayLike<number>,
  other: number,
  columns: number
): number {
  let sum = 0
  for (let j = 0; j < columns; j++) sum += a[row * columns + j] * b[other * columns + j]
  return sum
}

/** Length of a row, in float64. */
export function exactNorm(a: ArrayLike<number>, row: number, columns: number): number {
  return Math.sqrt(exactDot(a, row, a, row, columns))
}

/** Seeded 16-bit floats, as bits: between 1/8 and 8 in size, either sign. */
export function halves(seed: number, count: number): Uint16Array {
  const random = createRandom(seed)
  const out = new Uint16Array(count)
  for (let i = 0; i < count; i++) {
    const bits = random.uint32()
    out[i] = (bits & 0x8000) | (0x3000 + ((bits >>> 16) % 0x1800))
  }
  return out
}

/** Seeded numbers of a bell curve. */
export function normalNumbers(seed: number, count: number): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length: count }, () => random.normal())
}
