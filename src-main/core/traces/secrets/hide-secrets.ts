// Takes secrets out of a trace before anything is stored: keys, tokens, passwords, e-mail addresses
// and home folders become "[e-mail address 1]". The same secret has the same number in one trace, so
// that what was said stays readable and equal arguments stay equal.
import type { TraceEvent, TraceRecord } from '../model/trace.ts'
import { createHider, createSecretNumbers, type Hider, type SecretNumbers } from './hider.ts'

/** How often secrets of a kind were replaced, in words: "e-mail address", 3. */
export interface SecretCount {
  readonly kind: string
  readonly count: number
}

/** A record without secrets, and what was hidden in it: most frequent kinds first. */
export interface HiddenRecord {
  readonly record: TraceRecord
  readonly counts: readonly SecretCount[]
}

/**
 * A record with its secrets replaced in its id, task, texts, tool arguments, names of attachments,
 * warnings and reasons. A record without any comes back as it is. Time grows with the length alone.
 * The bytes of attachments are not looked into.
 * @param numbers shared by the attempts of a set, so that equal arguments stay equal between them
 */
export function hideSecrets(
  record: TraceRecord,
  numbers: SecretNumbers = createSecretNumbers()
): HiddenRecord {
  const hider = createHider(numbers)
  const { text, value } = hider
  const hidden: TraceRecord = {
    ...record,
    id: text(record.id),
    task: { key: text(record.task.key), goal: text(record.task.goal) },
    endReason: record.endReason === null ? null : text(record.endReason),
    events: record.events.map((each) => hideInEvent(each, hider)),
    warnings: record.warnings.map((each) => text(each)),
    gold: record.gold?.map(({ name, args }) => ({ name, args: value(args) })) ?? null,
    marked: record.marked === null ? null : { ...record.marked, reason: text(record.marked.reason) }
  }
  const counts = hider.counts()
  return counts.length === 0 ? { record, counts } : { record: hidden, counts }
}

function hideInEvent(each: TraceEvent, { text, value }: Hider): TraceEvent {
  const data = value(each.data)
  const said = text(each.text)
  const actor = each.actor === null ? null : text(each.actor)
  const shown =
    data === each.data && said === each.text && actor === each.actor
      ? each
      : { ...each, data, text: said, actor }
  if (each.attachments?.some(({ name }) => name !== null && text(name) !== name) !== true)
    return shown
  return {
    ...shown,
    attachments: each.attachments.map((file) => ({
      ...file,
      name: file.name === null ? null : text(file.name)
    }))
  }
}
