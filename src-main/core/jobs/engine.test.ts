// The job engine over a real store: order, cancel, pause, failure, what a closed or killed app
// leaves, and what those who look on are shown.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { JsonValue } from '../../api/dto/common.ts'
import { AppError } from '../../api/errors.ts'
import { openStore } from '../store/open-store.ts'
import { jobRecord } from '../store/store.test-support.ts'
import { createJobEngine } from './engine.ts'
import { createWorkshop, puppetKind, type Workshop } from './engine.test-support.ts'

let shop: Workshop
beforeEach(() => {
  shop = createWorkshop()
})
afterEach(() => shop.dispose())

const stateOf = (id: string): string => shop.engine.get(id).state

async function finish(id: string, value?: unknown): Promise<void> {
  const puppet = await shop.stage.puppet(id)
  puppet.finish(value)
  await shop.engine.wait(id)
}

describe('the queue', () => {
  it('runs one heavy job at a time, in order', async () => {
    for (const id of ['a', 'b', 'c']) shop.submit(id)
    expect(['a', 'b', 'c'].map(stateOf)).toEqual(['running', 'queued', 'queued'])
    expect(shop.engine.get('c').queuePosition).toBe(1)
    await finish('a')
    expect(['a', 'b', 'c'].map(stateOf)).toEqual(['finished', 'running', 'queued'])
    await finish('b')
    await finish('c')
    expect(shop.stage.started).toEqual(['a', 'b', 'c'])
    expect(shop.engine.isBusy()).toBe(false)
  })

  it('lets light jobs pass', async () => {
    shop.submit('heavy')
    shop.submit('waits')
    shop.submit('light', false)
    shop.submit('light too', false)
    expect(['waits', 'light', 'light too'].map(stateOf)).toEqual(['queued', 'running', 'running'])
    await finish('light')
    expect(stateOf('waits')).toBe('queued')
  })

  it('is changed by moving a job, to the front, the end and beyond', async () => {
    for (const id of ['run', 'a', 'b', 'c']) shop.submit(id)
    const order = (): string[] =>
      shop.engine
        .list()
        .filter((job) => job.queuePosition !== null)
        .sort((x, y) => (x.queuePosition ?? 0) - (y.queuePosition ?? 0))
        .map((job) => job.id)
    expect(order()).toEqual(['a', 'b', 'c'])
    shop.engine.move('c', 0)
    expect(order()).toEqual(['c', 'a', 'b'])
    shop.engine.move('c', 99)
    expect(order()).toEqual(['a', 'b', 'c'])
    shop.engine.move('b', -3)
    expect(order()).toEqual(['b', 'a', 'c'])
    shop.engine.move('run', 2)
    expect(order()).toEqual(['b', 'a', 'c'])
    shop.submit('d')
    expect(order()).toEqual(['b', 'a', 'c', 'd'])
    await finish('run')
    await finish('b')
    expect(stateOf('a')).toBe('running')
  })

  it('puts a new job last, also when jobs before it have left', () => {
    for (const id of ['run', 'z', 'y', 'x']) shop.submit(id)
    shop.engine.cancel('z', false)
    shop.submit('a')
    expect(shop.engine.get('a').queuePosition).toBe(2)
  })

  it('goes on over a job that fails', async () => {
    shop.submit('a')
    shop.submit('b')
    const puppet = await shop.stage.puppet('a')
    puppet.fail(new Error('x'))
    await finish('b')
    expect(['a', 'b'].map(stateOf)).toEqual(['failed', 'finished'])
  })

  it('keeps the computer awake while something runs', async () => {
    shop.submit('a')
    expect(shop.awake.at(-1)).toBe(true)
    await finish('a')
    expect(shop.awake.at(-1)).toBe(false)
  })
})

