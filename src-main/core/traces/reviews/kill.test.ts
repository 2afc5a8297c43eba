// kill -9 in the middle of reviewing: every act that was answered is there, none is half there, and
// all of it can be taken back.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { emptyReviewBody } from '../../../api/dto/trace-reviews.ts'
import { openOutside, undoIn } from './review-work.ts'
import { createReviewFixture, type ReviewFixture } from './reviews.test-support.ts'

let fixture: ReviewFixture
beforeEach(() => {
  fixture = createReviewFixture([{}])
})
afterEach(() => fixture.dispose())

/** Runs the reviewing process until it has answered `acts` acts, kills it; what it answered last. */
async function reviewUntilKilled(review: string, acts: number): Promise<number> {
  const script = fileURLToPath(new URL('./kill.test-support.ts', import.meta.url))
  const child = spawn(process.execPath, [script, fixture.store.path, review], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
    if (said.split('\n').length > acts) child.kill('SIGKILL')
  })
  const [, signal] = (await once(child, 'close')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  // The last line may be cut; what was said whole was answered.
  return Number(said.split('\n').at(-2))
}

it('loses no act that was answered', async () => {
  const { id } = openOutside(fixture.deps, 's', fixture.traces[0], 'ann')
  const answered = await reviewUntilKilled(id, 40)
  expect(answered).toBeGreaterThanOrEqual(40)
  const { reviews } = fixture.store
  const head = reviews.review(id)?.head ?? 0
  expect(head).toBeGreaterThanOrEqual(answered)
  const body = reviews.review(id)?.body
  expect(Object.keys(body?.marks ?? {})).toHaveLength(12)
  // The document and the log of acts belong together: all of them can be taken back.
  for (let i = 0; i < head; i++) undoIn(fixture.deps, id)
  expect(reviews.review(id)).toMatchObject({ head: 0, body: emptyReviewBody })
  expect(fixture.store.check()).toEqual([])
}, 30_000)
