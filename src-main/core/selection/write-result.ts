// The "Writing the result" phase: everything a run leaves on disk, so that pages, reports, exports
// and Python users read the same numbers. All per-row arrays are indexed by row of the dataset.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { LivePoint } from '../../api/dto/jobs.ts'
import type { SelectionResult } from '../../api/dto/runs.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import type { Selection, SelectionMethod } from '../methods/method.ts'
import { writeArray } from './array-files.ts'
import type { ChosenSet } from './chosen-set.ts'
import type { FrozenChoice } from './frozen-choice.ts'
import { methodReason, type RowReason } from './result.ts'
import { ruleByte, ruleOfByte, ruleSummary } from './rule-reasons.ts'

/** Votes of a row that was not voted on. */
export const noVotes = 255

export interface PerRow {
  /** Score per row of the dataset; 0 where the method saw nothing. */
  readonly scores: Float32Array
  /** Place of the row in the method's own rows plus 1; 0 = the method did not see it. */
  readonly positions: Uint32Array
  /** 1-based rank in the whole order; 0 for rows that could not be chosen. */
  readonly ranks: Uint32Array
  /** Votes, capped at 254; {@link noVotes} where there are none. */
  readonly votes: Uint8Array
  /** Index into `codes` per row; 0 = out of scope. */
  readonly reasons: Uint8Array
  readonly codes: readonly string[]
  /** Left-out rows in scope: candidates by rank, then the others by row. */
  readonly leftOut: Uint32Array
}

/** Lays a selection out per row of the dataset, with a reason code for every row in scope. */
export function perRowArrays(
  method: SelectionMethod,
  choice: FrozenChoice,
  selection: Selection,
  rows: Uint32Array,
  set: ChosenSet,
  classNames: readonly string[]
): { readonly arrays: PerRow; readonly list: readonly RowReason[] } {
  const items = choice.codes.length
  const scores = new Float32Array(items)
  const positions = new Uint32Array(items)
  const ranks = new Uint32Array(items)
  const votes = new Uint8Array(items).fill(noVotes)
  const voteColumn = selection.columns['votes']
  rows.forEach((row, position) => {
    scores[row] = Number.isFinite(selection.score[position]) ? selection.score[position] : 0
    positions[row] = position + 1
    if (voteColumn !== undefined) votes[row] = Math.min(254, voteColumn[position])
  })
  for (const row of choice.mustKeep) scores[row] = 1
  set.order.forEach((row, i) => (ranks[row] = i + 1))
  const isChosen = new Uint8Array(items)
  for (const row of set.rows) isChosen[row] = 1
  const reasons = new Uint8Array(items)
  const codes = ['none']
  const indexOf = new Map<string, number>()
  const list: RowReason[] = []
  const outside = ruleByte('out-of-scope')
  for (let row = 0; row < items; row++) {
    if (set.codes[row] === outside) continue
    const reason = reasonOf(row)
    let index = indexOf.get(reason.code)
    if (index === undefined) {
      index = codes.length
      codes.push(reason.code)
      indexOf.set(reason.code, index)
    }
    reasons[row] = index
    list.push({ row, ...reason })
  }
  const leftCandidates = set.order.filter((row) => isChosen[row] === 0)
  const excluded = list.flatMap(({ row }) => (choice.codes[row] !== 0 ? [row] : []))
  const leftOut = Uint32Array.from([...leftCandidates, ...excluded])
  return { arrays: { scores, positions, ranks, votes, reasons, codes, leftOut }, list }

  function reasonOf(row: number): { code: string; text: string } {
    const rule = ruleOfByte(set.codes[row])
    if (rule !== 'none') return { code: rule, text: ruleSummary(rule) }
    const label = choice.labels[row] >= 0 ? classNames[choice.labels[row]] : undefined
    const place = ranks[row] - choice.mustKeep.length
    return methodReason(method, selection, positions[row] - 1, place, isChosen[row] === 1, label)
  }
}

export interface ResultFiles {
  readonly folder: string
  readonly arrays: PerRow
  readonly set: ChosenSet
  readonly live: readonly LivePoint[]
  readonly result: SelectionResult
}

/** Writes all files of a result; the result itself last, so that it names only what is there. */
export async function writeResultFiles(files: ResultFiles): Promise<void> {
  const { folder, arrays } = files
  await mkdir(folder, { recursive: true })
  await writeArray(join(folder, 'scores.npy'), arrays.scores)
  await writeArray(join(folder, 'positions.npy'), arrays.positions)
  await writeArray(join(folder, 'ranks.npy'), arrays.ranks)
  await writeArray(join(folder, 'votes.npy'), arrays.votes)
  await writeArray(join(folder, 'reasons.npy'), arrays.reasons)
  await writeArray(join(folder, 'rules.npy'), files.set.codes)
  await writeArray(join(folder, 'order.npy'), files.set.order)
  await writeArray(join(folder, 'chosen.npy'), files.set.rows)
  await writeArray(join(folder, 'left-out.npy'), arrays.leftOut)
  await writeFileAtomic(join(folder, 'reasons.json'), JSON.stringify({ codes: arrays.codes }))
  const metrics = files.live.map((point) => `${JSON.stringify(point)}\n`).join('')
  await writeFileAtomic(join(folder, 'metrics.jsonl'), metrics)
  const manifest = {
    format: 1,
    run: files.result.run,
    name: files.result.name,
    ...files.result.provenance,
    asked: files.result.asked,
    got: files.result.got,
    candidates: files.result.candidates,
    draft: files.result.draft,
    check: files.result.check
  }
  await writeFileAtomic(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}
