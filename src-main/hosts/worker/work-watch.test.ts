// What a host hears of the work: whole percents of the job in front, and long jobs that end by
// themselves, once, and only when that is wanted.
import { beforeEach, expect, it } from 'vitest'
import type { Job } from '../../api/dto/jobs.ts'
import { createWorkWatch, longSeconds, type WorkMessage } from './work-watch.ts'

let said: WorkMessage[]
let isWanted: boolean
let watch: ReturnType<typeof createWorkWatch>
beforeEach(() => {
  said = []
  isWanted = true
  watch = createWorkWatch(
    (message) => said.push(message),
    () => isWanted
  )
})
function job(part: Partial<Job>): void {
  watch({
    kind: 'job',
    job: {
      id: 'a',
      kind: 'select',
      title: 'Best 10 %',
      state: 'running',
      dataset: null,
      run: null,
      phase: null,
      fraction01: 0,
      eta: null,
      queuePosition: null,
      createdAt: 1,
      startedAt: 1,
      finishedAt: null,
      activeSeconds: longSeconds,
      error: null,
      notes: [],
      device: null,
      canPause: true,
      canResume: false,
      ...part
    }
  })
}
const fractions = (): unknown[] =>
  said.map((message) => (message.type === 'work' ? message.fraction01 : message.type))

it('tells whole percents, only when they change, and never backwards', () => {
  for (const fraction01 of [0.101, 0.104, 0.119, 0.11, 0.2]) job({ fraction01 })
  job({ state: 'paused', fraction01: 0.2 })
  expect(fractions()).toEqual([0.1, 0.11, 0.2, null])
})

it('shows the job that began first, and the next one after it', () => {
  job({ fraction01: 0.5 })
  job({ id: 'b', fraction01: 0.1 })
  job({ state: 'cancelled', fraction01: 0.5 })
  watch({ kind: 'job-removed', id: 'b' })
  expect(fractions()).toEqual([0.5, 0.1, null])
})

it.each([
  ['finished', false],
  ['finished-with-notes', false],
  ['failed', true]
] as const)('says once that a long job is %s', (state, hasFailed) => {
  job({ fraction01: 0.5 })
  job({ state, fraction01: 1 })
  job({ state, fraction01: 1 })
  expect(said.filter(({ type }) => type === 'ended')).toEqual([
    { type: 'ended', job: { id: 'a', title: 'Best 10 %', hasFailed } }
  ])
})

it('calls nobody for short jobs, for those that were stopped, or when it is not wanted', () => {
  job({ activeSeconds: longSeconds - 1 })
  job({ activeSeconds: longSeconds - 1, state: 'finished' })
  job({ id: 'b' })
  job({ id: 'b', state: 'cancelled' })
  job({ id: 'c' })
  job({ id: 'c', state: 'interrupted' })
  isWanted = false
  job({ id: 'd' })
  job({ id: 'd', state: 'finished' })
  // Ended before this was watched: old news.
  isWanted = true
  job({ id: 'e', state: 'finished' })
  expect(said.filter(({ type }) => type === 'ended')).toEqual([])
})
