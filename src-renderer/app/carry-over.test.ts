// What is begun and kept in the page alone comes back after the page was loaded again, once.
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { QueuePlan } from '@api/dto/trace-reviews.ts'
import { noTraceFilter } from '@api/dto/trace-sets.ts'
import { useAdding } from '../stores/adding.ts'
import { useProject } from '../stores/project.ts'
import { useTracePlan } from '../stores/trace-plan.ts'
import { bringBack, putAway } from './carry-over.ts'

const plan: QueuePlan = {
  set: 'airline',
  name: 'Half a plan',
  template: 'finished',
  questions: [],
  filter: noTraceFilter,
  order: 'random',
  count: 20,
  randomShare01: 0.2,
  isBalanced: true,
  isBlind: false,
  secondLook01: 0.1,
  reviewers: 1,
  seed: 0
}
/** A page with this project open. */
function page(place: string | undefined): void {
  setActivePinia(createPinia())
  const project = useProject()
  // Only its place is looked at.
  project.current = (place === undefined ? undefined : { place }) as typeof project.current
}
beforeEach(() => sessionStorage.clear())

describe('what is begun', () => {
  beforeEach(() => {
    page('A.winnow')
    const tracePlan = useTracePlan()
    tracePlan.plan = plan
    tracePlan.goTo('order')
    const adding = useAdding()
    adding.choose({ id: 'g1', kind: 'folder', name: 'shoes', place: '~/shoes' })
    adding.options = { ...adding.options, storage: 'copy' }
    adding.name = 'Shoes'
    adding.isExamples = true
    putAway()
  })

  it('comes back where it was', () => {
    page('A.winnow')
    bringBack()
    expect(useTracePlan().plan).toEqual(plan)
    expect(useTracePlan().step).toBe('order')
    expect([...useTracePlan().visited]).toEqual(['judge', 'order'])
    const adding = useAdding()
    expect(adding.grant?.name).toBe('shoes')
    expect(adding.options.storage).toBe('copy')
    expect([adding.name, adding.isExamples]).toEqual(['Shoes', true])
  })

  it('comes back once', () => {
    page('A.winnow')
    bringBack()
    page('A.winnow')
    bringBack()
    expect(useTracePlan().plan).toBeUndefined()
    expect(useAdding().grant).toBeUndefined()
  })

  it.each(['B.winnow', undefined])('does not come into %s', (place) => {
    page(place)
    bringBack()
    expect(useTracePlan().plan).toBeUndefined()
    expect(useAdding().grant).toBeUndefined()
  })

  it('is left where it is damaged', () => {
    sessionStorage.setItem('winnow.begun', '{"project":"A.winnow","review":{"plan":{}}}')
    page('A.winnow')
    bringBack()
    expect(useTracePlan().plan).toBeUndefined()
  })
})
