// The list of datasets: versions in one line, older ones folded, what is being added with its
// progress and a way to stop, and an empty list that says where to begin.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Job } from '@api/dto/jobs.ts'
import { datasetOf, jobOf, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { dataList as words } from '../../text/add-data.ts'
import { data } from '../../text/data.ts'
import { shell } from '../../text/shell.ts'
import { clickOn, startApp, type TestApp } from '../view.test-support.ts'
import DataView from './DataView.vue'
import { versionRows } from './version-rows.ts'

let app: TestApp
let wrapper: VueWrapper
afterEach(() => wrapper.unmount())
async function show(answers: Answers): Promise<void> {
  app = await startApp(answers)
  wrapper = app.show(DataView)
  await flushPromises()
}
const lines = (): string[] => wrapper.findAll('tbody tr').map((row) => row.get('td .name').text())
const button = (text: string): Element => {
  const all = [...document.querySelectorAll('button')]
  const found = all.find((candidate) => candidate.textContent?.trim().startsWith(text))
  if (found === undefined) throw new Error(`no button “${text}”`)
  return found
}
const versions = [
  datasetOf({ id: 'a1', name: 'Mails', isLatest: false, items: 10 }),
  datasetOf({ id: 'b', name: 'Photos', items: 5 }),
  datasetOf({ id: 'a2', name: 'Mails (2)', previous: 'a1', version: 2, isLatest: false, items: 1 }),
  datasetOf({ id: 'a3', name: 'Mails (3)', previous: 'a2', version: 3, items: 30 })
]

describe('versions', () => {
  it('are one line with the latest; older ones unfold below it and stay there when sorted', async () => {
    await show({ 'datasets.list': () => ({ datasets: versions }) })
    expect(lines()).toEqual(['Photos', 'Mails (3)'])
    await clickOn(button(words.versions(2)))
    expect(lines()).toEqual(['Photos', 'Mails (3)', 'Mails (2)', 'Mails'])
    expect(button(words.versions(2)).getAttribute('aria-expanded')).toBe('true')
    await clickOn(button(data.column.items))
    expect(lines()).toEqual(['Photos', 'Mails (3)', 'Mails (2)', 'Mails'])
    await clickOn(button(data.column.items))
    expect(lines()).toEqual(['Mails (3)', 'Mails (2)', 'Mails', 'Photos'])
    await clickOn(button(words.versions(2)))
    expect(lines()).toEqual(['Mails (3)', 'Photos'])
    expect(app.router.currentRoute.value.name).toBe('home')
  })

  it('open by a click on their line', async () => {
    await show({ 'datasets.list': () => ({ datasets: versions }) })
    await clickOn(wrapper.findAll('tbody tr')[1]?.get('.name').element)
    expect(app.router.currentRoute.value.params).toEqual({ dataset: 'a3' })
  })

  it('whose newer one is gone, or that point at each other, still have a line', () => {
    const lost = datasetOf({ id: 'x', isLatest: false })
    const one = datasetOf({ id: 'p', previous: 'q' })
    const other = datasetOf({ id: 'q', previous: 'p', isLatest: false })
    const rows = versionRows([lost, one, other], new Set(['p']))
    expect(rows.map(({ dataset }) => dataset.id)).toEqual(['p', 'q', 'x'])
  })
})

describe('what is being added', () => {
  const job = (part: Partial<Job>): Job =>
    jobOf({
      id: 'i1',
      kind: 'import',
      title: 'Reading “Mails”',
      run: null,
      phase: {
        index: 3,
        count: 4,
        name: 'Reading',
        names: ['a', 'b', 'Reading', 'd'],
        done: 1200,
        total: 5000,
        unit: 'rows'
      },
      ...part
    })

  it('shows how far it is and stops when asked twice', async () => {
    await show({
      'jobs.list': () => ({ jobs: [job({})] }),
      'jobs.cancel': () => job({ state: 'cancelled', finishedAt: 5 })
    })
    expect(wrapper.text()).toContain('Reading “Mails”')
    expect(wrapper.text()).toContain('Reading · 1,200 / 5,000 rows')
    await clickOn(button('Cancel'))
    expect(app.inputs('jobs.cancel')).toEqual([])
    await clickOn(button(words.cancelKeep))
    expect(app.inputs('jobs.cancel')).toEqual([{ id: 'i1', keep: true }])
    expect(wrapper.text()).not.toContain(words.adding)
  })

  it('that was stopped by a crash goes on or is thrown away', async () => {
    await show({
      'jobs.list': () => ({ jobs: [job({ state: 'interrupted' })] }),
      'jobs.resume': () => job({ state: 'queued' })
    })
    await clickOn(button(shell.jobContinue))
    expect(app.inputs('jobs.resume')).toEqual([{ id: 'i1' }])
  })
})

it('an empty list says where to begin', async () => {
  await show({})
  expect(wrapper.text()).toContain(data.emptyTitle)
  expect(wrapper.text()).toContain(words.dropHint)
  await clickOn(button(data.add))
  expect(app.router.currentRoute.value.name).toBe('add-data')
})
