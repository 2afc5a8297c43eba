// Calls about what belongs together: planning, learning, results, groups of one picture, parts.
import { join } from 'node:path'
import {
  GroupsPlan,
  type GroupsEstimate,
  type GroupsPicture,
  type GroupsResult
} from '../../api/dto/groups.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { requireDataset } from '../datasets/datasets.ts'
import { readNpy } from '../features/npy.ts'
import { probeFeatures } from '../features/probe.ts'
import { measuredDetails, plannedRows, sideOf, sizesFor, sizesOf } from '../groups/groups-plan.ts'
import { joinFeatures } from '../groups/join-features.ts'
import { loadGroupsResult, partsPath, saveGroupsResult } from '../groups/learn-files.ts'
import { groupsSpeedTask, type GroupsSpeed, type SpeedInput } from '../groups/learn-task.ts'
import { describeParts, rowsWithPart } from '../groups/parts.ts'
import {
  drawGroupsTask,
  showPartTask,
  type DrawInput,
  type ShowPartInput,
  type SomePictures
} from '../groups/use-tasks.ts'
import { pictureAccess } from '../selection/check-pixels.ts'
import type { DatasetRecord } from '../store/records.ts'
import { writableArea, type AppState } from './app-state.ts'
import type { ProjectArea } from './project-area.ts'

type GroupsHandlers = Pick<Handlers, Extract<keyof Handlers, `groups.${string}`>>

const never = new AbortController().signal
/** Pictures that speeds are tried on. */
const triedPictures = 64
/** Pictures of a part that are shown with their squares. */
const examplesShown = 24

/** Handlers of `groups.*`. */
export function createGroupsHandlers(state: AppState): GroupsHandlers {
  const { pool, settings } = state
  /** Speeds measured since the start, by what they depend on. */
  const speeds = new Map<string, WholeSpeed>()

  async function estimate(plan: GroupsPlan): Promise<GroupsEstimate> {
    const area = state.area()
    const dataset = requirePictures(area, plan.dataset)
    const { store } = area.project
    const columns = store.items.columns(dataset.id)
    const rows = plannedRows(columns, plan, sizesOf[plan.effort])
    const { train, heldOut, learnsFrom, problem } = rows
    const sizes = sizesFor(sizesOf[plan.effort], train.length)
    const counts = {
      ...{ learnsFrom, pictures: train.length, heldOut: heldOut.length, items: dataset.items },
      steps: sizes.steps,
      problem: problem ?? null
    }
    if (problem !== undefined) return { ...counts, seconds: null }
    const { device, cores } = settings.get()
    const classes = Math.max(2, dataset.classNames.length)
    const key = [dataset.id, dataset.contentHash, plan.effort, learnsFrom, device, cores].join('\n')
    const known = speeds.get(key)
    // A try would wait behind the job, or both would be slow.
    if (known === undefined && area.engine.isBusy()) return { ...counts, seconds: null }
    const speed =
      known ??
      (await measureSpeed(state, area, dataset, {
        rows: train.subarray(0, triedPictures),
        ...{ plan, sizes, learnsFrom, classes, device, side: sideOf(columns) }
      }))
    speeds.set(key, speed)
    const measured = heldOut.length === 0 ? 0 : measuredDetails.length
    const passes = measured * (train.length + heldOut.length) + train.length + dataset.items
    const reads = train.length + heldOut.length + dataset.items
    const others = measured === 0 ? 0 : dataset.items * speed.builtIn
    const seconds = sizes.steps * speed.step + passes * speed.pass + reads * speed.read + others
    return { ...counts, seconds: { low: 0.6 * seconds, high: 1.6 * seconds } }
  }

  return {
    'groups.estimate': (plan) => estimate(plan),
    'groups.start': async (plan) => {
      const area = writableArea(state)
      const dataset = requirePictures(area, plan.dataset)
      const columns = area.project.store.items.columns(dataset.id)
      const { problem } = plannedRows(columns, plan, sizesOf[plan.effort])
      if (problem !== undefined) throw new AppError('invalid-input', problem)
      const job = area.engine.submit({
        kind: 'learn-groups',
        title: `Learning what belongs together in “${dataset.name}”`,
        dataset: dataset.id,
        params: plan
      })
      return { job: job.id }
    },
    'groups.runs': async ({ dataset }) => {
      const area = state.area()
      requireDataset(area.project.store, dataset)
      const { jobs } = area.project.store
      const runs = jobs.list().flatMap(({ id, kind, createdAt }) => {
        // Lists of jobs leave plans and results out.
        const record = kind === 'learn-groups' ? jobs.get(id) : undefined
        const plan = GroupsPlan.safeParse(record?.params)
        if (!plan.success || plan.data.dataset !== dataset) return []
        return [{ job: id, createdAt, plan: plan.data, verdict: verdictOf(record?.result) }]
      })
      return { runs: runs.toSorted((a, b) => b.createdAt - a.createdAt) }
    },
    'groups.result': async ({ job }) => (await learned(state.area(), job)).result,
    'groups.picture': async ({ job, row, layer, detail }) => {
      const area = state.area()
      const { folder, dataset } = await learned(area, job)
      const pictures = await somePictures(state, area, dataset, folder, Uint32Array.of(row))
      return pool.run<DrawInput, never, GroupsPicture>(
        drawGroupsTask,
        { ...pictures, layer, detail },
        { signal: never, isLight: true }
      )
    },
    'groups.parts': async ({ job }) => {
      const area = state.area()
      const { folder, dataset, result } = await learned(area, job)
      const { labels } = area.project.store.items.columns(dataset.id)
      return describeParts(
        await likenessOf(folder),
        labels.slice(0, result.items),
        dataset.classNames,
        result.heads
      )
    },
    'groups.part': async ({ job, part, label }) => {
      const area = state.area()
      const { folder, dataset, result } = await learned(area, job)
      const { labels, aside } = area.project.store.items.columns(dataset.id)
      const count = result.heads * result.partsPerHead
      if (part >= count) throw new AppError('invalid-input', 'There is no such part.')
      const wanted = label === null ? undefined : dataset.classNames.indexOf(label)
      const rows = rowsWithPart(
        await likenessOf(folder),
        count,
        part,
        (row) => aside[row] === 0 && (wanted === undefined || labels[row] === wanted)
      )
      const shown = rows.subarray(0, examplesShown)
      const pictures = await somePictures(state, area, dataset, folder, shown)
      const said = await pool.run<
        ShowPartInput,
        never,
        { readonly rows: number; readonly columns: number; readonly squares: number[][] }
      >(showPartTask, { ...pictures, part }, { signal: never, isLight: true })
      return {
        rows,
        squares: { rows: said.rows, columns: said.columns },
        examples: said.squares.map((squares, at) => ({ row: shown[at], squares }))
      }
    },
    'groups.use': async ({ job }) => {
      const area = writableArea(state)
      const { folder, result } = await learned(area, job)
      if (area.engine.isBusy())
        throw new AppError('invalid-input', 'A run is under way. Stop it first, or let it finish.')
      const { store, mediaFolder } = area.project
      const deps = { store, mediaFolder, pool, now: () => state.platform.now() }
      const matrix = await joinFeatures(deps, folder, result, never)
      await area.matrices.use(result.plan.dataset, matrix)
      await saveGroupsResult(folder, { ...result, matrix })
      return { matrix }
    }
  }
}

