// Calls about expanding small sets.
import { join } from 'node:path'
import { z } from 'zod'
import {
  ExpandPlan,
  type ExpandEstimate,
  type ExpandModel,
  type ExpandSoFar
} from '../../api/dto/expand.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { requireDataset } from '../datasets/datasets.ts'
import { describeSource } from '../datasets/item-source.ts'
import { isActive } from '../jobs/job-states.ts'
import { readArrayOf } from '../selection/array-files.ts'
import { choiceProblem, chooseRows } from '../synthesis/choose-pictures.ts'
import {
  askToEnd,
  countSoFar,
  isToEnd,
  loadExpanded,
  loadFrozen,
  loadSoFar,
  madePath,
  pixelsPath,
  saveDecisions
} from '../synthesis/expand-files.ts'
import { measureProblem } from '../synthesis/expand-job.ts'
import { exportExpanded, exportTarget } from '../synthesis/export-expanded.ts'
import { toBytes } from '../synthesis/made-measures.ts'
import { atOnce, returnSteps, stepsFor } from '../synthesis/make-task.ts'
import type { AddOwnModelInput } from '../synthesis/own-model/add-own-model-task.ts'
import { isOwnId, ownModelsFolder, removeOwn } from '../synthesis/own-model/own-models.ts'
import { picturesToTryOn } from '../synthesis/own-model/pictures-to-try-on.ts'
import { trainingProblem, trainingRows } from '../synthesis/train-model-job.ts'
import type { ProbeModelInput } from '../synthesis/train-model-task.ts'
import { writableArea, type AppState } from './app-state.ts'
import type { ProjectArea } from './project-area.ts'

type ExpandHandlers = Pick<Handlers, Extract<keyof Handlers, `expand.${string}`>>

const never = new AbortController().signal
/** A file that is not read and tried in this time would hold up every run it is used in. */
const addModelMs = 120_000
/** What a finished expansion says of itself. */
const Ended = z.object({ passed: z.int(), made: z.int() })
const rangeOf = (seconds: number): { low: number; high: number } => ({
  low: 0.7 * seconds,
  high: 1.8 * seconds
})