describe('an end', () => {
  it('keeps the result, the time and a full bar, and forgets the checkpoint', async () => {
    shop.submit('a')
    const puppet = await shop.stage.puppet('a')
    await puppet.act((context) => {
      context.phase(0, 10, 'items')
      context.progress(5)
      context.saveCheckpoint({ row: 5 })
      context.device('processor')
    })
    shop.pass(30)
    puppet.finish({ items: 10 })
    const job = await shop.engine.wait('a')
    expect(job).toMatchObject({
      state: 'finished',
      fraction01: 1,
      activeSeconds: 30,
      device: 'processor',
      error: null,
      canResume: false
    })
    expect(shop.engine.result('a')).toEqual({ items: 10 })
    expect(shop.store.jobs.checkpoint('a')).toBeUndefined()
    expect(shop.states('a')).toEqual(['queued', 'running', 'finishing', 'finished'])
  })

  it('with notes says so, each note once', async () => {
    shop.submit('a')
    const puppet = await shop.stage.puppet('a')
    await puppet.act((context) => {
      context.note('Two files were skipped.')
      context.note('Two files were skipped.')
    })
    puppet.finish()
    const job = await shop.engine.wait('a')
    expect(job.state).toBe('finished-with-notes')
    expect(job.notes).toEqual(['Two files were skipped.'])
    expect(shop.engine.log('a', 0).lines.map(({ text }) => text)).toEqual(job.notes)
  })

  it('by an error shows a plain sentence, and the rest only in the log', async () => {
    shop.submit('a')
    const puppet = await shop.stage.puppet('a')
    puppet.fail(new TypeError('cannot read x of undefined'))
    const job = await shop.engine.wait('a')
    expect(job.state).toBe('failed')
    expect(job.error?.code).toBe('internal')
    expect(job.error?.message).toBe('Something went wrong inside the app. Nothing was lost.')
    expect(JSON.stringify(job)).not.toContain('undefined')
    const line = shop.logged.find((text) => text.includes('cannot read x'))
    expect(line).toContain(job.error?.logId)
    expect(shop.engine.log('a', 0).lines.at(-1)).toMatchObject({ level: 'error', code: 'internal' })
  })

  it('by a known reason shows its sentence and hint', async () => {
    shop.submit('a')
    const puppet = await shop.stage.puppet('a')
    puppet.fail(new AppError('file-damaged', 'The zip is cut off.', { hint: 'Copy it again.' }))
    const { error } = await shop.engine.wait('a')
    expect(error).toMatchObject({
      code: 'file-damaged',
      message: 'The zip is cut off.',
      hint: 'Copy it again.'
    })
  })

  it('that cannot be written for a full disk is a failure with that reason, and the queue goes on', async () => {
    shop.submit('a')
    shop.submit('b')
    const { update } = shop.store.jobs
    shop.store.jobs.update = (id, change) => {
      if (change.state === 'finished')
        throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' })
      update(id, change)
    }
    await finish('a')
    expect(shop.engine.get('a')).toMatchObject({ state: 'failed', error: { code: 'disk-full' } })
    shop.store.jobs.update = (id, change) => {
      if (change.state !== undefined)
        throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' })
      update(id, change)
    }
    const puppet = await shop.stage.puppet('b')
    puppet.finish()
    await expect(shop.engine.wait('b')).rejects.toMatchObject({ code: 'disk-full' })
    shop.store.jobs.update = update
    expect(shop.logged.some((line) => line.startsWith('end-not-written'))).toBe(true)
    await shop.restart()
    expect(stateOf('b')).toBe('interrupted')
  })

  it('is waited for by many, and at once when it was before', async () => {
    shop.submit('a')
    const waits = [shop.engine.wait('a'), shop.engine.wait('a')]
    await finish('a')
    expect((await Promise.all(waits)).map((job) => job.state)).toEqual(['finished', 'finished'])
    expect((await shop.engine.wait('a')).state).toBe('finished')
    expect(() => shop.engine.wait('gone')).toThrow('not in the project')
  })
})

