// Calls about expanding small sets.
import { join } from 'node:path'
import { ExpandPlan, type ExpandEstimate } from '../../api/dto/expand.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { requireDataset } from '../datasets/datasets.ts'
import { readArrayOf } from '../selection/array-files.ts'
import { choiceProblem, chooseRows } from '../synthesis/choose-pictures.ts'
import { loadExpanded, madePath, pixelsPath, saveDecisions } from '../synthesis/expand-files.ts'
import { measureProblem } from '../synthesis/expand-job.ts'
import { exportExpanded, exportTarget } from '../synthesis/export-expanded.ts'
import { returnSteps, stepsFor } from '../synthesis/make-task.ts'
import { trainingProblem, trainingRows } from '../synthesis/train-model-job.ts'
import type { ProbeModelInput } from '../synthesis/train-model-task.ts'
import { writableArea, type AppState } from './app-state.ts'
import type { ProjectArea } from './project-area.ts'

type ExpandHandlers = Pick<Handlers, Extract<keyof Handlers, `expand.${string}`>>

const never = new AbortController().signal
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
      const { jobs } = state.area().project.store
      const runs = jobs.list().flatMap(({ id, kind, createdAt, title }) => {
        const record = kind === 'expand-set' ? jobs.get(id) : undefined
        const plan = ExpandPlan.safeParse(record?.params)
        if (!plan.success) return []
        return [
          { job: id, createdAt, title, make: plan.data.make, passed: passedOf(record?.result) }
        ]
      })
      return { runs: runs.toSorted((a, b) => b.createdAt - a.createdAt) }
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
      const step = await speed({ modelPath: undefined, side: plan.side, channels: 1 })
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

/** Folder of an expansion that is done. */
function finished(area: ProjectArea, job: string): string {
  const record = area.project.store.jobs.get(job)
  if (record?.kind !== 'expand-set') throw new AppError('run-not-found')
  if (record.state !== 'finished' && record.state !== 'finished-with-notes')
    throw new AppError('run-not-finished')
  return join(area.project.runsFolder, job)
}

function passedOf(result: unknown): number | null {
  if (typeof result !== 'object' || result === null || !('passed' in result)) return null
  return typeof result.passed === 'number' ? result.passed : null
}
