// Records of an Arrow file, stream or Feather file, batch by batch.
import { basename, dirname } from 'node:path'
import { AppError } from '../../../../api/errors.ts'
import { damagedFile } from '../../../files/byte-limits.ts'
import { mostColumns, visibleNames, type Cell, type RawBlock, type RawRow } from '../raw-row.ts'
import { openArrow, type ArrowFile } from './arrow/arrow-file.ts'
import { arrowValue } from './arrow/arrow-values.ts'
import { toCell } from './cell-values.ts'
import { fileFacts } from './file-facts.ts'
import { firstRows, type ColumnarSettings } from './first-rows.ts'
import { featuresFromJson, featuresInMetadata, namedCell, type Features } from './hf-features.ts'
import { cellLocator } from './record-locator.ts'
import { placeByName, type FirstPart, type RecordSource, type RowRequest } from './record-source.ts'

/** Rows handed on at once. */
const blockRows = 1000

/** The source of an Arrow file; `within` is the folder its locators start from. */
export function arrowSource(path: string, within = dirname(path), told?: Features): RecordSource {
  const place = path.slice(within.length + 1).replaceAll('\\', '/')
  return {
    path,
    baseFolder: within,
    isFile: true,
    async first() {
      const file = await openArrow(path)
      try {
        return await firstPart(file, place, told)
      } catch (error) {
        throw damagedFile(basename(path), error)
      } finally {
        await file.close()
      }
    },
    // Written by firstPart below.
    rows: (settings, request) =>
      rowsOf(path, place, settings as unknown as ColumnarSettings, request),
    async count() {
      const file = await openArrow(path)
      await file.close()
      return file.rows + (file.isCut ? 1 : 0)
    },
    facts: () => fileFacts(path),
    files: async () => [basename(path)]
  }
}

interface Reading {
  readonly place: string
  readonly names: readonly string[]
  readonly features: Features
  readonly left: ReadonlySet<number>
}

function namesOf(file: ArrowFile): string[] {
  const { fields } = file.schema
  if (fields.length === 0) throw new AppError('nothing-to-import', `“${file.name}” has no columns.`)
  if (fields.length > mostColumns) throw new RangeError('columns')
  return visibleNames(fields.map((field) => field.name))
}

async function firstPart(
  file: ArrowFile,
  place: string,
  told: Features | undefined
): Promise<FirstPart> {
  const features = told ?? featuresInMetadata(file.schema.metadata.get('huggingface'))
  const names = namesOf(file)
  const from = { place, names, features, left: new Set<number>() }
  return firstRows({ format: 'arrow', names, features, rows: file.rows }, blocks(file, from, 0))
}

async function* rowsOf(
  path: string,
  place: string,
  settings: ColumnarSettings,
  request: RowRequest
): AsyncGenerator<RawBlock, void, void> {
  const file = await openArrow(path)
  try {
    const { sizeBytes } = await fileFacts(path)
    const features = featuresFromJson(settings.features)
    const left = new Set(request.withoutPictures ? settings.pictures : [])
    const reading = { place, names: namesOf(file), features, left }
    const inPlace = placeByName(reading.names, request)
    let done = request.skip
    for await (const rows of blocks(file, reading, request.skip)) {
      done += rows.filter((row) => row.problem === undefined).length
      yield { rows: rows.map(inPlace), bytesRead: (sizeBytes * done) / Math.max(1, file.rows) }
    }
  } catch (error) {
    throw damagedFile(basename(path), error)
  } finally {
    await file.close()
  }
}

async function* blocks(
  file: ArrowFile,
  reading: Reading,
  skip: number
): AsyncGenerator<RawRow[], void, void> {
  let before = 0
  for (const [index, { rows }] of file.batches.entries()) {
    const from = Math.max(0, skip - before)
    if (from < rows) {
      const batch = await file.batch(index)
      const columns = batch.data.children
      if (columns.length !== reading.names.length) throw new RangeError('columns')
      for (let first = from; first < rows; first += blockRows) {
        const count = Math.min(blockRows, rows - first)
        yield Array.from({ length: count }, (_, i): RawRow => {
          const row = first + i
          const cells = columns.map((column, c): Cell => {
            if (reading.left.has(c)) return undefined
            const cell = toCell(arrowValue(column, row), (position) =>
              cellLocator({ unit: index, row, column: c, position, path: reading.place })
            )
            return namedCell(cell, reading.features.classNames.get(reading.names[c]))
          })
          return { number: before + row + 1, cells, problem: undefined }
        })
      }
    }
    before += rows
  }
  if (file.isCut && skip <= before)
    yield [
      {
        number: before + 1,
        cells: [],
        problem: 'The file is cut off here; the rows after this place are missing.',
        where: 'End of the file'
      }
    ]
}
