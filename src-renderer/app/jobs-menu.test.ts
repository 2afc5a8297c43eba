// The list of jobs says how far each is, and which in line the waiting ones are.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { jobOf } from '../stores/run-fixtures.test-support.ts'
import { shell } from '../text/shell.ts'
import JobsUnderWay from '../views/runs/JobsUnderWay.vue'
import { useJobs } from '../stores/jobs.ts'
import { clickOn, startApp } from '../views/view.test-support.ts'
import JobsMenu from './JobsMenu.vue'

let wrapper: VueWrapper
afterEach(() => {
  wrapper.unmount()
  document.body.innerHTML = ''
})

const jobs = [
  jobOf({ id: 'a', title: 'First', state: 'running', fraction01: 0.42 }),
  jobOf({ id: 'b', title: 'Next', state: 'queued', queuePosition: 0, phase: null }),
  jobOf({ id: 'c', title: 'Last', state: 'queued', queuePosition: 1, phase: null })
]

it('counts the line from one in the list of the top bar', async () => {
  const app = await startApp({ 'jobs.list': () => ({ jobs }) })
  await useJobs().load()
  wrapper = app.show(JobsMenu)
  await clickOn(wrapper.get('button').element)
  await flushPromises()
  const lines = [...document.querySelectorAll('.job .caption')].map((line) => line.textContent)
  expect(lines.slice(1)).toEqual([shell.jobWaiting(1), shell.jobWaiting(2)])
})

it('and on cards of what is under way', async () => {
  const app = await startApp({ 'jobs.list': () => ({ jobs }) })
  await useJobs().load()
  const kinds = [...new Set(jobs.map(({ kind }) => kind))]
  wrapper = app.show(JobsUnderWay, {
    title: 'Jobs',
    kinds,
    line: () => 'on its way',
    stopLabel: 'Stop'
  })
  await flushPromises()
  const lines = wrapper.findAll('.caption').map((line) => line.text())
  expect(lines).toEqual(['on its way', shell.jobWaiting(1), shell.jobWaiting(2)])
})
