// The reading half of a list made elsewhere, in a compute thread: one call looks at the first entries
// so that the backend can tell what they name, a second one sends all of them in order.
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { gunzipSync, constants } from 'node:zlib'
import { ImportOptions } from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import { listColumns } from '../datasets/exported-lists.ts'
import { recordsIn } from '../datasets/families/records.ts'
import { cellText } from '../datasets/readers/column-stats.ts'
import { isGzipHead, readHead } from '../datasets/readers/idx-file.ts'
import { whereOf, type Cell, type RawRow } from '../datasets/readers/raw-row.ts'
import { PictureCell } from '../datasets/readers/records/picture-cell.ts'
import type { FirstPart, RecordSource } from '../datasets/readers/records/record-source.ts'
import {
  decodePieces,
  findEncoding,
  guessEncoding,
  type Encoding
} from '../datasets/readers/text-decode.ts'
import { headBytes, type FileHead } from '../datasets/source-family.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import { entryLength, listLines } from './read-list-lines.ts'
import {
  createRecordHead,
  listDecimals,
  mayHoldRecords,
  type ListedDataset
} from '../datasets/record-head.ts'

/** Where the value of an entry stands: a column, or the record as a whole. */
export type ListPlace = { readonly column: string } | 'record'

export interface ReadListInput {
  /** Absolute. */
  readonly path: string
  readonly dataset: ListedDataset
  /** Undefined = only look at the first entries. */
  readonly place: ListPlace | undefined
}

/** Entries in the order of the file; the lists have the same length. */
export interface ListBatch {
  readonly where: readonly string[]
  /** The value of the place; null where there is none. For records the head of the fingerprint. */
  readonly values: readonly (string | null)[]
  /** Why an entry cannot be read; undefined for sound ones. */
  readonly problems: readonly (string | undefined)[]
  /** The entry as it stands, cut; for messages about records. */
  readonly shown: readonly string[]
}

/** The first entries by place, for the backend to try. */
export interface ListProbe {
  /** A plain list of lines, or records with columns. */
  readonly kind: 'lines' | 'records'
  /** True for the lists that an export of this app holds. */
  readonly isOurs: boolean
  readonly places: readonly { readonly place: ListPlace; readonly batch: ListBatch }[]
}

/** Name of the only column of a plain list. */
export const lineColumn = 'line'
/** Entries looked at to tell what a list names. */
export const entriesProbed = 1000
// Wider records hold data; what names an item stands among the first columns.
const columnsProbed = 64
const batchEntries = 2000

/** Looks at a list or reads it. Throws AppError when it is no list that can be read. */
export const readListTask: ComputeTask<ReadListInput, ListBatch, ListProbe | null> = {
  name: 'selection.read-list',
  async *run({ path, dataset, place }, { signal }) {
    const list = await openList(path, dataset)
    if (place === undefined) return list.probe()
    for await (const batch of list.read(place)) {
      signal.throwIfAborted()
      yield batch
    }
    return null
  }
}

interface OpenList {
  probe(): Promise<ListProbe>
  read(place: ListPlace): AsyncGenerator<ListBatch, void, void>
}

async function openList(path: string, dataset: ListedDataset): Promise<OpenList> {
  const file = await listHead(path)
  const options = ImportOptions.parse({})
  const source = await recordsIn(file, { options, maxBytes: Infinity })
  if (source === undefined)
    throw new AppError('file-not-recognised', `“${file.name}” is not a list the app can read.`, {
      hint: 'It reads row numbers, keys or names (one a line, or a column of a table), and original records as JSON or JSON Lines.'
    })
  const part = await source.first(options).catch((error: unknown) => {
    // One line without an end holds no row for a table; as a plain list it is told what is wrong.
    if (error instanceof AppError && error.code === 'nothing-to-import') return undefined
    throw error
  })
  if (part === undefined) return lineList(file)
  const isText = part.format === 'csv' || part.format === 'tsv'
  return isText && part.names.length === 1 ? lineList(file) : recordList(source, part, dataset)
}

async function listHead(path: string): Promise<FileHead> {
  const name = basename(path)
  const facts = await stat(path).catch((cause: unknown) => {
    throw new AppError('file-not-readable', `“${name}” is not there any more.`, { cause })
  })
  if (facts.size === 0) throw new AppError('nothing-to-import', `“${name}” is empty.`)
  const raw = await readHead(path, headBytes)
  const isGzip = isGzipHead(raw)
  try {
    const content = isGzip ? gunzipSync(raw, { finishFlush: constants.Z_SYNC_FLUSH }) : raw
    return { path, name, size: facts.size, raw, isGzip, content }
  } catch (cause) {
    throw new AppError('file-damaged', `“${name}” is damaged or cut off.`, { cause })
  }
}

