// Small files of records made with other people's writers: Parquet (hyparquet-writer), Arrow
// (apache-arrow), Excel (write-excel-file).
import {
  Binary,
  Bool,
  Field,
  Float64,
  Int32,
  List,
  RecordBatchFileWriter,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Table,
  Utf8,
  vectorFromArray,
  type DataType
} from 'apache-arrow'
import { parquetWriteBuffer } from 'hyparquet-writer'
import writeExcelFile from 'write-excel-file/node'

export interface SmallRow {
  readonly text: string
  readonly label: string
  readonly n: number
  readonly ok: boolean
  readonly tags: readonly string[]
}

/** Rows of several types; texts hold what breaks naive readers. */
export function smallRows(count: number): SmallRow[] {
  return Array.from({ length: count }, (_, i) => ({
    text: `some words "quoted", ünïcode 🙂\nin row ${i}`,
    label: i % 3 === 0 ? 'odd <&>' : 'even',
    n: i / 4,
    ok: i % 2 === 0,
    tags: Array.from({ length: i % 3 }, (_unused, k) => `t${k}`)
  }))
}

/** The rows as Parquet. */
export function parquetOf(rows: readonly SmallRow[], rowGroupSize = 4): Buffer {
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: 'text', data: rows.map((row) => row.text), type: 'STRING' },
      { name: 'label', data: rows.map((row) => row.label), type: 'STRING' },
      { name: 'n', data: rows.map((row) => row.n), type: 'DOUBLE' },
      { name: 'ok', data: rows.map((row) => row.ok), type: 'BOOLEAN' },
      { name: 'tags', data: rows.map((row) => row.tags), type: 'JSON' }
    ],
    rowGroupSize,
    pageSize: 200
  })
  return Buffer.from(bytes)
}

const smallSchema = new Schema([
  new Field('text', new Utf8(), true),
  new Field('label', new Utf8(), true),
  new Field('n', new Float64(), true),
  new Field('ok', new Bool(), true),
  new Field('tags', new List(new Field('item', new Utf8(), true)), true)
])

/** An Arrow table with one batch for every `size` rows. */
export function arrowTable(
  schema: Schema,
  rows: readonly Readonly<Record<string, unknown>>[],
  size = 4
): Table {
  const tables: Table[] = []
  for (let at = 0; at < rows.length; at += size) {
    const some = rows.slice(at, at + size)
    const columns = schema.fields.map((field) => [
      field.name,
      vectorFromArray(
        some.map((row) => row[field.name] ?? null),
        field.type as DataType
      )
    ])
    tables.push(new Table(schema, Object.fromEntries(columns)))
  }
  const [first, ...others] = tables
  return first.concat(...others)
}

/** The rows as an Arrow stream or file. */
export function arrowOf(rows: readonly SmallRow[], form: 'stream' | 'file' = 'stream'): Buffer {
  return arrowBytes(
    arrowTable(
      smallSchema,
      rows.map((row) => ({ ...row }))
    ),
    form
  )
}

/** Bytes of a table. */
export function arrowBytes(table: Table, form: 'stream' | 'file' = 'stream'): Buffer {
  const writer =
    form === 'stream'
      ? RecordBatchStreamWriter.writeAll(table)
      : RecordBatchFileWriter.writeAll(table)
  return Buffer.from(writer.toUint8Array(true))
}

/** Type of a Hugging Face picture. */
export const pictureType = new Struct([
  new Field('bytes', new Binary(), true),
  new Field('path', new Utf8(), true)
])

/** Schema of pictures with class numbers, as `datasets` writes it. */
export function labelledPictures(classNames: readonly string[]): Schema {
  const features = {
    image: { _type: 'Image' },
    label: { names: classNames, _type: 'ClassLabel' }
  }
  return new Schema(
    [new Field('image', pictureType, true), new Field('label', new Int32(), true)],
    new Map([['huggingface', JSON.stringify({ info: { features } })]])
  )
}

/** The rows as the only sheet of a workbook; `n` as a number, lists left out. */
export async function workbookOf(rows: readonly SmallRow[], sheet = 'Rows'): Promise<Buffer> {
  const head = ['text', 'label', 'n', 'ok'].map((value) => ({ value, type: String }))
  const body = rows.map((row) => [
    { value: row.text, type: String },
    { value: row.label, type: String },
    { value: row.n, type: Number },
    { value: row.ok, type: Boolean }
  ])
  return writeExcelFile([head, ...body], { sheet }).toBuffer()
}
