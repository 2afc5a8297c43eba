// Dot products of rows with each other, in square blocks: all pairs of a list of rows, or only the
// pairs of blocks that are wanted. Rows are read as they are needed; one panel of them is kept.
import type { BlockEngine, PairKernel } from './block-kernel.ts'
import {
  loadRows,
  readType,
  rowBuffer,
  type BlockSource,
  type RowType,
  type RowValues
} from './block-source.ts'

export interface GramOptions {
  readonly engine: BlockEngine
  /** Stops between blocks. */
  readonly signal: AbortSignal
  /** Which rows, in which order, repeats allowed; all when absent. */
  readonly rows?: Uint32Array
  /** Pairs of blocks (left at or before right) to compute; all when absent. */
  readonly wants?: (left: number, right: number) => boolean
  /** Memory for rows; 64 MB when absent. Less only means that rows are read more often. */
  readonly panelBytes?: number
}

/** Dot products of two runs of places in the list of rows. */
export interface GramBlock {
  readonly rowFirst: number
  readonly rowCount: number
  readonly columnFirst: number
  readonly columnCount: number
  /** rowCount x columnCount, filled anew for the next block; symmetric where both runs are one. */
  readonly values: Float32Array
}

/**
 * Blocks of G G^T on and above its diagonal. Summed up in float32 in a fixed order: the same bits at
 * every run, for any number of cores and any `panelBytes`. Products with numbers that are not finite
 * are not finite. Throws the signal's reason and what reading throws; the source stays open.
 */
export async function* gramBlocks(
  source: BlockSource,
  { engine, signal, rows, wants = () => true, panelBytes = 64 << 20 }: GramOptions
): AsyncGenerator<GramBlock, void, void> {
  const type = readType(source, engine.types)
  const kernel = engine.pairs(type, source.columns)
  try {
    const list = rows ?? Uint32Array.from({ length: source.rows }, (_, row) => row)
    const blocks = Math.ceil(list.length / kernel.rows)
    const lengthOne = kernel.rows * source.columns
    const size = Math.max(
      1,
      Math.floor(panelBytes / (rowBuffer(type, 1).byteLength * lengthOne)) - 1
    )
    const buffers = Array.from({ length: Math.min(size, blocks) }, () => rowBuffer(type, lengthOne))
    const spare = rowBuffer(type, lengthOne)
    const load = (block: number, into: RowValues): Promise<RowValues> => {
      signal.throwIfAborted()
      const places = list.subarray(block * kernel.rows, (block + 1) * kernel.rows)
      return loadListed(source, type, places, into)
    }
    for (let from = 0; from < blocks; from += size) {
      const panel: RowValues[] = []
      const to = Math.min(blocks, from + size)
      for (let i = from; i < to; i++) panel.push(await load(i, buffers[i - from]))
      for (let right = from; right < blocks; right++) {
        const lefts = range(from, Math.min(to, right + 1)).filter((left) => wants(left, right))
        if (lefts.length === 0) continue
        const values = right < to ? panel[right - from] : await load(right, spare)
        for (const left of lefts) {
          signal.throwIfAborted()
          kernel.run(panel[left - from], values)
          yield cutOut(kernel, left, right, list.length)
        }
      }
    }
  } finally {
    kernel.dispose()
  }
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i)

/** Rows of a list into a block that is filled up with zeros; rows that follow each other at once. */
async function loadListed(
  source: BlockSource,
  type: RowType,
  list: Uint32Array,
  into: RowValues
): Promise<RowValues> {
  const { columns } = source
  into.fill(0, list.length * columns)
  const reads: Promise<void>[] = []
  for (let from = 0; from < list.length;) {
    let to = from + 1
    while (to < list.length && list[to] === list[to - 1] + 1) to++
    reads.push(loadRows(source, type, list[from], to - from, into, from * columns))
    from = to
  }
  // All of them settle before an error is passed on: the file may be closed then.
  const failed = (await Promise.allSettled(reads)).find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
  return into
}

function cutOut(kernel: PairKernel, left: number, right: number, rows: number): GramBlock {
  const { products, rows: size } = kernel
  const rowCount = Math.min(size, rows - left * size)
  const columnCount = Math.min(size, rows - right * size)
  // The rows move to the front, each one to a place at or before its own.
  if (columnCount < size)
    for (let i = 0; i < rowCount; i++)
      products.copyWithin(i * columnCount, i * size, i * size + columnCount)
  if (left === right)
    for (let i = 0; i < rowCount; i++)
      for (let j = 0; j < i; j++) products[i * columnCount + j] = products[j * columnCount + i]
  return {
    rowFirst: left * size,
    rowCount,
    columnFirst: right * size,
    columnCount,
    values: products.subarray(0, rowCount * columnCount)
  }
}

/** The whole G G^T of a list of rows, count x count, symmetric. Errors as {@link gramBlocks}. */
export async function gramMatrix(
  source: BlockSource,
  options: Omit<GramOptions, 'wants'>
): Promise<Float32Array> {
  const count = options.rows?.length ?? source.rows
  const out = new Float32Array(count * count)
  for await (const block of gramBlocks(source, options)) {
    const { rowFirst, rowCount, columnFirst, columnCount, values } = block
    for (let i = 0; i < rowCount; i++)
      for (let j = 0; j < columnCount; j++) {
        const value = values[i * columnCount + j]
        out[(rowFirst + i) * count + columnFirst + j] = value
        out[(columnFirst + j) * count + rowFirst + i] = value
      }
  }
  return out
}
