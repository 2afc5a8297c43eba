// Pages of a run's chosen and left-out items with rank, score, votes and a reason in words. Reads
// the files the run left; their order never changes, so a position always means the same item.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { ItemRow } from '../../api/dto/datasets.ts'
import type { RunItem, RunItemsPage, RunItemsRequest, SelectDraft } from '../../api/dto/runs.ts'
import { itemRows, toItemRow } from '../datasets/item-row.ts'
import type { SelectionMethod } from '../methods/method.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { readArrayOf } from './array-files.ts'
import { classLimits, sourceLimits } from './chosen-set.ts'
import { loadCoverage, type SavedCoverage } from './coverage.ts'
import { evidenceOf, type Evidence } from './evidence.ts'
import { loadChoice, type FrozenChoice } from './frozen-choice.ts'
import { methodReason } from './result.ts'
import { ruleOfByte, ruleSentence } from './rule-reasons.ts'
import { whyNotAdded } from './revise.ts'
import { loadSelection, type SavedSelection } from './selection-files.ts'
import { noVotes } from './write-result.ts'

/** A finished run read back from its folder. */
export interface LoadedRun {
  readonly choice: FrozenChoice
  readonly selection: SavedSelection
  readonly scores: Float32Array
  readonly positions: Uint32Array
  readonly ranks: Uint32Array
  readonly votes: Uint8Array
  readonly rules: Uint8Array
  readonly reasons: Uint8Array
  readonly codes: readonly string[]
  readonly chosen: Uint32Array
  readonly isChosen: Uint8Array
  readonly leftOut: Uint32Array
  /** Undefined for runs whose coverage was not worked out yet. */
  readonly coverage: SavedCoverage | undefined
}

const ReasonsFile = z.strictObject({ codes: z.array(z.string()) })

/** Reads a run's files. Throws AppError "file-damaged" when one is missing or broken. */
export async function loadRun(folder: string): Promise<LoadedRun> {
  const chosen = await readArrayOf(join(folder, 'chosen.npy'), 'u4')
  const choice = await loadChoice(join(folder, 'choice'))
  const isChosen = new Uint8Array(choice.codes.length)
  for (const row of chosen) isChosen[row] = 1
  return {
    choice,
    chosen,
    isChosen,
    selection: await loadSelection(join(folder, 'chosen')),
    scores: await readArrayOf(join(folder, 'scores.npy'), 'f4'),
    positions: await readArrayOf(join(folder, 'positions.npy'), 'u4'),
    ranks: await readArrayOf(join(folder, 'ranks.npy'), 'u4'),
    votes: await readArrayOf(join(folder, 'votes.npy'), 'u1'),
    rules: await readArrayOf(join(folder, 'rules.npy'), 'u1'),
    reasons: await readArrayOf(join(folder, 'reasons.npy'), 'u1'),
    leftOut: await readArrayOf(join(folder, 'left-out.npy'), 'u4'),
    coverage: await loadCoverage(folder),
    codes: ReasonsFile.parse(JSON.parse(await readFile(join(folder, 'reasons.json'), 'utf8'))).codes
  }
}

/** The reason of one row of a loaded run, as a sentence. `twin` is the name of what it repeats. */
export function reasonSentence(
  run: LoadedRun,
  row: number,
  method: SelectionMethod,
  draft: SelectDraft,
  classNames: readonly string[],
  twin: string | undefined
): string {
  const rule = ruleOfByte(run.rules[row])
  const label = run.choice.labels[row] >= 0 ? classNames[run.choice.labels[row]] : undefined
  if (rule !== 'none') {
    return ruleSentence(rule, {
      label,
      twin,
      isTwinChosen: run.isChosen[run.choice.twins[row]] === 1,
      similarity01: run.choice.alike[row],
      minimum: classLimits(draft, classNames).get(run.choice.labels[row])?.min,
      ...sourceDetail(run.choice, row, draft)
    })
  }
  const place = run.ranks[row] - run.choice.mustKeep.length
  return methodReason(
    method,
    run.selection,
    run.positions[row] - 1,
    place,
    run.isChosen[row] === 1,
    label
  ).text
}

