// Turns at the graphics card: never two threads at once, and none that waits for a dead one.
import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { endBesideCard, shareCard, threadIsGone, withCard } from './card-lock.ts'

function start(shared: SharedArrayBuffer, turns: number, dies = false): Worker {
  shareCard()
  return new Worker(join(import.meta.dirname, 'card-lock-thread.test-support.ts'), {
    workerData: { shared, turns, dies }
  })
}

const counters = (): SharedArrayBuffer => new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT)

test('threads take turns', async () => {
  const shared = counters()
  const threads = [1, 2, 3].map(() => start(shared, 400))
  await Promise.all(threads.map((thread) => once(thread, 'exit')))
  const [inside, most, taken] = new Int32Array(shared)
  expect([inside, most, taken]).toEqual([0, 1, 1200])
})

test('a turn returns what it made, and ends with an error as well', () => {
  expect(withCard(() => 7)).toBe(7)
  const fail = (): never =>
    withCard(() => {
      throw new Error('lost')
    })
  expect(fail).toThrow('lost')
  expect(withCard(() => 8)).toBe(8)
})

test('a thread that died in its turn does not keep the card', async () => {
  const thread = start(counters(), 1, true)
  const { threadId } = thread
  await once(thread, 'exit')
  threadIsGone(threadId)
  expect(withCard(() => 'free')).toBe('free')
})

test('a thread is ended between turns of the others', async () => {
  const shared = counters()
  const other = start(shared, 300)
  const ended = start(shared, 1_000_000)
  await once(other, 'exit')
  const left = once(ended, 'exit')
  await endBesideCard(() => ended.terminate())
  await left
  // It was not in a turn, whose count it would have left.
  expect(new Int32Array(shared)[0]).toBe(0)
  expect(withCard(() => 'free')).toBe('free')
})
