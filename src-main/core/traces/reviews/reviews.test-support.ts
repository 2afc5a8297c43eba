// Support for tests of reviews: a project file with a set of attempts in it, a clock that goes on by
// itself, and reviewers.
import { join } from 'node:path'
import { openStore } from '../../store/open-store.ts'
import type { Store } from '../../store/records.ts'
import { temporaryFolder } from '../../store/store.test-support.ts'
import type { Outcome } from '../model/trace.ts'
import type { ReviewDeps } from './review-work.ts'

/** An open project file with attempts, reviewers and what works on its reviews. */
export interface ReviewFixture {
  readonly store: Store
  readonly deps: ReviewDeps
  /** Numbers of the attempts of set "s". */
  readonly traces: readonly number[]
  /** Closes the file and opens it again, as after a start of the app. */
  reopen(): void
  /** Opens the file a second time without closing it: what would be there after kill -9. */
  afterKill(): Store
  /** Milliseconds pass. */
  wait(ms: number): void
  dispose(): void
}

/** One attempt to make. */
export interface MadeAttempt {
  readonly outcome?: Outcome
  readonly task?: string
  readonly steps?: number
}

function fill(store: Store, attempts: readonly MadeAttempt[]): number[] {
  const rules = { effects: {}, volatile: [], isOrderFree: false }
  store.traces.insertSet({ id: 's', name: 'Flights', rules, createdAt: 1 })
  const part = store.traces.addPart('s', {}, 1)
  const traces = attempts.map(({ outcome = 'fail', task, steps = 12 }, i) =>
    store.traces.addTrace({
      part,
      source: 0,
      steps,
      id: `t${i}`,
      task: { key: task ?? `task ${i}`, goal: 'Book a flight' },
      trial: 0,
      outcome,
      reward: null,
      endReason: null,
      warnings: [],
      gold: null,
      marked: null
    })
  )
  store.traces.updatePart(part, { state: 'ready' })
  store.traces.updateSet('s', { state: 'ready' })
  store.reviews.addReviewer({ id: 'ann', name: 'Ann', isModel: false, createdAt: 1 })
  store.reviews.addReviewer({ id: 'bob', name: 'Bob', isModel: false, createdAt: 2 })
  store.reviews.setCurrent('ann')
  return traces
}

/** Makes a project file with these attempts in set "s", and the reviewers Ann (current) and Bob. */
export function createReviewFixture(attempts: readonly MadeAttempt[]): ReviewFixture {
  const folder = temporaryFolder()
  const path = join(folder.path, 'project.winnow')
  let store = openStore(path)
  const extra: Store[] = []
  const traces = fill(store, attempts)
  let time = 1_000_000
  let ids = 0
  return {
    get store() {
      return store
    },
    get deps() {
      return { store, now: () => (time += 1000), newId: () => `r${++ids}` }
    },
    traces,
    reopen() {
      store.dispose()
      store = openStore(path)
    },
    afterKill() {
      const other = openStore(path)
      extra.push(other)
      return other
    },
    wait(ms) {
      time += ms
    },
    dispose() {
      for (const it of [...extra, store]) it.dispose()
      folder.remove()
    }
  }
}