function sourceDetail(
  { sources }: FrozenChoice,
  row: number,
  draft: SelectDraft
): { source?: string; sourceMinimum?: number } {
  const source = sources?.ids[row] ?? -1
  if (sources === undefined || source < 0) return {}
  const minimum = sourceLimits(draft, sources.names).get(source)?.min ?? 0
  return { source: sources.names[source], sourceMinimum: minimum }
}

export interface RunItemsSource {
  readonly store: Store
  readonly dataset: DatasetRecord
  readonly draft: SelectDraft
  readonly method: SelectionMethod
  readonly run: LoadedRun
}

/** Rows of a part that pass the request's filters, with their places in the part. */
function matching(
  source: RunItemsSource,
  request: RunItemsRequest
): { rows: Uint32Array; places: Uint32Array } {
  const { run } = source
  const base = request.part === 'chosen' ? run.chosen : run.leftOut
  const label =
    request.label === null ? undefined : source.dataset.classNames.indexOf(request.label)
  const reason = request.reasonCode === null ? undefined : run.codes.indexOf(request.reasonCode)
  const rows: number[] = []
  const places: number[] = []
  base.forEach((row, place) => {
    if (label !== undefined && (label < 0 || run.choice.labels[row] !== label)) return
    if (reason !== undefined && run.reasons[row] !== reason) return
    if (request.votes !== null && run.votes[row] !== request.votes) return
    rows.push(row)
    places.push(place)
  })
  return { rows: Uint32Array.from(rows), places: Uint32Array.from(places) }
}

/** A window of a part's items, by position; past its end there are none. */
export function runItemsPage(source: RunItemsSource, request: RunItemsRequest): RunItemsPage {
  const { run, store, dataset } = source
  const { rows, places } = matching(source, request)
  const start = Math.min(rows.length, request.window.first)
  const end = Math.min(rows.length, start + request.window.limit)
  const wanted = [...rows.subarray(start, end)]
  const twins = wanted.map((row) => run.choice.twins[row])
  const beside = wanted.map((row) => evidenceOf(run, row))
  const others = [...twins, ...beside.flatMap((evidence) => evidence?.row ?? [])]
  const named = new Map(itemRows(store, dataset, new Set(others)).map((item) => [item.row, item]))
  const tags = store.items.tagsOf(dataset.id, wanted)
  const items = new Map(store.items.rows(dataset.id, wanted).map((item) => [item.row, item]))
  const page = wanted.flatMap((row, i): RunItem[] => {
    const item = items.get(row)
    if (item === undefined) return []
    const twin = twins[i] === row ? undefined : named.get(twins[i])?.name
    return [
      {
        item: toItemRow(item, dataset, tags[i]),
        rank: run.isChosen[row] === 1 ? places[start + i] + 1 : null,
        score: run.scores[row],
        votes: run.votes[row] === noVotes ? null : run.votes[row],
        reasonCode: run.codes[run.reasons[row]] ?? 'none',
        reason: reasonSentence(run, row, source.method, source.draft, dataset.classNames, twin),
        evidence: shownEvidence(beside[i], named),
        whyFixed: run.isChosen[row] === 1 ? null : whyNotAdded(run.rules[row])
      }
    ]
  })
  return { items: page, total: rows.length }
}

/** The item beside a reason as it is shown; null where there is none, or it is gone. */
function shownEvidence(
  evidence: Evidence | undefined,
  items: ReadonlyMap<number, ItemRow>
): RunItem['evidence'] {
  const item = evidence && items.get(evidence.row)
  if (evidence === undefined || item === undefined) return null
  return { item, similarity01: evidence.similarity01, kind: evidence.kind }
}
