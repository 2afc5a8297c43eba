// Rows of a Parquet file, a slice at a time, however large its row groups are.
import { assembleNested } from 'hyparquet/src/assemble.js'
import { ColumnChunk } from './column-chunk.ts'
import { LeafCursor } from './leaf-cursor.ts'
import { leafKey, type ParquetFile, type TopColumn } from './parquet-file.ts'

// Rows of one slice: about this many bytes of values, within bounds.
const sliceBytes = 8 * 2 ** 20
const mostRows = 1000
const fewestRows = 16

/** A slice of rows, column by column; a column that was not asked for is undefined. */
export interface RowSlice {
  readonly group: number
  /** Row inside the group. */
  readonly first: number
  readonly rows: number
  readonly columns: readonly (readonly unknown[] | undefined)[]
}

interface Cursors {
  readonly column: TopColumn
  readonly leaves: readonly LeafCursor[]
}

function openChunks(file: ParquetFile, group: number, column: TopColumn): ColumnChunk[] {
  const { chunks } = file.groups[group]
  return column.leaves.map((leaf) => {
    const meta = chunks.get(leafKey(leaf.path))
    if (meta === undefined) throw new RangeError('column chunk')
    return new ColumnChunk(file, leaf, meta)
  })
}

function openColumn(file: ParquetFile, group: number, column: TopColumn): Cursors {
  const leaves = openChunks(file, group, column).map((chunk) => new LeafCursor(chunk))
  return { column, leaves }
}

async function takeColumn({ column, leaves }: Cursors, count: number): Promise<unknown[]> {
  const parts = new Map<string, unknown[]>()
  for (const [i, leaf] of leaves.entries()) {
    const rows = await leaf.take(count)
    parts.set(column.leaves[i].path.join('.'), rows)
  }
  if (column.tree.children.length > 0)
    // The parsers are only asked about VARIANT columns, whose values then stay as they are.
    assembleNested(parts as never, column.tree, {} as never)
  const rows = parts.get(column.name)
  if (rows?.length !== count) throw new RangeError('rows of a column')
  return rows
}

/** Slices from row `skip` of the whole file on; `wanted` says which columns are read. */
export async function* parquetSlices(
  file: ParquetFile,
  skip: number,
  wanted: (column: number) => boolean
): AsyncGenerator<RowSlice, void, void> {
  let before = skip
  for (const [group, { rows, bytes }] of file.groups.entries()) {
    if (before >= rows) {
      before -= rows
      continue
    }
    const cursors = file.columns.map((column, i) =>
      wanted(i) ? openColumn(file, group, column) : undefined
    )
    if (before > 0)
      for (const open of cursors) for (const leaf of open?.leaves ?? []) await leaf.skip(before)
    const perRow = Math.max(1, bytes / Math.max(1, rows))
    const size = Math.max(fewestRows, Math.min(mostRows, Math.floor(sliceBytes / perRow)))
    for (let first = before; first < rows; first += size) {
      const count = Math.min(size, rows - first)
      const columns: (unknown[] | undefined)[] = []
      for (const open of cursors)
        columns.push(open === undefined ? undefined : await takeColumn(open, count))
      yield { group, first, rows: count, columns }
    }
    for (const open of cursors)
      for (const leaf of open?.leaves ?? [])
        if (!(await leaf.isAtEnd())) throw new RangeError('rows of a column')
    before = 0
  }
}

// Columns whose list of pages and dictionary are kept between single cells.
const columnsKept = 32

/** Reads single cells. It is not to be asked for a cell before the last one is there. */
export function createCellReader(
  file: ParquetFile
): (group: number, row: number, column: number) => Promise<unknown> {
  const kept = new Map<string, ColumnChunk[]>()
  function chunksOf(group: number, column: number, top: TopColumn): ColumnChunk[] {
    const key = `${group}:${column}`
    let chunks = kept.get(key)
    if (chunks === undefined) {
      chunks = openChunks(file, group, top)
      const [oldest] = kept.size >= columnsKept ? kept.keys() : []
      if (oldest !== undefined) kept.delete(oldest)
      kept.set(key, chunks)
    }
    return chunks
  }
  return async (group, row, column) => {
    const top = file.columns[column]
    const facts = file.groups[group]
    if (top === undefined || facts === undefined || row >= facts.rows) throw new RangeError('cell')
    const leaves = chunksOf(group, column, top).map((chunk) => new LeafCursor(chunk))
    for (const leaf of leaves) await leaf.skip(row)
    const [cell] = await takeColumn({ column: top, leaves }, 1)
    return cell
  }
}
