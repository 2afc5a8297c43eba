// Runs a policy on pages: every task with every seed, several attempts each, corrections in between. One
// trace per attempt, handed over as it ends.
import { AppError } from '../../../api/errors.ts'
import type { TrialNews, RunnerPolicy } from '../../../api/dto/trace-runner.ts'
import type { TraceRecord } from '../model/trace.ts'
import type { PageAction } from '../reflection/actions.ts'
import type { Correction } from '../reflection/memory.ts'
import type { Policy } from '../reflection/policy.ts'
import type { Screen } from '../reflection/screen.ts'
import { solve } from '../reflection/solve.ts'
import type { PlayedPage, SolveLimits, TrialResult } from '../reflection/solve-options.ts'
import { findDecisiveStep } from './decisive-step.ts'
import { expertOf } from './experts.ts'
import { createLocalModelPolicy } from './local-model-policy.ts'
import type { ModelAnswers } from './model-answers.ts'
import { createPageDriver, type PageDriver } from './page-driver.ts'
import { openPageFolder } from './page-folder.ts'
import type { OpenPages } from './page-session.ts'
import { noisyPolicy, randomPolicy, scriptedCorrector, scriptedPolicy } from './policies.ts'
import { changeSentence, trialRecord, type DecisiveLabel } from './trial-record.ts'

/** What to run. */
export interface RunPlan {
  /** Absolute path of the folder of pages. */
  readonly folder: string
  readonly tasks: readonly string[]
  readonly seeds: readonly number[]
  readonly policy: RunnerPolicy
  readonly limits: SolveLimits
  /** False = plain retries: every attempt starts with nothing learnt. */
  readonly reflects: boolean
  /** Failed attempts are replayed to find the step that decided them; needs a script that knows the task. */
  readonly labels: boolean
  /** A picture of every screen. */
  readonly pictures: boolean
  readonly settleMs: number
  /** One attempt that was made before, played again with a correction; its task and seed are the only ones. */
  readonly again?: AttemptAgain
}

/** An attempt that is played again up to a step, where something else is done. */
export interface AttemptAgain {
  /** Actions before the step, and the screens they met, with the one at the step. */
  readonly prefix: readonly PageAction[]
  readonly screens: readonly string[]
  readonly correction: Correction
  /** Numbers of the attempt that is corrected and of the one that is made, from 0. */
  readonly from: number
  readonly trial: number
}

/** One attempt as it ended. */
export interface TrialEvent {
  readonly news: TrialNews
  readonly record: TraceRecord
}

export interface RunDeps {
  readonly openPages: OpenPages
  /** Answers of models that were kept; only with a model. */
  readonly answers: ModelAnswers | null
  readonly signal: AbortSignal
  now(): number
}

/** Attempts in the order they are made. Closes the browser at the end, whatever happens. */
export async function* runTrials(
  plan: RunPlan,
  deps: RunDeps
): AsyncGenerator<TrialEvent, void, void> {
  const { signal } = deps
  const folder = await openPageFolder(plan.folder)
  // Names are checked before a browser is started.
  const pages = plan.tasks.map((task) => ({ task, path: folder.pageOf(task) }))
  for (const task of plan.tasks) needsScript(plan, task)
  const policy = policyFor(plan, deps)
  signal.throwIfAborted()
  const driver = createPageDriver(await deps.openPages(folder), { settleMs: plan.settleMs })
  // A browser that is closed rejects whatever waits for it: stopping never waits for a page.
  const stop = (): void => void driver.close().catch(() => undefined)
  signal.addEventListener('abort', stop, { once: true })
  try {
    for (const { task, path } of pages) {
      await driver.open(path)
      for (const seed of plan.seeds) yield* trialsOf(plan, deps, { driver, policy, task, seed })
    }
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
    await driver.close().catch(() => undefined)
  }
}

interface Place {
  readonly driver: PageDriver
  readonly policy: Policy
  readonly task: string
  readonly seed: number
}

async function* trialsOf(
  plan: RunPlan,
  deps: RunDeps,
  { driver, policy, task, seed }: Place
): AsyncGenerator<TrialEvent, void, void> {
  const pictures = new WeakMap<Screen, Uint8Array>()
  const page = plan.pictures ? withPictures(driver, pictures) : driver
  const { again } = plan
  const trials = solve({
    page,
    policy,
    task,
    seed,
    limits: plan.limits,
    signal: deps.signal,
    now: deps.now,
    ...(again === undefined
      ? !plan.reflects && { memory: 'none' as const }
      : {
          corrections: [again.correction],
          prefix: again.prefix,
          screens: again.screens,
          firstTrial: again.trial
        })
  })
  for await (const trial of trials) {
    const decisive = plan.labels ? await labelOf(driver, task, trial) : null
    yield {
      news: newsOf(trial, decisive),
      record: trialRecord(trial, {
        agent: again === undefined ? policy.name : `${policy.name}, corrected`,
        ...(again !== undefined && { learntFrom: again.from }),
        model: plan.policy.kind === 'model' ? plan.policy.model : null,
        pictureOf: (screen) => pictures.get(screen),
        decisive
      })
    }
  }
}

function withPictures(driver: PageDriver, pictures: WeakMap<Screen, Uint8Array>): PlayedPage {
  return {
    reset: (seed) => driver.reset(seed),
    act: (action) => driver.act(action),
    meta: () => driver.meta(),
    async observe() {
      const screen = await driver.observe()
      pictures.set(screen, await driver.screenshot())
      return screen
    }
  }
}

async function labelOf(
  driver: PageDriver,
  task: string,
  { state, seed, decisions }: TrialResult
): Promise<DecisiveLabel | null> {
  const expert = expertOf(task)
  if (expert === undefined || state !== 'failed') return null
  const actions = decisions.map(({ action }) => action)
  return findDecisiveStep(driver, expert, seed, actions)
}

function newsOf(trial: TrialResult, decisive: DecisiveLabel | null): TrialNews {
  return {
    task: trial.task,
    seed: trial.seed,
    trial: trial.trial,
    state: trial.state,
    reward: trial.reward,
    steps: trial.decisions.length,
    ms: trial.endedAt - trial.startedAt,
    change: changeSentence(trial),
    decisive: decisive?.step ?? null
  }
}

function needsScript({ policy, labels }: RunPlan, task: string): void {
  const isScripted = policy.kind === 'scripted' || policy.kind === 'noisy'
  if ((isScripted || labels) && expertOf(task) === undefined)
    throw new AppError('invalid-input', `No script knows the task “${task}”.`, {
      hint: 'Choose chance or a local model for it, without looking for the decisive step.'
    })
}

/** A person's correction is tried once: nobody is asked for another one after it. */
function policyFor(plan: RunPlan, deps: RunDeps): Policy {
  const policy = createPolicy(plan, deps)
  if (plan.again === undefined) return policy
  return {
    name: policy.name,
    start: (seed, trial) => policy.start?.(seed, trial),
    plan: (context) => policy.plan(context)
  }
}

function createPolicy({ policy }: RunPlan, { answers }: RunDeps): Policy {
  switch (policy.kind) {
    case 'scripted':
      return scriptedPolicy()
    case 'random':
      return randomPolicy(policy.seed)
    case 'noisy':
      return noisyPolicy(
        policy.slip,
        policy.seed,
        policy.corrector === null
          ? undefined
          : scriptedCorrector({ accuracy: policy.corrector, seed: policy.seed })
      )
    case 'model':
      if (answers === null) throw new Error('a model needs a place for its answers')
      return createLocalModelPolicy(policy, answers)
  }
}
