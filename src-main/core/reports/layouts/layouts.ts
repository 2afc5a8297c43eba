// The layouts an export can have beside its lists: which are possible for this data, why others are
// not, about how large they are, and what writes them.
import type { ExportLayout, LayoutChoice } from '../../../api/dto/exports.ts'
import type { RunItem, SelectionResult } from '../../../api/dto/runs.ts'
import { AppError } from '../../../api/errors.ts'
import type { JsonValue } from '../../../api/dto/common.ts'
import type { ItemSource } from '../../datasets/item-source.ts'
import { sourcePositions } from '../../datasets/source-positions.ts'
import type { ComputePool } from '../../jobs/compute-task.ts'
import type { DatasetRecord, Store, StoredItem } from '../../store/records.ts'
import type { OpenPart } from '../export-part.ts'
import type { ValueColumn } from '../export-rows.ts'
import { arraysPart } from './arrays-part.ts'
import { chatPart } from './chat-part.ts'
import { epochsPart, type Passes } from './epochs-part.ts'
import { parquetPart } from './parquet-part.ts'
import { pictureFolderPart } from './picture-folder-part.ts'
import { recordsPart } from './records-part.ts'
import { rowsPart } from './rows-part.ts'

/** Largest array of pictures: what a small computer can load at once. */
export const arrayBytesMost = 4 * 2 ** 30

/** Everything known about an export before it starts. */
export interface LayoutFacts {
  readonly record: DatasetRecord
  readonly result: SelectionResult
  /** Passes of a run that has several lists. */
  readonly passes: Pick<Passes, 'count'> | undefined
  /** Width and height that all chosen pictures share; undefined when they differ. */
  readonly pictureSize: { readonly width: number; readonly height: number } | undefined
}

const notChat = 'The data holds no conversations.'
const notPictures = 'The items are no pictures.'

/** Every layout with what can be said of it for this data. */
export function layoutChoices(facts: LayoutFacts): LayoutChoice[] {
  const { record, result, passes } = facts
  const share = record.items === 0 ? 0 : result.got / record.items
  const dataBytes = record.kind === 'images' ? 0 : record.sizeBytes * share
  const listBytes = result.got * 120
  const chat = (layout: ExportLayout): LayoutChoice =>
    choice(layout, chatReason(record, layout), dataBytes)
  return [
    choice('parquet', undefined, (listBytes + dataBytes) * 0.6),
    choice('records', record.shape === undefined ? notChat : undefined, dataBytes),
    chat('openai'),
    chat('sharegpt'),
    chat('alpaca'),
    choice('hf-folder', record.kind === 'images' ? undefined : notPictures, result.got * 80),
    choice('arrays', arraysReason(facts), arrayBytes(facts)),
    choice('rows', undefined, result.got * 8),
    choice(
      'epochs',
      passes === undefined ? 'The method draws one list only.' : undefined,
      (passes?.count ?? 0) * result.got * 40
    )
  ]
}

function choice(layout: ExportLayout, reason: string | undefined, sizeBytes: number): LayoutChoice {
  return {
    layout,
    isPossible: reason === undefined,
    reason: reason ?? null,
    sizeBytes: reason === undefined ? Math.round(sizeBytes) : 0
  }
}

function chatReason({ shape }: DatasetRecord, layout: ExportLayout): string | undefined {
  if (shape === undefined) return notChat
  const isSame = shape === layout || (shape === 'llava' && layout === 'sharegpt')
  return isSame ? 'The original records already have this form.' : undefined
}

function arraysReason(facts: LayoutFacts): string | undefined {
  if (facts.record.kind !== 'images') return notPictures
  if (facts.pictureSize === undefined) return 'The pictures are not all of one size.'
  return arrayBytes(facts) > arrayBytesMost
    ? 'The pictures take more than 4 GB as arrays.'
    : undefined
}

