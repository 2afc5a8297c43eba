// The buttons of messages: patches with a way back, and places to open.
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import type { ValidationMessage } from '@api/dto/common.ts'
import { useConnection } from '../../stores/connection.ts'
import { useDraft } from '../../stores/draft.ts'
import { draftOf, fakeClient, reviewOf } from '../../stores/run-fixtures.test-support.ts'
import { useToasts } from '../../stores/toasts.ts'
import StepMessages from './StepMessages.vue'

const messages: ValidationMessage[] = [
  {
    code: 'V1',
    severity: 'caution',
    step: 'budget',
    text: 'Keeping 50 items is too few for 120 groups.',
    actions: [{ label: 'Use 120', patch: { budget: { kind: 'count', count: 120 } } }]
  },
  {
    code: 'V7',
    severity: 'note',
    step: 'data',
    text: '82 files could not be opened. They are left out.',
    actions: [{ label: 'See list', open: 'problems' }]
  },
  {
    code: 'V12',
    severity: 'error',
    step: 'review',
    text: 'Free disk is 1 KB, the run needs about 2 KB for fingerprints.',
    actions: [{ label: 'Choose another folder', open: 'projects' }]
  }
]
let router: Router

beforeEach(async () => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'choose', component: { template: '<i />' } },
      { path: '/data/:dataset', name: 'dataset', component: { template: '<i />' } },
      { path: '/start', name: 'first-run', component: { template: '<i />' } }
    ]
  })
  await router.push('/')
  const client = fakeClient({
    'drafts.defaults': () => draftOf(),
    'drafts.save': () => ({ id: 'x' }),
    'runs.review': () => reviewOf({ messages })
  })
  await useConnection().start(client)
  await useDraft().startNew('d1')
  await vi.runAllTimersAsync()
})
afterEach(() => vi.useRealTimers())

describe('StepMessages', () => {
  it('shows the messages of its step only', () => {
    const wrapper = mount(StepMessages, {
      props: { step: 'budget' },
      global: { plugins: [router] }
    })
    expect(wrapper.text()).toContain('too few for 120 groups')
    expect(wrapper.text()).not.toContain('82 files')
  })

  it('patches the draft and offers the way back', async () => {
    const wrapper = mount(StepMessages, {
      props: { step: 'budget' },
      global: { plugins: [router] }
    })
    await wrapper.get('button').trigger('click')
    const draft = useDraft()
    expect(draft.draft?.budget).toEqual({ kind: 'count', count: 120 })
    const toasts = useToasts()
    await toasts.act(toasts.toasts[0]?.id ?? 0)
    expect(draft.draft?.budget).toEqual({ kind: 'percent', percent: 10 })
  })

  it('opens the list of unreadable files', async () => {
    const wrapper = mount(StepMessages, { props: { step: 'data' }, global: { plugins: [router] } })
    await wrapper.get('button').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.fullPath).toBe('/data/d1?tab=problems')
  })

  it('opens the place where projects in other folders are made and opened', async () => {
    const wrapper = mount(StepMessages, {
      props: { step: 'review' },
      global: { plugins: [router] }
    })
    await wrapper.get('button').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.name).toBe('first-run')
  })
})
