// Learning what belongs together as a job: it goes on after a kill to the same bits, measures what was
// learned, and describes every picture.
import { mkdir, rm } from 'node:fs/promises'
import { z } from 'zod'
import { GroupsPlan, type GroupsResult } from '../../api/dto/groups.ts'
import { AppError } from '../../api/errors.ts'
import { describeSource } from '../datasets/item-source.ts'
import { openNpyWriter } from '../features/npy.ts'
import type { JobContext, JobKind } from '../jobs/job-kind.ts'
import { createGrouping } from '../networks/grouping/grouping-spec.ts'
import {
  checkPixelsTask,
  hasCheckPixels,
  openCheckPixels,
  pictureAccess,
  removeCheckPixels,
  type CheckPixelsInput,
  type CheckPixelsOutput,
  type CheckPixelsProgress
} from '../selection/check-pixels.ts'
import type { SelectFeatures } from '../selection/ready-features.ts'
import {
  CheckpointRef,
  removeCheckpointArrays,
  saveCheckpointArrays
} from '../selection/selection-files.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { loadGroupModel } from './group-model.ts'
import {
  measuredDetails,
  plannedRows,
  sideOf,
  sizesFor,
  sizesOf,
  trainedWith,
  type GroupsSizes
} from './groups-plan.ts'
import { groupsResult, isChosenByItself, type Judged } from './groups-result.ts'
import { joinFeatures } from './join-features.ts'
import {
  featuresPath,
  loadMeasure,
  loadRows,
  partsPath,
  pixelsPath,
  saveGroupsResult,
  saveMeasure,
  saveRows,
  type LearnRows
} from './learn-files.ts'
import {
  learnGroupsTask,
  type LearnEvent,
  type LearnInput,
  type LearnOutput
} from './learn-task.ts'
import { partsPerHead } from './parts.ts'
import {
  describeGroupsTask,
  findPartsTask,
  measureGroupsTask,
  type Described,
  type FindPartsInput,
  type MeasureInput,
  type SomePictures
} from './use-tasks.ts'

export interface LearnGroupsDeps {
  readonly store: Store
  /** media/ of the project. */
  readonly mediaFolder: string
  readonly features: SelectFeatures
  /** Compares the items of a dataset by a joined matrix from now on. */
  use(dataset: string, matrix: string): Promise<void>
  /** Milliseconds between checkpoints; 5 seconds where absent. */
  readonly checkpointEveryMs?: number
  now(): number
}

const State = z.strictObject({
  under: CheckpointRef.optional(),
  /** Counts checkpoints, so that a new one never lies where the last one does. */
  saved: z.int().min(0),
  /** What learning said at its end. */
  learned: z
    .strictObject({
      sha256: z.string(),
      variety01: z.number().nullable(),
      parameters: z.int(),
      device: z.string()
    })
    .optional(),
  /** Measures that are on disk. */
  measured: z.int().min(0),
  /** Columns of features, once parts were found. */
  columns: z.int().optional(),
  /** Pictures that were described. */
  described: z.int().min(0),
  seconds: z.number(),
  /** What the data was like. */
  stamp: z.string()
})
type State = z.infer<typeof State>

const phases = [
  { name: 'Reading pictures', weight: 0.05 },
  { name: 'Learning', weight: 0.6 },
  { name: 'Making the built-in fingerprints', weight: 0.1 },
  { name: 'Measuring', weight: 0.15 },
  { name: 'Describing every picture', weight: 0.1 }
] as const

/** Pictures described in one go. */
const blockRows = 256

/** The kind of job that `groups.start` queues. */
export function createLearnGroupsJob(
  deps: LearnGroupsDeps
): JobKind<GroupsPlan, { readonly verdict: string }> {
  return {
    kind: 'learn-groups',
    params: GroupsPlan,
    canPause: true,
    canResume: true,
    isHeavy: true,
    phases,
    run: (context, plan) => createLearning(deps, context, plan),
    discard: (_plan, folder) => rm(folder, { recursive: true, force: true })
  }
}

