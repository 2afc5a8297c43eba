// Logs of which every line is one message that names the message before it: {"uuid", "parentUuid",
// "message": {...}}. Lines of helpers carry "isSidechain"; a message that was written again leaves a
// branch that was given up.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceEvent, TraceRecord } from '../model/trace.ts'
import { chatEvents } from './chat-events.ts'
import { goalKey } from './chat.ts'
import { addUsage, knownFacts, nameOf, spanOfTimes, usageOf } from './facts.ts'
import { lastLane, orderLinked, type LinkedEntry } from './lanes.ts'
import { timeOf } from './times.ts'
import { listOf, objectOf, textOf, type JsonObject, type SpreadFormat } from './trace-format.ts'

/** Lines of linked messages; a file may hold several conversations. */
export const linkedChatFormat: SpreadFormat = {
  id: 'linked-chat',
  name: 'Conversations of linked messages',
  recognises: (value) =>
    lineOf(value) !== undefined ||
    // Some begin with what they are about.
    (objectOf(value)?.['type'] === 'summary' &&
      textOf(objectOf(value)?.['leafUuid']) !== undefined),
  start() {
    const lines: JsonObject[] = []
    return {
      add(value) {
        const line = lineOf(value)
        if (line === undefined) {
          // Such logs hold lines about themselves: summaries, snapshots of files.
          return textOf(objectOf(value)?.['type']) === undefined
            ? 'It is no message of a conversation.'
            : undefined
        }
        lines.push(line)
        return undefined
      },
      end: () =>
        [...Map.groupBy(lines, (line) => textOf(line['sessionId']) ?? '0')].map(([id, own]) =>
          recordOf(id, own)
        )
    }
  }
}

function lineOf(value: JsonValue): JsonObject | undefined {
  const fields = objectOf(value)
  const isLinked =
    typeof fields?.['uuid'] === 'string' &&
    (fields['parentUuid'] === null || typeof fields['parentUuid'] === 'string') &&
    typeof objectOf(fields['message'])?.['role'] === 'string'
  return isLinked ? fields : undefined
}

function recordOf(id: string, lines: readonly JsonObject[]): TraceRecord {
  const warnings: string[] = []
  const [helpers, own] = [lines.filter(isSide), lines.filter((line) => !isSide(line))]
  // A file of a helper alone is its own main line.
  const main = placedEvents(own.length > 0 ? own : helpers, warnings)
  const events = own.length > 0 ? withHelpers(main, helpers, warnings) : main
  const goal = events.find(({ kind, lane }) => kind === 'user' && lane === undefined)?.text ?? ''
  const messages = lines.map((line) => objectOf(line['message']))
  // One answer may be written over several lines, each with the use of the whole.
  const answers = new Map(messages.map((each, i) => [textOf(each?.['id']) ?? i, each]))
  return {
    id,
    task: { key: goalKey(goal), goal },
    trial: 0,
    outcome: 'unknown',
    reward: null,
    endReason: null,
    events,
    warnings,
    gold: null,
    marked: null,
    ...knownFacts({
      model: messages.map((each) => nameOf(each?.['model'])).find((name) => name !== undefined),
      ...spanOfTimes(events),
      ...addUsage([...answers.values()].map((each) => usageOf(each?.['usage'])))
    })
  }
}

function isSide(line: JsonObject): boolean {
  return line['isSidechain'] === true
}

/** Events of one tree of messages, in order, branches that were given up on lines of their own. */
function placedEvents(lines: readonly JsonObject[], warnings: string[]): TraceEvent[] {
  const entries = lines.map((line): LinkedEntry => ({
    id: textOf(line['uuid']) ?? '',
    parent: textOf(line['parentUuid']) ?? null,
    value: line
  }))
  const last = entries.at(-1)?.id ?? ''
  const kept = new Set(wayTo(entries, last).map(answerOf))
  // Answers to parallel calls hang on their calls; parts of one answer may, too.
  const isMain = (branch: readonly JsonValue[]): boolean =>
    branch.every((line) => {
      const message = objectOf(objectOf(line)?.['message'])
      if (message?.['role'] === 'assistant') return kept.has(answerOf(line))
      return listOf(message?.['content'])?.some(isResult) === true
    })
  return orderLinked(entries, last, isMain).flatMap(({ value, lane }) => {
    const line = objectOf(value)
    const time = timeOf(line?.['timestamp'])
    const read = chatEvents([line?.['message'] ?? null], warnings)
    return read.map((each) => ({ ...each, time, ...(lane === 0 ? {} : { lane }) }))
  })
}

function wayTo(entries: readonly LinkedEntry[], last: string): JsonValue[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const way = new Set<LinkedEntry>()
  for (let at = byId.get(last); at !== undefined && !way.has(at);) {
    way.add(at)
    at = at.parent === null ? undefined : byId.get(at.parent)
  }
  return [...way].map(({ value }) => value)
}

/** The answer of a model that a line is a part of; a line of its own without an id. */
function answerOf(value: JsonValue): string {
  const line = objectOf(value)
  const id = textOf(objectOf(line?.['message'])?.['id'])
  return id ?? `line ${textOf(line?.['uuid']) ?? ''}`
}

function isResult(block: JsonValue): boolean {
  return objectOf(block)?.['type'] === 'tool_result'
}

/** Each helper on a line of its own, in front of the answer to the call that was open at that time. */
function withHelpers(
  main: readonly TraceEvent[],
  helpers: readonly JsonObject[],
  warnings: string[]
): TraceEvent[] {
  const events = [...main]
  let lane = lastLane(main)
  for (const lines of helperRuns(helpers)) {
    const own = placedEvents(lines, warnings)
    const start = own[0]?.time ?? null
    const at = events.findIndex(
      ({ time, lane: side }) =>
        side === undefined && start !== null && time !== null && time > start
    )
    lane++
    events.splice(at === -1 ? events.length : at, 0, ...own.map((each) => ({ ...each, lane })))
  }
  return events
}

/** Lines of helpers by the line that each began with. */
function helperRuns(lines: readonly JsonObject[]): JsonObject[][] {
  const rootOf = new Map<string, string>()
  for (const line of lines) {
    const id = textOf(line['uuid']) ?? ''
    rootOf.set(id, rootOf.get(textOf(line['parentUuid']) ?? '') ?? id)
  }
  return [...Map.groupBy(lines, (line) => rootOf.get(textOf(line['uuid']) ?? '') ?? '').values()]
}