describe('cancel', () => {
  it('in the queue ends a job that never ran', async () => {
    shop.submit('a')
    shop.submit('b')
    await shop.stage.puppet('a')
    expect(shop.engine.cancel('b', false).state).toBe('cancelled')
    expect(shop.stage.started).toEqual(['a'])
    expect(shop.states('b')).toEqual(['queued', 'cancelled'])
  })

  it.each([true, false])(
    'while running with keep = %s leaves or removes what is done',
    async (keep) => {
      shop.submit('a')
      const puppet = await shop.stage.puppet('a')
      const folder = await puppet.act((context) => context.folder())
      writeFileSync(join(folder, 'scores.npy'), 'x')
      await puppet.act((context) => context.saveCheckpoint({ row: 1 }))
      shop.engine.cancel('a', keep)
      expect(puppet.context.keepOnCancel).toBe(keep)
      expect((await shop.engine.wait('a')).state).toBe('cancelled')
      await shop.restart()
      expect(existsSync(folder)).toBe(keep)
      expect(shop.stage.discarded).toEqual(keep ? [] : [`${folder}:true`])
      expect(shop.store.jobs.checkpoint('a')).toEqual(keep ? { row: 1 } : undefined)
      expect(shop.store.jobs.get('a')?.cancelKeeps).toBe(keep)
    }
  )

  it('while paused ends the rest', async () => {
    shop.submit('a')
    const puppet = await shop.stage.puppet('a')
    shop.engine.pause('a')
    const rest = puppet.act((context) => context.breathe())
    await vi.waitUntil(() => stateOf('a') === 'paused')
    shop.engine.cancel('a', false)
    await expect(rest).rejects.toThrow('Stopped.')
    expect((await shop.engine.wait('a')).state).toBe('cancelled')
  })

  it('too late does nothing', async () => {
    shop.submit('a')
    await finish('a')
    expect(shop.engine.cancel('a', false).state).toBe('finished')
  })

  it('a kind that returns all the same has finished, also out of a rest', async () => {
    const stubborn = puppetKind(shop.stage, 'import', true, {
      run: (context) => shop.stage.run(context).catch(() => ({ items: 1 }))
    })
    await shop.restart({ kinds: [stubborn] })
    shop.submit('a')
    const puppet = await shop.stage.puppet('a')
    shop.engine.pause('a')
    const rest = expect(puppet.act((context) => context.breathe())).rejects.toThrow('Stopped.')
    await vi.waitUntil(() => stateOf('a') === 'paused')
    shop.engine.cancel('a', true)
    expect((await shop.engine.wait('a')).state).toBe('finished')
    expect(shop.engine.result('a')).toEqual({ items: 1 })
    await rest
  })
})

describe('pause', () => {
  it('waits for the next breath, leaves its time out, and goes on', async () => {
    shop.submit('a')
    const puppet = await shop.stage.puppet('a')
    shop.pass(10)
    expect(shop.engine.pause('a').state).toBe('pausing')
    const rest = puppet.act((context) => context.breathe())
    await vi.waitUntil(() => stateOf('a') === 'paused')
    shop.pass(500)
    expect(shop.engine.get('a').activeSeconds).toBe(10)
    expect(shop.engine.continue('a').state).toBe('running')
    await rest
    shop.pass(5)
    await finish('a')
    expect(shop.engine.get('a').activeSeconds).toBe(15)
    expect(shop.states('a')).toEqual([
      'queued',
      'running',
      'pausing',
      'paused',
      'running',
      'finishing',
      'finished'
    ])
  })

  it('taken back before the next breath costs nothing', async () => {
    shop.submit('a')
    const puppet = await shop.stage.puppet('a')
    shop.engine.pause('a')
    shop.engine.continue('a')
    await puppet.act((context) => context.breathe())
    expect(stateOf('a')).toBe('running')
  })

  it('a second time at once rests again, and says so', async () => {
    shop.submit('a')
    const puppet = await shop.stage.puppet('a')
    shop.engine.pause('a')
    const rest = puppet.act((context) => context.breathe())
    await vi.waitUntil(() => stateOf('a') === 'paused')
    shop.engine.continue('a')
    shop.engine.pause('a')
    await vi.waitUntil(() => stateOf('a') === 'paused')
    shop.engine.continue('a')
    await rest
    expect(stateOf('a')).toBe('running')
  })

  it('is not possible in the queue, after the end, or for a kind that cannot', async () => {
    const steady = puppetKind(shop.stage, 'import', true, { canPause: false })
    await shop.restart({ kinds: [steady] })
    shop.submit('a')
    shop.submit('b')
    expect(shop.engine.pause('a').state).toBe('running')
    expect(shop.engine.pause('b').state).toBe('queued')
    expect(shop.engine.continue('b').state).toBe('queued')
    await finish('a')
    expect(shop.engine.pause('a').state).toBe('finished')
  })

  it('keeps other heavy jobs waiting', async () => {
    shop.submit('a')
    shop.submit('b')
    const puppet = await shop.stage.puppet('a')
    shop.engine.pause('a')
    const rest = puppet.act((context) => context.breathe())
    await vi.waitUntil(() => stateOf('a') === 'paused')
    expect(stateOf('b')).toBe('queued')
    shop.engine.continue('a')
    await rest
  })
})

