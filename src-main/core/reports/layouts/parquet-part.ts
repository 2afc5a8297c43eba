// items.parquet: the columns of items.jsonl as a table that Python, R and databases open directly.
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { SchemaElement } from 'hyparquet'
import type { JsonValue } from '../../../api/dto/common.ts'
import type { RunItem } from '../../../api/dto/runs.ts'
import { jsonRow, type ValueColumn } from '../export-rows.ts'
import { listColumns } from '../../datasets/exported-lists.ts'
import type { OpenPart } from '../export-part.ts'
import { HashedFile } from '../hashed-file.ts'

/** A column and how its values are stored. */
interface ParquetColumn {
  readonly name: string
  readonly kind: 'text' | 'json' | 'integer' | 'number'
}

export interface ParquetInput {
  readonly columns: readonly (ValueColumn & { readonly kind: 'text' | 'json' | 'number' })[]
  values(item: RunItem): readonly JsonValue[]
  readonly appVersion: string
}

// Rows and characters of one row group: encoding one takes some ten milliseconds, between which
// the thread serves the window.
const groupRows = 2000
const groupCharacters = 1 << 20

/** Opens `items.parquet`. */
export function parquetPart(input: ParquetInput): OpenPart {
  const columns: readonly ParquetColumn[] = [
    ...listColumns.map((name): ParquetColumn => ({ name, kind: ownKind(name) })),
    ...input.columns.map(({ name, kind }) => ({ name, kind }))
  ]
  return async (folder) => {
    const file = await HashedFile.create(folder, 'items.parquet')
    const bytes = new ByteWriter()
    const writer = new ParquetWriter({
      writer: bytes,
      schema: schemaOf(columns),
      createdBy: `Winnow ${input.appVersion}`
    })
    let rows: Record<string, unknown>[] = []
    let characters = 0

    async function drain(): Promise<void> {
      // A copy: the buffer is written to again while the disk still works on it.
      const piece = new Uint8Array(bytes.buffer, 0, bytes.index).slice()
      bytes.index = 0
      if (piece.length > 0) await file.write(piece)
    }
    async function flush(): Promise<void> {
      if (rows.length === 0) return
      await writer.write({
        columnData: columns.map((column) => ({
          name: column.name,
          data: rows.map((row) => cellOf(row[column.name], column.kind))
        })),
        rowGroupSize: rows.length
      })
      rows = []
      characters = 0
      await drain()
    }
    return {
      async item(item, path) {
        const row = jsonRow(item, path, input.columns, input.values(item))
        rows.push(row)
        for (const value of Object.values(row))
          characters += typeof value === 'string' ? value.length : 8
        if (rows.length >= groupRows || characters >= groupCharacters) await flush()
      },
      async finish() {
        await flush()
        await writer.finish()
        await drain()
        return [await file.finish()]
      },
      abandon: () => file.abandon()
    }
  }
}

function ownKind(name: (typeof listColumns)[number]): ParquetColumn['kind'] {
  if (name === 'rank' || name === 'votes') return 'integer'
  return name === 'score' ? 'number' : 'text'
}

function schemaOf(columns: readonly ParquetColumn[]): SchemaElement[] {
  return [
    { name: 'schema', num_children: columns.length },
    ...columns.map(({ name, kind }): SchemaElement => {
      const base = { name, repetition_type: 'OPTIONAL' as const }
      if (kind === 'integer') return { ...base, type: 'INT32' }
      if (kind === 'number') return { ...base, type: 'DOUBLE' }
      return { ...base, type: 'BYTE_ARRAY', converted_type: kind === 'json' ? 'JSON' : 'UTF8' }
    })
  ]
}

/** The value as the column stores it; a value of another kind is kept as text where it can be. */
function cellOf(value: unknown, kind: ParquetColumn['kind']): unknown {
  if (value === null || value === undefined) return undefined
  if (kind === 'text') return typeof value === 'string' ? value : JSON.stringify(value)
  if (kind === 'json') return value
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
