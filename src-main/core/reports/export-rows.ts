// Rows of items.csv, items.jsonl and left-out.csv, read page by page from a finished run.
import type { RunItem, RunItemsPage, RunItemsRequest, SelectionResult } from '../../api/dto/runs.ts'
import { csvLine } from './csv.ts'

/** What reports read from finished selections. */
export interface SelectionReader {
  result(run: string): SelectionResult
  items(request: RunItemsRequest): RunItemsPage | Promise<RunItemsPage>
}

const pageSize = 500

/** All items of one part of a run, in rank order, page by page. */
export async function* runItems(
  reader: SelectionReader,
  run: string,
  part: 'chosen' | 'left-out'
): AsyncGenerator<readonly RunItem[], void, void> {
  let cursor: string | null = null
  do {
    const page: RunItemsPage = await reader.items({
      run,
      part,
      label: null,
      reasonCode: null,
      votes: null,
      page: { cursor, limit: pageSize }
    })
    if (page.items.length > 0) yield page.items
    cursor = page.next
  } while (cursor !== null)
}

export const csvHeader = [
  'id',
  'path',
  'label',
  'split',
  'rank',
  'score',
  'votes',
  'reason_code',
  'reason',
  'original'
] as const

/** One line of items.csv; `path` is relative to the exported folder, "" when there is no file. */
export function csvRow(item: RunItem, path: string, spreadsheetSafe: boolean): string {
  return csvLine(
    [
      item.item.key,
      path,
      item.item.label,
      item.item.split,
      item.rank,
      Number(item.score.toPrecision(7)),
      item.votes,
      item.reasonCode,
      item.reason,
      item.item.name
    ],
    spreadsheetSafe
  )
}

/** The same facts as {@link csvRow} for programs. */
export function jsonRow(item: RunItem, path: string): Record<string, unknown> {
  return {
    id: item.item.key,
    path,
    label: item.item.label,
    split: item.item.split,
    rank: item.rank,
    score: item.score,
    votes: item.votes,
    reason_code: item.reasonCode,
    reason: item.reason,
    original: item.item.name
  }
}