describe('a closed or killed app', () => {
  async function half(): Promise<void> {
    shop.submit('a')
    shop.submit('b')
    const puppet = await shop.stage.puppet('a')
    await puppet.act((context) => {
      context.phase(0, 10, 'items')
      context.progress(5)
      context.saveCheckpoint({ row: 5 })
    })
    shop.pass(20)
  }

  it.each(['closed', 'killed'])('%s: what ran is interrupted, what waited runs', async (how) => {
    await half()
    if (how === 'closed') await shop.restart()
    else await shop.crash()
    expect(['a', 'b'].map(stateOf)).toEqual(['interrupted', 'running'])
    const job = shop.engine.get('a')
    expect(job).toMatchObject({ fraction01: 0.25, canResume: true, finishedAt: null })
    expect(shop.engine.log('a', 0).lines.at(-1)?.text).toBe('The app closed at 25 %.')
    expect(shop.store.jobs.get('a')?.leaseOwner).toBeUndefined()
  })

  it('closing keeps the time worked and answers those who wait', async () => {
    await half()
    const waits = [shop.engine.wait('a'), shop.engine.wait('b')]
    await shop.restart()
    expect((await Promise.all(waits)).map((job) => job.state)).toEqual(['interrupted', 'queued'])
    expect(shop.engine.get('a').activeSeconds).toBe(20)
  })

  it('lets the computer sleep again', async () => {
    await half()
    await shop.engine.dispose()
    expect(shop.awake.at(-1)).toBe(false)
  })

  it('a job goes on from its checkpoint, its bar and its time', async () => {
    await half()
    await shop.restart()
    expect(shop.engine.resume('a').state).toBe('queued')
    await finish('b')
    const puppet = await shop.stage.puppet('a')
    expect(puppet.context.checkpoint).toEqual({ row: 5 })
    await puppet.act((context) => {
      context.phase(0, 10, 'items')
      context.progress(1)
    })
    expect(shop.engine.get('a').fraction01).toBe(0.25)
    shop.pass(10)
    puppet.finish()
    expect((await shop.engine.wait('a')).activeSeconds).toBe(30)
    expect(shop.states('a').slice(-4)).toEqual(['queued', 'running', 'finishing', 'finished'])
  })

  it('a job whose stored settings do not fit any more fails with that reason', async () => {
    await half()
    const strict = puppetKind(shop.stage, 'import', true, {
      params: z.strictObject({ colour: z.string() }) as never
    })
    await shop.restart({ kinds: [strict] })
    expect(stateOf('b')).toBe('failed')
    expect(shop.engine.get('b').error).toMatchObject({ code: 'run-not-resumable' })
    shop.engine.resume('a')
    expect(shop.engine.get('a').error?.message).toContain('do not fit this version')
    expect(shop.stage.started).toEqual(['a'])
  })

  it('a kind this app does not have fails; a kind it has never heard of is left alone', async () => {
    shop.store.jobs.insert(jobRecord('gone', { kind: 'export' }))
    shop.store.jobs.insert(jobRecord('later', { kind: 'teleport' }))
    shop.store.jobs.insert(jobRecord('cut', { kind: 'teleport', state: 'running' }))
    await shop.restart()
    expect(stateOf('gone')).toBe('failed')
    expect(shop.engine.list().map((job) => job.id)).toEqual(['gone'])
    expect(() => shop.engine.get('later')).toThrow('not in the project')
    shop.submit('a')
    expect(stateOf('a')).toBe('running')
    expect(shop.store.jobs.get('later')?.state).toBe('queued')
  })

  it('only what was cut off or failed can go on', async () => {
    shop.submit('a')
    expect(() => shop.engine.resume('a')).toThrow('cannot be continued')
    await finish('a')
    expect(() => shop.engine.resume('a')).toThrow('cannot be continued')
  })

  it('an interrupted job can be given up', async () => {
    await half()
    await shop.restart()
    expect(shop.engine.cancel('a', true).state).toBe('cancelled')
    expect(() => shop.engine.resume('a')).toThrow('cannot be continued')
  })
})

