// The plan of a tiny set: its own calls, its steps, patches, and the start.
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useConnection } from './connection.ts'
import { useTinyDraft } from './distil-draft.ts'
import { tinyAnswers, tinyDraftOf, tinyReviewOf } from './distil-fixtures.test-support.ts'
import { fakeClient, type Answers, type FakeClient } from './run-fixtures.test-support.ts'

async function begun(
  answers: Answers = {}
): Promise<{ draft: ReturnType<typeof useTinyDraft>; client: FakeClient }> {
  const client = fakeClient(tinyAnswers(answers))
  await useConnection().start(client)
  const draft = useTinyDraft()
  await draft.startNew('d1')
  await vi.runAllTimersAsync()
  return { draft, client }
}
const inputs = (client: FakeClient, name: string): unknown[] =>
  client.calls.filter((call) => call.name === name).map((call) => call.input)

beforeEach(() => {
  setActivePinia(createPinia())
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

it('is reviewed, saved and started by the calls of tiny sets', async () => {
  const { draft, client } = await begun()
  draft.change({ perClass: 50 })
  await vi.runAllTimersAsync()
  expect(draft.review?.items).toBe(100)
  expect(draft.isReviewFresh).toBe(true)
  expect(inputs(client, 'distil.saveDraft')).toMatchObject([
    { id: null, step: 'data', draft: { perClass: 50 } }
  ])
  expect(await draft.start()).toBe('t9')
  expect(inputs(client, 'distil.start')).toMatchObject([{ perClass: 50 }])
  expect(inputs(client, 'distil.removeDraft')).toEqual([{ id: 'saved-1' }])
  expect(draft.draft).toBeUndefined()
})

it('goes on with a saved draft at its step, and at the first for a step it does not know', async () => {
  const saved = { id: 'x', savedAt: 1, draft: tinyDraftOf({ seed: 5 }) }
  const { draft } = await begun({
    'distil.drafts': () => ({
      drafts: [
        { ...saved, step: 'effort' },
        { ...saved, id: 'y', step: 'goal' }
      ]
    })
  })
  expect(await draft.open('x')).toBe(true)
  expect(draft.step).toBe('effort')
  expect(draft.draft?.seed).toBe(5)
  expect(draft.steps.find((step) => step.id === 'size')?.state).toBe('done')
  expect(await draft.open('y')).toBe(true)
  expect(draft.step).toBe('data')
  expect(await draft.open('gone')).toBe(false)
})

it('takes the patch of a message and refuses one that makes no draft', async () => {
  const { draft } = await begun()
  const undo = draft.applyPatch({ effort: 'quick', leaveOut: ['other'] })
  expect(draft.draft).toMatchObject({ effort: 'quick', leaveOut: ['other'] })
  undo?.()
  expect(draft.draft).toEqual(tinyDraftOf())
  expect(draft.applyPatch({ perClass: 0 })).toBeUndefined()
  expect(draft.draft).toEqual(tinyDraftOf())
})

it('blocks at the step of an error, and restores one step alone', async () => {
  const { draft } = await begun({
    'distil.review': () =>
      tinyReviewOf({
        messages: [{ code: 'T1', severity: 'error', step: 'size', text: 'Too few.', actions: [] }]
      })
  })
  expect(draft.blockedStep).toBe('size')
  expect(draft.steps.find((step) => step.id === 'size')?.state).toBe('attention')
  draft.change({ perClass: 3, effort: 'quick' })
  expect(draft.isStepRecommended('size')).toBe(false)
  draft.restore('size')
  expect(draft.draft).toMatchObject({ perClass: 10, effort: 'quick' })
})
