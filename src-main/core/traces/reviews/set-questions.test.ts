// Questions changed after reviews began: asked again of what is done, or only from now on.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ReviewQuestion, ReviewState } from '../../../api/dto/trace-reviews.ts'
import { queuePlan } from './queue/queue.test-support.ts'
import { actOn, openPlace, setStateOf, undoIn } from './review-work.ts'
import { createReviewFixture, type ReviewFixture } from './reviews.test-support.ts'
import { setQuestions } from './set-questions.ts'

const question = (id: string, change: Partial<ReviewQuestion> = {}): ReviewQuestion => {
  const text = `Question ${id}?`
  return { id, text, type: 'yes-no', choices: [], isRequired: true, reasons: [], ...change }
}

let fixture: ReviewFixture
let reviews: string[]
beforeEach(() => {
  fixture = createReviewFixture([{}, {}])
  const plan = queuePlan({ questions: [question('a')] })
  const places = fixture.traces.map((trace, position) => {
    return { position, trace, pass: 1, isRandom: true, why: 'Why.' }
  })
  fixture.store.reviews.addQueue({ id: 'k', set: 's', plan, createdAt: 1 }, places)
  const { deps } = fixture
  reviews = places.map(({ position }) => openPlace(deps, 'k', position, 'ann').id)
  for (const id of reviews) {
    actOn(deps, id, { kind: 'verdict', verdict: 'pass' })
    actOn(deps, id, { kind: 'answer', question: 'a', answer: { value: 'yes', reasons: [] } })
  }
  setStateOf(deps, reviews[0], 'done')
})
afterEach(() => fixture.dispose())

const states = (): (ReviewState | undefined)[] =>
  reviews.map((id) => fixture.store.reviews.review(id)?.state)
const answers = (id: string): string[] =>
  Object.keys(fixture.store.reviews.review(id)?.body.answers ?? {})

it('a new required question makes finished reviews drafts only when it is asked again', () => {
  setQuestions(fixture.deps, 'k', [question('a'), question('b')], false)
  expect(states()).toEqual(['done', 'draft'])
  setQuestions(fixture.deps, 'k', [question('a'), question('b')], true)
  expect(states()).toEqual(['draft', 'draft'])
  expect(() => setStateOf(fixture.deps, reviews[0], 'done')).toThrow('Answer “Question b?” first.')
})

it('a new question that need not be answered leaves finished reviews finished', () => {
  setQuestions(fixture.deps, 'k', [question('a'), question('b', { isRequired: false })], true)
  expect(states()).toEqual(['done', 'draft'])
})

it('answers to a changed question are asked again, and undo gives them back', () => {
  const changed = [question('a', { text: 'Was it fast?' })]
  setQuestions(fixture.deps, 'k', changed, true)
  expect(states()).toEqual(['draft', 'draft'])
  expect(answers(reviews[0])).toEqual([])
  undoIn(fixture.deps, reviews[0])
  expect(answers(reviews[0])).toEqual(['a'])
})

it('answers stay when a question is only asked from now on', () => {
  setQuestions(fixture.deps, 'k', [question('a', { text: 'Was it fast?' })], false)
  expect(answers(reviews[0])).toEqual(['a'])
  expect(fixture.store.reviews.queue('k')?.plan.questions[0].text).toBe('Was it fast?')
})

it('what cannot be asked is refused and changes nothing', () => {
  const broken = [question('a'), question('c', { type: 'tags' })]
  expect(() => setQuestions(fixture.deps, 'k', broken, true)).toThrow(
    'has no answers to choose from'
  )
  expect(fixture.store.reviews.queue('k')?.plan.questions).toHaveLength(1)
  expect(states()).toEqual(['done', 'draft'])
})