describe('discard', () => {
  it('removes the job and its files, and tells', async () => {
    shop.submit('a')
    const puppet = await shop.stage.puppet('a')
    await puppet.act((context) => context.folder())
    await expect(shop.engine.discard('a')).rejects.toThrow('Stop the run before')
    puppet.fail(new Error('x'))
    await shop.engine.wait('a')
    await shop.engine.discard('a')
    expect(readdirSync(shop.runsFolder)).toEqual([])
    expect(shop.engine.list()).toEqual([])
    expect(shop.events.at(-1)).toEqual({ kind: 'job-removed', id: 'a' })
  })

  it('of a queued job: it does not start while its files go, and whoever waits is told', async () => {
    shop.submit('a')
    shop.submit('b')
    const wait = expect(shop.engine.wait('b')).rejects.toThrow('not in the project')
    const gone = shop.engine.discard('b')
    const puppet = await shop.stage.puppet('a')
    puppet.finish()
    await gone
    await wait
    expect(shop.stage.started).toEqual(['a'])
    expect(shop.engine.isBusy()).toBe(false)
  })

  it('right after a cancel, and twice at once, is one discard', async () => {
    shop.submit('a')
    await shop.stage.puppet('a')
    shop.engine.cancel('a', false)
    await shop.engine.wait('a')
    await Promise.all([shop.engine.discard('a'), shop.engine.discard('a')])
    expect(shop.engine.list()).toEqual([])
  })

  it('that fails keeps the job, so that it can be tried again', async () => {
    let isLocked = true
    const kind = puppetKind(shop.stage, 'import', true, {
      discard: () =>
        isLocked ? Promise.reject(new AppError('file-not-readable')) : Promise.resolve()
    })
    await shop.restart({ kinds: [kind] })
    shop.submit('run')
    shop.submit('a')
    await expect(shop.engine.discard('a')).rejects.toThrow('could not be opened')
    expect(stateOf('a')).toBe('queued')
    isLocked = false
    await shop.engine.discard('a')
    expect(shop.engine.list().map((job) => job.id)).toEqual(['run'])
  })
})

