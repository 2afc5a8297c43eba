// Where pages are played: in a window of the host's own, or in an installed browser from a compute
// thread. Also what a request means: which folder, which limits, how many attempts at most.
import { join } from 'node:path'
import type { RunnerRequest, RunnerTasks } from '../../../api/dto/trace-runner.ts'
import { AppError } from '../../../api/errors.ts'
import type { ComputePool } from '../../jobs/compute-task.ts'
import { findPageBrowser, type BrowserChoice } from '../../platform/browsers.ts'
import type { Platform } from '../../platform/platform.ts'
import { expertOf } from './experts.ts'
import { localAddress } from './local-endpoint.ts'
import { openModelAnswers } from './model-answers.ts'
import { openPageFolder } from './page-folder.ts'
import { runTrials, type AttemptAgain, type RunPlan, type TrialEvent } from './run-trials.ts'
import { runTrialsTask, type RunTrialsInput } from './run-trials-task.ts'

/** What a request says, with the folder in place of its grant. */
export type RunSettings = Omit<RunnerRequest, 'pages'> & {
  readonly folder: string
  /** Only to play one attempt again with a correction. */
  readonly again?: AttemptAgain
}

export interface RunOptions {
  /** File that questions to a model and answers are kept in. */
  readonly answersPath: string
  readonly signal: AbortSignal
  onTrial(event: TrialEvent): void | Promise<void>
}

/** Plays pages. */
export interface PageRunner {
  /** Folder of Winnow's own pages. */
  readonly ownPages: string
  /** What a folder holds, and whether it can be played here. Throws as `openPageFolder`. */
  tasks(folder: string): Promise<RunnerTasks>
  /** Refuses what cannot be run, before anything is started. Throws AppError. */
  check(settings: RunSettings): Promise<void>
  run(settings: RunSettings, options: RunOptions): Promise<void>
}

/** Most attempts of one run: at a second each, more than a day. */
export const mostAttempts = 100_000

const noBrowser = 'There is no browser that pages can be played in.'
const browserHint =
  'Install Chromium, Chrome or Edge. For the administrator account it stays off: use another one.'

/** The runner of an app. */
export function createPageRunner(
  platform: Pick<Platform, 'paths' | 'pageBrowser' | 'openSealedPage'>,
  pool: ComputePool
): PageRunner {
  const browser = (): BrowserChoice | undefined => platform.pageBrowser ?? findPageBrowser()
  const { openSealedPage } = platform

  async function check(settings: RunSettings): Promise<void> {
    const { tasks, seeds, trials, policy, folder } = settings
    if (tasks.length * seeds.length * trials > mostAttempts)
      throw new AppError('invalid-input', 'That would be too many attempts.', {
        hint: `Ask for at most ${mostAttempts.toLocaleString('en')}: tasks times seeds times attempts.`
      })
    if (policy.kind === 'model') localAddress(policy.address)
    const pages = await openPageFolder(folder)
    for (const task of tasks) pages.pageOf(task)
    if (openSealedPage === undefined && browser() === undefined)
      throw new AppError('invalid-input', noBrowser, { hint: browserHint })
  }

  return {
    ownPages: join(platform.paths.resources, 'pages'),
    async tasks(folder) {
      const { tasks } = await openPageFolder(folder)
      const found = browser()
      const name = openSealedPage === undefined ? (found?.path ?? null) : 'Winnow'
      return {
        tasks: tasks.map((task) => ({ name: task, hasScript: expertOf(task) !== undefined })),
        browser: name,
        problem: name === null ? `${noBrowser} ${browserHint}` : null
      }
    },
    check,
    async run(settings, { answersPath, signal, onTrial }) {
      await check(settings)
      const plan = planOf(settings)
      const kept = plan.policy.kind === 'model' ? answersPath : null
      if (openSealedPage !== undefined) {
        const deps = {
          openPages: ({ root }: { readonly root: string }) => openSealedPage(root),
          answers: kept === null ? null : await openModelAnswers(kept),
          signal,
          now: () => Date.now()
        }
        for await (const event of runTrials(plan, deps)) await onTrial(event)
        return
      }
      const choice = browser()
      if (choice === undefined)
        throw new AppError('invalid-input', noBrowser, { hint: browserHint })
      await pool.run<RunTrialsInput, TrialEvent, null>(
        runTrialsTask,
        { plan, browser: choice, answersPath: kept },
        { signal, onEvent: onTrial }
      )
    }
  }
}

function planOf(settings: RunSettings): RunPlan {
  const { trials, steps, perScreen, trialSeconds, ...plan } = settings
  return { ...plan, limits: { trials, steps, perScreen, trialMs: trialSeconds * 1000 } }
}
