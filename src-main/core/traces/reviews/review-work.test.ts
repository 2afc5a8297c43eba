// Working on reviews in a project file: acts, undo and redo across restarts, what is refused, when a
// review is done, and what is hidden from whom.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  emptyReviewBody,
  type ReviewAnswer,
  type StepCorrection
} from '../../../api/dto/trace-reviews.ts'
import type { PlaceRecord } from '../../store/review-records.ts'
import { isBlindAndOpen, isHiddenFrom, noteSuggestionShown } from './blind.ts'
import { queuePlan } from './queue/queue.test-support.ts'
import { actOn, openOutside, openPlace, redoIn, setStateOf, undoIn, viewOf } from './review-work.ts'
import { createReviewFixture, type ReviewFixture } from './reviews.test-support.ts'

let fixture: ReviewFixture
beforeEach(() => {
  fixture = createReviewFixture([{}, { steps: 1 }, { steps: 0 }])
})
afterEach(() => fixture.dispose())

const required = {
  id: 'q',
  text: 'Was it polite?',
  type: 'yes-no' as const,
  choices: [],
  isRequired: true,
  reasons: []
}

function addQueue(id: string, change: Parameters<typeof queuePlan>[0] = {}): void {
  const places: PlaceRecord[] = fixture.traces.map((trace, position) => {
    return { position, trace, pass: 1, isRandom: true, why: 'Why.' }
  })
  const second = { position: 3, trace: fixture.traces[0], pass: 2, isRandom: true, why: 'Why.' }
  const plan = queuePlan(change)
  fixture.store.reviews.addQueue({ id, set: 's', plan, createdAt: 1 }, [...places, second])
}

const outside = (): string => openOutside(fixture.deps, 's', fixture.traces[0], 'ann').id
const view = (id: string): ReturnType<typeof viewOf> => {
  const review = fixture.store.reviews.review(id)
  if (!review) throw new Error('the review is gone')
  return viewOf(fixture.deps, review, 'Ann')
}