describe('what is shown', () => {
  it('of a busy job is at most ten events a second, and the last word is not lost', async () => {
    shop.submit('a')
    const puppet = await shop.stage.puppet('a')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const before = shop.events.length
      await puppet.act((context) => {
        context.phase(0, 1000, 'items')
        for (let i = 1; i <= 1000; i++) context.progress(i)
      })
      expect(shop.events.length - before).toBeLessThanOrEqual(1)
      vi.advanceTimersByTime(100)
      const last = shop.events.at(-1)
      expect(last).toMatchObject({ kind: 'job', job: { phase: { done: 1000, total: 1000 } } })
      const settled = shop.events.length
      vi.advanceTimersByTime(1000)
      expect(shop.events.length).toBe(settled)
    } finally {
      vi.useRealTimers()
    }
  })

  it('is in the store before anyone sees it', async () => {
    const early: string[] = []
    shop.engine.watch((event) => {
      if (event.kind !== 'job') return
      const stored = shop.store.jobs.get(event.job.id)?.state
      if (stored !== event.job.state) early.push(`${event.job.state} over ${stored}`)
    })
    shop.submit('a')
    await finish('a')
    expect(early).toEqual([])
  })

  it('does not depend on those who look: one that throws stops neither job nor others', async () => {
    shop.engine.watch(() => {
      throw new Error('broken window')
    })
    const seen: string[] = []
    shop.engine.watch((event) => void seen.push(event.kind))
    shop.submit('a')
    await finish('a')
    expect(stateOf('a')).toBe('finished')
    expect(seen.length).toBeGreaterThan(2)
    expect(shop.logged.some((line) => line.includes('broken window'))).toBe(true)
  })

  it('points are kept in order and shown at once', async () => {
    shop.submit('a')
    const puppet = await shop.stage.puppet('a')
    await puppet.act((context) => {
      context.live('loss', 1, 0.5)
      context.live('loss', 2, 0.25)
    })
    expect(shop.engine.live('a')).toEqual([
      { series: 'loss', x: 1, y: 0.5 },
      { series: 'loss', x: 2, y: 0.25 }
    ])
    expect(shop.events.filter((event) => event.kind === 'live')).toHaveLength(2)
  })
})

describe('a checkpoint', () => {
  it('and the partial result it describes are one step', async () => {
    shop.submit('a')
    const puppet = await shop.stage.puppet('a')
    const save = (state: JsonValue, also: () => void): Promise<void> =>
      puppet.act((context) => context.saveCheckpoint(state, also))
    await save({ row: 1 }, () => shop.store.setFact('rows', 1))
    const half = save({ row: 2 }, () => {
      shop.store.setFact('rows', 2)
      throw new Error('disk')
    })
    await expect(half).rejects.toThrow('disk')
    expect(shop.store.fact('rows')).toBe(1)
    expect(shop.store.jobs.checkpoint('a')).toEqual({ row: 1 })
  })
})

describe('a project that can only be read', () => {
  it('shows its jobs and refuses every change', () => {
    shop.submit('a')
    const readOnly = openStore(shop.store.path, { isReadOnly: true })
    const engine = createJobEngine({
      store: readOnly,
      kinds: [puppetKind(shop.stage, 'import', true)],
      pool: { size: 1 } as never,
      platform: { now: () => 0, log: { write: () => undefined } },
      runsFolder: shop.runsFolder,
      getSettings: () => ({}) as never
    })
    expect(engine.list().map((job) => job.state)).toEqual(['running'])
    for (const change of [
      () => engine.submit({ kind: 'import', title: 'x', params: {} }),
      () => engine.cancel('a', false),
      () => engine.pause('a'),
      () => engine.resume('a'),
      () => engine.move('a', 0)
    ]) {
      expect(change).toThrow('open for reading only')
    }
    readOnly.dispose()
  })
})

describe('a project that was taken away', () => {
  it('fails its job with that reason, also when the job thinks it has finished', async () => {
    for (const id of ['ends', 'fails']) shop.submit(id, false)
    rmSync(shop.store.path)
    const [ends, fails] = [await shop.stage.puppet('ends'), await shop.stage.puppet('fails')]
    ends.finish()
    fails.fail(new Error('ENOENT'))
    for (const id of ['ends', 'fails']) {
      const job = await shop.engine.wait(id)
      expect(job).toMatchObject({ state: 'failed', error: { code: 'project-not-found' } })
      expect(job.error?.hint).toContain('open the project again')
    }
  })
})
