// A factory of attempts with known mistakes: an expert whose actions are clicks by lot in 35 of 100 cases, each
// failure labelled by replay with the step that decided it. What detectors say is held against that.
import { setPriority } from 'node:os'
import type { Trace } from '../../src-main/core/traces/model/trace.ts'
import { decisions } from '../../src-main/core/traces/detectors/detector.ts'
import { noChangeDetector } from '../../src-main/core/traces/detectors/screens.ts'
import { PrefixTree } from '../../src-main/core/traces/first-wrong/prefix-tree.ts'
import { formatAction, type PageAction } from '../../src-main/core/traces/reflection/actions.ts'
import { solve } from '../../src-main/core/traces/reflection/solve.ts'
import {
  plainLimits,
  type TrialResult
} from '../../src-main/core/traces/reflection/solve-options.ts'
import { findDecisiveStep } from '../../src-main/core/traces/runner/decisive-step.ts'
import { expertOf } from '../../src-main/core/traces/runner/experts.ts'
import type { PageDriver } from '../../src-main/core/traces/runner/page-driver.ts'
import { noisyPolicy } from '../../src-main/core/traces/runner/policies.ts'
import { openPages, traceOf } from './played-pages.ts'

setPriority(19)
const tasks = ['checkboxes', 'tabs', 'login']
const seeds = [1000, 1001, 1002, 1003, 1004]
const perSeed = 20
const signal = new AbortController().signal
const began = performance.now()

/** Attempts at one task with one seed; none learns from another, none ends before the page says so. */
async function attemptsAt(page: PageDriver, task: string, seed: number): Promise<TrialResult[]> {
  const made: TrialResult[] = []
  for (let trial = 0; trial < perSeed; trial++) {
    const trials = solve({
      page,
      policy: noisyPolicy(0.35, 12_345 + trial),
      task,
      seed,
      limits: { ...plainLimits, trials: 1, steps: 30 },
      signal,
      now: () => performance.now(),
      memory: 'none',
      endsEarly: false
    })
    for await (const each of trials) made.push({ ...each, trial })
  }
  return made
}

/** True when leaving an action out changes nothing of what came after it. */
async function isIdle(page: PageDriver, trial: TrialResult, step: number): Promise<boolean> {
  await page.reset(trial.seed)
  await page.observe()
  for (const [at, { action }] of trial.decisions.entries()) {
    if (at === step) continue
    if (!(await page.act(action))) return false
    const { isDone, reward } = await page.meta()
    if (isDone) return at === trial.decisions.length - 1 && reward === trial.reward
    await page.observe()
  }
  return trial.last !== null
}

/** The first step whose action no attempt that passed ever made; the last one without. */
function firstNovel(trace: Trace, passes: readonly Trace[]): number {
  const known = new Set(passes.flatMap((pass) => decisions(pass).map(({ key }) => key)))
  const found = decisions(trace).find(({ key }) => !known.has(key))
  return found?.step.index ?? trace.steps.length - 1
}

/** The step after which the value of the place falls most. */
function largestDrop(trace: Trace, tree: PrefixTree, prior: number): number {
  const made = decisions(trace)
  const values = tree.along(
    made.map(({ key }) => key),
    prior
  )
  let found = made.length - 1
  for (let i = 1, most = 0; i < values.length; i++)
    if (values[i - 1] - values[i] > most) {
      most = values[i - 1] - values[i]
      found = i - 1
    }
  return made[found]?.step.index ?? trace.steps.length - 1
}

const counts = { traces: 0, pass: 0, fail: 0, labelled: 0, novel: 0, parting: 0, drop: 0, last: 0 }
const idle = { flagged: 0, right: 0 }

async function judge(
  page: PageDriver,
  task: string,
  trials: readonly TrialResult[]
): Promise<void> {
  const expert = expertOf(task)
  if (expert === undefined) throw new Error(`no script knows ${task}`)
  const traces = trials.map((trial) => traceOf(trial))
  const passes = traces.filter(({ outcome }) => outcome === 'pass')
  const tree = new PrefixTree(traces)
  const prior = passes.length / traces.length
  for (const [i, trial] of trials.entries()) {
    const trace = traces[i]
    counts.traces++
    counts[trace.outcome === 'pass' ? 'pass' : 'fail']++
    for (const { step } of noChangeDetector.find(trace, { passes, passLengths: [] })) {
      idle.flagged++
      if (await isIdle(page, trial, step)) idle.right++
      else
        console.log(
          `not idle: ${task} ${trial.seed} attempt ${trial.trial}, step ${step}: ${trial.decisions.map(({ action }: { action: PageAction }) => formatAction(action)).join('; ')}`
        )
    }
    if (trace.outcome === 'pass') continue
    const actions = trial.decisions.map(({ action }) => action)
    const label = await findDecisiveStep(page, expert, trial.seed, actions)
    if (label === null) continue
    counts.labelled++
    if (firstNovel(trace, passes) === label.step) counts.novel++
    if (tree.parting(trace, prior)?.step === label.step) counts.parting++
    if (largestDrop(trace, tree, prior) === label.step) counts.drop++
    if (trace.steps.length - 1 === label.step) counts.last++
  }
}

const page = await openPages()
try {
  for (const task of tasks) {
    await page.open(`miniwob/${task}.html`)
    for (const seed of seeds) await judge(page, task, await attemptsAt(page, task, seed))
  }
} finally {
  await page.close()
}
const { traces, pass, fail, labelled, novel, parting, drop, last } = counts
console.log(`${traces} attempts: ${pass} passed, ${fail} failed, ${labelled} labelled by replay`)
console.log(`nothing happened: ${idle.right} of ${idle.flagged} findings are right`)
console.log(`decisive step, first action no pass made: ${novel} of ${labelled}`)
console.log(`decisive step, where the ways part: ${parting} of ${labelled}`)
console.log(`decisive step, largest fall of value: ${drop} of ${labelled}`)
console.log(`decisive step, last step: ${last} of ${labelled}`)
console.log(`took ${((performance.now() - began) / 1000).toFixed(0)} s`)
