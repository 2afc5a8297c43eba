// The live job list: events, answers that cross on the way, measured points, ends.
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { OutputOf } from '@api/contract.ts'
import { useConnection } from './connection.ts'
import { useJobs } from './jobs.ts'
import {
  deferred,
  fakeClient,
  jobOf,
  type Answers,
  type FakeClient
} from './run-fixtures.test-support.ts'

const project = {
  name: 'Shoes',
  place: '~/Shoes.winnow',
  isReadOnly: false,
  readOnlyReason: null,
  createdAt: 1,
  sizeBytes: 1,
  isSample: false,
  datasets: 1,
  items: 1,
  runs: 1
}
const host = {
  contractVersion: 1,
  appVersion: '0',
  host: 'local' as const,
  picker: 'in-page' as const,
  canReveal: false,
  platform: 'linux',
  versions: {},
  storage: []
}

async function connected(answers: Answers): Promise<FakeClient> {
  const client = fakeClient({
    'app.hello': () => host,
    'projects.current': () => ({ project }),
    'jobs.list': () => ({ jobs: [] }),
    ...answers
  })
  await useConnection().start(client)
  return client
}

beforeEach(() => setActivePinia(createPinia()))

describe('jobs', () => {
  it('follows events and never lets progress fall', async () => {
    const jobs = useJobs()
    const client = await connected({})
    client.emit({ kind: 'job', job: jobOf({ fraction01: 0.5 }) })
    client.emit({ kind: 'job', job: jobOf({ fraction01: 0.3 }) })
    expect(jobs.find('r1')?.fraction01).toBe(0.5)
    expect(jobs.foremost?.id).toBe('r1')
    client.emit({ kind: 'job-removed', id: 'r1' })
    expect(jobs.jobs).toHaveLength(0)
  })

  it('keeps an event that came while an older list was on its way', async () => {
    const answer = deferred<OutputOf<'jobs.list'>>()
    const jobs = useJobs()
    const client = await connected({ 'jobs.list': () => answer.promise })
    const loading = jobs.load()
    client.emit({ kind: 'job', job: jobOf({ fraction01: 0.7 }) })
    answer.resolve({ jobs: [jobOf({ fraction01: 0.2 })] })
    await loading
    expect(jobs.find('r1')?.fraction01).toBe(0.7)
  })

  it('drops a list answer that a newer one has overtaken', async () => {
    const first = deferred<OutputOf<'jobs.list'>>()
    const answers = [first.promise, Promise.resolve({ jobs: [jobOf({ id: 'new' })] })]
    const jobs = useJobs()
    await connected({ 'jobs.list': () => answers.shift() ?? { jobs: [] } })
    const slow = jobs.load()
    await jobs.load()
    first.resolve({ jobs: [jobOf({ id: 'old' })] })
    await slow
    expect(jobs.jobs.map((job) => job.id)).toEqual(['new'])
  })

  it('says once that a job has ended, and wakes who waits for it', async () => {
    const jobs = useJobs()
    const client = await connected({})
    const ended: string[] = []
    jobs.onEnd((job) => ended.push(job.state))
    client.emit({ kind: 'job', job: jobOf() })
    const waiting = jobs.whenEnded('r1')
    client.emit({ kind: 'job', job: jobOf({ state: 'finished', fraction01: 1 }) })
    client.emit({ kind: 'job', job: jobOf({ state: 'finished', fraction01: 1 }) })
    expect(ended).toEqual(['finished'])
    expect((await waiting).state).toBe('finished')
  })

  it('collects measured points', async () => {
    const jobs = useJobs()
    const client = await connected({
      'runs.live': () => ({ points: [{ series: 'accuracy:random', x: 1, y: 0.7 }] })
    })
    await jobs.loadLive('r1')
    client.emit({ kind: 'live', job: 'r1', live: { series: 'accuracy:random', x: 2, y: 0.71 } })
    await vi.waitFor(() => expect(jobs.live('r1').map((point) => point.x)).toEqual([1, 2]))
  })

  it('sends cancel with the choice and takes the answer', async () => {
    const jobs = useJobs()
    const client = await connected({ 'jobs.cancel': () => jobOf({ state: 'cancelled' }) })
    client.emit({ kind: 'job', job: jobOf() })
    await jobs.cancel('r1', true)
    expect(client.calls.at(-1)).toEqual({ name: 'jobs.cancel', input: { id: 'r1', keep: true } })
    expect(jobs.find('r1')?.state).toBe('cancelled')
  })
})
