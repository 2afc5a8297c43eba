// The bytes of the pictures of records, wherever they are: files beside a table, or cells of
// Parquet and Arrow files. Files stay open between pictures, so that galleries are quick.
import type { RecordBatch } from 'apache-arrow'
import { AppError } from '../../api/errors.ts'
import { damagedFile } from '../files/byte-limits.ts'
import { realContainedPath } from '../files/contain.ts'
import { readHead } from './readers/idx-file.ts'
import { openArrow, type ArrowFile } from './readers/records/arrow/arrow-file.ts'
import { arrowValue } from './readers/records/arrow/arrow-values.ts'
import { pictureAt } from './readers/records/cell-values.ts'
import { createCellReader } from './readers/records/parquet/parquet-rows.ts'
import { openParquet } from './readers/records/parquet/parquet-file.ts'
import { parseRecordLocator, type RecordLocator } from './readers/records/record-locator.ts'
import { readContainedFile } from './readers/records/row-pictures.ts'

export interface PictureReader {
  /** Encoded bytes. Throws AppError "item-not-found", "file-not-readable" or "file-damaged". */
  read(locator: string): Promise<Buffer>
  close(): Promise<void>
}

type CellPlace = Extract<RecordLocator, { kind: 'cell' }>

interface OpenCells {
  cell(place: CellPlace): Promise<unknown>
  close(): Promise<void>
}

// Files kept open, and Arrow batches kept in memory.
const filesOpen = 8
const batchesKept = 2

/** `baseFolder` is the absolute folder that locators start from. */
export function openPictureReader(baseFolder: string): PictureReader {
  const open = new Map<string, Promise<OpenCells>>()
  // Readers of one file go page by page and must not be interleaved.
  let turn: Promise<unknown> = Promise.resolve()

  async function cellsOf(path: string): Promise<OpenCells> {
    let cells = open.get(path)
    if (cells === undefined) {
      const [oldest] = open.size >= filesOpen ? open.keys() : []
      if (oldest !== undefined) {
        const closing = open.get(oldest)
        open.delete(oldest)
        await closing?.then((it) => it.close()).catch(() => {})
      }
      cells = openCells(baseFolder, path)
      open.set(path, cells)
      cells.catch(() => open.delete(path))
    }
    return cells
  }

  async function readCell(place: CellPlace): Promise<Buffer> {
    try {
      const cells = await cellsOf(place.path)
      return pictureAt(await cells.cell(place), place.position)
    } catch (error) {
      throw damagedFile(place.path, error)
    }
  }

  return {
    read(locator) {
      const place = parseRecordLocator(locator)
      if (place.kind === 'file') return readContainedFile(baseFolder, place.path)
      const next = turn.then(() => readCell(place))
      turn = next.catch(() => {})
      return next
    },
    async close() {
      await turn
      for (const cells of open.values()) await cells.then((it) => it.close()).catch(() => {})
      open.clear()
    }
  }
}

async function openCells(baseFolder: string, path: string): Promise<OpenCells> {
  const place = await realContainedPath(baseFolder, path)
  const head = await readHead(place, 12).catch((error: unknown) => {
    throw new AppError('file-not-readable', `“${path}” is not there any more.`, { cause: error })
  })
  if (head.toString('latin1', 0, 4) === 'PAR1') {
    const file = await openParquet(place)
    const read = createCellReader(file)
    return {
      cell: ({ unit, row, column }) => read(unit, row, column),
      close: () => file.close()
    }
  }
  return arrowCells(await openArrow(place))
}

function arrowCells(file: ArrowFile): OpenCells {
  const kept = new Map<number, RecordBatch>()
  return {
    async cell({ unit, row, column }) {
      let batch = kept.get(unit)
      if (batch === undefined) {
        batch = await file.batch(unit)
        const [oldest] = kept.size >= batchesKept ? kept.keys() : []
        if (oldest !== undefined) kept.delete(oldest)
        kept.set(unit, batch)
      }
      const data = batch.data.children[column]
      if (data === undefined) throw new RangeError('column')
      return arrowValue(data, row)
    },
    close: () => file.close()
  }
}
