// The pool over real threads: order and back-pressure of events, cancel, threads that die or never
// answer, light work beside heavy, and the cores of each task.
import { getEventListeners } from 'node:events'
import { join } from 'node:path'
import { Worker, type WorkerOptions } from 'node:worker_threads'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { WorkerHandle } from '../platform/platform.ts'
import { createComputePool } from './compute-pool.ts'
import type { DeviceNews, ManagedPool, TaskOptions } from './compute-task.ts'
import { eventCredit } from './serve-tasks.ts'

const script = join(import.meta.dirname, 'pool-thread.test-support.ts')
const never = new AbortController().signal

let started: Worker[] = []
let logged: string[] = []
let pools: ManagedPool[] = []
afterEach(async () => {
  await Promise.all(pools.map((pool) => pool.dispose()))
  started = []
  logged = []
  pools = []
})

function startThread(options: WorkerOptions = {}): WorkerHandle {
  const worker = new Worker(script, options)
  started.push(worker)
  let lastError: Error | undefined
  worker.on('error', (error: Error) => (lastError = error))
  return {
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    onMessage: (callback) => worker.on('message', callback),
    onExit: (callback) => worker.on('exit', () => callback(lastError)),
    terminate: async () => void (await worker.terminate())
  }
}

function makePool(size = 1, options: WorkerOptions = {}): ManagedPool {
  const pool = createComputePool(
    {
      createComputeWorker: () => startThread(options),
      log: {
        write: (_, code, text, detail) =>
          void logged.push(`${code} ${text} ${JSON.stringify(detail)}`)
      }
    },
    size
  )
  pools.push(pool)
  return pool
}

const sharedWords = (): Int32Array => new Int32Array(new SharedArrayBuffer(12))

/** Resolves when the thread has made its first step. */
async function begun(shared: Int32Array): Promise<void> {
  const wait = Atomics.waitAsync(shared, 0, 0)
  await wait.value
}

const echo = (pool: ManagedPool, input: unknown, isLight = false): Promise<unknown> =>
  pool.run({ name: 'echo' }, input, { signal: never, isLight })

describe('a task', () => {
  it('gets its input and gives its result; the thread is used again', async () => {
    const pool = makePool()
    expect(await echo(pool, { a: [1, 2], b: new Float32Array([1.5]) })).toEqual({
      a: [1, 2],
      b: new Float32Array([1.5])
    })
    expect(await echo(pool, 'again')).toBe('again')
    expect(started).toHaveLength(1)
  })

  it('ends threads without a task when asked, and no others; the next task starts one', async () => {
    const pool = makePool(2)
    await echo(pool, 'light', true)
    const shared = sharedWords()
    const controller = new AbortController()
    const busy = pool.run({ name: 'work' }, { shared }, { signal: controller.signal })
    await begun(shared)
    expect(pool.state().threads).toBe(2)
    pool.endIdle()
    expect(pool.state()).toMatchObject({ threads: 1, running: 1 })
    expect(await echo(pool, 'again', true)).toBe('again')
    expect(started).toHaveLength(3)
    controller.abort()
    await expect(busy).rejects.toMatchObject({ code: 'cancelled' })
    expect(logged).toEqual([])
  })

  it('sends its events in order, each handed over before the next, the result last', async () => {
    const pool = makePool()
    const shared = sharedWords()
    const seen: number[] = []
    let isBusy = false
    const result = await pool.run<object, number, string>(
      { name: 'count' },
      { to: 50, shared },
      {
        signal: never,
        onEvent: async (event) => {
          expect(isBusy).toBe(false)
          isBusy = true
          await new Promise((resolve) => setImmediate(resolve))
          seen.push(event)
          isBusy = false
        }
      }
    )
    expect(seen).toEqual(Array.from({ length: 50 }, (_, i) => i + 1))
    expect(result).toBe('counted to 50')
  })

  it('stops producing while its consumer waits', async () => {
    const pool = makePool()
    const shared = sharedWords()
    const gate = Promise.withResolvers<undefined>()
    const first = Promise.withResolvers<undefined>()
    const done = pool.run<object, number, string>(
      { name: 'count' },
      { to: 100, shared },
      {
        signal: never,
        onEvent: (event) => {
          if (event === 1) first.resolve(undefined)
          return gate.promise
        }
      }
    )
    await first.promise
    await vi.waitUntil(() => Atomics.load(shared, 0) === eventCredit)
    // Nothing more comes while other threads answer.
    await echo(pool, 'light', true)
    expect(Atomics.load(shared, 0)).toBe(eventCredit)
    gate.resolve(undefined)
    expect(await done).toBe('counted to 100')
  })

  it('moves buffers both ways', async () => {
    const pool = makePool()
    const input = new Uint8Array([1, 2, 3])
    const back = await pool.run<Uint8Array, never, Uint8Array>({ name: 'echo' }, input, {
      signal: never,
      transfer: [input.buffer]
    })
    expect(input.byteLength).toBe(0)
    expect(back).toEqual(new Uint8Array([1, 2, 3]))
    const made = await pool.run<object, never, Uint8Array>(
      { name: 'bytes' },
      { size: 1000 },
      { signal: never }
    )
    expect(made.every((byte) => byte === 7)).toBe(true)
  })

  it('leaves nothing behind on a signal that lives long', async () => {
    const pool = makePool()
    const { signal } = new AbortController()
    for (let i = 0; i < 20; i++) await pool.run({ name: 'echo' }, i, { signal })
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })
})

