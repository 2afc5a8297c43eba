// Progress that never runs backwards, and the order of the job list.
import { describe, expect, it } from 'vitest'
import { inOrder, isUnfinished, mergeJob, placeInLine } from './job-progress.ts'
import { jobOf, phaseNames } from './run-fixtures.test-support.ts'

describe('mergeJob', () => {
  it('keeps the higher share and its phase when an older update arrives late', () => {
    const newer = jobOf({
      fraction01: 0.6,
      phase: {
        index: 4,
        count: 5,
        name: 'Testing',
        names: phaseNames,
        done: 2,
        total: 12,
        unit: 'tests'
      }
    })
    const merged = mergeJob(newer, jobOf({ fraction01: 0.55 }))
    expect(merged.fraction01).toBe(0.6)
    expect(merged.phase?.index).toBe(4)
  })

  it('keeps the higher count within one phase', () => {
    const phase = {
      index: 3,
      count: 5,
      name: 'Comparing pictures',
      names: phaseNames,
      done: 9000,
      total: 12400,
      unit: 'items'
    }
    const merged = mergeJob(jobOf({ fraction01: 0.5, phase }), jobOf({ fraction01: 0.4 }))
    expect(merged.phase?.done).toBe(9000)
  })

  it('takes a new state although the share is older', () => {
    expect(
      mergeJob(jobOf({ fraction01: 0.6 }), jobOf({ fraction01: 0.5, state: 'paused' })).state
    ).toBe('paused')
  })

  it('starts afresh from the queue, after an end and after a break', () => {
    expect(
      mergeJob(jobOf({ fraction01: 0.6 }), jobOf({ fraction01: 0, state: 'queued' })).fraction01
    ).toBe(0)
    for (const state of ['failed', 'interrupted', 'cancelled'] as const) {
      expect(
        mergeJob(jobOf({ fraction01: 0.6, state }), jobOf({ fraction01: 0.1 })).fraction01
      ).toBe(0.1)
    }
  })
})

describe('inOrder', () => {
  it('lists working jobs, then paused, then waiting by place, then the newest end', () => {
    const jobs = [
      jobOf({ id: 'old', state: 'finished', finishedAt: 5 }),
      jobOf({ id: 'q2', state: 'queued', queuePosition: 2 }),
      jobOf({ id: 'new', state: 'failed', finishedAt: 9 }),
      jobOf({ id: 'q1', state: 'queued', queuePosition: 1 }),
      jobOf({ id: 'paused', state: 'paused' }),
      jobOf({ id: 'works' })
    ]
    expect(inOrder(jobs).map((job) => job.id)).toEqual([
      'works',
      'paused',
      'q1',
      'q2',
      'new',
      'old'
    ])
  })
})

describe('isUnfinished', () => {
  it('is a run that stopped early, or failed where it can go on', () => {
    expect(isUnfinished(jobOf({ state: 'interrupted' }))).toBe(true)
    expect(isUnfinished(jobOf({ state: 'failed', canResume: true }))).toBe(true)
    expect(isUnfinished(jobOf({ state: 'failed', canResume: false }))).toBe(false)
    expect(isUnfinished(jobOf({ state: 'cancelled' }))).toBe(false)
  })
})

describe('the place in line', () => {
  it('counts from one, as people do', () => {
    const places = [0, 1, 2, null].map((queuePosition) =>
      placeInLine(jobOf({ state: 'queued', queuePosition }))
    )
    expect(places).toEqual([1, 2, 3, 1])
  })
})
