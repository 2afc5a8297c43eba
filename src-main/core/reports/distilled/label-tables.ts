// labels.csv and labels.parquet: one line for each item with its label, its richer label or target,
// where its file is and, for real items, which one it is.
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { SchemaElement } from 'hyparquet'
import { csvLine } from '../csv.ts'
import { HashedFile, writeHashed } from '../hashed-file.ts'
import type { ManifestFile } from '../manifest.ts'
import type { Breathe } from './tensors.ts'
import type { TinyOriginals } from './tiny-files.ts'
import { isWithoutLabels, targetColumns, type TinySet } from './tiny-set.ts'

const ownColumns = ['item', 'path', 'label', 'label_number', 'id', 'original'] as const

/** Rows of the tables. */
export interface LabelTable {
  /** What follows the own columns, one for each label or target: "share sandal", "value 1". */
  readonly columns: readonly string[]
  readonly rows: number
  /** The own columns of a row. */
  facts(row: number): readonly [number, string, string, number, string | null, string | null]
  /** The numbers of a row. */
  numbers(row: number): readonly number[]
}

/** The table of a set; plain labels have no numbers. */
export function labelTable(
  set: Pick<TinySet, 'result' | 'count' | 'labels' | 'targets' | 'rows' | 'consumer'>,
  paths: readonly string[],
  originals: Pick<TinyOriginals, 'stored'> | undefined
): LabelTable {
  const { classNames } = set.result
  const { targets, labels, rows } = set
  const word = targets.kind === 'soft' ? 'share' : 'value'
  const numbers =
    targets.kind === 'soft'
      ? targets.shares
      : targets.kind === 'values'
        ? targets.values
        : undefined
  const width = targetColumns(set)
  const names = isWithoutLabels(set)
    ? Array.from({ length: width }, (_, column) => String(column + 1))
    : classNames
  return {
    columns: numbers === undefined ? [] : names.map((name) => `${word} ${name}`),
    rows: set.count,
    facts(item) {
      const stored = rows === undefined ? undefined : originals?.stored(rows[item])
      const label = labels[item]
      const name = classNames[label] ?? ''
      return [item, paths[item] ?? '', name, label, stored?.key ?? null, stored?.name ?? null]
    },
    numbers: (item) =>
      numbers === undefined ? [] : Array.from(numbers.subarray(item * width, (item + 1) * width))
  }
}

/** Rows written between two looks whether to go on. */
const groupRows = 500

/** Writes `labels.csv`. */
export async function writeLabelsCsv(
  folder: string,
  table: LabelTable,
  spreadsheetSafe: boolean,
  breathe: Breathe
): Promise<ManifestFile> {
  const file = await HashedFile.create(folder, 'labels.csv')
  try {
    await file.write(csvLine([...ownColumns, ...table.columns], spreadsheetSafe))
    for (let row = 0; row < table.rows; row++) {
      if (row % groupRows === 0) await breathe()
      const numbers = table.numbers(row).map((value) => Number(value.toPrecision(7)))
      await file.write(csvLine([...table.facts(row), ...numbers], spreadsheetSafe))
    }
    return await file.finish()
  } catch (error) {
    await file.abandon()
    throw error
  }
}

/** Writes `labels.parquet`: the same, numbers as they are. */
export async function writeLabelsParquet(
  folder: string,
  table: LabelTable,
  appVersion: string,
  breathe: Breathe
): Promise<ManifestFile> {
  const bytes = new ByteWriter()
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaOf(table.columns),
    createdBy: `Winnow ${appVersion}`
  })
  for (let from = 0; from < table.rows; from += groupRows) {
    await breathe()
    const count = Math.min(groupRows, table.rows - from)
    const facts = Array.from({ length: count }, (_, i) => table.facts(from + i))
    const numbers = Array.from({ length: count }, (_, i) => table.numbers(from + i))
    await writer.write({
      columnData: [
        ...ownColumns.map((name, column) => ({
          name,
          data: facts.map((row) => row[column] ?? undefined)
        })),
        ...table.columns.map((name, column) => ({ name, data: numbers.map((row) => row[column]) }))
      ],
      rowGroupSize: count
    })
  }
  await writer.finish()
  return writeHashed(folder, 'labels.parquet', new Uint8Array(bytes.buffer, 0, bytes.index))
}

function schemaOf(columns: readonly string[]): SchemaElement[] {
  const optional = { repetition_type: 'OPTIONAL' } as const
  const isNumber = (name: string): boolean => name === 'item' || name === 'label_number'
  return [
    { name: 'schema', num_children: ownColumns.length + columns.length },
    ...ownColumns.map((name): SchemaElement =>
      isNumber(name)
        ? { name, ...optional, type: 'INT32' }
        : { name, ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' }
    ),
    ...columns.map((name): SchemaElement => ({ name, ...optional, type: 'FLOAT' }))
  ]
}