describe('acts', () => {
  it('are there after a kill, and can be taken back and made again after a restart', () => {
    const id = outside()
    actOn(fixture.deps, id, { kind: 'verdict', verdict: 'fail' })
    actOn(fixture.deps, id, { kind: 'first-wrong', step: 4 })
    // Nothing is closed: a second connection sees what was committed.
    const killed = fixture.afterKill().reviews.review(id)
    expect(killed?.body).toMatchObject({ verdict: 'fail', firstWrong: 4 })
    expect(view(id)).toMatchObject({ undo: 'first mistake at step 5', redo: null })
    undoIn(fixture.deps, id)
    fixture.reopen()
    expect(view(id)).toMatchObject({ undo: 'verdict fail', redo: 'first mistake at step 5' })
    undoIn(fixture.deps, id)
    expect(view(id).body).toEqual(emptyReviewBody)
    expect(() => undoIn(fixture.deps, id)).toThrow('nothing to undo')
    redoIn(fixture.deps, id)
    redoIn(fixture.deps, id)
    expect(view(id).body).toMatchObject({ verdict: 'fail', firstWrong: 4 })
    expect(() => redoIn(fixture.deps, id)).toThrow('nothing to make again')
  })

  it('after an undo drop what could be made again', () => {
    const id = outside()
    actOn(fixture.deps, id, { kind: 'verdict', verdict: 'fail' })
    undoIn(fixture.deps, id)
    actOn(fixture.deps, id, { kind: 'keep', value: 'no' })
    expect(view(id)).toMatchObject({ undo: 'keep for training: no', redo: null })
  })

  it('on one text within a minute are one act; one that changes nothing is none', () => {
    const id = outside()
    actOn(fixture.deps, id, { kind: 'note', text: 'It ' })
    actOn(fixture.deps, id, { kind: 'note', text: 'It asked.' })
    actOn(fixture.deps, id, { kind: 'flag', value: false })
    fixture.wait(61_000)
    actOn(fixture.deps, id, { kind: 'note', text: 'It asked twice.' })
    undoIn(fixture.deps, id)
    expect(view(id).body.note).toBe('It asked.')
    undoIn(fixture.deps, id)
    expect(view(id)).toMatchObject({ body: emptyReviewBody, undo: null })
  })

  it('that cannot be are refused in a sentence and change nothing', () => {
    const id = outside()
    const short = openOutside(fixture.deps, 's', fixture.traces[1], 'ann').id
    const none = openOutside(fixture.deps, 's', fixture.traces[2], 'ann').id
    const refused = (review: string, act: Parameters<typeof actOn>[2]) =>
      expect(() => actOn(fixture.deps, review, act))
    refused(id, { kind: 'first-wrong', step: 12 }).toThrow('no step 13: this attempt has 12 steps')
    refused(short, { kind: 'mark', step: 1, mark: 'bad' }).toThrow('this attempt has one step')
    refused(none, { kind: 'decisive', step: 0 }).toThrow('has no steps to mark')
    const answer = { value: 'yes', reasons: [] }
    refused(id, { kind: 'answer', question: 'q', answer }).toThrow('not asked in this queue')
    const correction: StepCorrection = {
      verb: 'book',
      args: [1],
      thought: '',
      why: '',
      origin: 'human',
      verified: 'none'
    }
    refused(id, { kind: 'correction', step: 0, correction }).toThrow('must be named values')
    expect(() => actOn(fixture.deps, 'nothing', { kind: 'flag', value: true })).toThrow(
      'not in the'
    )
    expect(view(id)).toMatchObject({ body: emptyReviewBody, undo: null })
  })

  it('on a mistake and on “no step is wrong” take each other back, in one step of undo', () => {
    const id = outside()
    actOn(fixture.deps, id, { kind: 'first-wrong', step: 2 })
    actOn(fixture.deps, id, { kind: 'decisive', step: 6 })
    actOn(fixture.deps, id, { kind: 'none-wrong', value: true })
    expect(view(id).body).toMatchObject({ noneWrong: true, firstWrong: null, decisive: null })
    undoIn(fixture.deps, id)
    expect(view(id).body).toMatchObject({ noneWrong: false, firstWrong: 2, decisive: 6 })
    actOn(fixture.deps, id, { kind: 'suggestion', value: 'accepted', step: 5 })
    expect(view(id).body).toMatchObject({ suggestion: 'accepted', firstWrong: 5 })
    undoIn(fixture.deps, id)
    expect(view(id).body).toMatchObject({ suggestion: null, firstWrong: 2 })
  })
})

describe('a review is done', () => {
  it('with a verdict, answers to what is required, and mistakes in order', () => {
    addQueue('k', { questions: [required] })
    const { id } = openPlace(fixture.deps, 'k', 0, 'ann')
    const finish = () => setStateOf(fixture.deps, id, 'done')
    expect(finish).toThrow('Choose a verdict first')
    actOn(fixture.deps, id, { kind: 'verdict', verdict: 'fail' })
    expect(finish).toThrow('Answer “Was it polite?” first.')
    const wrong: ReviewAnswer = { value: 'perhaps', reasons: [] }
    const answer = (value: ReviewAnswer) =>
      actOn(fixture.deps, id, { kind: 'answer', question: 'q', answer: value })
    expect(() => answer(wrong)).toThrow('not an answer to “Was it polite?”')
    answer({ value: 'no', reasons: ['rude'] })
    actOn(fixture.deps, id, { kind: 'first-wrong', step: 6 })
    actOn(fixture.deps, id, { kind: 'decisive', step: 3 })
    expect(finish).toThrow('decisive mistake (step 4) comes before the first mistake (step 7)')
    undoIn(fixture.deps, id)
    expect(finish().state).toBe('done')
  })

  it('and stays done when changed, unless something required is missing then', () => {
    const id = outside()
    actOn(fixture.deps, id, { kind: 'verdict', verdict: 'pass' })
    setStateOf(fixture.deps, id, 'done')
    expect(actOn(fixture.deps, id, { kind: 'keep', value: 'yes' }).state).toBe('done')
    expect(actOn(fixture.deps, id, { kind: 'verdict', verdict: null }).state).toBe('draft')
    setStateOf(fixture.deps, id, 'skipped')
    expect(actOn(fixture.deps, id, { kind: 'verdict', verdict: 'fail' }).state).toBe('draft')
  })

  it('counts as made with suggestions when they were shown before, or before a later change', () => {
    const [first, later] = [outside(), openOutside(fixture.deps, 's', fixture.traces[1], 'ann').id]
    const show = (id: string): void => {
      const review = fixture.store.reviews.review(id)
      if (review) noteSuggestionShown(fixture.store, review)
    }
    show(first)
    expect(view(first).sawSuggestions).toBe(true)
    actOn(fixture.deps, later, { kind: 'verdict', verdict: 'fail' })
    setStateOf(fixture.deps, later, 'done')
    show(later)
    expect(view(later).sawSuggestions).toBe(false)
    actOn(fixture.deps, later, { kind: 'first-wrong', step: 0 })
    expect(view(later)).toMatchObject({ state: 'done', sawSuggestions: true })
  })
})

