// Playing pages: what can be chosen, what is asked for, and that a model stays off until it is allowed.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { InputOf } from '@api/contract.ts'
import type { RunnerTasks, TrialNews } from '@api/dto/trace-runner.ts'
import { AppError } from '@api/errors.ts'
import type { Answers } from '../../../stores/run-fixtures.test-support.ts'
import { traceRunner as words } from '../../../text/trace-runner.ts'
import type { TestApp } from '../../view.test-support.ts'
import { startTraceApp } from '../traces.test-support.ts'
import { freshChoices, isComplete, nextName, runnerRequest } from './runner-choices.ts'
import RunnerView from './RunnerView.vue'

let app: TestApp
let wrapper: VueWrapper
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => {
  wrapper.unmount()
  vi.useRealTimers()
})

const own: RunnerTasks = {
  tasks: [
    { name: 'tabs', hasScript: true },
    { name: 'find-word', hasScript: false }
  ],
  browser: '/usr/bin/chromium',
  problem: null
}
const solved: TrialNews = {
  task: 'tabs',
  seed: 1000,
  trial: 0,
  state: 'failed',
  reward: -1,
  steps: 2,
  ms: 100,
  change: 'Step 2: clicked link \u20183\u2019, and not clicked link \u20185\u2019',
  decisive: null
}
const answers: Answers = {
  'runner.tasks': () => own,
  'runner.start': () => ({ job: 'j1', set: 's9' }),
  'runner.trials': () => ({ trials: [solved], total: 1 })
}

async function open(more: Answers = {}): Promise<void> {
  app = await startTraceApp({ ...answers, ...more })
  wrapper = app.show(RunnerView)
  await flushPromises()
}
const buttonOf = (text: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find((button) => button.textContent?.trim() === text)
const starts = (): InputOf<'runner.start'>[] => app.inputs('runner.start') as never

describe('the screen', () => {
  it('offers what scripts know, starts, and lists how attempts went', async () => {
    await open()
    expect(wrapper.text()).toContain(words.noScript('find-word'))
    buttonOf(words.start)?.click()
    await flushPromises()
    expect(starts()).toMatchObject([
      {
        pages: { kind: 'own' },
        tasks: ['tabs'],
        seeds: [1000, 1001, 1002, 1003, 1004],
        policy: { kind: 'noisy', slip: 0.35, corrector: 1 },
        trials: 3,
        reflects: true
      }
    ])
    expect(wrapper.text()).toContain(words.solved(0, 1))
    expect(wrapper.text()).toContain(words.state('failed'))
    expect(wrapper.text()).toContain('clicked link')
  })

  it('says why nothing can be played here', async () => {
    const problem = 'There is no browser that pages can be played in.'
    await open({ 'runner.tasks': () => ({ ...own, browser: null, problem }) })
    expect(wrapper.text()).toContain(problem)
    expect(buttonOf(words.start)?.disabled).toBe(true)
  })

  it('shows what the app refuses, and keeps the choices', async () => {
    await open({
      'runner.start': () => {
        throw new AppError('dataset-name-taken', 'A trace set with this name is already there.')
      }
    })
    buttonOf(words.start)?.click()
    await flushPromises()
    expect(wrapper.text()).toContain('A trace set with this name is already there.')
    expect(buttonOf(words.start)?.disabled).toBe(false)
  })

  it('sends nothing to a model before that is allowed', async () => {
    await open()
    const model = [...wrapper.element.querySelectorAll('input[type=radio]')].find(
      (input) => input.closest('label')?.textContent?.includes(words.policies.model.title) ?? false
    )
    expect(model).toBeInstanceOf(HTMLInputElement)
    if (model instanceof HTMLInputElement) model.click()
    await flushPromises()
    expect(wrapper.text()).toContain(words.modelWarning)
    expect(wrapper.text()).not.toContain(words.address)
    expect(buttonOf(words.start)?.disabled).toBe(true)
  })
})

describe('choices', () => {
  it('a model needs leave, an address and a name', () => {
    wrapper = { unmount: () => undefined } as VueWrapper
    const model = { ...freshChoices(), tasks: ['t'], policy: 'model' as const, model: 'm' }
    expect(isComplete(model)).toBe(false)
    expect(isComplete({ ...model, allowsModel: true })).toBe(true)
    expect(isComplete({ ...model, allowsModel: true, model: ' ' })).toBe(false)
    expect(isComplete({ ...model, allowsModel: true, tasks: [] })).toBe(false)
  })

  it('get a name of their own for the next run', () => {
    wrapper = { unmount: () => undefined } as VueWrapper
    expect(nextName('Played pages')).toBe('Played pages 2')
    expect(nextName('Played pages 9 ')).toBe('Played pages 10')
    expect(nextName('x'.repeat(80))).toBe(`${'x'.repeat(78)} 2`)
    expect(nextName('7')).toBe('7 2')
  })

  it('become a request: pages that move get time, decisive steps need a script', () => {
    wrapper = { unmount: () => undefined } as VueWrapper
    const random = { ...freshChoices(), policy: 'random' as const, labels: true, starts: 2 }
    expect(runnerRequest({ kind: 'folder', grant: 'g' }, random)).toMatchObject({
      seeds: [1000, 1001],
      labels: false,
      settleMs: 50,
      policy: { kind: 'random' }
    })
  })
})