/** What every part of a run needs. */
interface Learning {
  readonly deps: LearnGroupsDeps
  readonly context: JobContext
  readonly plan: GroupsPlan
  readonly sizes: GroupsSizes
  readonly dataset: DatasetRecord
  readonly folder: string
  readonly rows: LearnRows
  readonly learnsFrom: 'labels' | 'pictures'
  readonly classes: number
  state: State
  /** Stores the state with some of it changed. */
  save(change: Partial<State>): void
}

async function createLearning(
  deps: LearnGroupsDeps,
  context: JobContext,
  plan: GroupsPlan
): Promise<{ readonly verdict: string }> {
  const dataset = deps.store.datasets.get(plan.dataset)
  if (dataset?.kind !== 'images')
    throw new AppError('dataset-not-found', 'These pictures are not in the project.')
  const folder = await context.folder()
  const usual = sizesOf[plan.effort]
  const parsed = State.safeParse(context.checkpoint)
  const stamp = `${dataset.contentHash} ${dataset.items}`
  const isSame = parsed.success && parsed.data.stamp === stamp
  // Other data than what was learned from: everything begins anew.
  if (!isSame) await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const state: State = isSame
    ? parsed.data
    : { saved: 0, measured: 0, described: 0, seconds: 0, stamp }
  const { learnsFrom, ...rows } = await rowsOf(deps, plan, usual, folder)
  const sizes = sizesFor(usual, rows.train.length)
  const began = deps.now()
  const learning: Learning = {
    ...{ deps, context, plan, sizes, dataset, folder, rows, learnsFrom, state },
    classes: 1 + [...rows.trainLabels, ...rows.heldOutLabels].reduce((a, b) => Math.max(a, b), -1),
    save(change) {
      const seconds = state.seconds + (deps.now() - began) / 1000
      this.state = { ...this.state, ...change, seconds }
      context.saveCheckpoint(this.state)
    }
  }
  return runLearning(learning)
}

async function rowsOf(
  { store }: LearnGroupsDeps,
  plan: GroupsPlan,
  sizes: GroupsSizes,
  folder: string
): Promise<LearnRows & { readonly learnsFrom: 'labels' | 'pictures' }> {
  const known = await loadRows(folder)
  const columns = store.items.columns(plan.dataset)
  if (known !== undefined) {
    const isByLabels = plan.useLabels && known.trainLabels.every((label) => label >= 0)
    return { ...known, learnsFrom: isByLabels ? 'labels' : 'pictures' }
  }
  const { train, heldOut, learnsFrom, problem } = plannedRows(columns, plan, sizes)
  if (problem !== undefined) throw new AppError('invalid-input', problem)
  const numbers = new Map<number, number>()
  const numberOf = (label: number): number => {
    if (label < 0) return -1
    if (!numbers.has(label)) numbers.set(label, numbers.size)
    return numbers.get(label) ?? -1
  }
  const labelsOf = (list: Uint32Array): Int32Array =>
    Int32Array.from(list, (row) => numberOf(columns.labels[row]))
  const rows = {
    train,
    heldOut,
    trainLabels: labelsOf(train),
    heldOutLabels: labelsOf(heldOut)
  }
  await saveRows(folder, rows)
  return { ...rows, learnsFrom }
}

async function runLearning(learning: Learning): Promise<{ readonly verdict: string }> {
  const { deps, context, folder, plan } = learning
  await readPictures(learning)
  await learn(learning)
  const judged = await measure(learning)
  await describe(learning)
  const plain = await summarise(learning, judged)
  const matrix = isChosenByItself(plain)
    ? await joinFeatures({ ...deps, pool: context.pool }, folder, plain, context.signal)
    : null
  const result = { ...plain, matrix }
  await saveGroupsResult(folder, result)
  if (matrix !== null) await deps.use(plan.dataset, matrix)
  await removeCheckPixels(pixelsPath(folder))
  if (result.verdict === 'collapsed') context.note(result.sentences[0])
  return { verdict: result.sentences[0] ?? '' }
}

