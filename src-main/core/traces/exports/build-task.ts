// Compute task: builds the files of an export from the project file, one attempt in memory at a time
// beside its siblings, and writes them; or only counts what they would hold. Which attempts they are
// is looked up here, too: thousands of reviews are no work for the thread that answers the window.
import type { TraceExportRequest } from '../../../api/dto/trace-reviews.ts'
import { AppError } from '../../../api/errors.ts'
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import type { ManifestFile } from '../../reports/manifest.ts'
import type { ReviewerRecord } from '../../store/review-records.ts'
import { openTraceReader, type TraceReader } from '../../store/trace-reader.ts'
import type { Trace } from '../model/trace.ts'
import { derivationRules, requireSet } from '../stored/load-trace.ts'
import { emptyCounts, type ExportCounts, type ExportSink } from './export-sink.ts'
import { createFileSink } from './file-sink.ts'
import { writeAnswers, writeReport } from './page-files.ts'
import {
  pickTraces,
  summaryOfPick,
  type Picked,
  type PickedSummary,
  type PickedTrace,
  type PickRequest
} from './pick.ts'
import { pairsOf } from './pairs.ts'
import { buildSft } from './sft.ts'
import { stepRewards } from './step-rewards.ts'
import { TaskAttempts } from './task-attempts.ts'
import { ToolSchemas } from './tool-schemas.ts'

/** What is built. */
export interface BuildInput {
  /** The project file. */
  readonly path: string
  readonly request: PickRequest
  readonly sft: TraceExportRequest['sft']
  readonly files: TraceExportRequest['files']
  /** Folder to write into; null counts alone. */
  readonly folder: string | null
  /** What the page about the export tells beside the attempts; null writes no page and no answers. */
  readonly about: ExportAbout | null
}

/** Facts for the page about an export. */
export interface ExportAbout {
  readonly title: string
  readonly setName: string
  readonly createdAt: string
  readonly appVersion: string
  /** Whose progress with the queues is told. */
  readonly reviewer: ReviewerRecord
}

/** How far it is: attempts over both passes, or what comes behind them. */
export interface BuildProgress {
  readonly what: 'attempts' | 'pages'
  readonly done: number
  readonly total: number
}

export interface BuildOutput {
  readonly picked: PickedSummary
  readonly counts: ExportCounts
  readonly files: readonly ManifestFile[]
}

/**
 * Writes the files of an export. Throws AppError "invalid-input" when files were to be written and no
 * attempt fits, "dataset-not-found", and the signal's reason.
 */
export const buildExportTask: ComputeTask<BuildInput, BuildProgress, BuildOutput> = {
  name: 'traces.export',
  async *run(input, { signal }) {
    const reader = openTraceReader(input.path)
    try {
      requireSet(reader, input.request.set)
      const picked = pickTraces(reader, input.request)
      const summary = summaryOfPick(picked)
      if (input.folder !== null) refuseEmpty(summary, input.request)
      await letMessagesIn()
      signal.throwIfAborted()
      const built = yield* buildAttempts(reader, picked, input, signal)
      const pages = yield* buildPages(reader, picked, built.counts, input, signal)
      return { picked: summary, counts: built.counts, files: [...built.files, ...pages] }
    } finally {
      reader.close()
    }
  }
}

/** Says why there is nothing to export. Throws AppError "invalid-input". */
function refuseEmpty({ traces }: PickedSummary, { which }: PickRequest): void {
  if (traces > 0) return
  throw new AppError('invalid-input', emptyWords[which].text, { hint: emptyWords[which].hint })
}

/** Why nothing fits, and what helps. */
export const emptyWords = {
  kept: {
    text: 'No attempt was kept for training yet.',
    hint: 'Answer “Keep for training?” with yes while reviewing, or export all reviewed attempts.'
  },
  reviewed: {
    text: 'No attempt was reviewed to the end yet.',
    hint: 'Review some first, or export all attempts.'
  },
  all: { text: 'This set holds no attempts.', hint: 'Add traces first.' }
} as const

