// What a filter of attempts says, part by part: the chips above the list and what it is without one
// of them; and what a mark in the filter panel makes of it. Pure.
import { noTraceFilter, type TraceFilter } from '@api/dto/trace-sets.ts'
import { TraceOutcome } from '@api/dto/traces.ts'
import { browse } from '../../text/browse.ts'
import { tagWords } from '../../text/core-words.ts'
import { traces, traceSet as words } from '../../text/traces.ts'
import { formatNumber } from '../../text/format.ts'

/** Parts of a filter that are lists of chosen values. */
export type ListPart =
  'outcomes' | 'states' | 'verdicts' | 'detectors' | 'tools' | 'agents' | 'models' | 'tags'
/** Parts that are on or off. */
export const switches = ['mixedOnly', 'withErrors', 'flagged'] as const

/** One part of a filter in words. */
export interface TraceChip {
  readonly id: string
  /** "Not" has no meaning here. */
  readonly part: undefined
  readonly text: string
  readonly isNot: false
  /** The filter without it. */
  readonly without: TraceFilter
}

/** Values named in a chip before "3 more". */
const namedValues = 3
const titles: Readonly<Record<ListPart, string>> = {
  outcomes: words.facets.outcome,
  states: words.facets.state,
  verdicts: words.facets.verdict,
  detectors: words.facets.detector,
  tools: words.facets.tool,
  agents: words.facets.agent,
  models: words.facets.model,
  tags: words.facets.tag
}
const listParts = Object.keys(titles) as ListPart[] // keys of the literal

function wordIn(table: Readonly<Record<string, string>>, value: string): string {
  return Object.hasOwn(table, value) ? (table[value] ?? value) : value
}
/** How a chosen value reads; `names` are those of detectors by id. */
export function valueName(
  part: ListPart,
  value: string,
  names: ReadonlyMap<string, string>
): string {
  if (part === 'outcomes') return wordIn(traces.outcomes, value)
  if (part === 'states') return wordIn(words.states, value)
  if (part === 'verdicts') return wordIn(words.verdicts, value)
  if (part === 'tags') return tagWords(value)
  return part === 'detectors' ? (names.get(value) ?? value) : value
}
function listText(texts: readonly string[]): string {
  const named = texts.slice(0, namedValues)
  const rest = texts.length - named.length
  const all = rest > 0 ? [...named, browse.chips.more(formatNumber(rest))] : named
  return all.reduce((before, one) => browse.chips.or(before, one))
}
function lengthText({ minSteps, maxSteps }: TraceFilter): string | undefined {
  if (minSteps === null && maxSteps === null) return undefined
  if (minSteps === null) return browse.chips.upTo(formatNumber(maxSteps ?? 0))
  return maxSteps === null
    ? browse.chips.from(formatNumber(minSteps))
    : browse.chips.between(formatNumber(minSteps), formatNumber(maxSteps))
}

/** The chips of a filter, in the order of the panel. */
export function chipsOf(filter: TraceFilter, names: ReadonlyMap<string, string>): TraceChip[] {
  const chip = (id: string, text: string, patch: Partial<TraceFilter>): TraceChip => ({
    id,
    part: undefined,
    text,
    isNot: false,
    without: { ...filter, ...patch }
  })
  const chips: TraceChip[] = []
  if (filter.text.trim() !== '')
    chips.push(
      chip('text', browse.chips.one(browse.parts.search, filter.text.trim()), { text: '' })
    )
  for (const part of listParts) {
    if (filter[part].length === 0) continue
    const texts = filter[part].map((value) => valueName(part, value, names))
    chips.push(chip(part, browse.chips.one(titles[part], listText(texts)), { [part]: [] }))
  }
  if (filter.task !== null)
    chips.push(chip('task', browse.chips.one(words.sorts.task, filter.task), { task: null }))
  for (const part of switches)
    if (filter[part]) chips.push(chip(part, words[part], { [part]: false }))
  const length = lengthText(filter)
  if (length !== undefined) {
    const none = { minSteps: null, maxSteps: null }
    chips.push(chip('length', browse.chips.one(words.facets.length, length), none))
  }
  return chips
}
/** True when a filter lets everything through. */
export function isOpen(filter: TraceFilter): boolean {
  return JSON.stringify({ ...filter, text: filter.text.trim() }) === JSON.stringify(noTraceFilter)
}
/** The filter with other values of a list part; unknown outcomes and states never get in. */
export function withValues(
  filter: TraceFilter,
  part: ListPart,
  values: readonly string[]
): TraceFilter {
  if (part === 'outcomes')
    return { ...filter, outcomes: TraceOutcome.options.filter((one) => values.includes(one)) }
  if (part === 'states') {
    const states = (['none', 'draft', 'done', 'skipped'] as const).filter((one) =>
      values.includes(one)
    )
    return { ...filter, states }
  }
  return { ...filter, [part]: [...values] }
}