describe('a task that fails', () => {
  it('with a reason passes the reason on', async () => {
    const pool = makePool()
    await expect(
      pool.run({ name: 'fail' }, { how: 'refuse' }, { signal: never })
    ).rejects.toMatchObject({
      code: 'file-damaged',
      message: 'Row 7 is cut off.',
      hint: 'Save it again.'
    })
    expect(logged).toEqual([])
    expect(await echo(pool, 'still here')).toBe('still here')
    expect(started).toHaveLength(1)
  })

  it('by a mistake of ours shows no detail and logs it', async () => {
    const pool = makePool()
    const run = pool.run({ name: 'fail' }, { how: 'bug' }, { signal: never })
    await expect(run).rejects.toMatchObject({
      code: 'internal',
      message: 'Something went wrong inside the app. Nothing was lost.'
    })
    expect(logged.join()).toContain('x is not a function')
  })

  it('for want of memory says so', async () => {
    const pool = makePool()
    const run = pool.run({ name: 'fail' }, { how: 'allocate' }, { signal: never })
    await expect(run).rejects.toMatchObject({ code: 'out-of-memory' })
  })

  it('and one that does not exist', async () => {
    const pool = makePool()
    await expect(pool.run({ name: 'nothing' }, {}, { signal: never })).rejects.toMatchObject({
      code: 'internal'
    })
    expect(logged.join()).toContain('there is no task')
  })

  it('and an input that cannot be sent harms nobody else', async () => {
    const pool = makePool()
    await expect(echo(pool, () => 1)).rejects.toThrow('could not be cloned')
    expect(await echo(pool, 'next')).toBe('next')
  })

  it('in its consumer ends with the consumer’s error, and the thread is free again', async () => {
    const pool = makePool()
    const shared = sharedWords()
    const run = pool.run(
      { name: 'count' },
      { to: 1000, shared },
      {
        signal: never,
        onEvent: () => {
          throw new Error('disk full')
        }
      }
    )
    await expect(run).rejects.toThrow('disk full')
    expect(await echo(pool, 'next')).toBe('next')
    expect(started).toHaveLength(1)
    expect(Atomics.load(shared, 1)).toBe(1)
    expect(Atomics.load(shared, 0)).toBeLessThan(20)
  })

  it('in whoever is told of the device ends with that error, not with the app', async () => {
    const pool = makePool()
    const shared = sharedWords()
    Atomics.store(shared, 2, 2)
    const run = pool.run(
      { name: 'device' },
      { shared },
      {
        signal: never,
        onDevice: () => {
          throw new Error('disk full')
        }
      }
    )
    await expect(run).rejects.toThrow('disk full')
    expect(await echo(pool, 'next')).toBe('next')
  })

  it('to open a device tries again the next time', async () => {
    const pool = makePool()
    const shared = sharedWords()
    const open = (): Promise<unknown> => pool.run({ name: 'device' }, { shared }, { signal: never })
    await expect(open()).rejects.toMatchObject({ code: 'device-not-available' })
    expect(await open()).toBe('the good one')
    expect(await open()).toBe('the good one')
  })
})

