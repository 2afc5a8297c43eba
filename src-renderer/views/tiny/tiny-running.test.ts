// A tiny set being made: the picture grid follows the run without asking too often, the curve has
// its random line, and stopping early keeps the best.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { previewOf, tinyDraftOf, tinyRunOf } from '../../stores/distil-fixtures.test-support.ts'
import { datasetOf, jobOf, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { tinyAdvice, tinyRun as words } from '../../text/distil.ts'
import { charts, liveMeasures } from '../../text/charts.ts'
import { run as runWords } from '../../text/runs.ts'
import RunView from '../runs/RunView.vue'
import { clickOn, startApp, type TestApp } from '../view.test-support.ts'
import { previewEveryMs } from './use-tiny-preview.ts'

let app: TestApp
let wrapper: VueWrapper
let version: number
const made: string[] = []
const job = jobOf({ id: 't1', run: 't1', kind: 'distil', title: 'Tiny set of Shoes' })

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  made.length = 0
  version = 0
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
    made.push(`blob:${made.length + 1}`)
    return made.at(-1) ?? ''
  })
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((address) => {
    made.splice(made.indexOf(address), 1)
  })
})
afterEach(() => {
  wrapper.unmount()
  document.body.innerHTML = ''
  vi.useRealTimers()
  vi.restoreAllMocks()
})

async function begun(answers: Answers = {}): Promise<void> {
  app = await startApp({
    'datasets.list': () => ({ datasets: [datasetOf()] }),
    'jobs.list': () => ({ jobs: [job] }),
    'jobs.log': () => ({ lines: [], next: 0 }),
    'runs.list': () => ({ runs: [tinyRunOf()] }),
    'runs.live': () => ({ points: [] }),
    'distil.preview': () => previewOf(version),
    'distil.stopEarly': () => ({}),
    ...answers
  })
  wrapper = app.show(RunView, { run: 't1' })
  await flushPromises()
}
async function live(series: string, x: number, y: number): Promise<void> {
  app.client.emit({ kind: 'live', job: 't1', live: { series, x, y } })
  await flushPromises()
}
const picture = () => wrapper.find('img.picture')
const stopButton = () => wrapper.findAll('button').find((one) => one.text() === words.stopEarly)

it('says when first pictures appear, and does not offer to stop before', async () => {
  await begun({ 'distil.preview': () => previewOf(0, { firstInSeconds: 130 }) })
  expect(picture().exists()).toBe(false)
  expect(wrapper.text()).toContain(words.firstIn('about 2 min'))
  expect(stopButton()?.attributes('disabled')).toBeDefined()
  expect(wrapper.text()).toContain(words.stopEarlyWait)
})

it('warns of a helper model that is worse than random items with plain labels', async () => {
  await begun({
    'methods.list': () => ({ methods: [] }),
    'distil.preview': () => previewOf(1, { draft: tinyDraftOf() })
  })
  await live('helper', 1, 0.3)
  await live('helper', 2, 0.41)
  await vi.waitFor(() => expect(wrapper.text()).toContain('The helper model is learning'))
  expect(wrapper.find('[data-advice]').exists()).toBe(false)
  await live('random', 100, 0.5)
  // Live points reach the page in bundles.
  await vi.waitFor(() => expect(wrapper.find('[data-advice]').exists()).toBe(true))
  const advice = wrapper.get('[data-advice="helper"]')
  expect(advice.text()).toContain(tinyAdvice.helper('41 %'))
  expect(advice.findAll('button').map((one) => one.text())).toEqual([
    tinyAdvice.trainLonger,
    tinyAdvice.usePlain
  ])
})

it('reads the picture after live events, but not at every one of them', async () => {
  await begun()
  expect(app.client.countOf('distil.preview')).toBe(1)
  version = 1
  for (let x = 1; x <= 20; x += 1) await live('accuracy', x, 0.5)
  expect(app.client.countOf('distil.preview')).toBe(1)
  await vi.advanceTimersByTimeAsync(previewEveryMs)
  await flushPromises()
  expect(app.client.countOf('distil.preview')).toBe(2)
  expect(picture().attributes('src')).toBe('blob:1')
  expect(picture().attributes('alt')).toBe(words.alt(20, 2, false))
  expect(wrapper.findAll('.labels li').map((one) => one.text())).toEqual(['boot', 'shoe'])
  // Without news nothing is asked.
  await vi.advanceTimersByTimeAsync(10 * previewEveryMs)
  expect(app.client.countOf('distil.preview')).toBe(2)
})

it('draws the same version once, and gives back the address of an older one', async () => {
  version = 1
  await begun()
  await live('accuracy', 1, 0.5)
  await vi.advanceTimersByTimeAsync(previewEveryMs)
  await flushPromises()
  expect(made).toEqual(['blob:1'])
  version = 2
  await live('accuracy', 2, 0.6)
  await vi.advanceTimersByTimeAsync(previewEveryMs)
  await flushPromises()
  expect(URL.createObjectURL).toHaveBeenCalledTimes(2)
  expect(made).toHaveLength(1)
  wrapper.unmount()
  expect(made).toHaveLength(0)
})

it('has the curve beside random items, and other measures apart', async () => {
  await begun()
  expect(wrapper.text()).toContain(words.curveEmpty)
  await live('random', 10, 0.58)
  await live('accuracy', 10, 0.5)
  await live('accuracy', 20, 0.7)
  await live('Warm-up loss', 1, 2)
  await live('Warm-up loss', 2, 1)
  await live('test:random-hard', 1, 0.3)
  await live('test:distilled-hard', 1, 0.6)
  await vi.waitFor(() =>
    expect(wrapper.text()).toContain(words.curveSummary('50.0 %', '70.0 %', '58.0 %'))
  )
  const titles = wrapper.findAll('figure .title').map((one) => one.text())
  expect(titles).toEqual([words.curve, charts.liveTitle, liveMeasures['Warm-up loss']?.title])
})

it('asks before it stops early, and stops once', async () => {
  version = 3
  await begun()
  await clickOn(stopButton()?.element)
  const now = [...document.querySelectorAll('[role="dialog"] button')]
  expect(now.map((one) => one.textContent?.trim())).toContain(runWords.cancelNot)
  expect(app.client.countOf('distil.stopEarly')).toBe(0)
  await clickOn(now.find((one) => one.textContent?.trim() === words.stopNow))
  expect(app.inputs('distil.stopEarly')).toEqual([{ run: 't1' }])
  expect(stopButton()?.attributes('disabled')).toBeDefined()
  expect(wrapper.text()).toContain(words.stopping)
})

it('says so when the picture cannot be read, and tries again', async () => {
  let isBroken = true
  await begun({
    'distil.preview': () => {
      if (isBroken) throw new Error('The file is gone.')
      return previewOf(1)
    }
  })
  expect(wrapper.text()).toContain(words.previewFailed)
  isBroken = false
  const again = wrapper.find('.message.error button')
  await clickOn(again.element)
  expect(picture().exists()).toBe(true)
})
