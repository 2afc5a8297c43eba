// Expanding a set, and measuring whether that is of use, as jobs: what is done is on disk, so that a
// pause, a stop or a kill goes on to the same bits.
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ExpandPlan, type ExpandMeasure, type ExpandResult } from '../../api/dto/expand.ts'
import { JobId } from '../../api/dto/common.ts'
import { AppError } from '../../api/errors.ts'
import { describeSource } from '../datasets/item-source.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import type { JobKind } from '../jobs/job-kind.ts'
import { differenceInterval } from '../evaluation/paired.ts'
import type { DatasetRecord } from '../store/records.ts'
import { choiceProblem, chooseRows, freeze, type ChooseDeps } from './choose-pictures.ts'
import { loadExpanded, loadFrozen, measurePath, resultPath, saveFrozen } from './expand-files.ts'
import { copyShare, leastLabelShare } from './gates.ts'
import type { MakeInput, MakeOutput, MakeProgress } from './make-task.ts'
import {
  fewestHeld,
  measureArms,
  measureRepeats,
  type MeasureInput,
  type MeasureOutput
} from './measure-task.ts'
import { measureSentence } from './measure-sentence.ts'
import type { PictureModels } from './picture-models.ts'

export interface ExpandDeps extends ChooseDeps {
  dataset(id: string): DatasetRecord
  readonly mediaFolder: string
  readonly runsFolder: string
  readonly models: PictureModels
}

/** Seconds of all starts before this one. */
const Spent = z.strictObject({ seconds: z.number() })
const spentBefore = (checkpoint: unknown): number => Spent.safeParse(checkpoint).data?.seconds ?? 0

export type Expanded = { readonly passed: number; readonly made: number }

/** The kind of job that `expand.start` queues. */
export function createExpandJob(deps: ExpandDeps): JobKind<ExpandPlan, Expanded> {
  return {
    kind: 'expand-set',
    params: ExpandPlan,
    canPause: true,
    canResume: true,
    isHeavy: true,
    phases: [
      { name: 'Reading the pictures', weight: 1 },
      { name: 'Finding their places', weight: 10 },
      { name: 'Making pictures', weight: 10 },
      { name: 'Looking at every picture', weight: 2 }
    ],
    async run(context, plan) {
      const dataset = deps.dataset(plan.dataset)
      const folder = await context.folder()
      const frozen = (await loadFrozen(folder)) ?? (await begin(deps, dataset, plan, folder))
      await mkdir(join(folder, 'parts'), { recursive: true })
      const model = await deps.models.find(plan.model)
      const before = spentBefore(context.checkpoint)
      const began = performance.now()
      const seconds = (): number => before + (performance.now() - began) / 1000
      let [phase, total] = [-1, 0]
      const made = await context.pool.run<MakeInput, MakeProgress, MakeOutput>(
        { name: 'expand.make' },
        {
          folder,
          modelPath: model.path,
          plan: { rule: plan.rule, make: plan.make, seed: plan.seed },
          source: describeSource(dataset, deps.mediaFolder),
          device: context.deviceRequest
        },
        {
          signal: context.signal,
          cores: 'all',
          async onEvent(event) {
            if (event.phase !== phase) {
              context.phase(event.phase, event.total, event.phase === 0 ? 'pictures' : 'steps')
              phase = event.phase
            } else if (event.total !== total) context.total(event.total)
            total = event.total
            context.progress(event.done)
            context.saveCheckpoint({ seconds: seconds() })
            await context.breathe()
          }
        }
      )
      const result: ExpandResult = {
        plan,
        dataset: frozen.dataset,
        model: model.facts,
        labels: [...frozen.labels],
        sources: frozen.sources.map(({ row, name, label }) => ({
          row,
          name,
          label: frozen.labels[label]
        })),
        reconstruction: made.reconstruction,
        steps: made.steps,
        top: made.top,
        geometryKept01: made.kept01,
        candidates: made.readings.map(({ label, parents, reasons, ...rest }, at) => ({
          at,
          label: frozen.labels[label],
          parents: [...parents],
          ...rest,
          reasons: [...reasons],
          isAccepted: reasons.length === 0
        })),
        bounds: {
          labelShare01: leastLabelShare,
          nearestRatio: copyShare,
          returnError: made.mostReturnError,
          duplicate: copyShare
        },
        helperAccuracy01: made.helperAccuracy01,
        readouts: {
          nearestRatio: made.nearestRatio,
          variety: made.variety,
          featureDistance: made.featureDistance,
          featureDistanceReal: made.featureDistanceReal
        },
        isReviewed: false,
        measure: null,
        seconds: seconds(),
        device: made.device
      }
      await writeFileAtomic(resultPath(folder), JSON.stringify(result))
      await rm(join(folder, 'parts'), { recursive: true, force: true })
      const passed = result.candidates.filter(({ isAccepted }) => isAccepted).length
      if (result.candidates.length < plan.make)
        context.note(
          `It was ended early: ${result.candidates.length} of ${plan.make} pictures were made.`
        )
      if (passed === 0)
        context.note(
          'No made picture passed: this model and these settings do not suit the pictures.'
        )
      return { passed, made: result.candidates.length }
    },
    discard: (_plan, folder) => rm(folder, { recursive: true, force: true })
  }
}

