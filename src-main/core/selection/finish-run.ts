// The last phase of a selection: measures, reasons, files and the stored result.
import { createHash } from 'node:crypto'
import type { JsonValue } from '../../api/dto/common.ts'
import type { CheckResult, SelectDraft } from '../../api/dto/runs.ts'
import { drawRandom, repeatSeed } from '../evaluation/draws.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { SelectionMethod } from '../methods/method.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import type { ChosenSet } from './chosen-set.ts'
import { layOutCoverage, saveCoverage } from './coverage.ts'
import {
  coverageTaskName,
  type CoverageTaskInput,
  type CoverageTaskOutput
} from './coverage-task.ts'
import type { FrozenChoice } from './frozen-choice.ts'
import { givenNotes } from './given-rows.ts'
import type { MeasureTaskInput, MeasureTaskOutput } from './measure-task.ts'
import type { ReadyFeatures } from './ready-features.ts'
import { selectionResult } from './result.ts'
import { phaseAt } from './select-state.ts'
import type { SavedSelection } from './selection-files.ts'
import { perRowArrays, writeResultFiles } from './write-result.ts'

export interface FinishRun {
  readonly store: Store
  readonly context: JobContext
  readonly folder: string
  readonly draft: SelectDraft
  readonly dataset: DatasetRecord
  readonly method: SelectionMethod
  readonly choice: FrozenChoice
  readonly features: ReadyFeatures
  readonly selection: SavedSelection
  /** Dataset rows the method saw. */
  readonly rows: Uint32Array
  readonly set: ChosenSet
  readonly check: CheckResult | undefined
  readonly notes: readonly string[]
  readonly seconds: number
  readonly startedAt: number
  readonly appVersion: string
  /** Marks the job's checkpoint as written, in one transaction with the stored result. */
  saveWritten(alsoWrite: () => void): void
}

export interface FinishedRun {
  readonly run: string
  readonly asked: number
  readonly got: number
  readonly verdict: string | null
}

/** Writes everything a finished run leaves, and stores its result. */
export async function finishRun(parts: FinishRun): Promise<FinishedRun> {
  const { context, store, choice, set, selection, rows, dataset, method } = parts
  const random = drawRandom(choice.candidates, set.rows.length, repeatSeed(parts.draft.seed, 0))
  // A job that is being stopped writes what it has and shows nothing more.
  const isStopping = context.signal.aborted
  if (!isStopping) context.phase(phaseAt(parts.draft, 'Writing the result'), 3, 'steps')
  const measures = isStopping ? undefined : await measure(parts, random)
  if (!isStopping) await cover(parts)
  const { arrays, list } = perRowArrays(method, choice, selection, rows, set, dataset.classNames)
  const result = selectionResult({
    run: context.id,
    name: store.runs.get(context.id)?.name ?? parts.draft.name,
    draft: parts.draft,
    dataset,
    method,
    choice,
    selection,
    rows,
    set,
    random,
    reasons: list,
    check: parts.check,
    measures,
    seconds: parts.seconds,
    notes: [
      ...parts.notes,
      ...selection.notes,
      ...givenNotes(store, parts.draft, set.codes, set.rows)
    ],
    provenance: provenance(parts)
  })
  const live = store.jobs.live(context.id)
  await writeResultFiles({ folder: parts.folder, arrays, set, live, result })
  // A result is plain JSON by its schema; the round trip drops keys that are undefined.
  const json = JSON.parse(JSON.stringify(result)) as JsonValue
  parts.saveWritten(() => store.runs.update(context.id, { result: json }))
  if (!isStopping) context.progress(3)
  for (const note of result.notes) context.note(note)
  const verdict = result.check?.verdict ?? null
  return { run: context.id, asked: result.asked, got: result.got, verdict }
}

/** Coverage and repeats of the set, beside a random one. */
async function measure(parts: FinishRun, random: Uint32Array): Promise<MeasureTaskOutput> {
  const { context } = parts
  const input: MeasureTaskInput = {
    featuresPath: parts.features.path,
    chosen: parts.set.rows.slice().sort(),
    random,
    candidates: parts.choice.candidates,
    seed: parts.draft.seed,
    device: context.deviceRequest
  }
  return context.pool.run<MeasureTaskInput, never, MeasureTaskOutput>(
    { name: 'measure-selection' },
    input,
    { signal: context.signal, cores: 'all' }
  )
}

/** Regions of the data and the chosen items in them, kept beside the result. */
async function cover(parts: FinishRun): Promise<void> {
  const { context, choice, set } = parts
  context.progress(1)
  const isChosen = new Set(set.rows)
  const found = await context.pool.run<CoverageTaskInput, unknown, CoverageTaskOutput>(
    { name: coverageTaskName },
    {
      featuresPath: parts.features.path,
      candidates: choice.candidates,
      isChosen: Uint8Array.from(choice.candidates, (row) => (isChosen.has(row) ? 1 : 0)),
      seed: parts.draft.seed,
      device: context.deviceRequest
    },
    { signal: context.signal, onEvent: () => context.breathe(), cores: 'all' }
  )
  const coverage = layOutCoverage(choice.codes.length, choice.candidates, found)
  await saveCoverage(parts.folder, coverage)
  context.progress(2)
}

function bytesHash(array: Uint8Array | Uint32Array | Int32Array): string {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  return createHash('sha256').update(bytes).digest('hex')
}

function provenance(parts: FinishRun): Record<string, JsonValue> {
  const { dataset, method, features, draft } = parts
  const sorted = parts.set.rows.slice().sort()
  return {
    /** What was asked, as a plain sentence. */
    sentence: parts.choice.sentence,
    appVersion: parts.appVersion,
    method: method.id,
    methodVersion: method.version,
    // Parameters come from a JSON draft through the method's schema.
    params: method.params.parse(draft.method.params) as JsonValue,
    seed: draft.seed,
    dataset: dataset.name,
    contentHash: dataset.contentHash,
    /** SHA-256 over labels and rules as they were at the start, with every change made here. */
    labelsHash: bytesHash(parts.choice.labels),
    rulesHash: bytesHash(parts.choice.codes),
    featureKey: features.key,
    extractor: features.extractor,
    extractorVersion: features.extractorVersion,
    featureDevice: features.device,
    device: parts.selection.device,
    /** Every device the run opened, with the most processor cores it was given. */
    devices: (parts.context.devices ?? []).map(({ id, name, cores }) => ({
      id,
      name,
      cores: cores ?? null
    })),
    /** SHA-256 over the chosen rows, ascending: two runs with the same choice show the same. */
    chosenHash: bytesHash(sorted),
    startedAt: new Date(parts.startedAt).toISOString()
  }
}
