// A screen on its own: stores over a fake backend, a router in memory, and the layers around it.
import { DOMWrapper, flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia, type Pinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { defineComponent, h, type Component } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import type { ProjectInfo } from '@api/dto/projects.ts'
import type { HostInfo } from '@api/dto/settings.ts'
import { useConnection } from '../stores/connection.ts'
import { useTinyDraft } from '../stores/distil-draft.ts'
import { useDraft } from '../stores/draft.ts'
import { useProject } from '../stores/project.ts'
import { fakeClient, type Answers, type FakeClient } from '../stores/run-fixtures.test-support.ts'

/** The app a screen believes to be in. */
export interface TestApp {
  readonly client: FakeClient
  readonly router: Router
  /** Inputs of all calls of a name, in order. */
  inputs(name: string): unknown[]
  /** Shows a screen; `props` are handed to it, listeners included. */
  show(component: Component, props?: Record<string, unknown>): VueWrapper
}

/** A host with a folder browser in the page. */
export function hostOf(part: Partial<HostInfo> = {}): HostInfo {
  return {
    contractVersion: 1,
    appVersion: '0.1.0',
    host: 'local',
    picker: 'native',
    canReveal: true,
    platform: 'linux',
    versions: { node: '24.0.0' },
    storage: [{ what: 'Settings', place: '~/.winnow' }],
    ...part
  }
}

/** An open project. */
export function projectOf(part: Partial<ProjectInfo> = {}): ProjectInfo {
  return {
    name: 'Shoes',
    place: '~/Shoes.winnow',
    isReadOnly: false,
    readOnlyReason: null,
    createdAt: 1,
    sizeBytes: 1000,
    isSample: false,
    datasets: 1,
    items: 10,
    runs: 0,
    ...part
  }
}

const screens = ['home', 'data', 'add-data', 'choose', 'tiny', 'runs', 'settings', 'first-run']

let lastPinia: Pinia | undefined

/** Starts the stores over `answers`, with a project open unless told otherwise. */
export async function startApp(
  answers: Answers = {},
  project: ProjectInfo | null = projectOf()
): Promise<TestApp> {
  // A plan of an earlier app that is saved later would make its stores the active ones again.
  if (lastPinia !== undefined) {
    useDraft(lastPinia).$dispose()
    useTinyDraft(lastPinia).$dispose()
  }
  const pinia = createPinia()
  lastPinia = pinia
  setActivePinia(pinia)
  const client = fakeClient({
    'app.hello': () => hostOf(),
    'projects.current': () => ({ project }),
    'datasets.list': () => ({ datasets: [] }),
    'jobs.list': () => ({ jobs: [] }),
    'runs.list': () => ({ runs: [] }),
    ...answers
  })
  await useConnection().start(client)
  await useProject().refresh()
  const place = { template: '<i />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'home', component: place },
      ...screens.slice(1).map((name) => ({ path: `/${name}`, name, component: place })),
      { path: '/data/:dataset', name: 'dataset', component: place },
      { path: '/runs/:run', name: 'run', component: place },
      { path: '/runs/:run/result', name: 'result', component: place }
    ]
  })
  await router.push('/')
  return {
    client,
    router,
    inputs: (name) => client.calls.filter((call) => call.name === name).map((call) => call.input),
    show(component, props = {}) {
      const layers = defineComponent({
        setup:
          (_, { attrs }) =>
          () =>
            h(TooltipProvider, () => h(component, { ...props, ...attrs }))
      })
      return mount(layers, { attachTo: document.body, global: { plugins: [router] } })
    }
  }
}

/**
 * Clicks and waits for what follows. Vue leaves out handlers that seem younger than the event, which
 * the clock cannot tell for a button drawn in the same millisecond; a triggered event is always later.
 */
export async function clickOn(element: Element | null | undefined): Promise<void> {
  if (element === null || element === undefined) throw new Error('nothing to click on')
  await new DOMWrapper(element).trigger('click')
  await flushPromises()
}
