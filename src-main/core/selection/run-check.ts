// The "Testing the result" phase: the check's units on the pool of threads, each stored when done.
import { join } from 'node:path'
import type { CheckResult, SelectDraft } from '../../api/dto/runs.ts'
import {
  checkUnits,
  runUnits,
  type CheckedSet,
  type CheckPlan,
  type CheckUnit
} from '../evaluation/check.ts'
import { checkResult } from '../evaluation/check-result.ts'
import { modelFacts } from '../evaluation/models/model-facts.ts'
import { mostPictures } from '../evaluation/models/picture-side.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import { checkModels, whyNotModel } from './check-models.ts'
import {
  hasCheckPixels,
  removeCheckPixels,
  unreadPictures,
  type CheckPixelsInput,
  type CheckPixelsOutput,
  type CheckPixelsProgress,
  type PictureAccess
} from './check-pixels.ts'
import type { CheckTaskInput, CheckTaskOutput } from './check-task.ts'
import type { FrozenChoice } from './frozen-choice.ts'
import type { ReadyFeatures } from './ready-features.ts'
import { phaseAt, type SelectState } from './select-state.ts'

/** Bytes of training rows one thread may hold. */
const trainBytes = 256 * 2 ** 20
/** Pictures that count as one step of the progress bar. */
const picturesPerStep = 1000

export interface RunCheck {
  readonly context: JobContext
  readonly draft: SelectDraft
  readonly choice: FrozenChoice
  readonly features: ReadyFeatures
  readonly classes: number
  /** Best first. */
  readonly chosen: Uint32Array
  /** All candidates in the method's order, best first. */
  readonly order: Uint32Array
  readonly others: readonly CheckedSet[]
  /** The run's folder. */
  readonly folder: string
  /** Undefined when the items are no pictures. */
  readonly pictures: PictureAccess | undefined
  state(): SelectState
  save(change: Partial<SelectState>): void
}

/** Chosen rows in their order, then the other candidates in the method's. */
function curveOrder(chosen: Uint32Array, order: Uint32Array): Uint32Array {
  return Uint32Array.from(new Set([...chosen, ...order]))
}

/** What the check trains and compares. */
export function checkPlanOf(
  run: Pick<RunCheck, 'draft' | 'choice' | 'features' | 'chosen' | 'order' | 'others' | 'pictures'>
): CheckPlan {
  const { check, seed } = run.draft
  return {
    seed,
    repeats: check.repeats,
    models: checkModels(check, run.pictures !== undefined),
    candidates: run.choice.candidates,
    labels: run.choice.labels,
    chosen: run.chosen,
    others: run.others,
    trainLimit: {
      fingerprints: Math.max(1000, Math.floor(trainBytes / (4 * run.features.columns))),
      pictures: mostPictures
    },
    curveOrder: check.curve ? curveOrder(run.chosen, run.order) : undefined
  }
}

/** Why a check is not possible, in a sentence; undefined when it is. */
export function whyNotChecked(draft: SelectDraft, choice: FrozenChoice): string | undefined {
  if (!draft.check.isOn) return 'The result was not tested, as asked.'
  if (choice.testRows.length === 0)
    return 'The result was not tested: there are no labelled test items.'
  const classes = new Set(
    Int32Array.from(choice.candidates, (row) => choice.labels[row]).filter((label) => label >= 0)
  )
  if (classes.size < 2)
    return 'The result was not tested: that needs at least two classes with labels.'
  return undefined
}

