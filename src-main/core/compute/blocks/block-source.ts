// Where rows come from, and how they are read ahead: while one block is computed on, the next one
// is read into the other of two buffers, which are used again and again.

/** Kinds of numbers that are computed on as they lie on disk. */
export type RowType = 'float16' | 'float32'

/** Numbers of such a kind; float16 as the bits. */
export type RowValues = Uint16Array | Float32Array

/** Rows as they lie on disk. */
export interface RawRows {
  readonly type: RowType
  /** Fills `into` with rows start .. start+count-1: little-endian, row-major. */
  readInto(start: number, count: number, into: Uint8Array): Promise<void>
}

/** Rows to compute on, read block by block. */
export interface BlockSource {
  readonly rows: number
  readonly columns: number
  /** Rows start .. start+count-1 as float32, row-major. */
  readBlock(start: number, count: number): Promise<Float32Array>
  /** Absent where the rows have to be computed or converted to be read. */
  readonly raw?: RawRows | undefined
}

/** Consecutive rows in memory. */
export interface LoadedRows {
  readonly first: number
  readonly count: number
  /** Valid until the next block is asked for; numbers after the last row of the source are zeros. */
  readonly values: RowValues
}

/** The rows of a source from one of them on. */
export function rowsFrom(source: BlockSource, first: number): BlockSource {
  if (first === 0) return source
  const { rows, columns, raw, readBlock } = source
  return {
    rows: rows - first,
    columns,
    readBlock: (start, count) => readBlock(first + start, count),
    ...(raw === undefined
      ? {}
      : {
          raw: {
            type: raw.type,
            readInto: (start, count, into) => raw.readInto(first + start, count, into)
          }
        })
  }
}

/** Rows in memory. */
export function rowsInMemory(values: Float32Array, columns: number): BlockSource {
  const part = (start: number, count: number): Float32Array =>
    values.subarray(start * columns, (start + count) * columns)
  return {
    rows: columns === 0 ? 0 : values.length / columns,
    columns,
    readBlock: (start, count) => Promise.resolve(part(start, count)),
    raw: {
      type: 'float32',
      readInto(start, count, into) {
        const { buffer, byteOffset, byteLength } = part(start, count)
        into.set(new Uint8Array(buffer, byteOffset, byteLength))
        return Promise.resolve()
      }
    }
  }
}

/** How a source is read by an engine that takes these kinds of numbers. */
export function readType(source: BlockSource, types: readonly RowType[]): RowType {
  const type = source.raw?.type
  return type !== undefined && types.includes(type) ? type : 'float32'
}

const bytesOf: Readonly<Record<RowType, number>> = { float16: 2, float32: 4 }

/** A buffer for that many numbers. */
export function rowBuffer(type: RowType, length: number): RowValues {
  return type === 'float16' ? new Uint16Array(length) : new Float32Array(length)
}

/** Reads rows into `into` from its number `at` on; `type` as {@link readType} gave it. */
export async function loadRows(
  source: BlockSource,
  type: RowType,
  first: number,
  count: number,
  into: RowValues,
  at = 0
): Promise<void> {
  const length = count * source.columns
  if (source.raw?.type === type) {
    const offset = into.byteOffset + at * bytesOf[type]
    const bytes = new Uint8Array(into.buffer, offset, length * bytesOf[type])
    await source.raw.readInto(first, count, bytes)
  } else into.set(await source.readBlock(first, count), at)
}

/** Bytes of one read: long enough for disks, and two of them are little memory. */
const usualBytes = 8 << 20

/**
 * All rows from the first to the last in blocks of a multiple of `step` rows, the next one always
 * on its way. Throws the signal's reason between blocks, and what reading throws; no read is under
 * way any more when it ends, however it ends, so that the file can be closed.
 */
export async function* readAhead(
  source: BlockSource,
  type: RowType,
  step: number,
  signal: AbortSignal,
  readBytes = usualBytes
): AsyncGenerator<LoadedRows, void, void> {
  const { rows, columns } = source
  const stepBytes = Math.max(1, step * columns * bytesOf[type])
  const size =
    step * Math.min(Math.ceil(rows / step), Math.max(1, Math.floor(readBytes / stepBytes)))
  const buffers = [0, size].map((first) => rowBuffer(type, first < rows ? size * columns : 0))
  const load = (first: number): Promise<LoadedRows> => {
    const count = Math.min(size, rows - first)
    const values = buffers[(first / size) % 2]
    if (count < size) values.fill(0, count * columns)
    return loadRows(source, type, first, count, values).then(() => ({ first, count, values }))
  }
  let next = rows > 0 ? load(0) : undefined
  try {
    for (let first = 0; next !== undefined; first += size) {
      signal.throwIfAborted()
      const block: LoadedRows = await next
      signal.throwIfAborted()
      next = first + size < rows ? load(first + size) : undefined
      // Whoever takes this block may end early: the failure is then nobody's any more.
      next?.catch(() => undefined)
      yield block
    }
  } finally {
    await next?.catch(() => undefined)
  }
}
