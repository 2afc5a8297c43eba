// Reads any source of records as items: one pass counts labels and values, a second one makes the
// items, so that class numbers are final from the first row on.
import type { JsonValue } from '../../../../api/dto/common.ts'
import type { ColumnInfo, ImportOptions, ImportProblem } from '../../../../api/dto/datasets.ts'
import { AppError } from '../../../../api/errors.ts'
import type { NewItem } from '../../../store/records.ts'
import type { ShapeMatch } from '../../chat/chat-shape.ts'
import {
  cellText,
  createStatsCollector,
  decimalMark,
  typeOf,
  type ColumnStats
} from '../column-stats.ts'
import type { DecimalMark } from '../numbers.ts'
import { whereOf, type RawRow } from '../raw-row.ts'
import {
  batchItems,
  compareNaturally,
  createDigestBlock,
  type DatasetReader,
  type ImportPlan,
  type ReadBatch,
  type ReadPosition,
  type ScanProgress
} from '../reader.ts'
import { createRowCheck, createRowMapper, labelOf, type RowMapper } from '../row-mapper.ts'
import { partOf, type PartName } from '../split-names.ts'
import { guessRecords, type RecordGuess } from './record-guess.ts'
import { createIdCheck } from './id-check.ts'
import type { ColumnIndex, FirstPart, RecordSource } from './record-source.ts'
import { createFindPictures, type FindPictures, type RowPictures } from './row-pictures.ts'

/** More different labels than this are no labels. */
export const mostClasses = 100_000
// Rows with pictures are handed on in smaller batches: their bytes wait in memory.
const batchPictures = 64
const picturesAtOnce = 8

interface PlanDetail {
  readonly settings: JsonValue
  readonly names: readonly string[]
  readonly decimals: readonly DecimalMark[]
  readonly shape: ShapeMatch | null
  readonly folders: Readonly<Record<string, string>>
  readonly hasTest: boolean
  readonly hasParts: boolean
}

/** The reader of a source of records. */
export function createRecordReader(source: RecordSource, options: ImportOptions): DatasetReader {
  return {
    async *plan() {
      const first = await source.first(options)
      const guess = await guessRecords(source, first, options)
      return yield* planRecords(source, first, guess)
    },
    read: (plan, position) => readRecords(source, plan, position),
    close: async () => {}
  }
}

async function* planRecords(
  source: RecordSource,
  first: FirstPart,
  guess: RecordGuess
): AsyncGenerator<ScanProgress, ImportPlan, void> {
  const { sizeBytes, stamp } = await source.facts()
  const place = (role: string): number => guess.columns.findIndex((column) => column.role === role)
  const [label, split, id] = [place('label'), place('split'), place('id')]
  const columns: ColumnIndex = new Map(first.names.map((name, i) => [name, i]))
  const stats = createStatsCollector()
  const classes = new Set<string>()
  const parts = new Set<PartName | undefined>()
  const check = createRowCheck(guess)
  const ids = createIdCheck()
  let total = 0
  // A conversation is checked against its pictures; otherwise they are not needed to count.
  const withoutPictures = guess.shape === null
  const request = { columns, mayGrow: true, skip: 0, withoutPictures }
  for await (const block of source.rows(first.settings, request)) {
    const names = [...columns.keys()]
    for (const row of block.rows) {
      total++
      if (row.problem !== undefined) continue
      stats.add(names, row.cells)
      if (id !== -1) ids.add(row.cells[id])
      // A label that only left-out rows carry is no label of this dataset.
      if (check(row.cells) !== undefined) continue
      const name = label === -1 ? undefined : labelOf(row.cells[label])
      if (name !== undefined) classes.add(name)
      if (split !== -1) parts.add(partOf(cellText(row.cells[split] ?? '')))
    }
    if (classes.size > mostClasses)
      throw new AppError(
        'too-large',
        `The column “${first.names[label]}” has more than ${mostClasses} different values, so it cannot be the label.`
      )
    yield { done: block.bytesRead, total: sizeBytes }
  }
  const names = [...columns.keys()]
  const known = finalColumns(names, guess, stats.columns)
  const detail: PlanDetail = {
    settings: first.settings,
    names,
    decimals: names.map((_, i) => guess.decimals[i] ?? decimalMark(stats.columns[i])),
    shape: guess.shape,
    folders: guess.folders,
    // One part alone splits nothing, and would leave nothing to choose from.
    hasTest: parts.has('test'),
    hasParts: parts.size > 1
  }
  return {
    format: first.format,
    kind: guess.kind,
    columns: known,
    labelColumn: guess.labelColumn ?? null,
    shape: guess.shape?.shape ?? null,
    classNames: [...classes].sort(compareNaturally),
    total,
    unit: 'rows',
    sizeBytes,
    stamp,
    notes: [
      ...first.notes,
      ...guess.notes,
      ...badNumberNotes(known, stats.columns),
      ...[ids.note(first.names[id] ?? '') ?? []].flat()
    ],
    detail: toJson(detail)
  }
}

