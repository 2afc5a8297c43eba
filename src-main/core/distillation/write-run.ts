// The last phase: the result as stored and shown, and the manifest that says what the set is, how it
// was made and how a student is trained on it.
import { createHash } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonValue } from '../../api/dto/common.ts'
import type { DistilDraft, DistilResult } from '../../api/dto/distil.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { DistillationMethod } from '../methods/distillation/distillation-method.ts'
import { meanMoments } from '../methods/distillation/soft-labels/expert-labels.ts'
import { describeNetwork } from '../networks/create-network.ts'
import type { NetworkSpec } from '../networks/network.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import type { DistilState } from './distil-state.ts'
import type { FrozenSplit } from './frozen-split.ts'
import { ledgerBytes, ledgerOf, perClassOfBytes } from './ledger.ts'
import type { ReadyExperts } from './make-experts.ts'
import { manifestOf } from './manifest.ts'
import { frontierOf } from './result-frontier.ts'
import { pairJudgeOf } from './pairs/pair-test.ts'
import { tablesOf } from './result-tables.ts'
import type { SetFacts } from './run-files.ts'
import type { SavedSet } from './set-files.ts'
import { chosenMoment } from './test-set.ts'

export interface WriteRun {
  readonly store: Store
  readonly context: JobContext
  readonly folder: string
  readonly draft: DistilDraft
  readonly dataset: DatasetRecord
  readonly method: DistillationMethod
  readonly params: Readonly<Record<string, unknown>>
  readonly split: FrozenSplit
  readonly facts: SetFacts
  readonly network: NetworkSpec
  readonly experts: ReadyExperts | undefined
  readonly set: SavedSet
  readonly check: DistilResult['check']
  readonly notes: readonly string[]
  readonly state: DistilState
  readonly seconds: number
  readonly startedAt: number
  readonly appVersion: string
  /** Marks the job's checkpoint as written, in one transaction with the stored result. */
  saveWritten(alsoWrite: () => void): void
}

/** Writes the manifest and stores the result. */
export async function writeRun(run: WriteRun): Promise<DistilResult> {
  const result = distilResult(run)
  // A result is plain JSON by its schema; the round trip drops keys that are undefined.
  const json = JSON.parse(JSON.stringify(result)) as JsonValue
  await writeFileAtomic(join(run.folder, 'result.json'), JSON.stringify(json, undefined, 2))
  await writeFileAtomic(
    join(run.folder, 'manifest.json'),
    JSON.stringify(manifestOf(run, result), undefined, 2)
  )
  run.saveWritten(() => run.store.runs.update(run.context.id, { result: json }))
  await removeUnfinished(run.folder)
  return result
}

/** Candidates and checkpoints that a kill at the wrong moment left. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (/^(best|checkpoint)-\d+$/.test(name))
      await rm(join(folder, name), { recursive: true, force: true })
}

/** SHA-256 over the numbers of a set: two runs with the same set show the same. */
export function setHash(set: SavedSet): string {
  const hash = createHash('sha256')
  const { targets } = set
  const numbers = [
    set.values,
    set.labels,
    set.sourceRows,
    targets.kind === 'soft' ? targets.shares : undefined,
    targets.kind === 'values' ? targets.values : undefined,
    ...changedNumbers(targets)
  ]
  for (const array of numbers)
    hash
      .update(`${array?.length ?? -1};`)
      .update(
        array === undefined
          ? new Uint8Array(0)
          : new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
      )
  return hash.digest('hex')
}

/** Helper models kept for labels, or labels of views. */
function changedNumbers(targets: SavedSet['targets']): Float32Array[] {
  const changed = targets.kind === 'soft' ? targets.changed : undefined
  if (changed === undefined) return []
  if (changed.kind === 'views') return [changed.shares]
  return changed.models.flatMap(({ parameters, statistics }) => [parameters, statistics])
}

function distilResult(run: WriteRun): DistilResult {
  const { draft, dataset, method, split, facts, set, experts } = run
  const ledger = ledgerOf(set.stored)
  const bytes = ledgerBytes(ledger)
  const { shape } = facts
  const isRow = shape.height === 1 && shape.width === 1
  const chosen = experts === undefined ? undefined : chosenMoment(set, experts)
  return {
    run: run.context.id,
    name: run.store.runs.get(run.context.id)?.name ?? draft.name,
    dataset: dataset.id,
    datasetName: dataset.name,
    method: method.id,
    methodName: method.card.name,
    kind: method.makes,
    perClass: draft.perClass,
    items: set.form === 'rows' ? set.count : draft.perClass * split.classNames.length,
    decodedItems: set.count,
    trainItems: split.train.length,
    testItems: split.test.length,
    seconds: run.seconds,
    classNames: [...split.classNames],
    picture: isRow ? null : { ...shape },
    network: pairJudgeOf(set, 'main')?.name ?? describeNetwork(run.network),
    check: withHelperCaution(run, chosen?.moment),
    ledger,
    bytes,
    perClassOfEqualBytes: perClassOfBytes(bytes, shape, split.classNames.length),
    curve: run.state.curve.map((point) => ({ ...point })),
    randomLine: run.state.randomLine,
    experts: experts === undefined ? [] : meanMoments(experts),
    expertEpoch: set.targets.kind === 'soft' ? (chosen?.epoch ?? null) : null,
    tables: tablesOf(set.info),
    ...frontierOf(set.info),
    consumer: set.consumer,
    notes: [...new Set([...run.notes, ...set.notes])],
    draft,
    provenance: provenanceOf(run)
  }
}

/** Says so when the helper model is weaker than students of the plain labels. */
function withHelperCaution(run: WriteRun, moment: number | undefined): DistilResult['check'] {
  const { check, experts } = run
  if (check === null || experts === undefined || moment === undefined) return check
  const helper = meanMoments(experts)[moment]
  const hard = check.arms.find(({ arm }) => arm === 'distilled-hard')
  if (hard === undefined || helper.accuracy01 >= hard.accuracy.mean) return check
  const percent = Math.round(helper.accuracy01 * 100)
  return {
    ...check,
    cautions: [
      ...check.cautions,
      `The helper model is right only ${percent} % of the time on items it has not seen. Richer labels from it may teach mistakes.`
    ]
  }
}

function provenanceOf(run: WriteRun): Record<string, JsonValue> {
  const { dataset, method, split, experts, set } = run
  return {
    /** What was asked, as a plain sentence. */
    sentence: split.sentence,
    appVersion: run.appVersion,
    method: method.id,
    methodVersion: method.version,
    params: run.params as Record<string, JsonValue>,
    seed: run.draft.seed,
    dataset: dataset.name,
    datasetVersion: dataset.version,
    contentHash: dataset.contentHash,
    /** SHA-256 over the rows and classes of all three parts, as they were at the start. */
    splitHash: split.hash,
    hasTestSplit: split.hasTestSplit,
    validationItems: split.validation.length,
    experts: experts === undefined ? null : experts.key,
    form: set.form,
    setHash: setHash(set),
    device: run.state.device,
    devices: (run.context.devices ?? []).map(({ id, name, cores }) => ({
      id,
      name,
      cores: cores ?? null
    })),
    startedAt: new Date(run.startedAt).toISOString()
  }
}
