// The check step: which models can be picked, what stays beside them, and what the draft gets.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { DatasetSummary } from '@api/dto/datasets.ts'
import type { CheckChoice } from '@api/dto/runs.ts'
import { useDatasets } from '../../stores/datasets.ts'
import { useDraft } from '../../stores/draft.ts'
import { datasetOf, draftOf, reviewOf } from '../../stores/run-fixtures.test-support.ts'
import { checkModels } from '../../text/check.ts'
import { choose } from '../../text/choose.ts'
import { clickOn, startApp } from '../../views/view.test-support.ts'
import StepCheck from './StepCheck.vue'

let wrapper: VueWrapper
// A draft saves and reviews itself a moment later, which must not reach into the next test.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  wrapper.unmount()
  vi.clearAllTimers()
  vi.useRealTimers()
})

async function begun(
  check: Partial<CheckChoice> = {},
  dataset: Partial<DatasetSummary> = {}
): Promise<() => CheckChoice | undefined> {
  const draft = draftOf()
  draft.check = { ...draft.check, ...check }
  const app = await startApp({
    'datasets.list': () => ({ datasets: [datasetOf(dataset)] }),
    'drafts.defaults': () => draft,
    'drafts.save': () => ({ id: 's1' }),
    'runs.review': () =>
      reviewOf({ checkTimes: [{ model: 'mlp', lowSeconds: 20, highSeconds: 60 }] })
  })
  await useDatasets().load()
  await useDraft().startNew('d1')
  await vi.advanceTimersByTimeAsync(1000)
  await flushPromises()
  wrapper = app.show(StepCheck, { plan: useDraft().draft })
  return () => useDraft().draft?.check
}
const card = (model: keyof typeof checkModels) => wrapper.find(`input[value="${model}"]`)
const also = (title: string) =>
  wrapper
    .findAll('label')
    .find((label) => label.text().startsWith(title) && label.find('[type=checkbox]').exists())

it('picks a model, which then is none of those beside it', async () => {
  const check = await begun({ alsoModels: ['mlp', 'knn'] })
  await card('mlp').setValue()
  expect(check()).toMatchObject({ model: 'mlp', alsoModels: ['knn'] })
})

it('shows how long a model takes where that is known', async () => {
  await begun()
  expect(wrapper.text()).toContain(`${checkModels.mlp.text} Takes `)
  expect(wrapper.text()).not.toContain(`${checkModels.knn.text} Takes `)
})

it('ticks models beside the first, and the learning curve', async () => {
  const check = await begun()
  expect(also(checkModels.linear.title)).toBeUndefined()
  await also(checkModels.knn.title)?.find('input').setValue(true)
  expect(check()?.alsoModels).toEqual(['knn'])
  const curve = wrapper.findAll('[role=switch]').at(-1)
  await clickOn(curve?.element)
  expect(check()?.curve).toBe(true)
})

it('greys the picture network out where items are no pictures, with the reason', async () => {
  await begun({}, { kind: 'text' })
  expect(card('convnet').attributes('disabled')).toBeDefined()
  expect(wrapper.text()).toContain(choose.check.needsPictures)
  expect(also(checkModels.convnet.title)?.find('input').attributes('disabled')).toBeDefined()
})

it('offers it for pictures', async () => {
  const check = await begun()
  await card('convnet').setValue()
  expect(check()?.model).toBe('convnet')
})
