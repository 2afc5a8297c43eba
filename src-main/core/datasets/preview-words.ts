// The sentences and the suggested name of a preview.
import { basename } from 'node:path'
import type { ChatShape, ImportPreview, SourceFormat } from '../../api/dto/datasets.ts'

const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars'
}
const encodingNames = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252 (Western European)'
} as const

/** A name for the dataset from the name of its file or folder. */
export function suggestName(path: string): string {
  const plain = basename(path)
    .replace(/\.gz$/i, '')
    .replace(/\.[a-z0-9]{1,6}$/i, '')
    .replace(/[_\s]+/g, ' ')
    .normalize('NFC')
    .trim()
    .slice(0, 80)
  return plain === '' ? 'New data' : plain
}

type Facts = Omit<ImportPreview, 'sentence'>

/** "Looks like a CSV table with a header, separated by semicolons." `size` is that of pictures. */
export function describeReading(facts: Facts, size?: string): string {
  switch (facts.format) {
    case 'image-folder':
    case 'image-zip': {
      const where = facts.format === 'image-zip' ? 'a zip of pictures' : 'a folder of pictures'
      if (facts.items.length === 0)
        return `No pictures were found in ${facts.format === 'image-zip' ? 'this zip' : 'this folder'}.`
      return `Looks like ${where}${labelWords(facts)}.`
    }
    case 'idx':
      return `Looks like IDX arrays of ${size ?? 'small'} pictures${facts.classes.length > 0 ? ` with labels of ${count(facts.classes.length, 'class', 'classes')}` : ' without labels'}${partWords(facts)}.`
    default:
      return facts.shape === null ? recordWords(facts) : shapeWords(facts, facts.shape)
  }
}

const shapeNames: Readonly<Record<ChatShape, string>> = {
  sharegpt: 'ShareGPT conversations',
  llava: 'LLaVA conversations with pictures',
  alpaca: 'Alpaca instructions',
  openai: 'OpenAI messages'
}

/** Format names as people say them. */
const containerNames: Readonly<Partial<Record<SourceFormat, string>>> = {
  csv: 'a CSV table',
  tsv: 'a TSV table',
  jsonl: 'JSON Lines',
  json: 'a JSON file',
  parquet: 'a Parquet file',
  xlsx: 'an Excel workbook',
  arrow: 'an Arrow file',
  'hf-folder': 'a dataset folder'
}

// "Looks like OpenAI messages in JSON Lines, 998 of 1,000 rows."
function shapeWords(facts: Facts, shape: NonNullable<Facts['shape']>): string {
  const where = `in ${containerNames[facts.format] ?? 'a table'}${encodingWords(facts)}`
  const of = `${facts.isComplete ? '' : 'the first '}${shape.of.toLocaleString('en')}`
  return `Looks like ${shapeNames[shape.name]} ${where}, ${shape.matching.toLocaleString('en')} of ${of} rows.`
}

function recordWords(facts: Facts): string {
  const columns = count(facts.columns.length, 'column', 'columns')
  switch (facts.format) {
    case 'jsonl':
      return `Looks like JSON Lines with ${count(facts.columns.length, 'field', 'fields')}${encodingWords(facts)}.`
    case 'json':
      return `Looks like a JSON file of records with ${count(facts.columns.length, 'field', 'fields')}${encodingWords(facts)}.`
    case 'csv':
    case 'tsv':
      return tableWords(facts)
    default: {
      const what = facts.kind === 'images' ? ' with pictures' : ''
      return `Looks like ${containerNames[facts.format] ?? 'a table'} of ${columns}${what}${partWords(facts)}.`
    }
  }
}

function tableWords(facts: Facts): string {
  if (facts.columns.length === 1 && facts.options.hasHeader !== true)
    return `Looks like plain text, one text a line${encodingWords(facts)}.`
  const header = facts.options.hasHeader === true ? 'with a header' : 'without a header'
  const separator = delimiterNames[facts.options.delimiter ?? ','] ?? `“${facts.options.delimiter}”`
  return `Looks like a ${facts.format === 'tsv' ? 'TSV' : 'CSV'} table ${header}, separated by ${separator}${encodingWords(facts)}.`
}

function labelWords(facts: Facts): string {
  if (facts.classes.length === 0) return `, without labels${partWords(facts)}`
  return ` in ${count(facts.classes.length, 'folder', 'folders')}, one for each label${partWords(facts)}`
}

function partWords(facts: Facts): string {
  if (facts.splits.length === 0) return ''
  return `, already split into ${facts.splits.map((split) => split.name).join(' and ')}`
}

// UTF-8 is what people expect; anything else is said.
function encodingWords(facts: Facts): string {
  const { encoding } = facts.options
  return encoding === null || encoding === 'utf-8' ? '' : `, written in ${encodingNames[encoding]}`
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`
}
