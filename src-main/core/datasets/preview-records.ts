// The preview of any source of records: exact when its first part is all of it.
import type {
  ColumnInfo,
  ImportOptions,
  ImportPreview,
  ImportProblem,
  PreviewItem
} from '../../api/dto/datasets.ts'
import {
  listCounts,
  plainPreview,
  previewItems,
  previewProblems,
  smallPicture,
  tally
} from './preview-parts.ts'
import { describeReading, suggestName } from './preview-words.ts'
import { readChat, transcript } from './chat/read-chat.ts'
import { cellText } from './readers/column-stats.ts'
import { whereOf, type Cell, type RawRow } from './readers/raw-row.ts'
import { createRowCheck, labelOf } from './readers/row-mapper.ts'
import { partOf } from './readers/split-names.ts'
import { PictureCell } from './readers/records/picture-cell.ts'
import { createIdCheck } from './readers/records/id-check.ts'
import { guessRecords, type RecordGuess } from './readers/records/record-guess.ts'
import type { FirstPart, RecordSource } from './readers/records/record-source.ts'
import { openPictureReader } from './record-pictures.ts'
import { lookUp } from './readers/records/record-reader.ts'
import { createFindPictures, type FindPictures } from './readers/records/row-pictures.ts'
import { pictureSizes } from './families/record-copy.ts'

const classesShown = 1000
const textShown = 300
const valueShown = 120
// Rows whose pictures are opened for a quick look.
const picturesChecked = 200

/** The preview of a source. Errors as it throws them. */
export async function previewRecords(
  source: RecordSource,
  options: ImportOptions
): Promise<ImportPreview> {
  const part = await source.first(options)
  const guess = await guessRecords(source, part, options)
  const { sizeBytes } = await source.facts()
  const findPictures = createFindPictures({
    columns: guess.columns,
    kind: guess.kind,
    baseFolder: source.baseFolder,
    folders: guess.folders
  })
  const { good, problems } = await sortRows(part, guess, findPictures)
  const { classes, splits } = countLabels(good, guess.columns)
  const readable = part.rows.filter((row) => row.problem === undefined).length
  const itemsEstimate = estimate(part, good.length, readable, sizeBytes)
  const facts = {
    ...plainPreview,
    format: part.format,
    kind: guess.kind,
    suggestedName: suggestName(source.path),
    shape:
      guess.shape === null
        ? null
        : { name: guess.shape.shape, matching: guess.shape.matching, of: guess.shape.of },
    sheets: [...part.sheets],
    notes: [...part.notes, ...guess.notes, ...idNotes(part, guess)],
    columns: [...guess.columns],
    items: await toItems(good.slice(0, previewItems), source, guess, findPictures),
    itemsEstimate,
    isComplete: part.isWhole,
    classes: listCounts(classes).slice(0, classesShown),
    splits: listCounts(splits),
    sizeBytes,
    copyBytes: sizeBytes + (await pictureSizes(source, part, guess, itemsEstimate)),
    problems,
    options: { ...options, ...part.inForce }
  }
  return { ...facts, sentence: describeReading(facts) }
}

function idNotes(part: FirstPart, guess: RecordGuess): string[] {
  const id = guess.columns.findIndex((column) => column.role === 'id')
  if (id === -1) return []
  const ids = createIdCheck()
  for (const row of part.rows) if (row.problem === undefined) ids.add(row.cells[id])
  return [ids.note(guess.columns[id].name) ?? []].flat()
}

function estimate(part: FirstPart, good: number, readable: number, sizeBytes: number): number {
  if (part.isWhole) return good
  const share = good / Math.max(1, part.rows.length)
  if (part.rowsTotal !== undefined) return Math.round(part.rowsTotal * share)
  return readable === 0 ? 0 : Math.round((good * sizeBytes) / Math.max(1, part.bytesRead))
}

interface SortedRows {
  readonly good: readonly RawRow[]
  readonly problems: ImportProblem[]
}