/** Handlers of `expand.*`. */
export function createExpandHandlers(state: AppState): ExpandHandlers {
  const { grants, pool, settings, platform } = state
  /** Seconds measured since the start, by what they depend on. */
  const speeds = new Map<string, number>()

  /** Undefined while another job keeps the machine busy: both would be slow, and the figure wrong. */
  async function speed(input: Omit<ProbeModelInput, 'device'>): Promise<number | undefined> {
    const { device, cores } = settings.get()
    const key = JSON.stringify([input, device, cores])
    const known = speeds.get(key)
    if (known !== undefined) return known
    if (state.area().engine.isBusy()) return undefined
    const { seconds } = await pool.run<ProbeModelInput, never, { readonly seconds: number }>(
      { name: 'expand.probe' },
      { ...input, device },
      { signal: never, cores: 'all' }
    )
    speeds.set(key, seconds)
    return seconds
  }

  async function estimate(plan: ExpandPlan): Promise<ExpandEstimate> {
    const { project, browse, models } = areaOf(state)
    const { store } = project
    const dataset = requireDataset(store, plan.dataset)
    const isPictures = dataset.kind === 'images'
    const chosen = isPictures
      ? await chooseRows({ store, items: browse }, dataset, plan)
      : { found: 0, labels: [], sources: [], lent: [], held: [] }
    const count = chosen.sources.length
    const labels = chosen.labels
      .map((name, label) => ({
        name,
        count: chosen.sources.filter((each) => each.label === label).length
      }))
      .filter((each) => each.count > 0)
    const problem = isPictures ? choiceProblem(chosen) : 'Only pictures can be expanded.'
    const cautions: string[] = []
    if (plan.rule === 'one-spread' || plan.rule === 'directions')
      cautions.push(
        'This way of making pictures often shows what the model was trained on instead of your label.'
      )
    if (problem === null && labels.some((each) => each.count < fewForVariety))
      cautions.push(
        `With fewer than ${fewForVariety} pictures of a label, new ones will look much like one another.`
      )
    if (chosen.held.length === 0 && problem === null)
      cautions.push('No other labelled pictures are left, so whether it helps cannot be measured.')
    const empty = { sources: count, found: chosen.found, labels, cautions, problem, seconds: null }
    if (problem !== null) return empty
    const model = await models.find(plan.model)
    const { side, channels } = model.facts
    const move = await speed({ modelPath: model.path, side, channels })
    const steps = stepsFor(count)
    const moves = count * (2 * steps + 2 * returnSteps) + plan.make * (steps + 2 * returnSteps)
    return { ...empty, seconds: move === undefined ? null : rangeOf(helperSeconds + move * moves) }
  }

  return {
    'expand.models': async () => ({ models: await areaOf(state).models.list() }),
    'expand.addModel': async ({ from, dataset: id, settings: asked }) => {
      const { project, browse, models } = writableArea(state)
      const dataset = requireDataset(project.store, id)
      const signal = AbortSignal.timeout(addModelMs)
      const place =
        'grant' in from
          ? { file: grants.resolve(from.grant, 'file').path }
          : { entry: (await models.find(from.model)).path }
      const input: AddOwnModelInput = {
        from: place,
        folder: ownModelsFolder(project.folder),
        settings: asked,
        source: describeSource(dataset, project.mediaFolder),
        pictures: await picturesToTryOn({ store: project.store, items: browse }, dataset),
        now: platform.now()
      }
      try {
        return await pool.run<AddOwnModelInput, never, ExpandModel>(
          { name: 'expand.add-model' },
          input,
          { signal, isLight: true }
        )
      } catch (error) {
        if (!signal.aborted) throw error
        throw new AppError(
          'method-not-possible',
          'The model did not answer within two minutes, so it was not taken.',
          { hint: 'Choose a smaller model.', cause: error }
        )
      }
    },
    'expand.removeModel': async ({ model }) => {
      const { project } = writableArea(state)
      const { jobs } = project.store
      const isNeeded = jobs.list().some(({ id, kind, state: now }) => {
        if (kind !== 'expand-set' || !(isActive(now) || now === 'queued' || now === 'interrupted'))
          return false
        return ExpandPlan.safeParse(jobs.get(id)?.params).data?.model === model
      })
      if (isNeeded)
        throw new AppError('invalid-input', 'Pictures are being made with this model.', {
          hint: 'Wait until they are made, or stop it.'
        })
      if (!isOwnId(model)) throw new AppError('run-not-found')
      await removeOwn(ownModelsFolder(project.folder), model)
      return {}
    },
    'expand.estimate': (plan) => estimate(plan),
    'expand.start': async (plan) => {
      const { engine, project, browse } = writableArea(state)
      const dataset = requireDataset(project.store, plan.dataset)
      if (dataset.kind !== 'images')
        throw new AppError('method-not-possible', 'Only pictures can be expanded.')
      const chosen = await chooseRows({ store: project.store, items: browse }, dataset, plan)
      const problem = choiceProblem(chosen)
      if (problem !== null) throw new AppError('invalid-input', problem)
      await areaOf(state).models.find(plan.model)
      const job = engine.submit({
        kind: 'expand-set',
        title: `Expanding ${chosen.sources.length} pictures of “${dataset.name}”`,
        dataset: plan.dataset,
        params: plan
      })
      return { job: job.id }
    },
    'expand.runs': async () => {
      const { runsFolder, store } = state.area().project
      const found = store.jobs.list().map(async ({ id, kind, createdAt, title }) => {
        const record = kind === 'expand-set' ? store.jobs.get(id) : undefined
        const plan = ExpandPlan.safeParse(record?.params)
        if (!plan.success) return []
        const { make } = plan.data
        const ended = Ended.safeParse(record?.result).data
        const made = ended?.made ?? (await countSoFar(join(runsFolder, id), make, atOnce))
        return [{ job: id, createdAt, title, make, passed: ended?.passed ?? null, made }]
      })
      const runs = (await Promise.all(found)).flat()
      return { runs: runs.toSorted((a, b) => b.createdAt - a.createdAt) }
    },
    'expand.soFar': ({ job }) => soFar(areaOf(state), job),
    'expand.end': async ({ job }) => {
      const area = writableArea(state)
      const record = area.project.store.jobs.get(job)
      if (record?.kind !== 'expand-set') throw new AppError('run-not-found')
      const folder = join(area.project.runsFolder, job)
      const { values } = await loadSoFar(folder)
      if (!isActive(record.state) || values.length === 0)
        throw new AppError('invalid-input', 'No picture is finished yet.', {
          hint: 'Wait for the first ones, or stop it.'
        })
      await askToEnd(folder)
      return {}
    },
    'expand.result': async ({ job }) => loadExpanded(finished(state.area(), job)),
    'expand.pixels': async ({ job }) => {
      const folder = finished(state.area(), job)
      const { model, sources } = await loadExpanded(folder)
      const each = model.side * model.side * model.channels
      const all = await readArrayOf(pixelsPath(folder), 'u1')
      return {
        side: model.side,
        channels: model.channels,
        sources: all.slice(0, sources.length * each),
        made: Uint8Array.from(await readArrayOf(madePath(folder), 'u1'))
      }
    },
    'expand.decide': async ({ job, accepted }) => {
      await saveDecisions(finished(writableArea(state), job), accepted)
      return {}
    },
    'expand.measure': async ({ job, seed, steps }) => {
      const area = writableArea(state)
      const problem = await measureProblem(finished(area, job))
      if (problem !== null) throw new AppError('method-not-possible', problem)
      const started = area.engine.submit({
        kind: 'measure-expand',
        title: 'Measuring with and without made pictures',
        params: { of: job, seed, steps }
      })
      return { job: started.id }
    },
    'expand.export': async ({ job, grant, name, ratio }) => {
      const parent = grants.resolve(grant, 'folder').path
      const target = exportTarget(parent, name)
      const counts = await exportExpanded({
        folder: finished(state.area(), job),
        target,
        name,
        ratio,
        appVersion: platform.appVersion,
        createdAt: new Date(platform.now()).toISOString()
      })
      return { folder: exportTarget('', name), ...counts }
    },
    'expand.trainEstimate': async (plan) => {
      const { browse, project } = state.area()
      const dataset = requireDataset(project.store, plan.dataset)
      const pictures =
        dataset.kind === 'images' ? (await trainingRows({ items: browse }, plan)).length : 0
      const problem = trainingProblem(pictures)
      if (problem !== null) return { pictures, seconds: null, problem }
      const { side, channels } = plan
      const step = await speed({ modelPath: undefined, side, channels })
      return {
        pictures,
        seconds: step === undefined ? null : rangeOf(step * plan.steps),
        problem: null
      }
    },
    'expand.train': async (plan) => {
      const { engine, project } = writableArea(state)
      const dataset = requireDataset(project.store, plan.dataset)
      if (dataset.kind !== 'images')
        throw new AppError('method-not-possible', 'Only pictures can be learned from.')
      const job = engine.submit({
        kind: 'train-pictures',
        title: `Learning pictures of “${dataset.name}”`,
        dataset: plan.dataset,
        params: plan
      })
      return { job: job.id }
    }
  }
}

