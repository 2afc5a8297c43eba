// Calls about reviews of agents' traces: who reviews, queues, working on a review, and the report.
import { userInfo } from 'node:os'
import type { QueuePlan, QueueReport, Reviewer, ReviewView } from '../../api/dto/trace-reviews.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { newJobId } from '../jobs/engine.ts'
import type { QueueRecord, ReviewerRecord, ReviewRecord } from '../store/review-records.ts'
import type { Store } from '../store/records.ts'
import { isHiddenFrom } from '../traces/reviews/blind.ts'
import { itemsOf, placesFor, secondsEach, summaryOf } from '../traces/reviews/queue-progress.ts'
import { reportTask, type ReportTaskInput } from '../traces/reviews/report/report-task.ts'
import { requireQueue } from '../traces/reviews/require.ts'
import {
  currentReviewer,
  ensureReviewer,
  reviewAs,
  type ReviewerDeps
} from '../traces/reviews/reviewers.ts'
import {
  actOn,
  openOutside,
  openPlace,
  redoIn,
  requireReview,
  setStateOf,
  undoIn,
  viewOf,
  type ReviewDeps
} from '../traces/reviews/review-work.ts'
import { setQuestions } from '../traces/reviews/set-questions.ts'
import {
  planQueueTask,
  previewOf,
  startQueue,
  type PlanInput,
  type PlannedSet
} from '../traces/reviews/start-queue.ts'
import { offeredTags } from '../traces/reviews/tags.ts'
import { noTrace, requireSet } from '../traces/stored/load-trace.ts'
import type { TraceLists } from '../traces/stored/trace-lists.ts'
import { writableArea, type AppState } from './app-state.ts'
import type { ProjectArea } from './project-area.ts'

type ReviewHandlers = Pick<Handlers, Extract<keyof Handlers, `reviews.${string}`>>

/** What the handlers below share. */
interface Reviewing {
  /** To look at reviews. Throws AppError "no-project". */
  read(): ReviewDeps & ReviewerDeps & { readonly store: Store; readonly lists: TraceLists }
  /** To change them. Throws AppError "no-project" or "project-read-only". */
  change(): ReturnType<Reviewing['read']>
  /** Plans a queue in a compute thread. */
  plan(store: Store, plan: QueuePlan, signal: AbortSignal): Promise<PlannedSet>
  /** Makes a queue's report in a compute thread. */
  report(
    store: Store,
    queue: string,
    reviewer: ReviewerRecord,
    signal: AbortSignal
  ): Promise<QueueReport>
}

/** Handlers of `reviews.*`. */
export function createReviewHandlers(state: AppState): ReviewHandlers {
  const firstName = ownName()
  const over = ({ project, traces }: ProjectArea): ReturnType<Reviewing['read']> => {
    const { store } = project
    const now = (): number => state.platform.now()
    return { store, lists: traces.lists, firstName, now, newId: newJobId }
  }
  const reviewing: Reviewing = {
    read: () => over(state.area()),
    change: () => over(writableArea(state)),
    plan: ({ path }, plan, signal) =>
      state.pool.run<PlanInput, never, PlannedSet>(
        planQueueTask,
        { path, plan },
        { signal, isLight: true }
      ),
    report: ({ path }, queue, reviewer, signal) =>
      state.pool.run<ReportTaskInput, never, QueueReport>(
        reportTask,
        { path, queue, reviewer },
        { signal, isLight: true }
      )
  }
  return {
    ...reviewerHandlers(reviewing),
    ...queueHandlers(reviewing),
    ...openHandlers(reviewing),
    ...workHandlers(reviewing)
  }
}

/** The name this person has on the computer; "Me" where there is none. */
function ownName(): string {
  try {
    return userInfo().username.trim().slice(0, 60) || 'Me'
  } catch {
    return 'Me'
  }
}

function reviewerHandlers({
  read,
  change
}: Reviewing): Pick<ReviewHandlers, 'reviews.reviewers' | 'reviews.reviewAs' | 'reviews.tags'> {
  const list = (deps: ReturnType<typeof read>): { reviewers: Reviewer[] } => {
    const known = deps.store.reviews.reviewers()
    const current = currentReviewer(deps)
    const all = current.id === '' ? [...known, { ...current, reviews: 0 }] : known
    return {
      reviewers: all.map(({ id, name, isModel, isCurrent, reviews }) => {
        return { id, name, isModel, isCurrent, reviews }
      })
    }
  }
  return {
    'reviews.reviewers': async () => list(read()),
    'reviews.reviewAs': async ({ name }) => {
      const deps = change()
      reviewAs(deps, name)
      return list(deps)
    },
    'reviews.tags': async ({ set }) => {
      const { store } = read()
      return { tags: offeredTags(store, requireSet(store, set).id) }
    }
  }
}

type QueueHandlers = Pick<
  ReviewHandlers,
  | 'reviews.plan'
  | 'reviews.start'
  | 'reviews.queues'
  | 'reviews.queue'
  | 'reviews.removeQueue'
  | 'reviews.setQuestions'
  | 'reviews.report'
>

