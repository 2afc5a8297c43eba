// Reads CSV, TSV and JSON Lines as items: one pass counts labels and values, a second one makes
// the items, so that class numbers are final from the first row on.
import { stat } from 'node:fs/promises'
import type { JsonValue } from '../../../api/dto/common.ts'
import type {
  ColumnInfo,
  ImportOptions,
  ImportProblem,
  SourceFormat
} from '../../../api/dto/datasets.ts'
import { AppError } from '../../../api/errors.ts'
import type { NewItem } from '../../store/records.ts'
import { cellText, columnType, createStatsCollector } from './column-stats.ts'
import {
  batchItems,
  compareNaturally,
  createDigestBlock,
  type DatasetReader,
  type ImportPlan,
  type ReadBatch,
  type ReadPosition,
  type ScanProgress
} from './reader.ts'
import type { RawRow } from './raw-row.ts'
import { createRowCheck, createRowMapper, labelOf, type RowMapper } from './row-mapper.ts'
import { partOf, type PartName } from './split-names.ts'
import {
  readFirstPart,
  tableRows,
  type FirstPart,
  type TableSettings,
  type TableSource
} from './table-file.ts'

/** More different labels than this are no labels. */
export const mostClasses = 100_000

interface PlanDetail {
  readonly settings: TableSettings
  readonly hasTest: boolean
  readonly hasParts: boolean
}

/** The reader of a table or JSON Lines file. */
export function createTableReader(source: TableSource, options: ImportOptions): DatasetReader {
  return {
    async *plan() {
      const first = await readFirstPart(source, options)
      return yield* planTable(first, source)
    },
    read: (plan, position) => readTable(plan, position),
    close: async () => {}
  }
}

/** "csv", "tsv" or "jsonl" of opened settings. */
export function tableFormat(settings: Pick<TableSettings, 'csv'>): SourceFormat {
  if (settings.csv === undefined) return 'jsonl'
  return settings.csv.delimiter === '\t' ? 'tsv' : 'csv'
}

async function* planTable(
  first: FirstPart,
  source: TableSource
): AsyncGenerator<ScanProgress, ImportPlan, void> {
  const { settings, guess } = first
  const facts = await stat(source.path)
  const place = (role: string): number => guess.columns.findIndex((column) => column.role === role)
  const [label, split] = [place('label'), place('split')]
  const stats = createStatsCollector()
  const classes = new Set<string>()
  const check = createRowCheck({ ...guess, decimals: settings.decimals })
  let total = 0
  const parts = new Set<PartName | undefined>()
  for await (const block of tableRows(settings)) {
    for (const row of block.rows) {
      total++
      if (row.problem !== undefined) continue
      stats.add(settings.names, row.cells)
      // A label that only left-out rows carry is no label of this dataset.
      if (check(row.cells) !== undefined) continue
      const name = label === -1 ? undefined : labelOf(row.cells[label])
      if (name !== undefined) classes.add(name)
      if (split !== -1) parts.add(partOf(cellText(row.cells[split] ?? '')))
    }
    if (classes.size > mostClasses)
      throw new AppError(
        'too-large',
        `The column “${settings.names[label]}” has more than ${mostClasses} different values, so it cannot be the label.`
      )
    yield { done: block.bytesRead, total: facts.size }
  }
  const columns = guess.columns.map((column, i): ColumnInfo => {
    const counted = stats.columns[i]
    return counted === undefined
      ? column
      : {
          ...column,
          type: columnType(counted),
          distinct: counted.hasMoreValues ? null : counted.values.size,
          missing: counted.missing
        }
  })
  // One part alone splits nothing, and would leave nothing to choose from.
  const detail: PlanDetail = { settings, hasTest: parts.has('test'), hasParts: parts.size > 1 }
  return {
    format: tableFormat(settings),
    kind: guess.kind,
    columns,
    labelColumn: guess.labelColumn ?? null,
    classNames: [...classes].sort(compareNaturally),
    total,
    unit: 'rows',
    sizeBytes: facts.size,
    stamp: `${facts.size}:${facts.mtimeMs}`,
    notes: badNumberNotes(
      columns,
      stats.columns.map(
        (counted, i) =>
          counted.filled -
          Math.max(
            counted.numbersPoint,
            counted.numbersComma,
            columns[i].role === 'number' ? 0 : counted.filled
          )
      )
    ),
    detail: toJson(detail)
  }
}

function badNumberNotes(columns: readonly ColumnInfo[], bad: readonly number[]): string[] {
  return columns.flatMap((column, i) =>
    column.role === 'number' && bad[i] > 0
      ? [`${bad[i]} values of “${column.name}” are no numbers; they count as missing.`]
      : []
  )
}

// The settings hold strings, booleans and lists only, so JSON keeps all of them but undefined.
function toJson(detail: PlanDetail): JsonValue {
  return JSON.parse(JSON.stringify(detail)) as JsonValue
}

async function* readTable(
  plan: ImportPlan,
  from: ReadPosition
): AsyncGenerator<ReadBatch, void, void> {
  // Written by toJson above; a missing csv comes back as undefined.
  const { settings, hasTest, hasParts } = plan.detail as unknown as PlanDetail
  const map = createRowMapper({
    columns: plan.columns,
    decimals: settings.decimals,
    kind: plan.kind,
    classNames: plan.classNames,
    hasTest,
    hasParts
  })
  let position = from
  let toSkip = from.units
  let waiting: RawRow[] = []
  for await (const block of tableRows(settings)) {
    // A text file cannot be entered in the middle: what was read before is parsed and passed over.
    const passed = Math.min(toSkip, block.rows.length)
    toSkip -= passed
    for (let i = passed; i < block.rows.length; i++) {
      waiting.push(block.rows[i])
      if (waiting.length < batchItems) continue
      const batch = toBatch(waiting, map, position)
      position = batch.position
      waiting = []
      yield batch
    }
  }
  if (waiting.length > 0) yield toBatch(waiting, map, position)
}

function toBatch(rows: readonly RawRow[], map: RowMapper, from: ReadPosition): ReadBatch {
  const keepDigest = createDigestBlock(rows.length)
  const items: NewItem[] = []
  const problems: ImportProblem[] = []
  for (const row of rows) {
    const made = row.problem ?? map(row, from.rows + items.length, keepDigest)
    if (typeof made === 'string') problems.push({ where: `Row ${row.number}`, reason: made })
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
