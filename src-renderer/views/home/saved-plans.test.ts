// Saved plans on Home: both kinds, the way back into them, and removal.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { tinyAnswers, tinyDraftOf } from '../../stores/distil-fixtures.test-support.ts'
import { draftOf, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { useDatasets } from '../../stores/datasets.ts'
import { choose } from '../../text/choose.ts'
import { tiny } from '../../text/distil.ts'
import { home } from '../../text/home.ts'
import { clickOn, startApp, type TestApp } from '../view.test-support.ts'
import SavedPlans from './SavedPlans.vue'

let app: TestApp
let wrapper: VueWrapper
afterEach(() => wrapper.unmount())

async function show(answers: Answers = {}): Promise<void> {
  app = await startApp(
    tinyAnswers({
      'drafts.list': () => ({
        drafts: [{ id: 'a', step: 'rules', savedAt: 1000, draft: draftOf({ name: 'Best shoes' }) }]
      }),
      'distil.drafts': () => ({
        drafts: [{ id: 'b', step: 'size', savedAt: 2000, draft: tinyDraftOf() }]
      }),
      ...answers
    })
  )
  await useDatasets().load()
  wrapper = app.show(SavedPlans)
  await flushPromises()
}
const links = () => wrapper.findAll('a')

it('lists both kinds, newest first, each at its step and with its way back', async () => {
  await show()
  expect(links().map((one) => one.text())).toEqual([`${tiny.title}: Shoes`, 'Best shoes'])
  expect(links().map((one) => one.attributes('href'))).toEqual(['/tiny?draft=b', '/choose?draft=a'])
  expect(wrapper.text()).toContain(home.draftStep(tiny.steps.size))
  expect(wrapper.text()).toContain(home.draftStep(choose.steps.rules))
})

it('removes a plan by the call of its kind', async () => {
  await show()
  await clickOn(wrapper.findAll('button')[0]?.element)
  expect(app.inputs('distil.removeDraft')).toEqual([{ id: 'b' }])
  expect(links().map((one) => one.text())).toEqual(['Best shoes'])
})

it('shows nothing where there are none, or where they cannot be read', async () => {
  await show({
    'distil.drafts': () => ({ drafts: [] }),
    'drafts.list': () => {
      throw new Error('broken')
    }
  })
  expect(wrapper.text()).toBe('')
})