interface WholeSpeed extends GroupsSpeed {
  /** Seconds of making the built-in fingerprints of a picture; 0 where they are there. */
  readonly builtIn: number
}

async function measureSpeed(
  { pool }: AppState,
  area: ProjectArea,
  dataset: DatasetRecord,
  { rows, ...asked }: Omit<SpeedInput, 'source' | 'locators'> & { readonly rows: Uint32Array }
): Promise<WholeSpeed> {
  const own = { ...dataset, matrix: undefined }
  const isMade = (await area.features.cached(own)) !== undefined
  const { project } = area
  const builtIn = isMade ? undefined : await probeFeatures(project, pool, asked.device, own, never)
  const input: SpeedInput = { ...asked, ...(await picturesOf(area, dataset, rows)) }
  const speed = await pool.run<SpeedInput, never, GroupsSpeed>(groupsSpeedTask, input, {
    signal: never,
    cores: 'all'
  })
  return { ...speed, builtIn: builtIn?.secondsPerItem ?? 0 }
}

function requirePictures(area: ProjectArea, id: string): DatasetRecord {
  const dataset = requireDataset(area.project.store, id)
  if (dataset.kind !== 'images')
    throw new AppError('method-not-possible', 'Only pictures can be looked at in groups.')
  return dataset
}

async function picturesOf(
  { project }: ProjectArea,
  dataset: DatasetRecord,
  rows: Uint32Array
): Promise<Pick<SomePictures, 'source' | 'locators'>> {
  const access = pictureAccess(project.store, dataset, project.mediaFolder)
  if (access === undefined) throw new AppError('dataset-not-found')
  return { source: access.source, locators: await access.locators(rows, async () => undefined) }
}

async function somePictures(
  state: AppState,
  area: ProjectArea,
  dataset: DatasetRecord,
  folder: string,
  rows: Uint32Array
): Promise<SomePictures> {
  const { device } = state.settings.get()
  return { ...(await picturesOf(area, dataset, rows)), rows, folder, device }
}

/** A learning that is done. Throws AppError "run-not-found", "run-not-finished", "file-damaged". */
async function learned(
  area: ProjectArea,
  job: string
): Promise<{
  readonly folder: string
  readonly dataset: DatasetRecord
  readonly result: GroupsResult
}> {
  const record = area.project.store.jobs.get(job)
  if (record?.kind !== 'learn-groups') throw new AppError('run-not-found')
  if (record.state !== 'finished' && record.state !== 'finished-with-notes')
    throw new AppError('run-not-finished')
  const folder = join(area.project.runsFolder, job)
  const { dataset } = GroupsPlan.parse(record.params)
  return {
    folder,
    dataset: requirePictures(area, dataset),
    result: await loadGroupsResult(folder)
  }
}

async function likenessOf(folder: string): Promise<Float32Array> {
  const { values } = await readNpy(partsPath(folder))
  if (!(values instanceof Float32Array)) throw new AppError('file-damaged')
  return values
}

function verdictOf(result: unknown): string | null {
  if (typeof result !== 'object' || result === null || !('verdict' in result)) return null
  return typeof result.verdict === 'string' ? result.verdict : null
}
