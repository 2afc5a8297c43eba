// Acts of a reviewer on their way to the app: one at a time and in order. An act that fails stays
// first in line, is shown, and is sent again when asked; nothing is dropped without being told to.
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import type { ReviewAct, ReviewBody, ReviewState, ReviewView } from '@api/dto/trace-reviews.ts'
import { bodyAfter } from '@api/review-acts.ts'
import { describeProblem, type Problem } from './problem.ts'

/** Something that changes a review. */
export type ReviewOrder =
  | { readonly kind: 'act'; readonly act: ReviewAct }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'state'; readonly state: ReviewState }

/** How what was done stands with the app. */
export type SavedState = 'saved' | 'saving' | 'failed'

/** Orders of one review. */
export interface ReviewActs {
  /** The review as it is once everything under way is stored. */
  readonly body: ComputedRef<ReviewBody>
  /** The review as stored. */
  readonly stored: Readonly<Ref<ReviewView>>
  readonly saved: ComputedRef<SavedState>
  readonly problem: Readonly<Ref<Problem | undefined>>
  /** Orders that are not stored yet. */
  readonly waiting: ComputedRef<number>
  /** Puts an order at the end of the line. */
  add(order: ReviewOrder): void
  /** Sends what failed again, and all that follows. */
  retry(): void
  /** Gives up the order that failed and goes on with the next. */
  skip(): void
  /** True when all is stored, false when something failed; waits for what is under way. */
  settled(): Promise<boolean>
}

/** A line of orders that starts at `first`; `send` stores one and answers with the review. */
export function createReviewActs(
  first: ReviewView,
  send: (order: ReviewOrder) => Promise<ReviewView>
): ReviewActs {
  const stored = shallowRef(first)
  const line = shallowRef<readonly ReviewOrder[]>([])
  const problem = shallowRef<Problem>()
  const isSending = ref(false)
  let waiters: ((isStored: boolean) => void)[] = []

  function release(): void {
    const isStored = problem.value === undefined
    const now = waiters
    waiters = []
    for (const waiter of now) waiter(isStored)
  }
  async function pump(): Promise<void> {
    if (isSending.value) return
    isSending.value = true
    while (problem.value === undefined) {
      const [order] = line.value
      if (order === undefined) break
      try {
        stored.value = await send(order)
        line.value = line.value.slice(1)
      } catch (thrown) {
        problem.value = describeProblem(thrown)
      }
    }
    isSending.value = false
    release()
  }
  return {
    stored,
    problem,
    body: computed(() =>
      line.value.reduce(
        (body, order) => (order.kind === 'act' ? bodyAfter(body, order.act) : body),
        stored.value.body
      )
    ),
    waiting: computed(() => line.value.length),
    saved: computed(() =>
      problem.value !== undefined ? 'failed' : line.value.length > 0 ? 'saving' : 'saved'
    ),
    add(order) {
      line.value = [...line.value, order]
      void pump()
    },
    retry() {
      problem.value = undefined
      void pump()
    },
    skip() {
      if (problem.value === undefined) return
      line.value = line.value.slice(1)
      problem.value = undefined
      void pump()
    },
    settled() {
      if (!isSending.value && (line.value.length === 0 || problem.value !== undefined))
        return Promise.resolve(problem.value === undefined)
      return new Promise((resolve) => waiters.push(resolve))
    }
  }
}