describe('second looks and blind queues', () => {
  it('a second look is a review of its own that does not hold the first one', () => {
    addQueue('k')
    const first = openPlace(fixture.deps, 'k', 0, 'ann')
    actOn(fixture.deps, first.id, { kind: 'verdict', verdict: 'fail' })
    setStateOf(fixture.deps, first.id, 'done')
    const second = openPlace(fixture.deps, 'k', 3, 'ann')
    expect(second).toMatchObject({ pass: 2, trace: first.trace, body: emptyReviewBody })
    expect(second.id).not.toBe(first.id)
    expect(openPlace(fixture.deps, 'k', 0, 'ann').id).toBe(first.id)
    const ann = fixture.store.reviews.reviewer('ann')
    if (!ann) throw new Error('Ann is gone')
    expect(isHiddenFrom(fixture.store, first.trace, ann)).toBe(true)
    actOn(fixture.deps, second.id, { kind: 'verdict', verdict: 'pass' })
    setStateOf(fixture.deps, second.id, 'done')
    expect(isHiddenFrom(fixture.store, first.trace, ann)).toBe(false)
  })

  it('lists show a finished review rather than a second look that was begun, and no model’s', () => {
    addQueue('k')
    const { store, deps, traces } = fixture
    const first = openPlace(deps, 'k', 0, 'ann')
    actOn(deps, first.id, { kind: 'verdict', verdict: 'fail' })
    actOn(deps, first.id, { kind: 'tag', tag: 'Odd', on: true })
    actOn(deps, first.id, { kind: 'flag', value: true })
    setStateOf(deps, first.id, 'done')
    openPlace(deps, 'k', 3, 'ann')
    const shown = { state: 'done', verdict: 'fail', isFlagged: true, tags: ['Odd'] }
    expect(store.reviews.newestByTrace('s').get(traces[0])).toEqual(shown)
    store.reviews.addReviewer({ id: 'm', name: 'Model', isModel: true, createdAt: 3 })
    const model = openPlace(deps, 'k', 0, 'm')
    actOn(deps, model.id, { kind: 'verdict', verdict: 'pass' })
    setStateOf(deps, model.id, 'done')
    expect(store.reviews.newestByTrace('s').get(traces[0])).toEqual(shown)
    expect(store.reviews.placeStates('k', 'bob')[0]).toMatchObject({ state: 'none', others: 1 })
  })

  it('a blind review hides others’ reviews, verdicts and suggestions until it is done', () => {
    addQueue('k', { isBlind: true, reviewers: 2 })
    const { store, deps, traces } = fixture
    const bob = openPlace(deps, 'k', 1, 'bob')
    actOn(deps, bob.id, { kind: 'verdict', verdict: 'pass' })
    setStateOf(deps, bob.id, 'done')
    const ann = store.reviews.reviewer('ann')
    if (!ann) throw new Error('Ann is gone')
    expect(isHiddenFrom(store, traces[1], ann)).toBe(true)
    expect(store.reviews.newestByTrace('s').get(traces[1])).toMatchObject({
      state: 'done',
      verdict: null
    })
    const own = openPlace(deps, 'k', 1, 'ann')
    expect(isBlindAndOpen(store, own)).toBe(true)
    const accept = { kind: 'suggestion', value: 'accepted', step: 0 } as const
    expect(() => actOn(deps, own.id, accept)).toThrow('Suggestions are hidden')
    actOn(deps, own.id, { kind: 'verdict', verdict: 'fail' })
    const done = setStateOf(deps, own.id, 'done')
    expect(isBlindAndOpen(store, done)).toBe(false)
    expect(isHiddenFrom(store, traces[1], ann)).toBe(false)
    expect(store.reviews.newestByTrace('s').get(traces[1])?.verdict).toBe('fail')
    expect(isHiddenFrom(store, traces[0], { ...ann, name: 'agreed' })).toBe(false)
  })

  it('what enough others have done is hidden from nobody', () => {
    addQueue('k', { isBlind: true, reviewers: 1 })
    const { store, deps, traces } = fixture
    const bob = openPlace(deps, 'k', 1, 'bob')
    actOn(deps, bob.id, { kind: 'verdict', verdict: 'pass' })
    setStateOf(deps, bob.id, 'done')
    expect(store.reviews.isHidden(traces[1], 'ann')).toBe(false)
    expect(
      store.reviews.placeStates('k', 'ann').map(({ state, others }) => [state, others])
    ).toEqual([
      ['none', 0],
      ['none', 1],
      ['none', 0],
      ['none', 0]
    ])
  })
})