describe('a thread that dies', () => {
  it.each(['exit', 'uncaught'])('by %s fails its task; the next gets a new thread', async (how) => {
    const pool = makePool()
    const run = pool.run({ name: 'fail' }, { how }, { signal: never })
    const waiting = echo(pool, 'waited')
    await expect(run).rejects.toMatchObject({ code: 'worker-crashed' })
    expect(await waiting).toBe('waited')
    expect(started).toHaveLength(2)
    expect(logged.join()).toContain('thread-ended')
  })

  it('for want of memory says so', async () => {
    const pool = makePool(1, { resourceLimits: { maxOldGenerationSizeMb: 24 } })
    const run = pool.run({ name: 'fail' }, { how: 'memory' }, { signal: never })
    await expect(run).rejects.toMatchObject({ code: 'out-of-memory' })
    expect(await echo(pool, 'next')).toBe('next')
  })

  it('or cannot be started fails the request, not the pool', async () => {
    let isFull = true
    const pool = createComputePool(
      {
        createComputeWorker() {
          if (isFull) throw new Error('no more threads')
          return startThread()
        },
        log: { write: () => undefined }
      },
      1
    )
    pools.push(pool)
    await expect(echo(pool, 1)).rejects.toThrow('no more threads')
    isFull = false
    expect(await echo(pool, 2)).toBe(2)
  })
})

describe('cancel', () => {
  it('of a long task comes through, its own clean-up runs, the thread stays', async () => {
    const pool = makePool()
    const shared = sharedWords()
    const stop = new AbortController()
    const run = pool.run<object, number, string>(
      { name: 'count' },
      { to: 1e9, shared },
      {
        signal: stop.signal,
        onEvent: (event) => {
          if (event === 10) stop.abort()
        }
      }
    )
    await expect(run).rejects.toMatchObject({ code: 'cancelled', message: 'Stopped.' })
    expect(Atomics.load(shared, 1)).toBe(1)
    expect(await echo(pool, 'next')).toBe('next')
    expect(started).toHaveLength(1)
  })

  it('of a silent task comes through', async () => {
    const pool = makePool()
    const shared = sharedWords()
    const stop = new AbortController()
    const run = pool.run({ name: 'work' }, { shared }, { signal: stop.signal })
    await begun(shared)
    stop.abort()
    await expect(run).rejects.toMatchObject({ code: 'cancelled' })
    expect(await echo(pool, 'next')).toBe('next')
    expect(started).toHaveLength(1)
  })

  it('of a task that never answers ends its thread after two seconds', async () => {
    const pool = makePool()
    const shared = sharedWords()
    const stop = new AbortController()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const run = pool.run({ name: 'deaf' }, { shared }, { signal: stop.signal })
      const next = echo(pool, 'next')
      await begun(shared)
      let isOver = false
      const over = expect(run)
        .rejects.toMatchObject({ code: 'cancelled' })
        .then(() => (isOver = true))
      stop.abort()
      vi.advanceTimersByTime(1999)
      await echo(pool, 'meanwhile', true)
      expect(isOver).toBe(false)
      vi.advanceTimersByTime(1)
      await over
      expect(await next).toBe('next')
    } finally {
      vi.useRealTimers()
    }
    // The deaf one, the light one, and the one in place of the deaf one.
    expect(started).toHaveLength(3)
    expect(logged).toEqual([])
  })

  it('of a task that waits takes it out of the line', async () => {
    const pool = makePool()
    const shared = sharedWords()
    const stopFirst = new AbortController()
    const first = pool.run({ name: 'work' }, { shared }, { signal: stopFirst.signal })
    const stop = new AbortController()
    const second = pool.run({ name: 'echo' }, 2, { signal: stop.signal })
    const third = echo(pool, 3)
    stop.abort()
    await expect(second).rejects.toMatchObject({ code: 'cancelled' })
    await begun(shared)
    stopFirst.abort()
    await expect(first).rejects.toMatchObject({ code: 'cancelled' })
    expect(await third).toBe(3)
  })

  it('before the start starts nothing', async () => {
    const pool = makePool()
    await expect(
      pool.run({ name: 'echo' }, 1, { signal: AbortSignal.abort() })
    ).rejects.toMatchObject({
      code: 'cancelled'
    })
    expect(started).toHaveLength(0)
  })
})

