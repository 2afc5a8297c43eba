// Compute task: what files of traces look like before they are added. Reads their beginning only and
// keeps nothing.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceImportOptions, TracePreview } from '../../../api/dto/trace-sets.ts'
import { AppError } from '../../../api/errors.ts'
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import type { HiddenCount } from '../../store/trace-records.ts'
import { formatName, readTraces, readValues } from '../formats/registry.ts'
import { describeFields } from '../mapping/describe-fields.ts'
import { mappedFormat, mappedFormatId } from '../mapping/mapped-format.ts'
import { proposeMapping } from '../mapping/propose-mapping.ts'
import { deriveTrace, plainRules } from '../model/derive-steps.ts'
import type { TraceEvent, TraceRecord } from '../model/trace.ts'
import { hideSecrets } from '../secrets/hide-secrets.ts'
import { joinCounts } from '../stored/trace-lists.ts'
import { outcomeWords } from './outcome-words.ts'
import { mayHoldTraces, sourceFiles, type PickedPath, type SourceFile } from './source-files.ts'

export interface PreviewTracesInput {
  readonly picked: PickedPath
  readonly options: TraceImportOptions
}

const filesShown = 200
/** Attempts read of one file; of later files in a folder, one. */
const tracesRead = 20
/** After this time files give one attempt each, and after twice this none. */
const patienceMs = 3_000
const valuesLookedAt = 200
const eventsLookedAt = 200
const exampleEvents = 12
const exampleChars = 2_000

/** {@link previewTraces} in a compute thread. */
export const previewTracesTask: ComputeTask<PreviewTracesInput, never, TracePreview> = {
  name: 'traces.preview',
  // eslint-disable-next-line require-yield -- one answer: its result is its only event
  async *run(input, { signal }) {
    return await previewTraces(input, signal, () => performance.now())
  }
}

/** Throws AppError "file-not-readable", "nothing-to-import" or "too-large". `now` in milliseconds. */
export async function previewTraces(
  { picked, options }: PreviewTracesInput,
  signal: AbortSignal,
  now: () => number
): Promise<TracePreview> {
  const start = now()
  const all = await sourceFiles([picked], signal)
  const files: TracePreview['files'] = []
  const records: { readonly record: TraceRecord; readonly format: string }[] = []
  const values: JsonValue[] = []
  for (const file of all.slice(0, filesShown)) {
    signal.throwIfAborted()
    const spent = now() - start
    if (spent > 2 * patienceMs) break
    const found = await lookInto(file, options, spent > patienceMs ? 1 : tracesRead)
    files.push(found.shown)
    records.push(...found.records)
    if (found.isForeign && values.length === 0) values.push(...(await firstValues(file)))
    await letMessagesIn()
  }
  const hidden: HiddenCount[] = []
  const shown = records.map(({ record }) => {
    if (!options.hideSecrets) return record
    const { record: safe, counts } = hideSecrets(beginningOf(record))
    hidden.push(...counts)
    return safe
  })
  const fields = describeFields(values)
  return {
    files,
    example: exampleOf(shown[0], records[0]?.record),
    outcomes: outcomesOf(shown),
    outcomeFrom: outcomeWords(records, options.mapping),
    fields,
    mapping: values.length === 0 ? null : (options.mapping ?? proposeMapping(fields)),
    secrets: joinCounts(hidden)
  }
}

interface Looked {
  readonly shown: TracePreview['files'][number]
  readonly records: readonly { readonly record: TraceRecord; readonly format: string }[]
  /** True when its values have no known form: their fields are shown. */
  readonly isForeign: boolean
}

async function lookInto(
  file: SourceFile,
  { mapping }: TraceImportOptions,
  most: number
): Promise<Looked> {
  const records: { record: TraceRecord; format: string }[] = []
  let problem: string | null = null
  let isWhole = true
  let isForeign = false
  try {
    if (!file.isPicked && !(await mayHoldTraces(file.path)))
      problem = 'It holds no JSON and no archive, so no traces.'
    else {
      const fallback = mapping === null ? undefined : mappedFormat(mapping)
      for await (const read of readTraces(file.path, { fallback })) {
        if ('problem' in read) problem ??= `${read.where}: ${read.problem}`
        else if (records.length < most) records.push(read)
        if (records.length >= most) {
          isWhole = false
          break
        }
      }
      isForeign = records[0]?.format === mappedFormatId || records.length === 0
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    problem = error.message
    isForeign = error.code === 'file-not-recognised'
  }
  const format = records[0]?.format ?? null
  const shown = {
    name: file.name,
    sizeBytes: file.sizeBytes,
    format,
    formatName: format === null ? null : formatName(format),
    traces: records.length,
    isWhole,
    problem
  }
  return { shown, records, isForeign }
}

/** The first values of a file that no form fits; none where not even values can be read. */
async function firstValues(file: SourceFile): Promise<JsonValue[]> {
  const values: JsonValue[] = []
  try {
    for await (const { value } of readValues(file.path)) {
      if (value !== undefined) values.push(value)
      if (values.length >= valuesLookedAt) break
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
  return values
}

function outcomesOf(records: readonly TraceRecord[]): TracePreview['outcomes'] {
  const counts = { pass: 0, fail: 0, partial: 0, unknown: 0 }
  for (const { outcome } of records) counts[outcome]++
  return counts
}

/** A long attempt is not looked through for secrets to its end. */
function beginningOf(record: TraceRecord): TraceRecord {
  return { ...record, events: record.events.slice(0, eventsLookedAt) }
}

function exampleOf(
  shown: TraceRecord | undefined,
  whole: TraceRecord | undefined
): TracePreview['example'] {
  if (shown === undefined || whole === undefined) return null
  return {
    task: shown.task.goal === '' ? shown.task.key : shown.task.goal.slice(0, exampleChars),
    outcome: shown.outcome,
    events: shown.events.slice(0, exampleEvents).map(exampleEvent),
    steps: deriveTrace(whole, plainRules).steps.length
  }
}

function exampleEvent(
  { kind, actor, name, callId, text, data, isError, time, attachments = [] }: TraceEvent,
  seq: number
): NonNullable<TracePreview['example']>['events'][number] {
  const dataLength = data === null ? 0 : JSON.stringify(data).length
  return {
    ...{ seq, kind, actor, name, callId, isError, time },
    text: text.slice(0, exampleChars),
    length: text.length,
    data: dataLength <= exampleChars ? data : null,
    dataLength,
    attachments: attachments.map((file, index) => ({
      index,
      mime: file.mime,
      name: file.name,
      sizeBytes: file.bytes.length
    }))
  }
}