/** Runs the check and returns its result. */
export async function runCheck(run: RunCheck): Promise<CheckResult> {
  const { context, choice } = run
  const plan = checkPlanOf(run)
  const units = checkUnits(plan)
  const testLabels = Int32Array.from(choice.testRows, (row) => choice.labels[row])
  const pixelsFolder = join(run.folder, 'check-pictures')
  const pictures = pictureRows(run, units)
  // Decoding counts as steps of its own; a bar that ran full before the tests would say nothing.
  const steps = Math.ceil(pictures.length / picturesPerStep)
  context.phase(
    phaseAt(run.draft, 'Testing the result'),
    steps + units.length,
    steps === 0 ? 'tests' : 'steps'
  )
  const isOpen = units.some(
    (unit) => readsPictures(unit) && run.state().units[unit.key] === undefined
  )
  if (isOpen && !(await hasCheckPixels(pixelsFolder)))
    await decodePictures(run, pictures, pixelsFolder)
  const unread = isOpen ? await unreadPictures(pixelsFolder) : 0
  let device = run.state().checkDevice ?? ''
  context.progress(steps + Object.keys(run.state().units).length)
  const results = await runUnits(units, {
    finished: new Map(Object.entries(run.state().units)),
    parallel: context.pool.size,
    signal: context.signal,
    async train(unit) {
      await context.breathe()
      const input: CheckTaskInput = {
        model: unit.model,
        featuresPath: run.features.path,
        pixelsFolder,
        trainRows: unit.rows,
        trainLabels: Int32Array.from(unit.rows, (row) => choice.labels[row]),
        testRows: choice.testRows,
        testLabels,
        classes: run.classes,
        seed: unit.seed,
        device: context.deviceRequest
      }
      const output = await context.pool.run<CheckTaskInput, never, CheckTaskOutput>(
        { name: 'check' },
        input,
        { signal: context.signal }
      )
      device = output.device
      return output.accuracy01
    },
    onFinished(unit, accuracy, done) {
      run.save({ units: { ...run.state().units, [unit.key]: accuracy }, checkDevice: device })
      if (unit.model === plan.models[0] && !unit.arm.includes('@'))
        context.live(`accuracy:${unit.arm}`, unit.repeat + 1, accuracy)
      context.progress(steps + done)
    }
  })
  await removeCheckPixels(pixelsFolder)
  const result = checkResult(plan, results, choice.testRows.length, device)
  return { ...result, cautions: [...result.cautions, ...modelCautions(run, unread)] }
}

function readsPictures(unit: CheckUnit): boolean {
  return modelFacts[unit.model].reads === 'pictures'
}

/** What was asked of a check model that this data has no use for, and pictures that were no use. */
function modelCautions({ draft: { check }, pictures }: RunCheck, unread: number): string[] {
  const cautions: string[] = []
  const left = [check.model, ...check.alsoModels].find(
    (model) => whyNotModel(model, pictures !== undefined) !== undefined
  )
  if (left !== undefined) {
    const instead = left === check.model ? ' Another check model was used instead.' : ''
    cautions.push(`${whyNotModel(left, false) ?? ''}${instead}`)
  }
  if (unread > 0)
    cautions.push(
      `${unread.toLocaleString('en')} ${unread === 1 ? 'picture' : 'pictures'} could not be read and took no part in the test with the picture network.`
    )
  return cautions
}

/** Rows whose pictures some unit reads, ascending; the same before and after a stop. */
function pictureRows({ choice, pictures }: RunCheck, units: readonly CheckUnit[]): Uint32Array {
  const reading = units.filter(readsPictures)
  if (reading.length === 0 || pictures === undefined) return new Uint32Array(0)
  const wanted = new Set(choice.testRows)
  for (const unit of reading) for (const row of unit.rows) wanted.add(row)
  return Uint32Array.from(wanted).sort()
}

async function decodePictures(run: RunCheck, rows: Uint32Array, folder: string): Promise<void> {
  const { context, pictures } = run
  if (pictures === undefined) throw new Error('the data has no pictures')
  const locators = await pictures.locators(rows, () => context.breathe())
  await context.pool.run<CheckPixelsInput, CheckPixelsProgress, CheckPixelsOutput>(
    { name: 'check-pixels' },
    { source: pictures.source, rows, locators, folder },
    {
      signal: context.signal,
      async onEvent({ done }) {
        context.progress(Math.floor(done / picturesPerStep))
        await context.breathe()
      }
    }
  )
}
