// A finding as a check makes it: rows with strengths, and the few facts its sentences are made of.
// Sentences are written when a report is asked for, from the counts of that moment.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { DataKind } from '../../../api/dto/datasets.ts'
import type { FindingKind } from '../../../api/dto/health.ts'
import type { AlikeGroups } from '../likeness/groups.ts'
import type { WrongLabels } from '../labels/wrong-labels-task.ts'
import type { HealthColumns, HealthPlan } from '../plan-task.ts'

export type Facts = Readonly<Record<string, JsonValue>>

/** Numbers behind the reason of each row, and texts for the first rows. */
export interface Reasons {
  readonly width: number
  /** rows x width. */
  readonly values: Float32Array
  /** For the first rows only, so that a finding stays small; "" = none. */
  readonly texts: readonly string[]
}

export interface FindingDraft {
  readonly kind: FindingKind
  readonly facts: Facts
  readonly rows: Uint32Array
  readonly groups: Uint32Array
  readonly best: Uint8Array
  readonly scores: Float32Array
  readonly suggested: Int32Array
  readonly reasons: Reasons | undefined
}

/** A check that could not run. */
export interface NotRun {
  readonly title: string
  readonly reason: string
}

/** What checks work on. */
export interface CheckData {
  readonly kind: DataKind
  readonly columns: HealthColumns
  readonly plan: HealthPlan
  readonly classNames: readonly string[]
  /** Files or rows that could not be read at import. */
  readonly skipped: number
  /** Pictures: items x lookColumns. */
  readonly looks: Float32Array | undefined
  /** Texts: items x textNumbers, items x textKeys, and masked finds by row. */
  readonly texts:
    | {
        readonly numbers: Float32Array
        readonly keys: Uint32Array
        readonly finds: ReadonlyMap<
          number,
          { readonly secrets: readonly string[]; readonly personal: readonly string[] }
        >
      }
    | undefined
  readonly near: AlikeGroups | undefined
  /** Least likeness of near-duplicates, and for pictures the expected share of false pairs. */
  readonly nearFacts: Facts
  /** Mean distance of rows to their neighbours; NaN where it is not known. */
  readonly distances: Float32Array | undefined
  readonly wrong: WrongLabels | undefined
  /** A number per row for its value in the group column; 0 = none. */
  readonly groupIds: Uint32Array | undefined
  readonly groupColumn: string | undefined
}

const noGroups = new Uint32Array(0)
const noBest = new Uint8Array(0)
const noSuggestions = new Int32Array(0)

/** One row of a finding without groups. */
export interface FlatRow {
  readonly row: number
  readonly score01: number
  readonly reason?: readonly number[]
  readonly text?: string
}

/** Rows whose reason is kept as a text. */
const textsMost = 20_000

/** A finding without groups; its rows are put strongest first. */
export function flatFinding(
  kind: FindingKind,
  found: readonly FlatRow[],
  facts: Facts = {}
): FindingDraft {
  const sorted = [...found].sort((a, b) => b.score01 - a.score01 || a.row - b.row)
  const width = sorted[0]?.reason?.length ?? 0
  const values = new Float32Array(sorted.length * width)
  sorted.forEach((it, i) => values.set(it.reason ?? [], i * width))
  const hasTexts = sorted.some((it) => it.text !== undefined)
  const texts = hasTexts ? sorted.slice(0, textsMost).map((it) => it.text ?? '') : []
  return {
    kind,
    facts,
    rows: Uint32Array.from(sorted, (it) => it.row),
    groups: noGroups,
    best: noBest,
    scores: Float32Array.from(sorted, (it) => Math.max(0, Math.min(1, it.score01))),
    suggested: noSuggestions,
    reasons: width > 0 || hasTexts ? { width, values, texts } : undefined
  }
}

/** One member of a group. */
export interface GroupRow {
  readonly row: number
  readonly isBest: boolean
  readonly score01: number
  readonly suggested?: number
}

/** A finding of groups; groups come strongest first, members best first. */
export function groupFinding(
  kind: FindingKind,
  groups: readonly (readonly GroupRow[])[],
  facts: Facts = {}
): FindingDraft {
  const strength = (group: readonly GroupRow[]): number =>
    Math.max(...group.map((it) => it.score01))
  const sorted = groups
    .map((members) => ({
      members: [...members].sort(
        (a, b) => Number(b.isBest) - Number(a.isBest) || b.score01 - a.score01 || a.row - b.row
      ),
      strength: strength(members)
    }))
    .sort((a, b) => b.strength - a.strength || a.members[0].row - b.members[0].row)
  const flat = sorted.flatMap(({ members }, group) => members.map((it) => ({ ...it, group })))
  const hasSuggestions = flat.some((it) => it.suggested !== undefined)
  return {
    kind,
    facts,
    rows: Uint32Array.from(flat, (it) => it.row),
    groups: Uint32Array.from(flat, (it) => it.group),
    best: Uint8Array.from(flat, (it) => Number(it.isBest)),
    scores: Float32Array.from(flat, (it) => it.score01),
    suggested: hasSuggestions ? Int32Array.from(flat, (it) => it.suggested ?? -1) : noSuggestions,
    reasons: undefined
  }
}

/** Groups of rows that share a key, of two members at least, in the order of their first rows. */
export function groupsBy(
  rows: Iterable<number>,
  keyOf: (row: number) => number
): readonly (readonly number[])[] {
  const first = new Map<number, number>()
  const groups = new Map<number, number[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const known = groups.get(key)
    if (known !== undefined) known.push(row)
    else {
      const before = first.get(key)
      // Most keys are met once: an array for each would be a million arrays.
      if (before === undefined) first.set(key, row)
      else groups.set(key, [before, row])
    }
  }
  return [...groups.values()]
}