describe('the size of the pool', () => {
  it('light tasks never wait behind heavy ones', async () => {
    const pool = makePool(1)
    const shared = sharedWords()
    const stop = new AbortController()
    const heavy = pool.run({ name: 'work' }, { shared }, { signal: stop.signal })
    await begun(shared)
    expect(await echo(pool, 'thumbnail', true)).toBe('thumbnail')
    stop.abort()
    await expect(heavy).rejects.toThrow()
  })

  it('is the number of heavy tasks at once; a larger one starts what waits', async () => {
    const pool = makePool(1)
    const stop = new AbortController()
    const words = [sharedWords(), sharedWords()]
    const runs = words.map((shared) =>
      pool.run({ name: 'work' }, { shared }, { signal: stop.signal })
    )
    await begun(words[0])
    expect(started).toHaveLength(1)
    pool.resize(2)
    expect(pool.size).toBe(2)
    await begun(words[1])
    stop.abort()
    await Promise.allSettled(runs)
    expect(started).toHaveLength(2)
  })

  it('made smaller ends threads that have nothing to do', async () => {
    const pool = makePool(3)
    await Promise.all([1, 2, 3].map((n) => echo(pool, n)))
    const exits = started.map(
      (worker) => new Promise<number>((resolve) => worker.once('exit', () => resolve(1)))
    )
    pool.resize(1)
    await Promise.any(exits)
    expect(await echo(pool, 'left')).toBe('left')
    pool.resize(0)
    expect(pool.size).toBe(1)
  })

  it('ends with the pool: what runs and what waits is cancelled', async () => {
    const pool = makePool(1)
    const shared = sharedWords()
    const runs = [
      pool.run({ name: 'work' }, { shared }, { signal: never }),
      echo(pool, 'waits')
    ].map((run) => expect(run).rejects.toMatchObject({ code: 'cancelled' }))
    await begun(shared)
    await pool.dispose()
    await Promise.all(runs)
    await expect(echo(pool, 'late')).rejects.toMatchObject({ code: 'cancelled' })
    expect(logged).toEqual([])
  })
})

