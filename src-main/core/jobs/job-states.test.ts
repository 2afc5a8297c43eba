// The table of job states: every way through it starts in the queue and can come to an end.
import { describe, expect, it } from 'vitest'
import { JobState } from '../../api/dto/jobs.ts'
import { activeStates, isActive, isFinal, mayFollow } from './job-states.ts'

const all = JobState.options
const after = (state: JobState): JobState[] => all.filter((next) => mayFollow(state, next))

describe('job states', () => {
  it('every state is waiting, active or final, and only one of them', () => {
    for (const state of all) {
      const kinds = [state === 'queued', isActive(state), isFinal(state)]
      expect(kinds.filter(Boolean), state).toHaveLength(1)
    }
    expect(all.filter(isActive)).toEqual(activeStates)
  })

  it('every state can be reached from the queue', () => {
    const reached = new Set<JobState>(['queued'])
    for (const state of reached) for (const next of after(state)) reached.add(next)
    expect([...reached].sort()).toEqual([...all].sort())
  })

  it('what is finished or cancelled stays so; what failed or was cut off can queue again', () => {
    expect(after('finished')).toEqual([])
    expect(after('finished-with-notes')).toEqual([])
    expect(after('cancelled')).toEqual([])
    expect(after('failed')).toEqual(['queued'])
    expect(after('interrupted')).toEqual(['queued', 'cancelled'])
  })

  it('every active state can fail or be cut off, and none follows itself', () => {
    for (const state of activeStates) {
      expect(after(state), state).toContain('failed')
      expect(after(state), state).toContain('interrupted')
    }
    for (const state of all) expect(mayFollow(state, state)).toBe(false)
  })

  it('nothing is finished that was not finishing, and nothing runs that did not wait its turn', () => {
    for (const state of all) {
      expect(mayFollow(state, 'finished')).toBe(state === 'finishing')
      expect(mayFollow(state, 'finished-with-notes')).toBe(state === 'finishing')
      expect(mayFollow(state, 'paused')).toBe(state === 'pausing')
    }
    expect(all.filter((state) => mayFollow(state, 'running'))).toEqual([
      'queued',
      'pausing',
      'paused'
    ])
  })
})
