// Records of a Parquet file, and single pictures out of it.
import { basename, dirname } from 'node:path'
import { damagedFile } from '../../../files/byte-limits.ts'
import { visibleNames, type Cell, type RawBlock, type RawRow } from '../raw-row.ts'
import { toCell } from './cell-values.ts'
import { fileFacts } from './file-facts.ts'
import { firstRows, type ColumnarSettings } from './first-rows.ts'
import { featuresFromJson, featuresInMetadata, namedCell, type Features } from './hf-features.ts'
import { openParquet, type ParquetFile } from './parquet/parquet-file.ts'
import { parquetSlices, type RowSlice } from './parquet/parquet-rows.ts'
import { cellLocator } from './record-locator.ts'
import { placeByName, type FirstPart, type RecordSource, type RowRequest } from './record-source.ts'

/** The source of a Parquet file; `within` is the folder its locators start from. */
export function parquetSource(path: string, within = dirname(path), told?: Features): RecordSource {
  const place = path.slice(within.length + 1).replaceAll('\\', '/')
  return {
    path,
    baseFolder: within,
    isFile: true,
    first: () => guarded(path, (file) => firstPart(file, place, told)),
    // Written by firstPart below.
    rows: (settings, request) =>
      rowsOf(path, place, settings as unknown as ColumnarSettings, request),
    count: () => guarded(path, async (file) => file.rows),
    facts: () => fileFacts(path),
    files: async () => [basename(path)]
  }
}

/** Runs `work` with the opened file; whatever a damaged file makes it throw is one plain error. */
export async function guarded<T>(
  path: string,
  work: (file: ParquetFile) => Promise<T>
): Promise<T> {
  const file = await openParquet(path)
  try {
    return await work(file)
  } catch (error) {
    throw damagedFile(basename(path), error)
  } finally {
    await file.close()
  }
}

async function firstPart(
  file: ParquetFile,
  place: string,
  told: Features | undefined
): Promise<FirstPart> {
  const features = told ?? featuresInMetadata(file.metadata('huggingface'))
  const names = visibleNames(file.columns.map((column) => column.name))
  async function* blocks(): AsyncGenerator<RawRow[], void, void> {
    let done = 0
    for await (const slice of parquetSlices(file, 0, () => true)) {
      const rows = sliceRows(slice, done, place, names, features)
      done += rows.length
      yield rows
    }
  }
  return firstRows({ format: 'parquet', names, features, rows: file.rows }, blocks())
}

async function* rowsOf(
  path: string,
  place: string,
  settings: ColumnarSettings,
  request: RowRequest
): AsyncGenerator<RawBlock, void, void> {
  const file = await openParquet(path)
  try {
    const { sizeBytes } = await fileFacts(path)
    const features = featuresFromJson(settings.features)
    const names = visibleNames(file.columns.map((column) => column.name))
    const left = new Set(request.withoutPictures ? settings.pictures : [])
    const inPlace = placeByName(names, request)
    let done = request.skip
    for await (const slice of parquetSlices(file, request.skip, (column) => !left.has(column))) {
      const rows = sliceRows(slice, done, place, names, features).map(inPlace)
      done += rows.length
      yield { rows, bytesRead: (sizeBytes * done) / Math.max(1, file.rows) }
    }
  } catch (error) {
    throw damagedFile(basename(path), error)
  } finally {
    await file.close()
  }
}

function sliceRows(
  slice: RowSlice,
  before: number,
  place: string,
  names: readonly string[],
  features: Features
): RawRow[] {
  return Array.from({ length: slice.rows }, (_, i): RawRow => {
    const cells = slice.columns.map((column, c): Cell => {
      if (column === undefined) return undefined
      const cell = toCell(column[i], (position) =>
        cellLocator({ unit: slice.group, row: slice.first + i, column: c, position, path: place })
      )
      return namedCell(cell, features.classNames.get(names[c]))
    })
    return { number: before + i + 1, cells, problem: undefined }
  })
}
