// What every method over sources hands back: the order, what each source gives, and the sentence for
// every row.
import { scoresFrom } from '../selection/icons/result.ts'
import type { ExplainInputs, MethodContext, Reason, Selection, SelectionInputs } from '../method.ts'
import { drawByShares } from './draw.ts'
import { sizeShares, type SourceGroups } from './source-groups.ts'

/** One source on the result page. */
export interface SourceShare {
  readonly name: string
  /** Candidates it has. */
  readonly items: number
  /** Its share of the candidates, 0..1. */
  readonly before: number
  /** Share of the chosen set the method asked for, 0..1. */
  readonly asked: number
  /** Chosen items of it. */
  readonly kept: number
}

/** What every method over sources stores as `info`; methods add their own measurements. */
export interface MixtureInfo extends Record<string, unknown> {
  readonly kind: 'mixture'
  readonly sources: readonly SourceShare[]
}

export interface MixtureOutcome {
  readonly groups: SourceGroups
  /** One per source, 0..1. */
  readonly shares: readonly number[]
  readonly summary: Selection['summary']
  readonly details: Readonly<Record<string, unknown>>
  readonly notes: readonly string[]
}

/** Draws the set and puts the result together. */
export function toSelection(
  { seed }: Pick<MethodContext, 'seed'>,
  inputs: SelectionInputs,
  { groups, shares, summary, details, notes }: MixtureOutcome
): Selection {
  const { order, kept } = drawByShares(inputs, groups, shares, seed)
  const before = sizeShares(groups)
  const sources = groups.names.map((name, i): SourceShare => ({
    name,
    items: groups.sizes[i],
    before: before[i],
    asked: shares[i],
    kept: kept[i]
  }))
  const info: MixtureInfo = { ...details, kind: 'mixture', sources }
  return {
    order,
    got: inputs.budget,
    score: scoresFrom(order),
    summary,
    tieShare: 0,
    columns: { source: groups.of },
    info,
    notes: [...notes, ...drawNotes(sources, groups, inputs.budget)]
  }
}

function drawNotes(
  sources: readonly SourceShare[],
  { unknown, sizes, names }: SourceGroups,
  budget: number
): string[] {
  const notes: string[] = []
  const short = sources.filter(
    ({ items, kept, asked }) => kept === items && asked * budget >= items + 1
  )
  if (short.length > 0)
    notes.push(
      `${short.map(({ name }) => `"${name}"`).join(', ')}: all items were taken and still fewer than its share; the other sources gave the rest.`
    )
  if (unknown >= 0)
    notes.push(
      `${count(sizes[unknown])} without a source were treated as one source, "${names[unknown]}".`
    )
  return notes
}

function count(items: number): string {
  return `${items.toLocaleString('en-US')} ${items === 1 ? 'item' : 'items'}`
}

/** A share as people read it. */
export function percent(share: number): string {
  const value = 100 * share
  if (value > 0 && value < 0.1) return 'under 0.1 %'
  return `${value >= 10 || value === 0 ? Math.round(value) : Number(value.toFixed(1))} %`
}

/** The sentence of one row, for all methods over sources. */
export function explainBySource({ row, isChosen, columns, info }: ExplainInputs): Reason {
  // `info` was written by toSelection; the cast undoes only the loss of its type on disk.
  const { sources } = info as unknown as MixtureInfo
  const { name, kept, items } = sources[columns['source'][row]]
  const total = sources.reduce((sum, source) => sum + source.kept, 0)
  const share = `"${name}" gives ${percent(kept / total)} of the set`
  if (isChosen && kept >= items)
    return { code: 'source-whole', text: `Kept: ${share}, which is all it has.` }
  if (isChosen) return { code: 'source-drawn', text: `Kept: ${share}, drawn by lot within it.` }
  if (kept === 0)
    return { code: 'source-without-share', text: `Left out: "${name}" gives nothing to the set.` }
  return {
    code: 'source-not-drawn',
    text: `Left out: ${share}, drawn by lot within it, and this item was not drawn.`
  }
}
