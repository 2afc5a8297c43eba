// A device that gives up during a calculation: the next one has a turn, other threads avoid it, and
// everybody is told. The threads, the registry and the plain device are real.
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { Settings } from '../../api/dto/settings.ts'
import { openStore } from '../store/open-store.ts'
import { temporaryFolder } from '../store/store.test-support.ts'
import { createComputePool } from './compute-pool.ts'
import type { DeviceNews, ManagedPool } from './compute-task.ts'
import { createJobEngine, type AnyJobKind } from './engine.ts'
import type { FrailData, MultiplyInput } from './frail-thread.test-support.ts'
import type { JobKind } from './job-kind.ts'

const script = join(import.meta.dirname, 'frail-thread.test-support.ts')
const { signal } = new AbortController()

let pools: ManagedPool[] = []
let threads = 0
let logged: string[] = []
afterEach(async () => {
  await Promise.all(pools.map((pool) => pool.dispose()))
  pools = []
  threads = 0
  logged = []
})

function makePool(failAt: number, size = 1): ManagedPool {
  const workerData: FrailData = { failAt }
  const pool = createComputePool(
    {
      createComputeWorker() {
        threads++
        const worker = new Worker(script, { workerData })
        return {
          post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
          onMessage: (callback) => worker.on('message', callback),
          onExit: (callback) => worker.on('exit', () => callback(undefined)),
          terminate: async () => void (await worker.terminate())
        }
      },
      log: { write: (_, code, text) => void logged.push(`${code} ${text}`) }
    },
    size
  )
  pools.push(pool)
  return pool
}

interface Ran {
  readonly value: { sum: number; device: string }
  readonly news: readonly DeviceNews[]
  readonly events: readonly number[]
}

async function multiply(
  pool: ManagedPool,
  change: Partial<MultiplyInput> = {},
  transfer?: readonly ArrayBuffer[]
): Promise<Ran> {
  const news: DeviceNews[] = []
  const events: number[] = []
  const input: MultiplyInput = { times: 5, isTelling: false, bytes: new Uint8Array(1), ...change }
  const value = await pool.run<MultiplyInput, number, Ran['value']>({ name: 'multiply' }, input, {
    signal,
    onEvent: (event) => void events.push(event),
    onDevice: (one) => void news.push(one),
    ...(transfer === undefined ? {} : { transfer })
  })
  return { value, news, events }
}

/** 2 i + 3 for i below 5. */
const sum = 35
const told =
  'Frail: stopped working (the card was taken out). Computing on: processor (plain JavaScript), which is 10 to 30 times slower than the usual device.'

describe('a device that fails during a task', () => {
  it('before the first event: the task runs again on the next one, with the reason', async () => {
    const pool = makePool(3)
    const { value, news } = await multiply(pool)
    expect(value).toEqual({ sum, device: 'processor (plain JavaScript)' })
    expect(news.map(({ id, fallback }) => [id, fallback])).toEqual([
      ['frail', undefined],
      ['cpu', told]
    ])
    expect(pool.failures()).toEqual([
      { id: 'frail', name: 'frail card', reason: 'the card was taken out' }
    ])
    expect(logged).toEqual(['device-failed frail card: the card was taken out'])
    // What the broken device held ended with its thread.
    expect(threads).toBe(2)
  })

  it('after an event: the error says what happened and what to do', async () => {
    const pool = makePool(3)
    const ran = multiply(pool, { isTelling: true })
    await expect(ran).rejects.toMatchObject({
      code: 'device-failed',
      message: 'The frail card stopped working during the calculation: the card was taken out.',
      hint: 'Continue the run, or start it again. It goes on with another device.'
    })
    const again = await multiply(pool, { isTelling: true })
    expect(again.value.device).toBe('processor (plain JavaScript)')
    expect(again.events).toEqual([0, 1, 2, 3, 4])
    expect(again.news[0]?.fallback).toBe(told)
  })

  it('and whose input was moved away cannot be run again', async () => {
    const bytes = new Uint8Array(8)
    const ran = multiply(makePool(2), { bytes }, [bytes.buffer])
    await expect(ran).rejects.toMatchObject({ code: 'device-failed' })
  })

  it('is avoided by the other threads, which need not find out by themselves', async () => {
    const pool = makePool(2, 2)
    await multiply(pool)
    const both = await Promise.all([multiply(pool), multiply(pool)])
    expect(both.map(({ value }) => value.sum)).toEqual([sum, sum])
    for (const { news } of both) expect(news.map(({ id }) => id)).toEqual(['cpu'])
  })

  it('in several threads at once: each task is done once', async () => {
    const pool = makePool(2, 2)
    const all = await Promise.all([multiply(pool), multiply(pool), multiply(pool)])
    expect(all.map(({ value }) => value.sum)).toEqual([sum, sum, sum])
    expect(pool.failures()).toHaveLength(1)
  })

  it('under a task that has all cores: it runs again alone, before those that came later', async () => {
    const pool = makePool(3, 2)
    const order: string[] = []
    const run = (name: string, cores: 'one' | 'all'): Promise<unknown> => {
      const input: MultiplyInput = { times: 5, isTelling: false, bytes: new Uint8Array(1) }
      return pool.run(
        { name: 'multiply' },
        input,
        // What the pool has given out when the task opens its device.
        {
          signal,
          cores,
          onDevice: ({ id }) => {
            const { running, coresInUse } = pool.state()
            order.push(`${name} on ${id}: ${running} with ${coresInUse}`)
          }
        }
      )
    }
    await Promise.all([run('first', 'all'), run('second', 'one')])
    expect(order).toEqual([
      'first on frail: 1 with 2',
      'first on cpu: 1 with 2',
      'second on cpu: 1 with 1'
    ])
  })

  it('is tried again when it was forgiven', async () => {
    const pool = makePool(7)
    expect((await multiply(pool, { times: 8 })).value.device).toMatch(/plain/)
    pool.forgive('frail')
    const { value, news } = await multiply(pool)
    expect(value).toEqual({ sum, device: 'frail card' })
    expect(news[0]?.fallback).toBeUndefined()
  })
})

