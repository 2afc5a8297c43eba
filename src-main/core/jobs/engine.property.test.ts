// Whatever people and jobs do, in any order: every state that is shown may follow the one before,
// no two heavy jobs run, nothing waits without a reason, and the bar never falls.
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import type { Job, JobState } from '../../api/dto/jobs.ts'
import { createWorkshop, type Workshop } from './engine.test-support.ts'
import { isActive, mayFollow } from './job-states.ts'

/** What a run of commands works on. The model is the state last shown of each job. */
interface Real {
  readonly shop: Workshop
  readonly seen: Map<string, Job>
  count: number
}
type Model = Record<string, never>

const steps: Record<string, (real: Real, id: string, amount: number) => unknown> = {
  'submit heavy': (real) => real.shop.submit(`job ${real.count++}`),
  'submit light': (real) => real.shop.submit(`job ${real.count++}`, false),
  pause: ({ shop }, id) => shop.engine.pause(id),
  continue: ({ shop }, id) => shop.engine.continue(id),
  'cancel and keep': ({ shop }, id) => shop.engine.cancel(id, true),
  'cancel and discard': ({ shop }, id) => shop.engine.cancel(id, false),
  resume: ({ shop }, id) => shop.engine.resume(id),
  discard: ({ shop }, id) => shop.engine.discard(id),
  move: ({ shop }, id, amount) => shop.engine.move(id, amount),
  breathe: ({ shop }, id) => actIn(shop, id, (puppet) => void rest(puppet)),
  progress: ({ shop }, id, amount) =>
    actIn(shop, id, ({ context }) => {
      context.phase(amount % 2, 10, 'items')
      context.progress(amount)
      context.saveCheckpoint({ amount })
    }),
  finish: ({ shop }, id) => actIn(shop, id, (puppet) => puppet.finish({ items: 1 })),
  'finish with a note': ({ shop }, id) =>
    actIn(shop, id, (puppet) => {
      puppet.context.note('A note.')
      puppet.finish()
    }),
  fail: ({ shop }, id) => actIn(shop, id, (puppet) => puppet.fail(new Error('x'))),
  'close and open': ({ shop }) => shop.restart(),
  kill: ({ shop }) => shop.crash()
}

type Puppet = Awaited<ReturnType<Workshop['stage']['puppet']>>

async function actIn(shop: Workshop, id: string, action: (puppet: Puppet) => void): Promise<void> {
  if (shop.stage.has(id)) action(await shop.stage.puppet(id))
}

function rest(puppet: Puppet): Promise<void> {
  return puppet.act((context) => context.breathe()).catch(() => undefined)
}

class Step implements fc.AsyncCommand<Model, Real> {
  readonly name: string
  readonly pick: number
  readonly amount: number
  constructor(name: string, pick: number, amount: number) {
    this.name = name
    this.pick = pick
    this.amount = amount
  }
  check(): boolean {
    return true
  }
  async run(_: Model, real: Real): Promise<void> {
    const jobs = real.shop.engine.list()
    const job = jobs.length === 0 ? undefined : jobs[this.pick % jobs.length]
    if (job === undefined && !this.name.startsWith('submit')) return
    const from = real.shop.events.length
    try {
      await steps[this.name](real, job?.id ?? '', this.amount)
    } catch (error) {
      // Refusals are part of the game; anything else is not.
      expect(error).toMatchObject({ name: 'AppError' })
    }
    await settle(real.shop)
    check(real, from, this.name)
  }
  toString(): string {
    return `${this.name} #${this.pick} ${this.amount}`
  }
}

/** Waits until all that was set in motion has come to rest. */
async function settle(shop: Workshop): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
  await vi.waitUntil(() => {
    const active = shop.store.jobs.inStates(['running', 'pausing', 'paused', 'finishing'])
    return active.every((job) => shop.stage.has(job.id))
  })
}

function check(real: Real, from: number, step: string): void {
  const { shop, seen } = real
  const isNew = step === 'close and open' || step === 'kill'
  const jobs = shop.engine.list()
  // A closed app shows nothing: what it interrupted is seen at the next start.
  if (isNew) {
    for (const [id, job] of seen)
      if (isActive(job.state)) seen.set(id, { ...job, state: 'interrupted' })
    // Screens fetch the list when a project opens; the queue may have moved on before they look.
    for (const job of jobs) {
      follow(seen.get(job.id), job)
      seen.set(job.id, job)
    }
  }
  for (const event of shop.events.slice(from)) {
    if (event.kind === 'job-removed') seen.delete(event.id)
    if (event.kind !== 'job') continue
    follow(seen.get(event.job.id), event.job)
    seen.set(event.job.id, event.job)
  }
  expect(jobs.map(({ id, state }) => [id, state]).sort()).toEqual(
    [...seen.values()].map(({ id, state }) => [id, state]).sort()
  )
  const heavy = jobs.filter((job) => job.kind === 'import')
  expect(heavy.filter((job) => isActive(job.state)).length).toBeLessThanOrEqual(1)
  const isHeldUp = heavy.some((job) => isActive(job.state))
  const queued = jobs.filter((job) => job.state === 'queued')
  for (const job of queued) expect(job.kind === 'import' && isHeldUp, `${job.id} waits`).toBe(true)
  expect(queued.map((job) => job.queuePosition).sort()).toEqual(queued.map((_, i) => i))
  for (const job of jobs) {
    expect(job.finishedAt === null).toBe(
      !['finished', 'finished-with-notes', 'cancelled', 'failed'].includes(job.state)
    )
    if (job.state === 'finished') expect(job.fraction01).toBe(1)
    expect(job.error === null).toBe(job.state !== 'failed')
  }
}

function follow(before: Job | undefined, now: Job): void {
  const from: JobState | undefined = before?.state
  if (from === undefined) expect(now.state).toBe('queued')
  else if (from !== now.state)
    expect(mayFollow(from, now.state), `${from} -> ${now.state}`).toBe(true)
  expect(now.fraction01).toBeGreaterThanOrEqual(before?.fraction01 ?? 0)
  expect(now.fraction01).toBeLessThanOrEqual(1)
}

it('the engine keeps to its rules under any sequence of commands', async () => {
  const command = fc
    .tuple(fc.constantFrom(...Object.keys(steps)), fc.nat(5), fc.nat(12))
    .map(([name, pick, amount]) => new Step(name, pick, amount))
  const begin = fc.constantFrom(
    new Step('submit heavy', 0, 0),
    new Step('submit light', 0, 0),
    new Step('progress', 0, 3)
  )
  await fc.assert(
    fc.asyncProperty(fc.commands([command, begin], { maxCommands: 40 }), async (commands) => {
      const shop = createWorkshop()
      try {
        await fc.asyncModelRun(
          () => ({ model: {}, real: { shop, seen: new Map<string, Job>(), count: 0 } }),
          commands
        )
      } finally {
        await shop.dispose()
      }
    }),
    { numRuns: 60 }
  )
})
