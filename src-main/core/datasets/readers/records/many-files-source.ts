// Several files of records as one source: the shards and splits of a dataset folder. Columns are
// put together by name, and the part each file belongs to becomes a column.
import { join } from 'node:path'
import type { JsonValue } from '../../../../api/dto/common.ts'
import type { ImportOptions, SourceFormat } from '../../../../api/dto/datasets.ts'
import { mostColumns, whereOf, type Cell, type RawBlock, type RawRow } from '../raw-row.ts'
import { fileFacts } from './file-facts.ts'
import type {
  ColumnHint,
  ColumnIndex,
  FirstPart,
  RecordSource,
  RowRequest,
  SourceFacts
} from './record-source.ts'
import { AppError } from '../../../../api/errors.ts'

export interface OneFile {
  /** Below the folder, "/" between segments. */
  readonly path: string
  /** Name of its part; undefined when it belongs to none. */
  readonly part: string | undefined
  readonly source: RecordSource
}

export interface ManyFiles {
  /** Absolute. */
  readonly folder: string
  readonly files: readonly OneFile[]
  readonly format: SourceFormat
  /** Files that tell about the data and are copied with it. */
  readonly described: readonly string[]
  readonly notes: readonly string[]
  readonly sheets: readonly string[]
  readonly sheet: string | null
  /** True when what is found out about the first file holds for all of them. */
  readonly areAlike: boolean
}

interface ManySettings {
  readonly splitColumn: string | null
  /** One for all files, or one each. */
  readonly files: readonly JsonValue[]
}

// Files whose start is read for the first part: at most one of each part.
const filesLooked = 4
const rowsOfEach = 2_000
// Files whose settings are found out one by one.
const mostDifferent = 1_000

/** The source of a folder. */
export function manyFilesSource(many: ManyFiles): RecordSource {
  const { folder, files } = many
  return {
    path: folder,
    baseFolder: folder,
    isFile: false,
    first: (options) => firstPart(many, options),
    // Written by firstPart below.
    rows: (settings, request) => rowsOf(many, settings as unknown as ManySettings, request),
    facts: () => folderFacts(many),
    files: async () => [...files.map((file) => file.path), ...many.described]
  }
}

async function folderFacts({ folder, files }: ManyFiles): Promise<SourceFacts> {
  let sizeBytes = 0
  let newest = ''
  for (const { path } of files) {
    const facts = await fileFacts(join(folder, path))
    sizeBytes += facts.sizeBytes
    // Longer or later: every change of a file changes one of the two.
    if (facts.stamp > newest) newest = facts.stamp
  }
  return { sizeBytes, stamp: `${files.length}:${sizeBytes}:${newest}` }
}

function splitName(parts: ReadonlySet<string | undefined>, names: Iterable<string>): string | null {
  if (parts.size < 2) return null
  const taken = new Set(names)
  for (let n = 1; ; n++) {
    const name = n === 1 ? 'split' : `split ${n}`
    if (!taken.has(name)) return name
  }
}

async function firstPart(many: ManyFiles, options: ImportOptions): Promise<FirstPart> {
  const { files } = many
  const [first] = files
  const parts = new Set(files.map((file) => file.part))
  const columns: ColumnIndex = new Map()
  const hints = new Map<string, ColumnHint>()
  const looked = files.filter((file, i) => files.findIndex((it) => it.part === file.part) === i)
  const rows: RawRow[] = []
  const notes = [...many.notes]
  const starts: { file: OneFile; start: FirstPart }[] = []
  for (const file of looked.slice(0, filesLooked))
    starts.push({ file, start: await file.source.first(options) })
  for (const { start } of starts) {
    for (const name of start.names) if (!columns.has(name)) columns.set(name, columns.size)
    for (const [name, hint] of start.hints) hints.set(name, hint)
  }
  const splitColumn = splitName(parts, columns.keys())
  if (splitColumn !== null) {
    columns.set(splitColumn, columns.size)
    hints.set(splitColumn, { role: 'split' })
  }
  const isAll = looked.length === files.length && files.length <= filesLooked
  for (const { file, start } of starts) {
    const place = placer(start.names, columns, splitColumn, file)
    const some = isAll && start.isWhole ? start.rows : start.rows.slice(0, rowsOfEach)
    for (const row of some) rows.push(place(row, rows.length))
  }
  const settings: ManySettings = {
    splitColumn,
    files: await allSettings(many, starts, options)
  }
  const counted = await countAll(files)
  return {
    format: many.format,
    names: [...columns.keys()],
    rows,
    isWhole: isAll && starts.every(({ start }) => start.isWhole),
    rowsTotal: counted,
    bytesRead: await bytesLooked(many, starts, rows.length),
    // Plain, as the settings of the files are.
    settings: settings as unknown as JsonValue,
    hints,
    notes: [...notes, ...(starts[0]?.start.notes ?? [])],
    sheets: many.sheets,
    inForce: { sheet: many.sheet, encoding: first === undefined ? null : options.encoding }
  }
}

