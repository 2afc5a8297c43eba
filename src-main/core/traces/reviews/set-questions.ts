// Changing what a queue asks after reviews began: asked again of what is done, or from now on.
import type { ReviewQuestion } from '../../../api/dto/trace-reviews.ts'
import { AppError } from '../../../api/errors.ts'
import type { QueueRecord } from '../../store/review-records.ts'
import { missingFor } from './check-act.ts'
import { questionMessages } from './queue/checks.ts'
import { requireQueue } from './require.ts'
import { actOn, type ReviewDeps } from './review-work.ts'

/**
 * Replaces the questions of a queue, in one transaction. With `askAgain`, answers to required
 * questions that were changed are taken away (an act that can be taken back), and finished reviews
 * that lack an answer to a required question are drafts again. Throws AppError "invalid-input".
 */
export function setQuestions(
  deps: ReviewDeps,
  id: string,
  questions: readonly ReviewQuestion[],
  askAgain: boolean
): QueueRecord {
  const { store } = deps
  const wrong = questionMessages([...questions])[0]
  if (wrong) throw new AppError('invalid-input', wrong.text)
  return store.transaction(() => {
    const queue = requireQueue(store, id)
    const plan = { ...queue.plan, questions: [...questions] }
    store.reviews.setPlan(id, plan)
    if (askAgain) askAll(deps, id, questions, changedIds(queue.plan.questions, questions))
    return { ...queue, plan }
  })
}

/** Required questions that ask something else than before. */
function changedIds(
  before: readonly ReviewQuestion[],
  now: readonly ReviewQuestion[]
): readonly string[] {
  const known = new Map(before.map((question) => [question.id, question]))
  return now
    .filter(({ id, isRequired, text, type, choices }) => {
      const old = known.get(id)
      if (!isRequired || !old) return false
      const isSame = JSON.stringify([old.text, old.type, old.choices])
      return isSame !== JSON.stringify([text, type, choices])
    })
    .map(({ id }) => id)
}

function askAll(
  deps: ReviewDeps,
  queue: string,
  questions: readonly ReviewQuestion[],
  changed: readonly string[]
): void {
  const { reviews } = deps.store
  for (const { id, body } of reviews.ofQueue(queue)) {
    for (const question of changed)
      if (Object.hasOwn(body.answers, question))
        actOn(deps, id, { kind: 'answer', question, answer: null })
    const review = reviews.review(id)
    if (review?.state === 'done' && missingFor(review.body, questions) !== undefined)
      reviews.change(id, { state: 'draft' })
  }
}
