// Where the outcome of attempts comes from, in words, for the preview.
import type { TraceMapping } from '../../../api/dto/trace-sets.ts'
import { formatName } from '../formats/registry.ts'
import { mappedFormatId } from '../mapping/mapped-format.ts'
import type { TraceRecord } from '../model/trace.ts'

const words: Readonly<Record<string, string>> = {
  'tau-bench': 'The reward of each attempt: 1 passed, 0 failed.',
  inspect: 'The score of each sample: C or 1 passed, I or 0 failed, P is partial.',
  'swe-agent': 'Whether the issue was resolved, where the log says so.',
  openhands: 'The result of the tests, where the log says so.',
  'who-and-when': 'Whether the answer was correct.',
  atif: 'The outcome or the reward that the log keeps beside the steps.',
  otel: 'The score or the outcome that a span names.',
  chat: 'The field for the outcome, the reward or the score of each conversation.',
  miniwob: 'The reward of each episode: above 0 passed.'
}

/** A sentence; null when no attempt says how it ended. */
export function outcomeWords(
  records: readonly { readonly record: TraceRecord; readonly format: string }[],
  mapping: TraceMapping | null
): string | null {
  const told = records.find(({ record }) => record.outcome !== 'unknown')
  if (told === undefined) return null
  if (told.format === mappedFormatId && typeof mapping?.outcome === 'string')
    return `The field \u201C${mapping.outcome}\u201D that you chose.`
  return words[told.format] ?? `What the log says of its end (${formatName(told.format)}).`
}