function queueHandlers({ read, change, plan: planOf, report: reportOf }: Reviewing): QueueHandlers {
  // Only the newest preview is still asked for, and only the newest report.
  let previewing = new AbortController()
  let reporting = new AbortController()
  return {
    'reviews.plan': async (plan) => {
      previewing.abort(new AppError('cancelled'))
      previewing = new AbortController()
      const deps = read()
      const planned = await planOf(deps.store, plan, previewing.signal)
      return previewOf(planned, secondsEach(deps.store, currentReviewer(deps).id))
    },
    'reviews.start': async (plan) => {
      const { store, newId, now } = change()
      const planned = await planOf(store, plan, new AbortController().signal)
      const deps = change()
      // Another project may have been opened since.
      if (deps.store !== store) throw new AppError('cancelled')
      const made = { id: newId(), createdAt: now() }
      return summaryOf(store, startQueue(store, plan, planned, made), ensureReviewer(deps))
    },
    'reviews.queues': async () => {
      const deps = read()
      const { store } = deps
      const reviewer = currentReviewer(deps)
      const isReady = ({ set }: QueueRecord): boolean => store.traces.set(set)?.state === 'ready'
      const queues = store.reviews.queues(null).filter(isReady)
      return { queues: queues.map((queue) => summaryOf(store, queue, reviewer)) }
    },
    'reviews.queue': async ({ queue: id }) => {
      const deps = read()
      const queue = requireQueue(deps.store, id)
      const reviewer = currentReviewer(deps)
      const places = placesFor(deps.store, queue, reviewer)
      const summary = summaryOf(deps.store, queue, reviewer, places)
      return { summary, items: itemsOf(queue, places) }
    },
    'reviews.removeQueue': async ({ queue }) => {
      const { store } = change()
      store.reviews.removeQueue(requireQueue(store, queue).id)
      return {}
    },
    'reviews.setQuestions': async ({ queue, questions, askAgain }) => {
      const deps = change()
      const changed = setQuestions(deps, queue, questions, askAgain)
      return summaryOf(deps.store, changed, currentReviewer(deps))
    },
    'reviews.report': async ({ queue: id }) => {
      reporting.abort(new AppError('cancelled'))
      reporting = new AbortController()
      const deps = read()
      const queue = requireQueue(deps.store, id)
      return reportOf(deps.store, queue.id, currentReviewer(deps), reporting.signal)
    }
  }
}

/** A review with its reviewer's name, as screens show it. */
function shown(deps: ReviewDeps, review: ReviewRecord): ReviewView {
  return viewOf(deps, review, deps.store.reviews.reviewer(review.reviewer)?.name ?? '')
}

/** Who opens a review; nobody is made in a project that is only read. */
function opener(deps: ReviewDeps & ReviewerDeps): ReviewerRecord {
  return deps.store.isReadOnly ? currentReviewer(deps) : ensureReviewer(deps)
}

type OpenHandlers = Pick<
  ReviewHandlers,
  'reviews.open' | 'reviews.openTrace' | 'reviews.ofTrace' | 'reviews.addTime'
>

function openHandlers({ read, change }: Reviewing): OpenHandlers {
  return {
    'reviews.open': async ({ queue, position }) => {
      const deps = read()
      return shown(deps, openPlace(deps, queue, position, opener(deps).id))
    },
    'reviews.openTrace': async ({ trace }) => {
      const deps = read()
      const head = deps.store.traces.head(trace)
      if (!head) throw noTrace()
      return shown(deps, openOutside(deps, head.set, trace, opener(deps).id))
    },
    'reviews.ofTrace': async ({ trace }) => {
      const deps = read()
      if (!deps.store.traces.head(trace)) throw noTrace()
      if (isHiddenFrom(deps.store, trace, currentReviewer(deps))) return { reviews: [] }
      return { reviews: deps.store.reviews.ofTrace(trace).map((review) => shown(deps, review)) }
    },
    'reviews.addTime': async ({ review, ms }) => {
      const { store } = change()
      store.reviews.addTime(requireReview(store, review).id, ms)
      return {}
    }
  }
}

/** Throws AppError "invalid-input" for a review by somebody else: only they change it. */
function requireOwn(deps: ReviewDeps & ReviewerDeps, id: string): void {
  const { reviewer } = requireReview(deps.store, id)
  if (reviewer === currentReviewer(deps).id) return
  const name = deps.store.reviews.reviewer(reviewer)?.name ?? ''
  throw new AppError('invalid-input', `This is the review of “${name}”.`, {
    hint: `Review as “${name}” to change it, or open the attempt again for a review of your own.`
  })
}

type WorkHandlers = Pick<
  ReviewHandlers,
  'reviews.act' | 'reviews.undo' | 'reviews.redo' | 'reviews.setState'
>

function workHandlers({ change }: Reviewing): WorkHandlers {
  const answer = (review: string, work: (deps: ReviewDeps) => ReviewRecord): ReviewView => {
    const deps = change()
    requireOwn(deps, review)
    return shown(deps, work(deps))
  }
  return {
    'reviews.act': async ({ review, act }) => answer(review, (deps) => actOn(deps, review, act)),
    'reviews.undo': async ({ review }) => answer(review, (deps) => undoIn(deps, review)),
    'reviews.redo': async ({ review }) => answer(review, (deps) => redoIn(deps, review)),
    'reviews.setState': async ({ review, state }) =>
      answer(review, (deps) => setStateOf(deps, review, state))
  }
}
