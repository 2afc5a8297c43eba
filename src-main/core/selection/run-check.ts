// The "Testing the result" phase: the check's units on the pool of threads, each stored when done.
import type { CheckResult, SelectDraft } from '../../api/dto/runs.ts'
import {
  checkResult,
  checkUnits,
  runUnits,
  type CheckedSet,
  type CheckPlan
} from '../evaluation/check.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { CheckTaskInput, CheckTaskOutput } from './check-task.ts'
import type { FrozenChoice } from './frozen-choice.ts'
import type { ReadyFeatures } from './ready-features.ts'
import type { SelectState } from './select-state.ts'

/** Bytes of training rows one thread may hold. */
const trainBytes = 256 * 2 ** 20

export interface RunCheck {
  readonly context: JobContext
  readonly draft: SelectDraft
  readonly choice: FrozenChoice
  readonly features: ReadyFeatures
  readonly classes: number
  readonly chosen: Uint32Array
  readonly others: readonly CheckedSet[]
  state(): SelectState
  save(change: Partial<SelectState>): void
}

/** What the check trains and compares. */
export function checkPlanOf(
  run: Pick<RunCheck, 'draft' | 'choice' | 'features' | 'chosen' | 'others'>
): CheckPlan {
  return {
    seed: run.draft.seed,
    repeats: run.draft.check.repeats,
    candidates: run.choice.candidates,
    labels: run.choice.labels,
    chosen: run.chosen,
    others: run.others,
    trainLimit: Math.max(1000, Math.floor(trainBytes / (4 * run.features.columns)))
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
  let device = run.state().checkDevice ?? ''
  context.phase(4, units.length, 'tests')
  context.progress(Object.keys(run.state().units).length)
  const results = await runUnits(units, {
    finished: new Map(Object.entries(run.state().units)),
    parallel: context.pool.size,
    signal: context.signal,
    async train(unit) {
      await context.breathe()
      const input: CheckTaskInput = {
        featuresPath: run.features.path,
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
        {
          signal: context.signal
        }
      )
      device = output.device
      return output.accuracy01
    },
    onFinished(unit, accuracy, done) {
      run.save({ units: { ...run.state().units, [unit.key]: accuracy }, checkDevice: device })
      context.live(`accuracy:${unit.arm}`, unit.repeat + 1, accuracy)
      context.progress(done)
    }
  })
  return checkResult(plan, results, choice.testRows.length, device)
}
