// The first part of a columnar file (Parquet, Arrow): enough rows to guess by, cut early when they
// hold large pictures, and what reading the file again needs to know.
import type { JsonValue } from '../../../../api/dto/common.ts'
import type { SourceFormat } from '../../../../api/dto/datasets.ts'
import type { RawRow } from '../raw-row.ts'
import { featuresToJson, labelHints, type Features } from './hf-features.ts'
import { PictureCell } from './picture-cell.ts'
import { firstPartRows, type FirstPart } from './record-source.ts'

/** What is kept of a first part to read the file the same way again. */
export interface ColumnarSettings {
  /** Names of class numbers by column. */
  readonly features: JsonValue
  /** Columns that hold pictures, by position. */
  readonly pictures: readonly number[]
}

/** A first part of pictures is cut at this many bytes. */
const firstPictureBytes = 32 * 2 ** 20

export interface ColumnarFile {
  readonly format: SourceFormat
  readonly names: readonly string[]
  readonly features: Features
  /** Rows the file says it has. */
  readonly rows: number
}

/** The first part of a file whose rows come in `blocks`; no more of them are read than needed. */
export async function firstRows(
  file: ColumnarFile,
  blocks: AsyncIterable<readonly RawRow[]>
): Promise<FirstPart> {
  const rows: RawRow[] = []
  const pictures = new Set<number>()
  let bytes = 0
  for await (const block of blocks) {
    for (const row of block) {
      rows.push(row)
      row.cells.forEach((cell, i) => {
        if (!(cell instanceof PictureCell)) return
        pictures.add(i)
        for (const picture of cell.pictures) bytes += picture.bytes?.length ?? 0
      })
    }
    if (rows.length >= firstPartRows || bytes > firstPictureBytes) break
  }
  const settings: ColumnarSettings = {
    features: featuresToJson(file.features),
    pictures: [...pictures]
  }
  return {
    format: file.format,
    names: file.names,
    rows,
    isWhole: rows.length >= file.rows,
    rowsTotal: file.rows,
    bytesRead: 0,
    // Plain lists and texts.
    settings: settings as unknown as JsonValue,
    hints: labelHints(file.features, file.names),
    notes: [],
    sheets: [],
    inForce: {}
  }
}