async function begin(deps: ExpandDeps, dataset: DatasetRecord, plan: ExpandPlan, folder: string) {
  if (dataset.kind !== 'images')
    throw new AppError('method-not-possible', 'Only pictures can be expanded.')
  const chosen = await chooseRows(deps, dataset, plan)
  const problem = choiceProblem(chosen)
  if (problem !== null) throw new AppError('invalid-input', problem)
  const frozen = freeze(deps, dataset, chosen)
  await saveFrozen(folder, frozen)
  return frozen
}

const MeasureParams = z.strictObject({
  of: JobId,
  seed: z.int().min(0).max(4_294_967_295),
  steps: z.int().min(5).max(5000)
})
export type MeasureParams = z.infer<typeof MeasureParams>

/**
 * Why an expansion cannot be measured, in a sentence; null when it can. Accepted pictures are needed,
 * two labels, and held-back pictures of every expanded label.
 */
export async function measureProblem(folder: string): Promise<string | null> {
  const frozen = await loadFrozen(folder)
  const result = await loadExpanded(folder)
  if (!result.candidates.some(({ isAccepted }) => isAccepted))
    return 'No made picture is accepted, so there is nothing to train with.'
  if (frozen === undefined || frozen.labels.length < 2)
    return 'Measuring needs pictures of two labels at least: it tells them apart.'
  const used = new Set(frozen.sources.map(({ label }) => label))
  const short = [...used].find(
    (label) => frozen.held.filter((each) => each.label === label).length < fewestHeld
  )
  return short === undefined
    ? null
    : `There are not enough other pictures of “${frozen.labels[short]}” to measure on: ${fewestHeld} are needed that were not used to make new ones. Add more, or choose fewer to expand.`
}

/** The kind of job that `expand.measure` queues. */
export function createMeasureExpandJob(
  deps: Pick<ExpandDeps, 'runsFolder'>
): JobKind<MeasureParams, { readonly verdict: ExpandMeasure['verdict'] }> {
  return {
    kind: 'measure-expand',
    params: MeasureParams,
    canPause: true,
    canResume: true,
    isHeavy: true,
    phases: [{ name: 'Training with and without', weight: 1 }],
    async run(context, { of, seed, steps }) {
      const expanded = join(deps.runsFolder, of)
      const own = await context.folder()
      // What is accepted may change while it is measured: measured is what was accepted when it began.
      const acceptedPath = join(own, 'accepted.json')
      const now = JSON.stringify(
        (await loadExpanded(expanded)).candidates
          .filter(({ isAccepted }) => isAccepted)
          .map(({ at }) => at)
      )
      const kept = await readFile(acceptedPath, 'utf8').catch(() => undefined)
      if (kept === undefined) {
        const problem = await measureProblem(expanded)
        if (problem !== null) throw new AppError('method-not-possible', problem)
        await writeFileAtomic(acceptedPath, now)
      } else if (kept !== now)
        throw new AppError('invalid-input', 'Other pictures have been accepted since it began.', {
          hint: 'Measure again.'
        })
      const before = spentBefore(context.checkpoint)
      const began = performance.now()
      const seconds = (): number => before + (performance.now() - began) / 1000
      context.phase(0, measureArms.length * measureRepeats, 'trainings')
      const output = await context.pool.run<MeasureInput, { readonly done: number }, MeasureOutput>(
        { name: 'expand.measure' },
        { folder: expanded, unitsFolder: own, seed, steps, device: context.deviceRequest },
        {
          signal: context.signal,
          cores: 'all',
          async onEvent({ done }) {
            context.progress(done)
            context.saveCheckpoint({ seconds: seconds() })
            await context.breathe()
          }
        }
      )
      const measure = measureOf(output, steps, seconds())
      await writeFileAtomic(measurePath(expanded), JSON.stringify(measure))
      return { verdict: measure.verdict }
    },
    discard: (_params, folder) => rm(folder, { recursive: true, force: true })
  }
}

/** What was measured, with its intervals and the sentence about it. */
export function measureOf(output: MeasureOutput, steps: number, seconds: number): ExpandMeasure {
  const [real] = output.accuracies
  const points = (values: readonly number[]): ExpandMeasure['arms'][number]['ahead'] => {
    const { mean, low, high } = differenceInterval(values, real)
    return { mean: 100 * mean, low: 100 * low, high: 100 * high }
  }
  const arms = measureArms.map((arm, at): ExpandMeasure['arms'][number] => ({
    arm,
    accuracies: [...output.accuracies[at]],
    mean: output.accuracies[at].reduce((sum, value) => sum + value, 0) / measureRepeats,
    ahead: arm === 'real' ? null : points(output.accuracies[at])
  }))
  const ahead = arms.find(({ arm }) => arm === 'made')?.ahead ?? { mean: 0, low: 0, high: 0 }
  const verdict = ahead.low > 0 ? 'better' : ahead.high < 0 ? 'worse' : 'no-difference'
  const { real: trained, made, test, labels } = output
  return {
    repeats: measureRepeats,
    real: trained,
    made,
    test,
    steps,
    labels: [...labels],
    arms,
    verdict,
    sentence: measureSentence(verdict, arms),
    seconds
  }
}
