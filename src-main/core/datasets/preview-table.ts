// The preview of a CSV, TSV or JSON Lines file: exact when its first part is all of it.
import { stat } from 'node:fs/promises'
import type {
  ImportOptions,
  ImportPreview,
  ImportProblem,
  PreviewItem
} from '../../api/dto/datasets.ts'
import { describeReading, suggestName } from './preview-words.ts'
import { cellText } from './readers/column-stats.ts'
import type { RawRow } from './readers/raw-row.ts'
import { compareNaturally } from './readers/reader.ts'
import { createRowMapper, labelOf } from './readers/row-mapper.ts'
import { partOf } from './readers/split-names.ts'
import { readFirstPart, type FirstPart } from './readers/table-file.ts'
import { tableFormat } from './readers/table-reader.ts'
import type { Recognised } from './recognise.ts'

const rowsShown = 12
const problemsShown = 200
const classesShown = 1000
const textShown = 300
const valueShown = 120

/** The preview of a recognised table. Errors as the readers throw them. */
export async function previewTable(
  found: Extract<Recognised, { kind: 'table' }>,
  options: ImportOptions
): Promise<ImportPreview> {
  const part = await readFirstPart(found.source, options)
  const { guess, settings } = part
  const { size } = await stat(found.path)
  const label = guess.columns.findIndex((column) => column.role === 'label')
  const split = guess.columns.findIndex((column) => column.role === 'split')
  const classes = new Map<string, number>()
  const splits = new Map<string, number>()
  const good: RawRow[] = []
  const problems: ImportProblem[] = []
  const map = createRowMapper({
    columns: guess.columns,
    decimals: settings.decimals,
    kind: guess.kind,
    classNames: [],
    hasTest: true,
    hasParts: true
  })
  for (const row of part.rows) {
    const made = row.problem ?? map(row, 0, (digest) => digest)
    if (typeof made === 'string') {
      if (problems.length < problemsShown)
        problems.push({ where: `Row ${row.number}`, reason: made })
      continue
    }
    good.push(row)
    if (label !== -1) tally(classes, labelOf(row.cells[label]))
    if (split !== -1) tally(splits, partOf(cellText(row.cells[split] ?? '')))
  }
  const facts = {
    format: tableFormat(settings),
    kind: guess.kind,
    suggestedName: suggestName(found.path),
    columns: [...guess.columns],
    items: good.slice(0, rowsShown).map((row) => toItem(row, part)),
    itemsEstimate: part.isWhole
      ? good.length
      : Math.round((good.length * size) / Math.max(1, part.bytesRead)),
    isComplete: part.isWhole,
    classes: listed(classes).slice(0, classesShown),
    splits: listed(splits),
    sizeBytes: size,
    problems,
    options: inForce(found, part, options)
  }
  return { ...facts, sentence: describeReading(facts) }
}

// What was guessed of roles and kind stays a guess (the columns tell it), so that a later change
// of one option is not held back by the guesses made before it. The encoding stays open while only
// ASCII was seen, so that the import still finds it itself.
function inForce(
  found: Extract<Recognised, { kind: 'table' }>,
  part: FirstPart,
  options: ImportOptions
): ImportOptions {
  const { settings } = part
  return {
    ...options,
    delimiter: settings.csv?.delimiter ?? null,
    encoding: found.isEncodingCertain ? settings.encoding : options.encoding,
    hasHeader: settings.csv === undefined ? null : settings.hasHeader
  }
}

function toItem(row: RawRow, part: FirstPart): PreviewItem {
  const { columns } = part.guess
  const at = (role: string): number => columns.findIndex((column) => column.role === role)
  const [label, split, text] = [at('label'), at('split'), at('text')]
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
    text: text === -1 ? null : cellText(row.cells[text] ?? '').slice(0, textShown),
    thumbnail: null,
    values: Object.fromEntries(shown)
  }
}

function tally(counts: Map<string, number>, name: string | undefined): void {
  if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
}

function listed(counts: ReadonlyMap<string, number>): { name: string; count: number }[] {
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => compareNaturally(a.name, b.name))
}
