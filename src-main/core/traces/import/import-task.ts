// Compute task: reads files of traces, hides secrets and sends what it reads in blocks, so that no
// message and no transaction is large, however large one attempt is.
import type { TraceImportOptions } from '../../../api/dto/trace-sets.ts'
import { AppError } from '../../../api/errors.ts'
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import type { HiddenCount } from '../../store/trace-records.ts'
import { argumentDefaults, formatName, readTraces } from '../formats/registry.ts'
import { mappedFormat } from '../mapping/mapped-format.ts'
import { deriveTrace, plainRules } from '../model/derive-steps.ts'
import type { TraceEvent, TraceRecord } from '../model/trace.ts'
import { hideSecrets } from '../secrets/hide-secrets.ts'
import { createSecretNumbers } from '../secrets/hider.ts'
import { joinCounts } from '../stored/trace-lists.ts'
import { mayHoldTraces, sourceFiles, type PickedPath, type SourceFile } from './source-files.ts'

export interface ImportTracesInput {
  readonly picked: readonly PickedPath[]
  readonly options: TraceImportOptions
}

/** What was read, in order; events belong to the attempt before them. */
export type ReadPart =
  | {
      readonly kind: 'source'
      readonly number: number
      readonly name: string
      readonly format: string
      readonly formatName: string
      readonly sizeBytes: number
    }
  | {
      readonly kind: 'trace'
      readonly head: Omit<TraceRecord, 'events'>
      readonly source: number
      readonly steps: number
    }
  | { readonly kind: 'events'; readonly events: readonly TraceEvent[] }
  | { readonly kind: 'problem'; readonly where: string; readonly reason: string }

export interface ImportTracesEvent {
  readonly parts: readonly ReadPart[]
  /** Bytes of all files read so far, and in all. */
  readonly done: number
  readonly total: number
}

export interface ImportTracesResult {
  /** Names of arguments that do not tell calls apart, by the forms that were met. */
  readonly volatile: readonly string[]
  readonly secrets: readonly HiddenCount[]
}

/**
 * Weight of a block: characters and bytes of what it holds, about. A block is written in one go by the
 * thread that answers the window: some milliseconds of work.
 */
const blockWeight = 120_000
const blockEvents = 150
const eventWeight = 200

/** Reads; see the types. Errors as `readTraces` throws them, for a single file that was picked. */
export const importTracesTask: ComputeTask<
  ImportTracesInput,
  ImportTracesEvent,
  ImportTracesResult
> = {
  name: 'traces.import',
  async *run({ picked, options }, { signal }) {
    const files = await sourceFiles(picked, signal)
    const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    const numbers = createSecretNumbers()
    const secrets: HiddenCount[] = []
    const volatile = new Set<string>()
    let before = 0
    const block = createBlock()
    for (const [number, file] of files.entries()) {
      let bytes = 0
      const isOnly = files.length === 1
      const onBytes = (read: number): void => void (bytes = read)
      for await (const read of readFileParts(file, isOnly, options, onBytes)) {
        signal.throwIfAborted()
        if ('problem' in read)
          block.add({ kind: 'problem', where: read.where, reason: read.problem })
        else {
          if (block.source !== number) {
            block.source = number
            for (const name of argumentDefaults(read.format).volatile) volatile.add(name)
            block.add({
              kind: 'source',
              number,
              name: file.name,
              format: read.format,
              formatName: formatName(read.format),
              sizeBytes: file.sizeBytes
            })
          }
          let record = read.record
          if (options.hideSecrets) {
            const hidden = hideSecrets(record, numbers)
            record = hidden.record
            secrets.push(...hidden.counts)
          }
          for (const reason of record.warnings)
            block.add({ kind: 'problem', where: read.where, reason })
          const { events, ...head } = record
          const { steps } = deriveTrace(record, plainRules)
          block.add({ kind: 'trace', head, source: number, steps: steps.length })
          for (const [from, to] of eventBlocks(events)) {
            block.add(
              { kind: 'events', events: events.slice(from, to) },
              weightOf(events, from, to)
            )
            if (block.isFull()) yield { parts: block.take(), done: before + bytes, total }
          }
        }
        if (block.isFull()) yield { parts: block.take(), done: before + bytes, total }
        await letMessagesIn()
      }
      before += file.sizeBytes
    }
    yield { parts: block.take(), done: total, total }
    return { volatile: [...volatile], secrets: joinCounts(secrets) }
  }
}

type FileRead =
  | { readonly where: string; readonly record: TraceRecord; readonly format: string }
  | { readonly where: string; readonly problem: string }

/** What a file holds, with its name in every place; a file among others never ends the import. */
async function* readFileParts(
  file: SourceFile,
  isOnly: boolean,
  { mapping }: TraceImportOptions,
  onBytes: (bytes: number) => void
): AsyncGenerator<FileRead, void, void> {
  try {
    if (!file.isPicked && !(await mayHoldTraces(file.path))) {
      yield { where: file.name, problem: 'It holds no JSON and no archive, so no traces.' }
      return
    }
    const fallback = mapping === null ? undefined : mappedFormat(mapping)
    for await (const read of readTraces(file.path, { fallback, onBytes }))
      yield isOnly ? read : { ...read, where: `${file.name}, ${lowered(read.where)}` }
  } catch (error) {
    if (isOnly || !(error instanceof AppError) || error.code === 'cancelled') throw error
    yield { where: file.name, problem: error.message }
  }
}

function lowered(where: string): string {
  return /^[A-Z][a-z]/.test(where) ? where.charAt(0).toLowerCase() + where.slice(1) : where
}

interface Block {
  /** Number of the file that was announced last. */
  source: number
  add(part: ReadPart, weight?: number): void
  isFull(): boolean
  take(): readonly ReadPart[]
}

function createBlock(): Block {
  let parts: ReadPart[] = []
  let weight = 0
  return {
    source: -1,
    add(part, more = eventWeight) {
      parts.push(part)
      weight += more
    },
    isFull: () => weight >= blockWeight,
    take() {
      const taken = parts
      parts = []
      weight = 0
      return taken
    }
  }
}

function weightOf(events: readonly TraceEvent[], from: number, to: number): number {
  let weight = 0
  for (let i = from; i < to; i++) weight += weightOfEvent(events[i])
  return weight
}

function weightOfEvent({ text, data, attachments }: TraceEvent): number {
  const files = (attachments ?? []).reduce((sum, { bytes }) => sum + bytes.length, 0)
  // Arguments are short beside what was said; what they weigh is told roughly by their fields.
  return eventWeight + text.length + files + (data === null ? 0 : eventWeight)
}

/** Ranges of events that fit into a block each. */
function* eventBlocks(events: readonly TraceEvent[]): Generator<[number, number], void, void> {
  let from = 0
  let weight = 0
  for (let i = 0; i < events.length; i++) {
    weight += weightOfEvent(events[i])
    if (weight >= blockWeight || i + 1 - from >= blockEvents) {
      yield [from, i + 1]
      from = i + 1
      weight = 0
    }
  }
  if (from < events.length) yield [from, events.length]
}