async function sortRows(
  part: FirstPart,
  guess: RecordGuess,
  findPictures: FindPictures | undefined
): Promise<SortedRows> {
  const check = createRowCheck(guess)
  const good: RawRow[] = []
  const problems: ImportProblem[] = []
  const looked =
    findPictures === undefined
      ? []
      : await lookUp(part.rows.slice(0, picturesChecked), findPictures)
  for (const [i, row] of part.rows.entries()) {
    const picture = looked[i]
    const reason =
      row.problem ?? check(row.cells) ?? (typeof picture === 'string' ? picture : undefined)
    if (reason === undefined) good.push(row)
    else if (problems.length < previewProblems) problems.push({ where: whereOf(row), reason })
  }
  return { good, problems }
}

function placeOf(columns: readonly ColumnInfo[], role: string): number {
  return columns.findIndex((column) => column.role === role)
}

function countLabels(
  rows: readonly RawRow[],
  columns: readonly ColumnInfo[]
): { classes: Map<string, number>; splits: Map<string, number> } {
  const [label, split] = [placeOf(columns, 'label'), placeOf(columns, 'split')]
  const classes = new Map<string, number>()
  const splits = new Map<string, number>()
  for (const row of rows) {
    if (label !== -1) tally(classes, labelOf(row.cells[label]))
    if (split !== -1) tally(splits, partOf(cellText(row.cells[split] ?? '')))
  }
  return { classes, splits }
}

async function toItems(
  rows: readonly RawRow[],
  source: RecordSource,
  guess: RecordGuess,
  findPictures: FindPictures | undefined
): Promise<PreviewItem[]> {
  const looked = findPictures === undefined ? [] : await lookUp(rows, findPictures)
  const reader = openPictureReader(source.baseFolder)
  try {
    const items: PreviewItem[] = []
    for (const [i, row] of rows.entries()) {
      const found = looked[i]
      const locator = typeof found === 'object' ? found.locators[0] : undefined
      const bytes =
        locator === undefined ? undefined : await reader.read(locator).catch(() => undefined)
      items.push(toItem(row, guess, bytes === undefined ? null : await smallPicture(bytes)))
    }
    return items
  } finally {
    await reader.close()
  }
}

function toItem(row: RawRow, guess: RecordGuess, thumbnail: PreviewItem['thumbnail']): PreviewItem {
  const { columns, shape } = guess
  const [label, split] = [placeOf(columns, 'label'), placeOf(columns, 'split')]
  const shown = columns.flatMap((column, i): [string, string][] => {
    const value = row.cells[i]
    return value === undefined || value === null
      ? []
      : [[column.name, cellText(value).slice(0, valueShown)]]
  })
  return {
    name: `Row ${row.number}`,
    label: label === -1 ? null : (labelOf(row.cells[label]) ?? null),
    split: split === -1 ? null : (partOf(cellText(row.cells[split] ?? '')) ?? null),
    text: shape === null ? plainText(row, columns) : chatText(row, guess),
    thumbnail,
    values: Object.fromEntries(shown)
  }
}

function plainText(row: RawRow, columns: readonly ColumnInfo[]): string | null {
  const places = columns.flatMap(({ role }, i) => (role === 'text' || role === 'chat' ? [i] : []))
  if (places.length === 0) return null
  const texts = places.map((i) => cellText(row.cells[i] ?? '').slice(0, textShown))
  return texts
    .filter((text) => text !== '')
    .join('\n')
    .slice(0, textShown)
}

function chatText(row: RawRow, { columns, shape }: RecordGuess): string | null {
  if (shape === null) return null
  const values = columns.map(({ name }, i) => [name, plainCell(row.cells[i])] as const)
  return transcript(readChat(Object.fromEntries(values), shape.shape)).slice(0, textShown)
}

function plainCell(cell: Cell): Exclude<Cell, PictureCell | undefined> {
  return cell instanceof PictureCell ? cell.names() : (cell ?? null)
}
