// Calls that try a reviewer's correction on the page the attempt was made at.
import { basename } from 'node:path'
import type { CorrectionPlayer, RunnerPolicy } from '../../api/dto/trace-runner.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import type { TraceHead } from '../store/trace-records.ts'
import { loadTrace, noTrace } from '../traces/stored/load-trace.ts'
import { expertOf } from '../traces/runner/experts.ts'
import { MadeByPages } from '../traces/runner/run-job.ts'
import type { PageRunner } from '../traces/runner/runner.ts'
import {
  attemptAgain,
  playerOfName,
  savedAttempt,
  type SavedAttempt
} from '../traces/runner/saved-attempt.ts'
import type { TryCorrectionParams } from '../traces/runner/try-job.ts'
import { writableArea, type AppState } from './app-state.ts'
import type { ProjectArea } from './project-area.ts'

/** What Winnow's own pages are called as the source of attempts. */
export const ownPagesName = 'Winnow’s own pages'

/** Attempts with more events than a run of the longest kind writes are none that was played here. */
const mostEvents = 2000

/** An attempt, and how it was made as far as that is known. */
interface Tryable {
  readonly head: TraceHead
  readonly attempt: SavedAttempt
  readonly made: MadeByPages | undefined
  readonly isOwn: boolean
  readonly player: RunnerPolicy | undefined
}

/** Handlers of corrections that are tried. */
export function createTryCorrectionHandlers(
  state: AppState,
  runner: PageRunner
): Pick<Handlers, 'runner.canTry' | 'runner.tryCorrection'> {
  /** The attempt, or why it cannot be played again. Throws AppError "item-not-found". */
  async function look({ project }: ProjectArea, trace: number): Promise<Tryable | string> {
    const { store } = project
    const head = store.traces.head(trace)
    if (head === undefined) throw noTrace()
    if (head.events > mostEvents) return 'This attempt is too long to be played again.'
    const source = store.traces.sources(head.part).find(({ number }) => number === head.source)
    const attempt = savedAttempt(loadTrace(store, trace), source?.format)
    if (typeof attempt === 'string') return attempt
    const made = MadeByPages.safeParse(store.traces.part(head.part)?.options).data
    const own = await runner.tasks(runner.ownPages)
    if (own.problem !== null) return own.problem
    // Files do not say which pages they are from: those of the same name are tried, and every screen is held
    // against the log.
    const mayBeOwn = made?.isOwn ?? (source?.name === ownPagesName || source?.format !== 'pages')
    const isOwn = mayBeOwn && own.tasks.some(({ name }) => name === attempt.task)
    const player = made?.policy ?? playerOfName(head.facts?.agent ?? null)
    return { head, attempt, made, isOwn, player }
  }

  return {
    'runner.canTry': async ({ trace }) => {
      const found = await look(state.area(), trace)
      return typeof found === 'string'
        ? { problem: found, needsFolder: false, players: [] }
        : { problem: null, needsFolder: !found.isOwn, players: playersOf(found) }
    },
    'runner.tryCorrection': async ({ trace, step, correction, player, pages }) => {
      const area = writableArea(state)
      const found = await look(area, trace)
      if (typeof found === 'string') throw new AppError('invalid-input', found)
      const { head, attempt, made, isOwn } = found
      const folder = pages === null ? runner.ownPages : state.grants.resolve(pages, 'folder').path
      if (pages === null && !isOwn)
        throw new AppError('invalid-input', 'Choose the folder of the pages first.')
      const { store } = area.project
      const trials = store.traces
        .attempts(head.set, head.task.key)
        .map((id) => store.traces.head(id)?.trial ?? 0)
      const trial = Math.max(...trials, head.trial) + 1
      const again = attemptAgain(attempt, step, correction, { from: head.trial, trial })
      const params: TryCorrectionParams = {
        ...{ set: head.set, folder, again, reflects: true, labels: false, trials: 1 },
        ...{ tasks: [attempt.task], seeds: [attempt.seed] },
        policy: policyOf(found, player),
        isOwn: pages === null,
        pagesName: pages === null ? ownPagesName : basename(folder),
        // Room to go on after the correction, however late it comes.
        steps: Math.min(200, Math.max(made?.steps ?? 20, again.correction.step + 10)),
        perScreen: made?.perScreen ?? 10,
        trialSeconds: made?.trialSeconds ?? 60,
        pictures: made?.pictures ?? true,
        settleMs: made?.settleMs ?? 50
      }
      await runner.check(params)
      const { id } = area.engine.submit({
        kind: 'try-correction',
        title: `Trying a correction of “${attempt.task}”`,
        params
      })
      return { job: id, trial }
    }
  }
}

function playersOf({ attempt, player }: Tryable): CorrectionPlayer[] {
  const hasScript = expertOf(attempt.task) !== undefined
  const canSame =
    player !== undefined && (hasScript || player.kind === 'random' || player.kind === 'model')
  return [
    ...(canSame ? ['same' as const] : []),
    ...(hasScript ? ['script' as const] : []),
    'chance'
  ]
}

function policyOf(found: Tryable, wanted: CorrectionPlayer): RunnerPolicy {
  if (!playersOf(found).includes(wanted))
    throw new AppError('invalid-input', 'Nobody of this kind can go on with this attempt.', {
      hint: 'Choose another one to go on after the correction.'
    })
  if (wanted === 'same' && found.player !== undefined) return found.player
  return wanted === 'script' ? { kind: 'scripted' } : { kind: 'random', seed: 0 }
}
