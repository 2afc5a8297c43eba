// Logs of Inspect AI: a .json log with its samples, or the samples of a .eval archive. Long texts
// stand once among the attachments and are put back where they are named.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceRecord } from '../model/trace.ts'
import { areMessages, chatEvents } from './chat-events.ts'
import { goalKey } from './chat.ts'
import { outcomeOf } from './outcome.ts'
import { listOf, objectOf, textOf, type JsonObject, type ValueFormat } from './trace-format.ts'

/** Logs with "samples", or one sample. */
export const inspectFormat: ValueFormat = {
  id: 'inspect',
  name: 'Inspect logs',
  recognises(value) {
    const fields = objectOf(value)
    if (fields === undefined) return false
    return (
      isSample(fields) ||
      (objectOf(fields['eval']) !== undefined && fields['version'] !== undefined)
    )
  },
  read(value) {
    const fields = objectOf(value)
    if (fields === undefined) return 'It holds no log.'
    if (isSample(fields)) return [sampleRecord(fields)]
    const samples = listOf(fields['samples']) ?? []
    const found = samples.flatMap((each) => {
      const sample = objectOf(each)
      return sample === undefined || !isSample(sample) ? [] : [sampleRecord(sample)]
    })
    return found.length > 0 ? found : 'The log holds no samples.'
  }
}

function isSample(fields: JsonObject): boolean {
  return (
    fields['epoch'] !== undefined && fields['id'] !== undefined && Array.isArray(fields['messages'])
  )
}

function sampleRecord(fields: JsonObject): TraceRecord {
  const attachments = objectOf(fields['attachments']) ?? {}
  const warnings: string[] = []
  const messages = withAttachments(fields['messages'] ?? [], attachments)
  const input = withAttachments(fields['input'] ?? '', attachments)
  const goal = textOf(input) ?? lastUserText(input)
  const [score] = Object.values(objectOf(fields['scores']) ?? {})
  const value = objectOf(score)?.['value']
  const key = String(fields['id'])
  // Epochs are counted from 1.
  const trial = typeof fields['epoch'] === 'number' ? Math.max(0, fields['epoch'] - 1) : 0
  return {
    id: `${key}-${trial}`,
    task: { key: key === '' ? goalKey(goal) : key, goal },
    trial,
    outcome: outcomeOf(value),
    reward: typeof value === 'number' ? value : null,
    endReason: limitOf(fields),
    events: chatEvents(listOf(messages) ?? [], warnings),
    warnings,
    gold: null,
    marked: null
  }
}

function limitOf(fields: JsonObject): string | null {
  const type = textOf(objectOf(fields['limit'])?.['type'])
  const error = textOf(objectOf(fields['error'])?.['message'])
  return type === undefined ? (error ?? null) : `${type} limit`
}

function lastUserText(input: JsonValue): string {
  if (!areMessages(input)) return ''
  return chatEvents(listOf(input) ?? [], []).findLast(({ kind }) => kind === 'user')?.text ?? ''
}

const attachment = /^attachment:\/\/(\S+)$/

/** A value with the texts that its attachments stand for. */
function withAttachments(value: JsonValue, attachments: JsonObject): JsonValue {
  if (typeof value === 'string') {
    const name = attachment.exec(value)?.[1]
    return name === undefined ? value : (attachments[name] ?? value)
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((each) => withAttachments(each, attachments))
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, withAttachments(each, attachments)])
  )
}