// Fields that only come up after the first part are kept as they are.
function finalColumns(
  names: readonly string[],
  guess: RecordGuess,
  counted: readonly ColumnStats[]
): ColumnInfo[] {
  return names.map((name, i): ColumnInfo => {
    const stats = counted[i]
    const guessed = guess.columns[i] ?? {
      name,
      type: 'text',
      role: 'keep',
      confidence01: 0.5,
      distinct: null,
      missing: 0,
      examples: [...stats.examples]
    }
    // Pictures are left out of the counting pass.
    if (stats === undefined || guessed.role === 'picture') return guessed
    return {
      ...guessed,
      type: typeOf(stats, guessed.role),
      distinct: stats.hasMoreValues ? null : stats.values.size,
      missing: stats.missing
    }
  })
}

function badNumberNotes(columns: readonly ColumnInfo[], counted: readonly ColumnStats[]): string[] {
  return columns.flatMap((column, i) => {
    const stats = counted[i]
    if (column.role !== 'number' || stats === undefined) return []
    const bad = stats.filled - Math.max(stats.numbersPoint, stats.numbersComma)
    return bad > 0
      ? [`${bad} values of “${column.name}” are no numbers; they count as missing.`]
      : []
  })
}

// The settings hold strings, numbers, booleans and lists only, so JSON keeps all but undefined.
function toJson(detail: PlanDetail): JsonValue {
  return JSON.parse(JSON.stringify(detail)) as JsonValue
}

async function* readRecords(
  source: RecordSource,
  plan: ImportPlan,
  from: ReadPosition
): AsyncGenerator<ReadBatch, void, void> {
  // Written by toJson above.
  const detail = plan.detail as unknown as PlanDetail
  const { columns, kind, classNames } = plan
  const map = createRowMapper({ ...detail, columns, kind, classNames })
  const { baseFolder } = source
  const findPictures = createFindPictures({ columns, kind, baseFolder, folders: detail.folders })
  const size = findPictures === undefined ? batchItems : batchPictures
  let position = from
  let waiting: RawRow[] = []
  const request = {
    columns: new Map(detail.names.map((name, i) => [name, i])),
    mayGrow: false,
    skip: from.units,
    withoutPictures: findPictures === undefined
  }
  for await (const block of source.rows(detail.settings, request)) {
    for (const row of block.rows) {
      waiting.push(row)
      if (waiting.length < size) continue
      const batch = await toBatch(waiting, map, findPictures, position)
      position = batch.position
      waiting = []
      yield batch
    }
  }
  if (waiting.length > 0) yield await toBatch(waiting, map, findPictures, position)
}

async function toBatch(
  rows: readonly RawRow[],
  map: RowMapper,
  findPictures: FindPictures | undefined,
  from: ReadPosition
): Promise<ReadBatch> {
  const pictures = findPictures === undefined ? undefined : await lookUp(rows, findPictures)
  const keepDigest = createDigestBlock(rows.length)
  const items: NewItem[] = []
  const problems: ImportProblem[] = []
  for (const [i, row] of rows.entries()) {
    const found = pictures?.[i]
    const index = from.rows + items.length
    const reason = row.problem ?? (typeof found === 'string' ? found : undefined)
    const made =
      reason ?? map(row, index, keepDigest, typeof found === 'string' ? undefined : found)
    if (typeof made === 'string') problems.push({ where: whereOf(row), reason: made })
    else items.push(made)
  }
  return {
    items,
    problems,
    position: {
      units: from.units + rows.length,
      rows: from.rows + items.length,
      skipped: from.skipped + problems.length
    }
  }
}

/** Pictures of some rows, a few at a time; undefined for rows that cannot be read anyway. */
export async function lookUp(
  rows: readonly RawRow[],
  findPictures: FindPictures
): Promise<(RowPictures | string | undefined)[]> {
  const found = new Array<RowPictures | string | undefined>(rows.length)
  let next = 0
  async function work(): Promise<void> {
    while (next < rows.length) {
      const i = next++
      if (rows[i].problem === undefined) found[i] = await findPictures(rows[i])
    }
  }
  await Promise.all(Array.from({ length: picturesAtOnce }, work))
  return found
}