function lineList(file: FileHead): OpenList {
  async function* read(): AsyncGenerator<ListBatch, void, void> {
    const encoding = await encodingOf(file)
    for await (const lines of listLines(decodePieces(file.path, file.isGzip, encoding)))
      for (let at = 0; at < lines.length; at += batchEntries) {
        const some = lines.slice(at, at + batchEntries)
        yield {
          where: some.map(({ number }) => `Line ${number}`),
          values: some.map(({ text, problem }) => (problem === undefined ? text : null)),
          problems: some.map(({ problem }) => problem),
          shown: some.map(({ text }) => text)
        }
      }
  }
  return {
    read,
    async probe() {
      const first = await firstBatch(read())
      return {
        kind: 'lines',
        isOurs: false,
        places: [{ place: { column: lineColumn }, batch: first }]
      }
    }
  }
}

async function encodingOf(file: FileHead): Promise<Encoding> {
  const guess = guessEncoding(file.content)
  if (guess.isCertain || file.content.length < headBytes) return guess.encoding
  return (await findEncoding(file.path, file.isGzip)).encoding
}

async function firstBatch(batches: AsyncGenerator<ListBatch, void, void>): Promise<ListBatch> {
  for await (const batch of batches) return batch
  throw new AppError('nothing-to-import', 'The list has no entries.')
}

function recordList(source: RecordSource, part: FirstPart, dataset: ListedDataset): OpenList {
  const decimals = listDecimals(dataset, part.names, part.rows)
  const hasPictures = dataset.columns.some(({ role }) => role === 'picture')

  async function* read(place: ListPlace): AsyncGenerator<ListBatch, void, void> {
    const valueOf = place === 'record' ? createRecordHead(dataset, decimals) : firstCell
    const names = place === 'record' ? dataset.columns.map(({ name }) => name) : [place.column]
    const request = {
      columns: new Map(names.map((name, i) => [name, i])),
      mayGrow: false,
      skip: 0,
      withoutPictures: place !== 'record' || !hasPictures
    }
    for await (const { rows } of source.rows(part.settings, request))
      for (let at = 0; at < rows.length; at += batchEntries)
        yield toBatch(rows.slice(at, at + batchEntries), valueOf)
  }
  return {
    read,
    async probe() {
      const rows = part.rows.slice(0, entriesProbed)
      const places: { place: ListPlace; batch: ListBatch }[] = []
      if (mayHoldRecords(dataset, part.names)) {
        const head = createRecordHead(dataset, decimals)
        const order = dataset.columns.map(({ name }) => part.names.indexOf(name))
        const moved = rows.map((row) => ({ ...row, cells: order.map((i) => row.cells[i]) }))
        places.push({ place: 'record', batch: toBatch(moved, head) })
      }
      part.names.slice(0, columnsProbed).forEach((column, i) => {
        const cells = rows.map((row) => ({ ...row, cells: [row.cells[i]] }))
        const batch = toBatch(cells, firstCell)
        if (batch.values.some((value) => value !== null)) places.push({ place: { column }, batch })
      })
      const isOurs = listColumns.every((name) => part.names.includes(name))
      return { kind: 'records', isOurs, places }
    }
  }
}

function toBatch(rows: readonly RawRow[], valueOf: (row: RawRow) => string | undefined): ListBatch {
  const values = rows.map((row) => (row.problem === undefined ? (valueOf(row) ?? null) : null))
  return {
    where: rows.map(whereOf),
    values,
    problems: rows.map((row) => row.problem),
    shown: rows.map((row) => shownCells(row.cells))
  }
}

function firstCell({ cells: [cell] }: RawRow): string | undefined {
  if (typeof cell !== 'string' && typeof cell !== 'number') return undefined
  const text = cellText(cell).trim()
  return text === '' || text.length > entryLength ? undefined : text
}

function shownCells(cells: readonly Cell[]): string {
  const cell = cells.find(
    (one) => one !== undefined && one !== null && !(one instanceof PictureCell)
  )
  return cell === undefined ? '' : cellText(cell ?? '').slice(0, 200)
}
