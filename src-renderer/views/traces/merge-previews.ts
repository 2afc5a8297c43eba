// Several previews as one: what all chosen files and folders together hold. Pure.
import type { TraceMapping, TracePreview } from '@api/dto/trace-sets.ts'
import type { TraceOutcome } from '@api/dto/traces.ts'

/** A file of any of the sources. */
export type FoundFile = TracePreview['files'][number]

/** What the chosen files hold, as far as they were read. */
export interface FoundTraces {
  readonly files: readonly FoundFile[]
  /** Files that no known form and no mapping fits; nothing of them is added. */
  readonly unknown: readonly FoundFile[]
  readonly traces: number
  /** False while `traces` is only what the beginnings hold. */
  readonly isWhole: boolean
  readonly example: TracePreview['example']
  readonly outcomes: Readonly<Record<TraceOutcome, number>>
  readonly outcomeFrom: string | null
  readonly fields: TracePreview['fields']
  /** The first proposal for files of an unknown form. */
  readonly mapping: TraceMapping | null
  readonly secrets: TracePreview['secrets']
}

/** Counts of one kind added up, most frequent first. */
function addUp(lists: readonly TracePreview['secrets'][]): TracePreview['secrets'] {
  const counts = new Map<string, number>()
  for (const { kind, count } of lists.flat()) counts.set(kind, (counts.get(kind) ?? 0) + count)
  return [...counts].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count)
}
/** Fields of all sources, each path once, from where it was first seen. */
function fieldsOf(previews: readonly TracePreview[]): TracePreview['fields'] {
  const fields = new Map<string, TracePreview['fields'][number]>()
  for (const field of previews.flatMap((preview) => preview.fields))
    if (!fields.has(field.path)) fields.set(field.path, field)
  return [...fields.values()]
}

/** Puts previews together in their order. */
export function mergePreviews(previews: readonly TracePreview[]): FoundTraces {
  const files = previews.flatMap((preview) => preview.files)
  const sum = (outcome: TraceOutcome): number =>
    previews.reduce((total, { outcomes }) => total + outcomes[outcome], 0)
  return {
    files,
    unknown: files.filter(({ format, traces }) => format === null && traces === 0),
    traces: files.reduce((total, { traces }) => total + traces, 0),
    isWhole: files.every((file) => file.isWhole),
    example: previews.find(({ example }) => example !== null)?.example ?? null,
    outcomes: {
      pass: sum('pass'),
      fail: sum('fail'),
      partial: sum('partial'),
      unknown: sum('unknown')
    },
    outcomeFrom: previews.find(({ outcomeFrom }) => outcomeFrom !== null)?.outcomeFrom ?? null,
    fields: fieldsOf(previews),
    mapping: previews.find(({ mapping }) => mapping !== null)?.mapping ?? null,
    secrets: addUp(previews.map(({ secrets }) => secrets))
  }
}
