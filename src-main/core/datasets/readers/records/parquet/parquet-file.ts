// A Parquet file opened for reading: its footer, checked before it is parsed, and its columns.
// Values are read page by page elsewhere; nothing here is as large as the file.
import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { parquetMetadata, parquetSchema } from 'hyparquet'
import type { ColumnMetaData, FileMetaData, SchemaElement, SchemaTree } from 'hyparquet'
import { AppError } from '../../../../../api/errors.ts'
import { damagedFile } from '../../../../files/byte-limits.ts'
import { mostColumns } from '../../raw-row.ts'
import { thriftEnd } from './thrift-check.ts'

/** Largest footer read: a few thousand row groups of a few hundred columns. */
const footerBytes = 64 * 2 ** 20
const deepestSchema = 40
/** Most rows of one group, and of all. */
const groupRows = 2 ** 31
const allRows = 1_000_000_000

/** A physical column: one leaf of the schema. */
export interface Leaf {
  /** Names from the top-level column down. */
  readonly path: readonly string[]
  /** Schema nodes from the root down. */
  readonly nodes: readonly SchemaTree[]
  readonly element: SchemaElement
  readonly maxDefinition: number
  readonly maxRepetition: number
}

/** A top-level column. */
export interface TopColumn {
  readonly name: string
  readonly tree: SchemaTree
  readonly leaves: readonly Leaf[]
}

export interface RowGroupFacts {
  readonly rows: number
  /** Unpacked, as the file claims; a hint only. */
  readonly bytes: number
  /** By the path of the leaf joined with a zero byte. */
  readonly chunks: ReadonlyMap<string, ColumnMetaData>
}

export interface ParquetFile {
  readonly name: string
  readonly columns: readonly TopColumn[]
  readonly groups: readonly RowGroupFacts[]
  readonly rows: number
  /** Text of a key of the footer's own metadata. */
  metadata(key: string): string | undefined
  /** Bytes from `start`, fewer at the end of the file. */
  read(start: number, length: number): Promise<Buffer>
  close(): Promise<void>
}

/** Opens a file. Throws AppError "file-damaged", "file-not-recognised" or "too-large". */
export async function openParquet(path: string): Promise<ParquetFile> {
  const name = basename(path)
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw new AppError('file-not-readable', undefined, { cause: error })
  })
  try {
    const { size } = await handle.stat()
    const metadata = await readFooter(handle, size, name)
    return describe(handle, size, name, metadata)
  } catch (error) {
    await handle.close()
    throw damagedFile(name, error)
  }
}

async function readFooter(handle: FileHandle, size: number, name: string): Promise<FileMetaData> {
  if (size < 12) throw new Error('too short')
  const tail = await readBytes(handle, size - 8, 8)
  const mark = tail.toString('latin1', 4)
  if (mark === 'PARE')
    throw new AppError('file-not-recognised', `“${name}” is encrypted, so it cannot be read.`)
  if (mark !== 'PAR1') throw new Error('no end mark')
  const length = tail.readUInt32LE(0)
  if (length > size - 12) throw new Error('footer length')
  if (length > footerBytes)
    throw new AppError(
      'too-large',
      `The description of “${name}” is larger than the app reads safely.`
    )
  const footer = await readBytes(handle, size - 8 - length, length + 8)
  if (thriftEnd(footer.subarray(0, length), 0) === undefined) throw new Error('footer cut off')
  return parquetMetadata(new Uint8Array(footer), { geoparquet: false })
}

/** Bytes of a file; fewer when it ends before. */
async function readBytes(handle: FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, start + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}

function describe(
  handle: FileHandle,
  size: number,
  name: string,
  metadata: FileMetaData
): ParquetFile {
  const root = parquetSchema(metadata)
  if (root.count !== metadata.schema.length) throw new Error('schema')
  const columns = root.children.map((tree): TopColumn => {
    const leaves: Leaf[] = []
    collectLeaves([root, tree], leaves)
    return { name: tree.element.name, tree, leaves }
  })
  if (columns.length === 0) throw new AppError('nothing-to-import', `“${name}” has no columns.`)
  if (columns.length > mostColumns || new Set(columns.map((it) => it.name)).size < columns.length)
    throw new Error('columns')
  const groups = metadata.row_groups.map((group) => groupFacts(group, columns, size))
  const rows = groups.reduce((sum, group) => sum + group.rows, 0)
  if (rows > allRows) throw new AppError('too-large', `“${name}” claims to hold ${rows} rows.`)
  return {
    name,
    columns,
    groups,
    rows,
    metadata: (key) => metadata.key_value_metadata?.find((pair) => pair.key === key)?.value,
    read: (start, length) => readBytes(handle, start, Math.max(0, Math.min(length, size - start))),
    close: () => handle.close()
  }
}

function collectLeaves(nodes: readonly SchemaTree[], leaves: Leaf[]): void {
  if (nodes.length > deepestSchema) throw new Error('schema nesting')
  const tree = nodes[nodes.length - 1]
  if (tree.children.length > 0) {
    for (const child of tree.children) collectLeaves([...nodes, child], leaves)
    return
  }
  const below = nodes.slice(1)
  leaves.push({
    path: tree.path,
    nodes,
    element: tree.element,
    maxDefinition: below.filter(({ element }) => element.repetition_type !== 'REQUIRED').length,
    maxRepetition: below.filter(({ element }) => element.repetition_type === 'REPEATED').length
  })
}

/** Key of a leaf in {@link RowGroupFacts.chunks}. */
export function leafKey(path: readonly string[]): string {
  return path.join('\0')
}

function groupFacts(
  group: FileMetaData['row_groups'][number],
  columns: readonly TopColumn[],
  size: number
): RowGroupFacts {
  const rows = Number(group.num_rows)
  if (!(rows >= 0 && rows < groupRows)) throw new Error('rows of a group')
  const chunks = new Map<string, ColumnMetaData>()
  for (const { meta_data: chunk, file_path: elsewhere } of group.columns) {
    if (chunk === undefined || elsewhere !== undefined) throw new Error('column in another file')
    const start = chunkStart(chunk)
    const length = Number(chunk.total_compressed_size)
    if (!(start >= 4 && length >= 0 && start + length <= size - 8)) throw new Error('column place')
    if (!(chunk.num_values >= 0n)) throw new Error('column values')
    chunks.set(leafKey(chunk.path_in_schema), chunk)
  }
  for (const { leaves } of columns)
    for (const leaf of leaves)
      if (chunks.get(leafKey(leaf.path))?.type !== leaf.element.type)
        throw new Error('column chunk')
  return { rows, bytes: Math.max(0, Number(group.total_byte_size)), chunks }
}

/** Place of the first page of a column. */
export function chunkStart(chunk: ColumnMetaData): number {
  const data = Number(chunk.data_page_offset)
  const dictionary = Number(chunk.dictionary_page_offset ?? 0)
  // Some writers say 0 for "none".
  return dictionary > 0 && dictionary < data ? dictionary : data
}
