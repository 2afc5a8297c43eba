// Records of text files: CSV and TSV tables, and JSON Lines.
import { basename, dirname } from 'node:path'
import type { JsonValue } from '../../../../api/dto/common.ts'
import type { ImportOptions } from '../../../../api/dto/datasets.ts'
import { readTextPart, tableRows, type TableSettings, type TableSource } from '../table-file.ts'
import { fileFacts } from './file-facts.ts'
import type { RawBlock, RawRow } from '../raw-row.ts'
import { afterSkipping, placeByName, type FirstPart, type RecordSource } from './record-source.ts'

/** The source of a CSV, TSV or JSON Lines file. */
export function textTableSource(file: TableSource, isEncodingCertain: boolean): RecordSource {
  const { path } = file
  return {
    path,
    baseFolder: dirname(path),
    isFile: true,
    first: (options) => firstPart(file, isEncodingCertain, options),
    rows(settings, request) {
      // Written by firstPart below; a missing csv comes back as undefined.
      const { names, ...known } = settings as unknown as TextSettings
      const blocks = tableRows(known, request.columns, request.mayGrow)
      const placed = known.csv === undefined ? blocks : inPlace(blocks, placeByName(names, request))
      return afterSkipping(placed, request.skip)
    },
    facts: () => fileFacts(path),
    files: async () => [basename(path)]
  }
}

interface TextSettings extends TableSettings {
  readonly names: readonly string[]
}

async function* inPlace(
  blocks: AsyncIterable<RawBlock>,
  place: (row: RawRow) => RawRow
): AsyncGenerator<RawBlock, void, void> {
  for await (const block of blocks) yield { ...block, rows: block.rows.map(place) }
}

async function firstPart(
  file: TableSource,
  isEncodingCertain: boolean,
  options: ImportOptions
): Promise<FirstPart> {
  const part = await readTextPart(file, options)
  const { settings, names, rows, isWhole, bytesRead } = part
  const { csv } = settings
  return {
    format: csv === undefined ? 'jsonl' : csv.delimiter === '\t' ? 'tsv' : 'csv',
    names,
    rows,
    isWhole,
    rowsTotal: undefined,
    bytesRead,
    // Strings and booleans only, so JSON keeps all of them but undefined.
    settings: JSON.parse(JSON.stringify({ ...settings, names })) as JsonValue,
    hints: new Map(),
    notes: [],
    sheets: [],
    inForce: {
      delimiter: csv?.delimiter ?? null,
      // The encoding stays open while only ASCII was seen, so that the import still finds it itself.
      encoding: isEncodingCertain ? settings.encoding : options.encoding,
      hasHeader: csv === undefined ? null : settings.hasHeader
    }
  }
}