describe('what goes', () => {
  it('a removed queue leaves the list; reviews with marks stay, without its questions', () => {
    addQueue('k', { questions: [required] })
    const kept = openPlace(fixture.deps, 'k', 0, 'ann').id
    const empty = openPlace(fixture.deps, 'k', 1, 'ann').id
    actOn(fixture.deps, kept, { kind: 'verdict', verdict: 'fail' })
    fixture.store.reviews.removeQueue('k')
    expect(fixture.store.reviews.queues('s')).toEqual([])
    expect(fixture.store.reviews.review(empty)).toBeUndefined()
    expect(view(kept)).toMatchObject({ queue: null, body: { verdict: 'fail' } })
    expect(() => openPlace(fixture.deps, 'k', 0, 'ann')).toThrow('not in the project any more')
    expect(setStateOf(fixture.deps, kept, 'done').state).toBe('done')
  })

  it('a set takes its queues, reviews and acts with it', () => {
    addQueue('k')
    const { store, deps, traces } = fixture
    const id = openPlace(deps, 'k', 0, 'ann').id
    actOn(deps, id, { kind: 'verdict', verdict: 'fail' })
    const other = openOutside(deps, 's', traces[1], 'bob').id
    const [{ part }] = store.traces.parts('s')
    store.traces.updateSet('s', { state: 'removing' })
    store.traces.updatePart(part, { state: 'removing' })
    while (store.traces.removeSlice(part));
    expect(store.reviews.review(id)).toBeUndefined()
    expect(store.reviews.act(id, 1)).toBeUndefined()
    expect(store.reviews.places('k')).toEqual([])
    store.traces.removeSet('s')
    expect(store.reviews.review(other)).toBeUndefined()
    expect(store.reviews.queue('k')).toBeUndefined()
    expect(store.reviews.reviewers()).toHaveLength(2)
  })

  it('time only adds, and does not make a review the newest', () => {
    const id = outside()
    const before = view(id)
    fixture.store.reviews.addTime(id, 5000)
    fixture.store.reviews.addTime(id, 1500)
    expect(view(id)).toMatchObject({ msSpent: 6500, updatedAt: before.updatedAt })
  })
})
