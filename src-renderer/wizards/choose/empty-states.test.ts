// What choosing shows where there is nothing yet: no data, no examples, a run that was stopped before it
// had chosen anything. Each says what can be done.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Run } from '@api/dto/runs.ts'
import { useDatasets } from '../../stores/datasets.ts'
import { useDraft } from '../../stores/draft.ts'
import { useJobs } from '../../stores/jobs.ts'
import {
  datasetOf,
  draftOf,
  jobOf,
  reviewOf,
  type Answers
} from '../../stores/run-fixtures.test-support.ts'
import { choose } from '../../text/choose.ts'
import { run as runWords } from '../../text/runs.ts'
import RunView from '../../views/runs/RunView.vue'
import { startApp, type TestApp } from '../../views/view.test-support.ts'
import ChooseWizard from './ChooseWizard.vue'
import StepGoal from './StepGoal.vue'

let app: TestApp
let wrapper: VueWrapper
beforeEach(() => vi.useFakeTimers({ shouldAdvanceTime: true }))
afterEach(() => {
  wrapper.unmount()
  document.body.innerHTML = ''
  vi.useRealTimers()
})

async function settle(): Promise<void> {
  await flushPromises()
  await vi.runAllTimersAsync()
  await flushPromises()
}

const answers = (own: Answers): Answers => ({
  'drafts.defaults': () => draftOf(),
  'drafts.save': () => ({ id: 's1' }),
  'drafts.list': () => ({ drafts: [] }),
  'runs.review': () => reviewOf(),
  'runs.list': () => ({ runs: [] }),
  'datasets.list': () => ({ datasets: [datasetOf()] }),
  ...own
})

describe('the wizard', () => {
  it('says that there is no data, with both ways to some', async () => {
    app = await startApp(answers({ 'datasets.list': () => ({ datasets: [] }) }))
    await useDatasets().load()
    wrapper = app.show(ChooseWizard)
    await settle()
    expect(wrapper.get('h1').text()).toBe(choose.noDataTitle)
    const buttons = wrapper.findAll('button').map((one) => one.text())
    expect(buttons).toEqual([choose.addData, choose.useSample])
  })

  it('says what happens without examples', async () => {
    app = await startApp(answers({ 'runs.review': () => reviewOf({ tasks: [] }) }))
    await useDatasets().load()
    await useDraft().startNew('d1')
    await settle()
    wrapper = app.show({
      components: { StepGoal },
      setup: () => ({ draft: useDraft() }),
      template: '<StepGoal :plan="draft.draft" />'
    })
    await settle()
    expect(wrapper.text()).toContain(choose.goal.noExamples)
  })
})

describe('a run stopped before anything was chosen', () => {
  it('says that nothing was kept', async () => {
    const job = jobOf({ id: 'r1', run: 'r1', state: 'cancelled', canResume: false, dataset: 'd1' })
    const run: Run = {
      ...{ kind: 'select', job, name: 'Best 10 %', dataset: 'd1', datasetName: 'Shoes' },
      ...{ method: 'random', methodName: 'Random', alsoTried: [], asked: 2, got: null },
      ...{ verdict: null, verdictKind: null, hasResult: false }
    }
    app = await startApp(
      answers({
        'jobs.list': () => ({ jobs: [job] }),
        'runs.list': () => ({ runs: [run] }),
        'runs.get': () => run,
        'runs.live': () => ({ points: [] }),
        'jobs.log': () => ({ lines: [], next: 0 })
      })
    )
    await useJobs().load()
    wrapper = app.show(RunView, { run: 'r1' })
    await settle()
    expect(wrapper.text()).toContain(runWords.cancelledText)
    expect(wrapper.text()).not.toContain(runWords.cancelledKept)
  })
})
