// The first page and the list of first steps.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ProjectInfo } from '@api/dto/projects.ts'
import { Settings as SettingsSchema } from '@api/dto/settings.ts'
import { AppError } from '@api/errors.ts'
import { datasetOf, deferred, jobOf, type Answers } from '../stores/run-fixtures.test-support.ts'
import { useJobs } from '../stores/jobs.ts'
import { useSettings } from '../stores/settings.ts'
import { useToasts } from '../stores/toasts.ts'
import { firstRun, home } from '../text/home.ts'
import FirstRunView from './first-run/FirstRunView.vue'
import CheckList from './home/CheckList.vue'
import SampleGaps from './home/SampleGaps.vue'
import { clickOn, projectOf, startApp, type TestApp } from './view.test-support.ts'
import { noteVisit } from './visited.ts'

let app: TestApp
let wrapper: VueWrapper
beforeEach(() => localStorage.clear())
afterEach(() => wrapper.unmount())
const buttonOf = (text: string): Element | undefined =>
  [...document.querySelectorAll('button')].find((button) => button.textContent?.trim() === text)
const place = (): unknown => app.router.currentRoute.value.fullPath

describe('the first page', () => {
  const recent = [
    {
      grant: 'g1',
      name: 'Shoes',
      place: '~/Shoes.winnow',
      openedAt: Date.now(),
      isMissing: false,
      isPinned: false
    },
    {
      grant: 'g2',
      name: 'Old',
      place: '~/Old.winnow',
      openedAt: 1,
      isMissing: true,
      isPinned: true
    }
  ]
  async function show(answers: Answers = {}): Promise<void> {
    app = await startApp(
      {
        'projects.recent': () => ({ projects: recent }),
        'projects.openSample': () => projectOf({ isSample: true }),
        'projects.open': () => projectOf(),
        'projects.create': ({ name }) => projectOf({ name }),
        'projects.forget': () => ({}),
        'files.pick': () => ({ grants: [{ id: 'p1', kind: 'folder', name: 'x', place: '~/x' }] }),
        ...answers
      },
      null
    )
    await app.router.push('/first-run')
    wrapper = app.show(FirstRunView)
    await flushPromises()
  }

  it('opens the sample and goes home', async () => {
    await show()
    await clickOn(buttonOf(firstRun.sampleAction))
    expect(app.inputs('projects.openSample')).toEqual([{}])
    expect(place()).toBe('/')
  })

  it('does one thing at a time', async () => {
    const slow = deferred<ProjectInfo>()
    await show({ 'projects.openSample': () => slow.promise })
    await clickOn(buttonOf(firstRun.sampleAction))
    await clickOn(buttonOf(firstRun.sampleAction))
    await clickOn(buttonOf(firstRun.openAction))
    slow.resolve(projectOf())
    await flushPromises()
    expect(app.inputs('projects.openSample')).toHaveLength(1)
    expect(app.inputs('projects.open')).toEqual([])
  })

  it('stays, says why, and can be used again when opening failed', async () => {
    let isBroken = true
    await show({
      'projects.openSample': () => {
        if (isBroken) throw new AppError('disk-full')
        return projectOf()
      }
    })
    await clickOn(buttonOf(firstRun.sampleAction))
    expect(place()).toBe('/first-run')
    expect(useToasts().toasts.at(-1)).toMatchObject({ severity: 'error' })
    isBroken = false
    await clickOn(buttonOf(firstRun.sampleAction))
    expect(place()).toBe('/')
  })

  it('opens what was picked, and nothing when the choice was called off', async () => {
    await show({ 'files.pick': () => ({ grants: [] }) })
    await clickOn(buttonOf(firstRun.openAction))
    expect(app.inputs('projects.open')).toEqual([])
    wrapper.unmount()
    await show()
    await clickOn(buttonOf(firstRun.openAction))
    expect(app.inputs('projects.open')).toEqual([{ grant: 'p1' }])
    expect(place()).toBe('/')
  })

  it('opens a recent project, but not one that is gone, and takes it off the list', async () => {
    await show()
    const entries = wrapper.findAll('li')
    expect(entries[1]?.text()).toContain(firstRun.missing)
    expect(entries[1]?.get('button').attributes('disabled')).toBeDefined()
    await clickOn(entries[1]?.findAll('button')[2]?.element)
    expect(app.inputs('projects.forget')).toEqual([{ grant: 'g2' }])
    await clickOn(entries[0]?.get('button').element)
    expect(app.inputs('projects.open')).toEqual([{ grant: 'g1' }])
  })

  it('keeps a project on top, and lets it go down again', async () => {
    await show({ 'projects.pin': () => ({}) })
    const pin = document.querySelector(`[aria-label="${firstRun.pin('Shoes')}"]`)
    await clickOn(pin)
    await clickOn(document.querySelector(`[aria-label="${firstRun.unpin('Old')}"]`))
    expect(app.inputs('projects.pin')).toEqual([
      { grant: 'g1', isPinned: true },
      { grant: 'g2', isPinned: false }
    ])
  })

  it('makes a project with a name and leads to adding data', async () => {
    await show()
    await clickOn(buttonOf(firstRun.ownAction))
    await expect.poll(() => document.querySelector('[role="dialog"] input')).not.toBeNull()
    const name = document.querySelector<HTMLInputElement>('[role="dialog"] input')
    const type = async (text: string): Promise<void> => {
      if (name === null) throw new Error('no name field')
      name.value = text
      name.dispatchEvent(new Event('input'))
      await flushPromises()
    }
    await type('  ')
    await clickOn(buttonOf(firstRun.create))
    expect(document.querySelector('[role="dialog"] [role="alert"]')?.textContent).toContain(
      firstRun.nameMissing
    )
    expect(app.inputs('projects.create')).toEqual([])
    await type(' Boots ')
    await clickOn(buttonOf(firstRun.create))
    expect(app.inputs('projects.create')).toEqual([{ name: 'Boots', place: null }])
    expect(place()).toBe('/add-data')
  })
})