describe('a job whose device fails', () => {
  function kind(isTelling: boolean): AnyJobKind {
    const made: JobKind<object, Ran['value']> = {
      kind: 'import',
      params: z.strictObject({}),
      canPause: true,
      canResume: true,
      isHeavy: true,
      phases: [{ name: 'Multiplying', weight: 1 }],
      run: ({ pool }) =>
        pool.run<MultiplyInput, number, Ran['value']>(
          { name: 'multiply' },
          { times: 5, isTelling, bytes: new Uint8Array(1) },
          { signal, onEvent: () => undefined }
        )
    }
    return made as AnyJobKind // the engine forgets the types of every kind
  }

  /** Long enough for a machine that does other things. */
  const waitMs = 30_000

  async function runJob(isTelling: boolean): Promise<void> {
    const folder = temporaryFolder()
    const store = openStore(join(folder.path, 'project.sqlite'))
    const engine = createJobEngine({
      store,
      kinds: [kind(isTelling)],
      pool: makePool(3),
      platform: { now: () => Date.now(), log: { write: () => undefined } },
      runsFolder: join(folder.path, 'runs'),
      getSettings: () => Settings.parse({})
    })
    try {
      engine.submit({ id: 'one', kind: 'import', title: 'One', params: {} })
      const ended = await vi.waitUntil(() => {
        const job = engine.get('one')
        return job.finishedAt === null ? undefined : job
      }, waitMs)
      if (!isTelling) {
        expect(ended.state).toBe('finished-with-notes')
        expect(ended.notes).toEqual([told])
        expect(ended.device).toBe('frail card; processor (plain JavaScript)')
        return
      }
      expect(ended.error).toMatchObject({ code: 'device-failed' })
      expect(ended.canResume).toBe(true)
      engine.resume('one')
      const again = await vi.waitUntil(() => {
        const job = engine.get('one')
        return job.state === 'finished-with-notes' ? job : undefined
      }, waitMs)
      expect([again.notes, again.device]).toEqual([
        [told],
        'frail card; processor (plain JavaScript)'
      ])
    } finally {
      await engine.dispose()
      store.dispose()
      folder.remove()
    }
  }

  it('ends with a note that says why, and with both devices', () => runJob(false))
  it('in the middle of a task can be continued, on the next device', () => runJob(true))
})

describe('a device that works', () => {
  it('is named without a notice, and what it holds is told', async () => {
    const pool = makePool(100)
    const { value, news } = await multiply(pool)
    expect(value.device).toBe('frail card')
    expect(news).toEqual([
      { id: 'frail', name: 'frail card', cores: undefined, fallback: undefined }
    ])
    expect(pool.state()).toMatchObject({
      running: 0,
      waiting: 0,
      coresInUse: 0,
      threads: 1,
      isBusy: false,
      usage: { frail: { bytes: 64, tensors: 1, fallbacks: { Erf: 2 } } }
    })
  })
})
