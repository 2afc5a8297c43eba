// Phases of a selection: the search for the smallest set is one only where it was asked for.
import { describe, expect, it } from 'vitest'
import { jobView } from '../jobs/job-view.ts'
import { phaseAt, searchPhase, selectPhases, selectPhasesFor } from './select-state.ts'
import { draftFor } from './selection-fixture.ts'

const smallest = draftFor('pool', { budget: { kind: 'smallest' } })

describe('phases', () => {
  it('hold the search between choosing and testing, and only where it was asked for', () => {
    expect(selectPhasesFor(draftFor('pool'))).toBe(selectPhases)
    expect(selectPhasesFor({ broken: true })).toBe(selectPhases)
    expect(selectPhasesFor(smallest).map(({ name }) => name)).toEqual([
      'Learning what the items look like',
      'Making similarity fingerprints',
      'Removing repeats',
      'Choosing',
      'Finding the smallest set',
      'Testing the result',
      'Writing the result'
    ])
    expect(phaseAt(smallest, 'Writing the result')).toBe(6)
    expect(phaseAt(draftFor('pool'), searchPhase.name)).toBe(-1)
  })

  it('are what the job shows', () => {
    const kind = {
      phases: selectPhases,
      phasesFor: selectPhasesFor,
      canPause: true,
      canResume: true
    }
    const record = {
      id: 'j',
      kind: 'select',
      title: 't',
      state: 'running' as const,
      dataset: 'pool',
      run: 'j',
      params: JSON.parse(JSON.stringify(smallest)) as null, // any JSON value
      phaseIndex: 4,
      phaseDone: 3,
      phaseTotal: 27,
      phaseUnit: 'tests',
      fraction01: 0.5,
      position: 0,
      createdAt: 0,
      startedAt: 0,
      finishedAt: undefined,
      activeSeconds: 1,
      error: undefined,
      notes: [],
      device: undefined,
      result: undefined,
      leaseOwner: undefined,
      leaseAt: undefined,
      cancelKeeps: false
    }
    expect(jobView(record, kind, undefined, -1).phase).toMatchObject({
      index: 5,
      count: 7,
      name: 'Finding the smallest set'
    })
  })
})
