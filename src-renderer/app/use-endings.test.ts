// A long run that ends calls whoever is elsewhere, once, and leads to what it made.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Settings } from '@api/dto/settings.ts'
import { useJobs } from '../stores/jobs.ts'
import { jobOf } from '../stores/run-fixtures.test-support.ts'
import { useSettings } from '../stores/settings.ts'
import { useToasts } from '../stores/toasts.ts'
import { shell } from '../text/shell.ts'
import { startApp, type TestApp } from '../views/view.test-support.ts'
import { useEndings, type Endings } from './use-endings.ts'

let app: TestApp
let wrapper: VueWrapper
let endings: Endings
let hasFocus = true

async function start(settings: object = {}): Promise<void> {
  app = await startApp({
    'app.settings': () => Settings.parse(settings),
    'jobs.list': () => ({ jobs: [jobOf({ id: 'r1', kind: 'select', state: 'running' })] })
  })
  await useSettings().load()
  await useJobs().load()
  wrapper = app.show(
    defineComponent({
      setup() {
        endings = useEndings()
        return () => h('i')
      }
    })
  )
}
/** Ends the running job as an event of the backend would. */
async function end(part: Partial<ReturnType<typeof jobOf>> = {}): Promise<void> {
  const ended = jobOf({ id: 'r1', kind: 'select', state: 'finished', activeSeconds: 90, ...part })
  app.client.emit({ kind: 'job', job: ended })
  await flushPromises()
}
const last = (): string | undefined => useToasts().toasts.at(-1)?.text

beforeEach(() => {
  hasFocus = true
  vi.spyOn(document, 'hasFocus').mockImplementation(() => hasFocus)
})
afterEach(() => {
  wrapper.unmount()
  vi.restoreAllMocks()
})

it('says that a long run has ended, with the way to it', async () => {
  await start()
  await end()
  expect(last()).toBe(shell.hasEnded(jobOf().title))
  await useToasts().act(useToasts().toasts.at(-1)?.id ?? 0)
  expect(app.router.currentRoute.value.params).toEqual({ run: 'r1' })
  expect(endings.unseen.value).toBeUndefined()
})

it('keeps it in the title until the window is in front again', async () => {
  await start()
  hasFocus = false
  await end()
  expect(endings.unseen.value?.id).toBe('r1')
  window.dispatchEvent(new Event('focus'))
  expect(endings.unseen.value).toBeUndefined()
})

it.each([
  ['short ones', { activeSeconds: 5 }, {}],
  ['stopped ones', { state: 'cancelled' as const }, {}],
  ['any, when it is switched off', {}, { notifyWhenDone: false }]
])('is quiet about %s', async (_name, part, settings) => {
  await start(settings)
  hasFocus = false
  await end(part)
  expect(useToasts().toasts).toEqual([])
  expect(endings.unseen.value).toBeUndefined()
})

it('is quiet on the page of the run itself', async () => {
  await start()
  await app.router.push('/runs/r1')
  await end()
  expect(useToasts().toasts).toEqual([])
})

it('goes where a click on a notification leads', async () => {
  await start()
  app.client.emit({ kind: 'show', job: 'r1' })
  await flushPromises()
  expect(app.router.currentRoute.value.fullPath).toBe('/runs/r1')
})