async function allSettings(
  { files, areAlike }: ManyFiles,
  starts: readonly { file: OneFile; start: FirstPart }[],
  options: ImportOptions
): Promise<JsonValue[]> {
  if (areAlike) return starts.slice(0, 1).map(({ start }) => start.settings)
  if (files.length > mostDifferent)
    throw new AppError('too-large', `The folder holds more than ${mostDifferent} files of records.`)
  const all: JsonValue[] = []
  for (const file of files) {
    const known = starts.find((start) => start.file === file)
    all.push((known?.start ?? (await file.source.first(options))).settings)
  }
  return all
}

async function countAll(files: readonly OneFile[]): Promise<number | undefined> {
  let rows = 0
  for (const { source } of files) {
    if (source.count === undefined) return undefined
    rows += await source.count()
  }
  return rows
}

// About how many bytes the rows of the first part take, for files that do not say how many they hold.
async function bytesLooked(
  { folder }: ManyFiles,
  starts: readonly { file: OneFile; start: FirstPart }[],
  rows: number
): Promise<number> {
  let bytes = 0
  let all = 0
  for (const { file, start } of starts) {
    const { sizeBytes } = await fileFacts(join(folder, file.path))
    bytes += start.isWhole ? sizeBytes : start.bytesRead
    all += start.rows.length
  }
  return all === 0 ? 0 : (bytes * rows) / all
}

/** Puts a row of a file among the columns of all of them. */
function placer(
  names: readonly string[],
  columns: ColumnIndex,
  splitColumn: string | null,
  file: OneFile
): (row: RawRow, before: number) => RawRow {
  const places = names.map((name) => columns.get(name))
  const split = splitColumn === null ? undefined : columns.get(splitColumn)
  return (row, before) => {
    const cells: Cell[] = []
    if (row.problem === undefined) {
      row.cells.forEach((cell, i) => {
        const place = places[i]
        if (place !== undefined) cells[place] = cell
      })
      if (split !== undefined) cells[split] = file.part
    }
    return {
      number: before + 1,
      cells,
      problem: row.problem,
      where: `${whereOf(row)} of ${file.path}`
    }
  }
}

async function* rowsOf(
  { folder, files }: ManyFiles,
  settings: ManySettings,
  request: RowRequest
): AsyncGenerator<RawBlock, void, void> {
  let skip = request.skip
  let done = 0
  let before = 0
  if (request.mayGrow && settings.splitColumn !== null) grow(request.columns, settings.splitColumn)
  for (const [i, file] of files.entries()) {
    const { sizeBytes } = await fileFacts(join(folder, file.path))
    const count = skip > 0 ? await file.source.count?.() : undefined
    if (count !== undefined && skip >= count) {
      skip -= count
      before += count
      done += sizeBytes
      continue
    }
    // The file adds its columns to an index of its own; they are put in place by name.
    const own: ColumnIndex = new Map()
    const known = settings.files[Math.min(i, settings.files.length - 1)]
    const inFile = { ...request, columns: own, mayGrow: true, skip }
    before += skip
    for await (const block of file.source.rows(known, inFile)) {
      if (request.mayGrow) for (const name of own.keys()) grow(request.columns, name)
      const place = placer([...own.keys()], request.columns, settings.splitColumn, file)
      const rows = block.rows.map((row, k) => place(row, before + k))
      before += rows.length
      skip = 0
      yield { rows, bytesRead: done + block.bytesRead }
    }
    done += sizeBytes
  }
}

function grow(columns: ColumnIndex, name: string): void {
  if (!columns.has(name) && columns.size < mostColumns) columns.set(name, columns.size)
}