describe('cores', () => {
  interface Held {
    /** Resolves when the task has its device. */
    readonly begun: Promise<void>
    /** Every number of cores that its device was told. */
    readonly heard: Promise<number[]>
    readonly news: DeviceNews[]
    /** Lets the task end and waits for its end. */
    end(): Promise<number[]>
  }

  /** A task that keeps its cores until it is told to end. */
  function hold(pool: ManagedPool, options: Partial<TaskOptions<never>> = {}): Held {
    const shared = sharedWords()
    const news: DeviceNews[] = []
    const heard = pool.run<object, never, number[]>(
      { name: 'cores' },
      { shared },
      { signal: never, onDevice: (one) => void news.push(one), ...options }
    )
    heard.catch(() => undefined)
    const end = (): Promise<number[]> => {
      Atomics.store(shared, 1, 1)
      return heard
    }
    return { begun: begun(shared), heard, news, end }
  }

  /** The line after tasks had their chance to start. */
  async function line(pool: ManagedPool): Promise<readonly [number, number, number]> {
    await Promise.resolve()
    const { running, waiting, coresInUse } = pool.state()
    return [running, waiting, coresInUse]
  }

  it('one, unless it asks for all, also when it is alone; it is told with its device', async () => {
    const pool = makePool(4)
    for (const [cores, count] of [
      [undefined, 1],
      ['one', 1],
      ['all', 4]
    ] as const) {
      const task = hold(pool, cores === undefined ? {} : { cores })
      await task.begun
      expect(await line(pool)).toEqual([1, 0, count])
      expect(await task.end()).toEqual([count])
      expect(task.news).toEqual([
        { id: 'odd', name: 'the odd one', cores: count, fallback: 'It is not there.' }
      ])
    }
    expect(pool.state()).toMatchObject({ running: 0, coresInUse: 0, isBusy: false })
  })

  it('one each for tasks beside each other, whoever comes and goes', async () => {
    const pool = makePool(3)
    const first = hold(pool)
    await first.begun
    const others = [hold(pool), hold(pool), hold(pool)]
    expect(await line(pool)).toEqual([3, 1, 3])
    await others[0].end()
    await others[2].begun
    expect(await line(pool)).toEqual([3, 0, 3])
    for (const task of [first, ...others]) expect(await task.end()).toEqual([1])
  })

  it('all for a task that is alone, in order of arrival before and after it', async () => {
    const pool = makePool(2)
    const before = [hold(pool), hold(pool)]
    const all = hold(pool, { cores: 'all' })
    const after = hold(pool)
    const last = hold(pool, { cores: 'all' })
    expect(await line(pool)).toEqual([2, 3, 2])
    await before[0].end()
    // There is room for the one behind, but not before the one that came first.
    expect(await line(pool)).toEqual([1, 3, 1])
    await before[1].end()
    await all.begun
    expect(await line(pool)).toEqual([1, 2, 2])
    expect(await all.end()).toEqual([2])
    await after.begun
    expect(await line(pool)).toEqual([1, 1, 1])
    expect(await after.end()).toEqual([1])
    await last.begun
    expect(await line(pool)).toEqual([1, 0, 2])
    expect(await last.end()).toEqual([2])
  })

  it('are those of the setting at the start; a task keeps them when the setting changes', async () => {
    const pool = makePool(4)
    const first = hold(pool, { cores: 'all' })
    await first.begun
    const second = hold(pool, { cores: 'all' })
    const third = hold(pool)
    pool.resize(2)
    expect(await line(pool)).toEqual([1, 2, 4])
    pool.resize(6)
    expect(await line(pool)).toEqual([1, 2, 4])
    pool.resize(3)
    expect(await first.end()).toEqual([4])
    await second.begun
    expect(await line(pool)).toEqual([1, 1, 3])
    expect(await second.end()).toEqual([3])
    expect(await third.end()).toEqual([1])
  })

  it('are free for those behind when the one that waits for all of them is cancelled', async () => {
    const pool = makePool(3)
    const stop = new AbortController()
    const first = hold(pool)
    const all = hold(pool, { cores: 'all', signal: stop.signal })
    const behind = [hold(pool), hold(pool, { signal: stop.signal }), hold(pool)]
    expect(await line(pool)).toEqual([1, 4, 1])
    stop.abort()
    await expect(all.heard).rejects.toMatchObject({ code: 'cancelled' })
    await expect(behind[1].heard).rejects.toMatchObject({ code: 'cancelled' })
    expect(await line(pool)).toEqual([3, 0, 3])
    // What was cancelled in the line had no thread.
    expect(started).toHaveLength(3)
    for (const task of [first, behind[0], behind[2]]) expect(await task.end()).toEqual([1])
  })

  it('are free again when the one that has all of them is cancelled, or its thread dies', async () => {
    const pool = makePool(2)
    const stop = new AbortController()
    const all = hold(pool, { cores: 'all', signal: stop.signal })
    const dies = pool.run({ name: 'fail' }, { how: 'exit' }, { signal: never, cores: 'all' })
    const behind = [hold(pool), hold(pool)]
    await all.begun
    expect(await line(pool)).toEqual([1, 3, 2])
    stop.abort()
    await expect(all.heard).rejects.toMatchObject({ code: 'cancelled' })
    await expect(dies).rejects.toMatchObject({ code: 'worker-crashed' })
    expect(await line(pool)).toEqual([2, 0, 2])
    for (const task of behind) expect(await task.end()).toEqual([1])
  })

  it('do not stay with a task that could not be sent', async () => {
    const pool = makePool(2)
    const refused = pool.run({ name: 'echo' }, () => 1, { signal: never, cores: 'all' })
    const behind = hold(pool)
    await expect(refused).rejects.toThrow('could not be cloned')
    expect(await line(pool)).toEqual([1, 0, 1])
    expect(await behind.end()).toEqual([1])
  })

  it('are one for light tasks, which run beside everything', async () => {
    const pool = makePool(4)
    const alone = hold(pool, { isLight: true })
    await alone.begun
    const all = hold(pool, { cores: 'all' })
    await all.begun
    expect(await line(pool)).toEqual([2, 0, 5])
    expect(await alone.end()).toEqual([1])
    expect(await hold(pool, { isLight: true, cores: 'all' }).end()).toEqual([1])
    expect(await all.end()).toEqual([4])
  })
})