function arrayBytes({ result, pictureSize }: LayoutFacts): number {
  return pictureSize === undefined ? 0 : result.got * pictureSize.width * pictureSize.height * 3
}

/** What writing the layouts works with. */
export interface LayoutWork extends Omit<LayoutFacts, 'passes'> {
  readonly passes: Passes | undefined
  readonly store: Store
  readonly source: ItemSource
  /** Absolute path of the source file; undefined when it is no single file. */
  readonly sourceFile: string | undefined
  readonly pool: ComputePool
  readonly signal: AbortSignal
  readonly columns: readonly ValueColumn[]
  readonly appVersion: string
  readonly spreadsheetSafe: boolean
  readonly indentRecords: boolean
  stored(row: number): StoredItem
  values(item: RunItem): readonly JsonValue[]
  note(text: string): void
  breathe(): Promise<void>
}

/**
 * What writes the asked layouts. Throws AppError "invalid-input" for one that is not possible, or
 * when row numbers of the source cannot be told.
 */
export async function layoutParts(
  asked: readonly ExportLayout[],
  work: LayoutWork
): Promise<OpenPart[]> {
  const choices = new Map(layoutChoices(work).map((one) => [one.layout, one]))
  const parts: OpenPart[] = []
  for (const layout of new Set(asked)) {
    const found = choices.get(layout)
    if (found?.isPossible !== true)
      throw new AppError(
        'invalid-input',
        `This layout is not possible. ${found?.reason ?? 'It is for tiny training sets.'}`.trim()
      )
    parts.push(await openLayout(layout, work))
  }
  return parts
}

async function openLayout(layout: ExportLayout, work: LayoutWork): Promise<OpenPart> {
  const { record, passes, store } = work
  const shape = record.shape ?? 'llava'
  switch (layout) {
    case 'parquet':
      return parquetPart({ ...work, columns: parquetColumns(work) })
    case 'records':
      return recordsPart(
        {
          ...work,
          source: work.sourceFile,
          isIndented: work.indentRecords,
          onStored: (count) =>
            work.note(
              `${count.toLocaleString('en')} records were not found in the source as they were; they are written as they were when the data was added.`
            )
        },
        shape
      )
    case 'openai':
    case 'sharegpt':
    case 'alpaca':
      return chatPart(layout, {
        ...work,
        shape,
        onLeftOut: (form, count) =>
          work.note(
            `${count.toLocaleString('en')} conversations do not fit this form; training/${form}-not-written.csv says why.`
          )
      })
    case 'hf-folder':
      return pictureFolderPart(work.spreadsheetSafe)
    case 'arrays':
      return arraysPart({
        ...(work.pictureSize ?? { width: 0, height: 0 }),
        count: work.result.got,
        isUniform: record.format === 'idx' && record.addedSources.length === 0,
        classNames: record.classNames,
        picture: async ({ item }) =>
          (await work.source.readImageBytes(work.stored(item.row).locator)).bytes
      })
    case 'rows':
      return rowsPart(await sourcePositions(store, record))
    case 'epochs':
      return epochsPart({
        passes: passes ?? { count: 0, rows: () => new Uint32Array(0) },
        positions: await sourcePositions(store, record),
        keysOf: (rows) => Array.from(rows, (row) => work.stored(row).key),
        breathe: work.breathe
      })
    case 'npy':
    case 'safetensors':
      // Not among the choices above.
      throw new AppError('invalid-input', 'This layout is for tiny training sets.')
  }
}

/** Columns with numbers as numbers, and lists or objects as JSON. */
function parquetColumns({
  columns,
  record
}: LayoutWork): Parameters<typeof parquetPart>[0]['columns'] {
  return columns.map((column) => {
    const known = record.columns.find(({ name }) => name === column.source)
    if (known?.role === 'number') return { ...column, kind: 'number' as const }
    const isText = known === undefined || (known.role !== 'chat' && known.type === 'text')
    return { ...column, kind: isText ? ('text' as const) : ('json' as const) }
  })
}
