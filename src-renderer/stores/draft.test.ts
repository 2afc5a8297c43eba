// The draft: stale reviews dropped, autosave with one id, patches and their way back, step states.
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DraftReview } from '@api/dto/runs.ts'
import { AppError } from '@api/errors.ts'
import { useConnection } from './connection.ts'
import { useDraft } from './draft.ts'
import {
  deferred,
  draftOf,
  fakeClient,
  reviewOf,
  type Answers,
  type Deferred,
  type FakeClient
} from './run-fixtures.test-support.ts'

async function begun(
  answers: Answers = {}
): Promise<{ draft: ReturnType<typeof useDraft>; client: FakeClient }> {
  const client = fakeClient({
    'drafts.defaults': () => draftOf(),
    'drafts.save': ({ id }) => ({ id: id ?? 'saved-1' }),
    'drafts.remove': () => ({}),
    'drafts.list': () => ({ drafts: [] }),
    'runs.review': () => reviewOf(),
    'runs.start': () => ({ run: 'r9' }),
    ...answers
  })
  await useConnection().start(client)
  const draft = useDraft()
  await draft.startNew('d1')
  return { draft, client }
}

beforeEach(() => {
  setActivePinia(createPinia())
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

describe('review', () => {
  it('asks once after a burst of changes, about the last one', async () => {
    const { draft, client } = await begun()
    await vi.runAllTimersAsync()
    for (const percent of [11, 12, 13]) draft.change({ budget: { kind: 'percent', percent } })
    await vi.runAllTimersAsync()
    const asked = client.calls.filter((call) => call.name === 'runs.review')
    expect(asked).toHaveLength(2)
    expect(asked[1]?.input).toMatchObject({ budget: { percent: 13 } })
    expect(draft.isReviewFresh).toBe(true)
  })

  it('drops the answer to an older draft, also when it comes last', async () => {
    const answers: Deferred<DraftReview>[] = []
    const { draft } = await begun({
      'runs.review': () => {
        const answer = deferred<DraftReview>()
        answers.push(answer)
        return answer.promise
      }
    })
    await vi.runAllTimersAsync()
    draft.change({ budget: { kind: 'percent', percent: 20 } })
    await vi.runAllTimersAsync()
    expect(answers).toHaveLength(2)
    answers[1]?.resolve(reviewOf({ keep: 1600 }))
    await vi.runAllTimersAsync()
    answers[0]?.resolve(reviewOf({ keep: 800 }))
    await vi.runAllTimersAsync()
    expect(draft.review?.keep).toBe(1600)
  })

  it('is not fresh while the draft has moved on', async () => {
    const { draft } = await begun()
    await vi.runAllTimersAsync()
    draft.change({ seed: 7 })
    expect(draft.isReviewFresh).toBe(false)
  })

  it('keeps the failure of the latest question and can ask again', async () => {
    let isBroken = true
    const { draft } = await begun({
      'runs.review': () => {
        if (isBroken) throw new AppError('column-not-found')
        return reviewOf()
      }
    })
    await vi.runAllTimersAsync()
    expect(draft.problem?.code).toBe('column-not-found')
    isBroken = false
    draft.reviewAgain()
    await vi.runAllTimersAsync()
    expect(draft.problem).toBeUndefined()
    expect(draft.review?.keep).toBe(800)
  })
})

describe('saving', () => {
  it('saves nothing for a wizard that was only looked at', async () => {
    const { client } = await begun()
    await vi.runAllTimersAsync()
    expect(client.countOf('drafts.save')).toBe(0)
  })

  it('saves by itself after a change, later ones under the same id', async () => {
    const { draft, client } = await begun()
    draft.change({ seed: 1 })
    await vi.runAllTimersAsync()
    expect(draft.saveState).toBe('saved')
    draft.change({ seed: 2 })
    await vi.runAllTimersAsync()
    const ids = client.calls.filter((call) => call.name === 'drafts.save').map((call) => call.input)
    expect(ids).toMatchObject([{ id: null }, { id: 'saved-1' }])
  })

  it('makes one draft although a save is asked for while the first is on its way', async () => {
    const first = deferred<{ id: string }>()
    let count = 0
    const { draft, client } = await begun({
      'drafts.save': ({ id }) => (++count === 1 ? first.promise : { id: id ?? 'second' })
    })
    draft.change({ seed: 1 })
    const one = draft.save()
    await vi.advanceTimersByTimeAsync(0)
    draft.change({ seed: 2 })
    const two = draft.save()
    first.resolve({ id: 'first' })
    await Promise.all([one, two])
    expect(
      client.calls.filter((call) => call.name === 'drafts.save').map((call) => call.input)
    ).toMatchObject([
      { id: null, draft: { seed: 1 } },
      { id: 'first', draft: { seed: 2 } }
    ])
    expect(draft.id).toBe('first')
  })

  it('goes on with a saved draft at its step', async () => {
    const { draft } = await begun({
      'drafts.list': () => ({
        drafts: [{ id: 'x', step: 'rules', savedAt: 1, draft: draftOf({ seed: 5 }) }]
      })
    })
    expect(await draft.open('x')).toBe(true)
    expect(draft.step).toBe('rules')
    expect(draft.draft?.seed).toBe(5)
    expect(draft.steps.find((step) => step.id === 'data')?.state).toBe('done')
    expect(await draft.open('gone')).toBe(false)
  })
})

describe('changes', () => {
  it('applies the patch of a message and takes it back without losing later changes', async () => {
    const { draft } = await begun()
    const undo = draft.applyPatch({ budget: { kind: 'count', count: 120 } })
    expect(draft.draft?.budget).toEqual({ kind: 'count', count: 120 })
    draft.change({ seed: 3 })
    undo?.()
    expect(draft.draft?.budget).toEqual({ kind: 'percent', percent: 10 })
    expect(draft.draft?.seed).toBe(3)
  })

  it('refuses a patch that does not make a draft', async () => {
    const { draft } = await begun()
    const before = draft.draft
    expect(draft.applyPatch({ budget: { kind: 'count', count: -5 } })).toBeUndefined()
    expect(draft.draft).toBe(before)
  })

  it('restores one step to what is recommended', async () => {
    const { draft } = await begun()
    draft.change({ budget: { kind: 'percent', percent: 33 }, seed: 9 })
    expect(draft.isStepRecommended('budget')).toBe(false)
    draft.restore('budget')
    expect(draft.isStepRecommended('budget')).toBe(true)
    expect(draft.draft?.seed).toBe(9)
    expect(draft.isStepRecommended('method')).toBe(false)
  })
})

describe('steps', () => {
  it('are done once seen and ask for attention while a message is theirs', async () => {
    const { draft } = await begun({
      'runs.review': () =>
        reviewOf({
          messages: [
            { code: 'V5', severity: 'error', step: 'rules', text: 'Full.', actions: [] },
            { code: 'V7', severity: 'note', step: 'data', text: '82 files.', actions: [] }
          ]
        })
    })
    await vi.runAllTimersAsync()
    const state = (id: string): string | undefined =>
      draft.steps.find((step) => step.id === id)?.state
    expect(state('data')).toBe('todo')
    draft.goTo('goal')
    expect(state('data')).toBe('done')
    expect(state('rules')).toBe('attention')
    expect(draft.blockedStep).toBe('rules')
  })
})

describe('start', () => {
  it('gives the run and removes the saved draft', async () => {
    const { draft, client } = await begun()
    draft.change({ seed: 1 })
    await vi.runAllTimersAsync()
    expect(await draft.start()).toBe('r9')
    expect(client.calls.find((call) => call.name === 'drafts.remove')?.input).toEqual({
      id: 'saved-1'
    })
    expect(draft.draft).toBeUndefined()
    await vi.runAllTimersAsync()
    expect(client.countOf('drafts.save')).toBe(1)
  })

  it('gives a run without a name the one that was shown for it', async () => {
    const { draft, client } = await begun()
    draft.change({ name: '', seed: 1 })
    await vi.runAllTimersAsync()
    await draft.start()
    expect(client.calls.find((call) => call.name === 'runs.start')?.input).toMatchObject({
      name: 'Best 10 % of Shoes'
    })
  })

  it('leaves the name to the app where what was shown is for another plan', async () => {
    const { draft, client } = await begun()
    draft.change({ name: '' })
    await vi.runAllTimersAsync()
    draft.change({ budget: { kind: 'percent', percent: 20 } })
    await draft.start()
    expect(client.calls.find((call) => call.name === 'runs.start')?.input).toMatchObject({
      name: ''
    })
  })

  it('keeps the draft when the start is refused', async () => {
    const { draft } = await begun({
      'runs.start': () => {
        throw new AppError('budget-not-possible')
      }
    })
    await expect(draft.start()).rejects.toThrow()
    expect(draft.draft?.dataset).toBe('d1')
  })
})
