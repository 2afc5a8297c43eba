// Who reviews: the current reviewer of a project, found or made by name.
import { AppError } from '../../../api/errors.ts'
import type { ReviewerRecord } from '../../store/review-records.ts'
import type { Store } from '../../store/records.ts'

/** What looking up reviewers needs. */
export interface ReviewerDeps {
  readonly store: Pick<Store, 'reviews' | 'transaction'>
  /** Name of the first reviewer of a project. */
  readonly firstName: string
  now(): number
  newId(): string
}

/** The current reviewer; one that is not in the project yet (id "") where nobody reviewed. */
export function currentReviewer({ store, firstName }: ReviewerDeps): ReviewerRecord {
  const known = store.reviews.reviewers().find(({ isCurrent }) => isCurrent)
  return known ?? { id: '', name: firstName, isModel: false, isCurrent: true, createdAt: 0 }
}

/** The current reviewer, made when there is none. */
export function ensureReviewer(deps: ReviewerDeps): ReviewerRecord {
  const known = currentReviewer(deps)
  return known.id === '' ? reviewAs(deps, known.name) : known
}

/** Makes the person of this name the current reviewer. Throws AppError for an empty name. */
export function reviewAs({ store, now, newId }: ReviewerDeps, name: string): ReviewerRecord {
  const trimmed = name.trim()
  if (trimmed === '') throw new AppError('invalid-input', 'Write a name to review as.')
  return store.transaction(() => {
    const known = store.reviews.reviewerNamed(trimmed)
    if (known?.isModel === true)
      throw new AppError('invalid-input', `“${known.name}” is the name of a model.`, {
        hint: 'Choose another name, so that its reviews and yours stay apart.'
      })
    const made = { id: newId(), name: trimmed, isModel: false, createdAt: now() }
    const reviewer = known ?? made
    if (!known) store.reviews.addReviewer(made)
    store.reviews.setCurrent(reviewer.id)
    return { ...reviewer, isCurrent: true }
  })
}