describe('the list of first steps', () => {
  const settingsOf = SettingsSchema.parse({})
  async function show(answers: Answers = {}): Promise<void> {
    let stored = settingsOf
    app = await startApp({
      'app.settings': () => stored,
      'app.setSettings': (patch) => (stored = SettingsSchema.parse({ ...stored, ...patch })),
      ...answers
    })
    await useSettings().load()
    wrapper = app.show(CheckList)
    await flushPromises()
  }
  const done = (): boolean[] =>
    wrapper.findAll('li').map((step) => step.text().includes(home.stepDone))

  it('starts with nothing done and leads to each place', async () => {
    await show()
    expect(done()).toEqual([false, false, false, false, false])
    const places: unknown[] = []
    for (const step of wrapper.findAll('li button')) {
      await clickOn(step.element)
      places.push(place())
    }
    expect(places).toEqual(['/add-data', '/data', '/choose', '/runs', '/runs'])
  })

  it('ticks what the project holds and what was looked at', async () => {
    noteVisit('dataset')
    const job = jobOf({ state: 'finished' })
    await show({
      'datasets.list': () => ({ datasets: [datasetOf()] }),
      'runs.list': () => ({
        runs: [{ job, hasResult: true } as never] // the list looks at these two only
      }),
      'jobs.list': () => ({
        jobs: [jobOf({ id: 'e1', kind: 'export', state: 'finished-with-notes' })]
      })
    })
    expect(useJobs().jobs).toHaveLength(1)
    expect(done()).toEqual([true, true, true, false, true])
    expect(wrapper.text()).toContain(home.checklistDone(4, 5))
    await clickOn(wrapper.findAll('li button')[1]?.element)
    expect(place()).toBe('/data/d1')
    await clickOn(wrapper.findAll('li button')[3]?.element)
    expect(place()).toBe('/runs/r1/result')
  })

  it('does not count data without items', async () => {
    await show({ 'datasets.list': () => ({ datasets: [datasetOf({ items: 0 })] }) })
    expect(done()[0]).toBe(false)
  })

  it('can be brought back when its message has long gone', async () => {
    await show({
      'app.settings': () => SettingsSchema.parse({ checklistDismissed: true }),
      'app.setSettings': (patch) => SettingsSchema.parse(patch)
    })
    expect(wrapper.findAll('li')).toHaveLength(0)
    await clickOn(buttonOf(home.checklistShow))
    expect(app.inputs('app.setSettings')).toEqual([{ checklistDismissed: false }])
    expect(wrapper.findAll('li')).toHaveLength(5)
  })

  it('is hidden until that is taken back', async () => {
    await show()
    await clickOn(wrapper.get(`button[aria-label="${home.checklistDismiss}"]`).element)
    expect(wrapper.findAll('li')).toHaveLength(0)
    await useToasts().act(useToasts().toasts.at(-1)?.id ?? 0)
    await flushPromises()
    expect(wrapper.findAll('li')).toHaveLength(5)
  })
})

describe('a sample of an earlier version', () => {
  async function show(isSample: boolean, missing: string[]): Promise<void> {
    app = await startApp(
      {
        'projects.sampleGaps': () => ({ missing }),
        'projects.completeSample': () => ({ added: missing })
      },
      projectOf({ isSample })
    )
    wrapper = app.show(SampleGaps)
    await flushPromises()
  }

  it('is offered what it lacks, once', async () => {
    await show(true, ['Airline helper (sample)'])
    expect(wrapper.text()).toContain('Airline helper (sample)')
    await clickOn(buttonOf(home.sampleAdd))
    expect(app.inputs('projects.completeSample')).toEqual([{}])
    expect(wrapper.text()).toBe('')
  })

  it('that is whole says nothing, and other projects are not asked', async () => {
    await show(true, [])
    expect(wrapper.text()).toBe('')
    wrapper.unmount()
    await show(false, ['Airline helper (sample)'])
    expect(wrapper.text()).toBe('')
    expect(app.inputs('projects.sampleGaps')).toEqual([])
  })
})