async function* buildAttempts(
  reader: TraceReader,
  { traces }: Picked,
  input: BuildInput,
  signal: AbortSignal
): AsyncGenerator<BuildProgress, Pick<BuildOutput, 'counts' | 'files'>, void> {
  const { set } = input.request
  const total = 2 * traces.length
  const hasTestPart = traces.some(({ part }) => part === 'test')
  const sink =
    input.folder === null
      ? countingSink
      : await createFileSink(input.folder, { files: input.files, hasTestPart })
  try {
    yield { what: 'attempts', done: 0, total }
    const rules = derivationRules(requireSet(reader, set).rules)
    const counts = emptyCounts()
    let done = 0
    const step = async (): Promise<BuildProgress | undefined> => {
      signal.throwIfAborted()
      await letMessagesIn()
      return ++done % 20 === 0 ? { what: 'attempts', done, total } : undefined
    }
    const tools = new ToolSchemas()
    for (const { trace, review } of traces) {
      const record = reader.traces.record(trace)
      if (record !== undefined) tools.add(record)
      for (const { verb, args } of Object.values(review?.corrections ?? {}))
        tools.addCall(verb, args)
      const progress = await step()
      if (progress !== undefined) yield progress
    }
    for (const [task, picked] of Map.groupBy(traces, (each) => each.task)) {
      const attempts = new TaskAttempts(reader.traces, set, task, rules)
      for (const each of picked) {
        const trace = attempts.load(each.trace)
        if (trace !== undefined) {
          const one = { ...each, built: trace, siblings: attempts.others(each.trace) }
          await addTrace(one, input, tools, counts, sink)
        }
        const progress = await step()
        if (progress !== undefined) yield progress
      }
    }
    return { counts, files: await sink.finish() }
  } catch (error) {
    await sink.abandon()
    throw error
  }
}

/** The answers of reviewers as a table, and the page that tells of it all. */
async function* buildPages(
  reader: TraceReader,
  picked: Picked,
  counts: ExportCounts,
  { request, sft, files, folder, about }: BuildInput,
  signal: AbortSignal
): AsyncGenerator<BuildProgress, ManifestFile[], void> {
  if (folder === null || about === null) return []
  const written: ManifestFile[] = []
  yield { what: 'pages', done: 0, total: 2 }
  if (files.includes('answers')) written.push(await writeAnswers(reader, picked, folder, signal))
  yield { what: 'pages', done: 1, total: 2 }
  if (files.includes('report'))
    written.push(
      await writeReport(
        reader,
        { ...about, picked, counts, request: { ...request, sft, files } },
        folder,
        signal
      )
    )
  return written
}

interface BuiltTrace extends PickedTrace {
  readonly built: Trace
  readonly siblings: readonly Trace[]
}

async function addTrace(
  one: BuiltTrace,
  { sft, files }: Pick<BuildInput, 'sft' | 'files'>,
  tools: ToolSchemas,
  counts: ExportCounts,
  sink: ExportSink
): Promise<void> {
  const { built: trace, review, siblings, part } = one
  counts.traces++
  counts.outcomes[trace.outcome]++
  const line = buildSft(trace, review, sft, tools)
  if ('leftOut' in line) counts.leftOut++
  else {
    counts.sft++
    counts.weighted += line.weighted
    counts.masked += line.masked
  }
  await sink.sft(trace, line, part)
  const pairs = pairsOf(trace, review, siblings, tools)
  counts.pairs += pairs.length
  if (files.includes('pairs')) await sink.pairs(pairs, part)
  counts.steps += trace.steps.length
  if (files.includes('steps')) await sink.steps(stepRewards(trace, review, siblings, one), part)
  if (files.includes('atif')) await sink.atif(trace, review)
}

const countingSink: ExportSink = {
  sft: () => Promise.resolve(),
  pairs: () => Promise.resolve(),
  steps: () => Promise.resolve(),
  atif: () => Promise.resolve(),
  finish: () => Promise.resolve([]),
  abandon: () => Promise.resolve()
}
