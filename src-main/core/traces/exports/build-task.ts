// Compute task: builds the files of an export from the project file, one attempt in memory at a time
// beside its siblings, and writes them; or only counts what they would hold.
import type { TraceExportRequest } from '../../../api/dto/trace-reviews.ts'
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import type { ManifestFile } from '../../reports/manifest.ts'
import { openTraceReader } from '../../store/trace-reader.ts'
import type { Trace } from '../model/trace.ts'
import { derivationRules, requireSet } from '../stored/load-trace.ts'
import { emptyCounts, type ExportCounts, type ExportSink } from './export-sink.ts'
import { createFileSink } from './file-sink.ts'
import type { PickedTrace } from './pick.ts'
import { pairsOf } from './pairs.ts'
import { buildSft } from './sft.ts'
import { stepRewards } from './step-rewards.ts'
import { TaskAttempts } from './task-attempts.ts'
import { ToolSchemas } from './tool-schemas.ts'

/** What is built. */
export interface BuildInput {
  /** The project file. */
  readonly path: string
  readonly set: string
  readonly traces: readonly PickedTrace[]
  readonly sft: TraceExportRequest['sft']
  readonly files: TraceExportRequest['files']
  /** Folder to write into; null counts alone. */
  readonly folder: string | null
  readonly hasTestPart: boolean
}

/** Attempts done so far, over both passes. */
export interface BuildProgress {
  readonly done: number
}

export interface BuildOutput {
  readonly counts: ExportCounts
  readonly files: readonly ManifestFile[]
}

/** Writes the files of an export; "done" goes up to twice the number of attempts. */
export const buildExportTask: ComputeTask<BuildInput, BuildProgress, BuildOutput> = {
  name: 'traces.export',
  async *run(input, { signal }) {
    const reader = openTraceReader(input.path)
    const sink = input.folder === null ? countingSink : await createFileSink(input.folder, input)
    try {
      const rules = derivationRules(requireSet(reader, input.set).rules)
      const counts = emptyCounts()
      let done = 0
      const step = async (): Promise<BuildProgress | undefined> => {
        signal.throwIfAborted()
        await letMessagesIn()
        return ++done % 20 === 0 ? { done } : undefined
      }
      const tools = new ToolSchemas()
      for (const { trace, review } of input.traces) {
        const record = reader.traces.record(trace)
        if (record !== undefined) tools.add(record)
        for (const { verb, args } of Object.values(review?.corrections ?? {}))
          tools.addCall(verb, args)
        const progress = await step()
        if (progress !== undefined) yield progress
      }
      for (const [task, picked] of Map.groupBy(input.traces, (each) => each.task)) {
        const attempts = new TaskAttempts(reader.traces, input.set, task, rules)
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
    } finally {
      reader.close()
    }
  }
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
