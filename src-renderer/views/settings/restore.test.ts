// Restoring from the screens: the list in the settings, the question with what is lost, and the dialog
// of a damaged project.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { RestoreLoss, RestorePoint } from '@api/dto/projects.ts'
import { AppError } from '@api/errors.ts'
import { jobOf, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { useProject } from '../../stores/project.ts'
import { useToasts } from '../../stores/toasts.ts'
import { restoreText as words } from '../../text/restore.ts'
import FirstRunView from '../first-run/FirstRunView.vue'
import { clickOn, projectOf, startApp, type TestApp } from '../view.test-support.ts'
import DamagedProject from './DamagedProject.vue'
import StoragePart from './StoragePart.vue'

const points: RestorePoint[] = [
  { id: 'project-2.sqlite', kind: 'backup', madeAt: 2e12, sizeBytes: 3e6 },
  { id: 'project-1.sqlite', kind: 'backup', madeAt: 1e12, sizeBytes: 2e6 },
  { id: 'replaced/3', kind: 'replaced', madeAt: 15e11, sizeBytes: 1e6 }
]
const none = { datasets: [], datasetCount: 0, runs: [], runCount: 0, traceSets: [] }
const nothing = { ...none, traceSetCount: 0, steps: 0, reviews: 0 }
const loss: RestoreLoss = {
  madeAt: 2e12,
  lost: { ...nothing, datasets: ['Roses'], datasetCount: 1, steps: 12, runs: ['A'], runCount: 7 },
  back: { ...nothing, traceSets: ['Old traces'], traceSetCount: 1 }
}

let app: TestApp
let wrapper: VueWrapper
afterEach(() => wrapper.unmount())
const start = async (
  answers: Answers = {},
  project: ReturnType<typeof projectOf> | null = projectOf()
) =>
  (app = await startApp(
    {
      'projects.restorePoints': () => ({ name: 'Shoes', points }),
      'projects.restoreLoss': () => loss,
      'projects.restore': () => projectOf({ name: 'Restored' }),
      'projects.recent': () => ({ projects: [] }),
      'projects.caches': () => ({ caches: [] }),
      'distil.storage': () => ({ bytes: 0, clearableBytes: 0, limitBytes: 4e9 }),
      ...answers
    },
    project
  ))
const dialog = (title: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>('[role="dialog"]')].find((one) =>
    one.querySelector('h2')?.textContent?.includes(title)
  )
const buttonIn = (parent: ParentNode | undefined, name: string): HTMLButtonElement | undefined =>
  [...(parent?.querySelectorAll('button') ?? [])].find(
    (button) => (button.getAttribute('aria-label') ?? button.textContent?.trim()) === name
  )
const newest = words.made(2e12)

describe('the list of backups', () => {
  it('shows when each was made, and restores one only after it said what is lost', async () => {
    await start()
    wrapper = app.show(StoragePart)
    await flushPromises()
    expect(
      wrapper.findAll('tbody tr').map((row) => row.findAll('td').map((cell) => cell.text()))
    ).toEqual(
      points.map((point) => [
        words.made(point.madeAt),
        words.kinds[point.kind],
        `${point.sizeBytes / 1e6} MB`,
        words.restore
      ])
    )
    await clickOn(buttonIn(wrapper.element as Element, words.restoreOf(newest)))
    const asked = dialog(words.title(newest))
    const text = asked?.textContent ?? ''
    expect(text).toContain(words.lostTitle)
    expect(text).toContain('“Roses”')
    expect(text).toContain('“A” and 6 more')
    expect(text).toContain(words.steps(12))
    expect(text).toContain('“Old traces”')
    expect(text).toContain(words.kept)
    expect(app.inputs('projects.restore')).toEqual([])
    await clickOn(buttonIn(asked, words.now))
    expect(app.inputs('projects.restore')).toEqual([{ grant: null, point: 'project-2.sqlite' }])
    expect(useProject().current?.name).toBe('Restored')
    expect(useToasts().toasts.at(-1)?.text).toBe(words.done(newest))
  })

  it('stays as it is, with the reason, while something runs or nothing can be written', async () => {
    await start({ 'jobs.list': () => ({ jobs: [jobOf({ state: 'running' })] }) })
    wrapper = app.show(StoragePart)
    await flushPromises()
    expect(wrapper.text()).toContain(words.busy)
    expect(buttonIn(wrapper.element as Element, words.restoreOf(newest))?.disabled).toBe(true)
    wrapper.unmount()
    await start({}, projectOf({ isReadOnly: true, readOnlyReason: 'The disk is locked.' }))
    wrapper = app.show(StoragePart)
    await flushPromises()
    expect(wrapper.text()).toContain('The disk is locked.')
    expect(buttonIn(wrapper.element as Element, words.restoreOf(newest))?.disabled).toBe(true)
  })

  it('keeps the question open when it did not work, and says why', async () => {
    await start({
      'projects.restore': () => {
        throw new AppError('project-in-use')
      }
    })
    wrapper = app.show(StoragePart)
    await flushPromises()
    await clickOn(buttonIn(wrapper.element as Element, words.restoreOf(newest)))
    await clickOn(buttonIn(dialog(words.title(newest)), words.now))
    expect(dialog(words.title(newest))?.textContent).toContain('open in another window')
    expect(useProject().current?.name).toBe('Shoes')
  })
})

describe('a damaged project', () => {
  const damaged = {
    'projects.recent': () => ({
      projects: [
        {
          grant: 'g1',
          name: 'Shoes',
          place: '~/Shoes.winnow',
          openedAt: 1,
          isMissing: false,
          isPinned: false
        }
      ]
    }),
    'projects.open': () => {
      throw new AppError('project-damaged')
    },
    'projects.restoreLoss': () => ({ madeAt: 2e12, lost: null, back: null })
  }

  it('offers its newest backup where it was to be opened, and no message in the corner', async () => {
    await start(damaged, null)
    wrapper = app.show(FirstRunView)
    await flushPromises()
    await clickOn(wrapper.get('.open').element)
    expect(useToasts().toasts).toEqual([])
    expect(useProject().damaged).toEqual({ grant: 'g1' })
    wrapper.unmount()
    wrapper = app.show(DamagedProject)
    await flushPromises()
    const said = dialog(words.damagedTitle('Shoes'))
    expect(said?.textContent).toContain(words.damagedText)
    await clickOn(buttonIn(said, words.newest))
    expect(dialog(words.title(newest))?.textContent).toContain(words.lostUnknown)
    await clickOn(buttonIn(dialog(words.title(newest)), words.now))
    expect(app.inputs('projects.restore')).toEqual([{ grant: 'g1', point: 'project-2.sqlite' }])
    expect(useProject().damaged).toBeUndefined()
  })

  it('without a backup says that there is none', async () => {
    await start(
      { ...damaged, 'projects.restorePoints': () => ({ name: 'Shoes', points: [] }) },
      null
    )
    await expect(useProject().open('g1')).rejects.toThrow()
    wrapper = app.show(DamagedProject)
    await flushPromises()
    const said = dialog(words.damagedTitle('Shoes'))
    expect(said?.textContent).toContain(words.damagedNone)
    expect(buttonIn(said, words.newest)).toBeUndefined()
  })
})