async function readPictures({ deps, context, dataset, folder, rows }: Learning): Promise<void> {
  const all = Uint32Array.from([...rows.train, ...rows.heldOut]).toSorted()
  context.phase(0, all.length, 'pictures')
  if (await hasCheckPixels(pixelsPath(folder))) {
    context.progress(all.length)
    return
  }
  const access = pictureAccess(deps.store, dataset, deps.mediaFolder)
  if (access === undefined) throw new AppError('dataset-not-found')
  const locators = await access.locators(all, () => context.breathe())
  const { failed } = await context.pool.run<
    CheckPixelsInput,
    CheckPixelsProgress,
    CheckPixelsOutput
  >(
    checkPixelsTask,
    {
      ...{ source: access.source, rows: all, locators, folder: pixelsPath(folder) },
      size: sideOf(deps.store.items.columns(dataset.id))
    },
    {
      signal: context.signal,
      async onEvent({ done }) {
        context.progress(done)
        await context.breathe()
      }
    }
  )
  if (failed > 0)
    context.note(
      `${failed.toLocaleString('en')} ${failed === 1 ? 'picture' : 'pictures'} could not be read.`
    )
}

async function learn(learning: Learning): Promise<void> {
  const { deps, context, plan, sizes, folder, rows, learnsFrom, classes } = learning
  context.phase(1, sizes.steps, 'steps')
  if (learning.state.learned !== undefined) {
    context.progress(sizes.steps)
    return
  }
  const said = await context.pool.run<LearnInput, LearnEvent, LearnOutput>(
    learnGroupsTask,
    {
      ...{ folder, plan, sizes, learnsFrom, classes, train: rows.train },
      pixels: pixelsPath(folder),
      labels: rows.trainLabels.map((label) => Math.max(0, label)),
      under: learning.state.under,
      device: context.deviceRequest,
      checkpointEveryMs: deps.checkpointEveryMs ?? 5000
    },
    {
      signal: context.signal,
      cores: 'all',
      async onEvent({ done, loss, variety01, checkpoint }) {
        await context.breathe()
        if (checkpoint !== undefined) {
          const old = learning.state.under
          const saved = learning.state.saved + 1
          const under = await saveCheckpointArrays(folder, saved, checkpoint)
          learning.save({ saved, under })
          if (old !== undefined) await removeCheckpointArrays(folder, old)
        }
        context.progress(done)
        context.live('loss', done, loss)
        if (variety01 !== undefined) context.live('variety', done, variety01)
      }
    }
  )
  context.device(said.device)
  const old = learning.state.under
  learning.save({ learned: said, under: undefined })
  if (old !== undefined) await removeCheckpointArrays(folder, old)
}

/** What is measured: what was learned with several numbers of groups and rounds, then the others. */
async function measure(learning: Learning): Promise<readonly Judged[]> {
  const { context, dataset, deps, folder, rows, classes } = learning
  const isMeasured = rows.heldOut.length > 0 && classes > 1
  context.phase(2, isMeasured ? dataset.items : 1, 'pictures')
  if (!isMeasured) {
    context.progress(1)
    return []
  }
  const own = { ...dataset, matrix: undefined }
  const builtIn = await deps.features.ensure(context, own, undefined)
  const whats: MeasureInput['what'][] = [
    ...measuredDetails.map((detail) => ({ features: 'learned' as const, detail })),
    { features: 'pixels' },
    { features: 'built-in', path: builtIn.path }
  ]
  context.phase(3, whats.length, 'measurements')
  const readable = await readableRows(folder, rows)
  const judged: Judged[] = []
  for (const [at, what] of whats.entries()) {
    context.progress(at)
    await context.breathe()
    if (at < learning.state.measured) {
      judged.push(await loadMeasure(folder, at))
      continue
    }
    const found = await context.pool.run<MeasureInput, never, Judged>(
      measureGroupsTask,
      {
        ...{ ...readable, folder, classes, what },
        pixels: pixelsPath(folder),
        device: context.deviceRequest
      },
      { signal: context.signal, cores: 'all' }
    )
    await saveMeasure(folder, at, found)
    learning.save({ measured: at + 1 })
    judged.push(found)
  }
  context.progress(whats.length)
  return judged
}