/** Below so many pictures of a label, variety suffers. */
const fewForVariety = 20
/** The helper and the looking, about. */
const helperSeconds = 8

const areaOf = (state: AppState): ProjectArea => state.area()

/** What is finished of an expansion. Throws AppError "run-not-found" where nothing was kept. */
async function soFar({ project, models }: ProjectArea, job: string): Promise<ExpandSoFar> {
  const record = project.store.jobs.get(job)
  const plan = ExpandPlan.safeParse(record?.params)
  if (record?.kind !== 'expand-set' || !plan.success) throw new AppError('run-not-found')
  const folder = join(project.runsFolder, job)
  const frozen = await loadFrozen(folder)
  if (frozen === undefined && record.finishedAt !== undefined) throw new AppError('run-not-found')
  const { side, channels } = (await models.find(plan.data.model)).facts
  const each = side * side * channels
  const { pictures, values } = await loadSoFar(folder)
  const sources = frozen?.sources ?? []
  const all = await readArrayOf(pixelsPath(folder), 'u1').catch(() => new Uint8Array(0))
  return {
    dataset: frozen?.dataset ?? '',
    make: plan.data.make,
    ...{ side, channels },
    pictures: pictures
      .slice(0, values.length / each)
      .map(({ label, parents }) => ({ label, parents: [...parents] })),
    sources: sources.map(({ name }) => name),
    sourcePixels: all.slice(0, sources.length * each),
    madePixels: Uint8Array.from(toBytes(values)),
    isEnding: await isToEnd(folder)
  }
}

/** Folder of an expansion that is done. */
function finished(area: ProjectArea, job: string): string {
  const record = area.project.store.jobs.get(job)
  if (record?.kind !== 'expand-set') throw new AppError('run-not-found')
  if (record.state !== 'finished' && record.state !== 'finished-with-notes')
    throw new AppError('run-not-finished')
  return join(area.project.runsFolder, job)
}