/** Rows whose picture could be read. */
async function readableRows(folder: string, rows: LearnRows): Promise<LearnRows> {
  const pixels = await openCheckPixels(pixelsPath(folder))
  try {
    const isRead = (list: Uint32Array): Int32Array =>
      pixels.readable(list, new Int32Array(list.length))
    const [train, heldOut] = [isRead(rows.train), isRead(rows.heldOut)]
    return {
      train: rows.train.filter((_, at) => train[at] === 0),
      trainLabels: rows.trainLabels.filter((_, at) => train[at] === 0),
      heldOut: rows.heldOut.filter((_, at) => heldOut[at] === 0),
      heldOutLabels: rows.heldOutLabels.filter((_, at) => heldOut[at] === 0)
    }
  } finally {
    await pixels.close()
  }
}

async function describe(learning: Learning): Promise<void> {
  const { context, dataset, deps, folder } = learning
  context.phase(4, dataset.items, 'pictures')
  const { heads } = learning.sizes.spec
  if (learning.state.columns === undefined) {
    const { train } = await readableRows(folder, learning.rows)
    const { columns } = await context.pool.run<FindPartsInput, never, { readonly columns: number }>(
      findPartsTask,
      { folder, pixels: pixelsPath(folder), train, device: context.deviceRequest },
      { signal: context.signal, cores: 'all' }
    )
    learning.save({ columns })
  }
  const columns = learning.state.columns ?? 0
  const features = await openNpyWriter(featuresPath(folder), dataset.items, columns)
  const parts = await openNpyWriter(partsPath(folder), dataset.items, heads * partsPerHead)
  try {
    const isFresh = features.isFresh || parts.isFresh
    const source = describeSource(dataset, deps.mediaFolder)
    const access = pictureAccess(deps.store, dataset, deps.mediaFolder)
    if (access === undefined) throw new AppError('dataset-not-found')
    let first = isFresh ? 0 : learning.state.described
    for (; first < dataset.items; first += blockRows) {
      await context.breathe()
      context.progress(first)
      const rows = Uint32Array.from(
        { length: Math.min(blockRows, dataset.items - first) },
        (_, at) => first + at
      )
      const locators = await access.locators(rows, () => context.breathe())
      const made = await context.pool.run<SomePictures, never, Described>(
        describeGroupsTask,
        { folder, source, rows, locators, device: context.deviceRequest },
        { signal: context.signal, cores: 'all' }
      )
      await features.writeRows(first, made.features)
      await parts.writeRows(first, made.parts)
      await features.sync()
      await parts.sync()
      learning.save({ described: first + rows.length })
    }
    context.progress(dataset.items)
  } finally {
    await features.close()
    await parts.close()
  }
}

async function summarise(learning: Learning, judged: readonly Judged[]): Promise<GroupsResult> {
  const { plan, dataset, sizes, folder, rows, learnsFrom, state } = learning
  const { learned } = state
  if (learned === undefined) throw new Error('nothing was learned')
  const { network } = await loadGroupModel(folder)
  const { spec, input } = createGrouping(sizes.spec, network.input)
  return groupsResult(
    {
      plan,
      datasetName: dataset.name,
      items: dataset.items,
      learnsFrom,
      pictures: rows.train.length,
      heldOut: rows.heldOut.length,
      labels: new Set(rows.heldOutLabels).size,
      side: input.height,
      channels: input.channels,
      squares: network.rows,
      layers: spec.layers,
      heads: spec.heads,
      parameters: learned.parameters,
      trainedWith,
      steps: sizes.steps,
      variety01: learned.variety01,
      partsPerHead,
      seconds: state.seconds,
      device: learned.device,
      modelSha256: learned.sha256
    },
    judged
  )
}
