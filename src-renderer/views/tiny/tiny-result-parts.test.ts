// Parts of the result page: advice with buttons, the helper model on its way, the frontier, sets for
// models that compare items, and the plan as a recipe.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DistilFrontier } from '@api/dto/distil.ts'
import { frontierTable, frontierTitle } from '../../charts/frontier-option.ts'
import { useDatasets } from '../../stores/datasets.ts'
import { useTinyDraft } from '../../stores/distil-draft.ts'
import { datasetOf } from '../../stores/run-fixtures.test-support.ts'
import { tinyAdvice, tinyResult as words } from '../../text/distil.ts'
import { recipes as recipeWords } from '../../text/recipes.ts'
import { result as resultWords } from '../../text/runs.ts'
import { clickOn, type TestApp } from '../view.test-support.ts'
import MomentReadout from './MomentReadout.vue'
import { showResult } from './tiny-result.test-support.ts'
import TinyCheckTab from './TinyCheckTab.vue'
import TinyFoundTab from './TinyFoundTab.vue'
import { tinyResultOf } from '../../stores/distil-fixtures.test-support.ts'

let app: TestApp
let wrapper: VueWrapper
beforeEach(() => {
  let made = 0
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => `blob:${++made}`)
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => undefined)
})
afterEach(() => {
  wrapper.unmount()
  document.body.innerHTML = ''
  vi.restoreAllMocks()
})
async function show(...given: Parameters<typeof showResult>): Promise<void> {
  ;({ app, wrapper } = await showResult(...given))
  await useDatasets().load()
  await flushPromises()
}
async function press(name: string): Promise<void> {
  const found = [...document.querySelectorAll('button')].findLast(
    (one) => one.textContent?.trim() === name
  )
  await clickOn(found)
  await flushPromises()
}

const frontier: DistilFrontier = {
  epochs: [1, 8],
  perClass: [1, 10],
  accuracy: [
    [0.3, 0.4],
    [0.2, 0.6]
  ],
  best: [
    { perClass: 1, epoch: 1, accuracy: 0.3 },
    { perClass: 10, epoch: 8, accuracy: 0.6 }
  ]
}

describe('advice', () => {
  const versions = {
    'datasets.list': () => ({
      datasets: [
        datasetOf({ version: 3, isLatest: false }),
        datasetOf({ id: 'd2', version: 4, previous: 'd1' })
      ]
    })
  }

  it('opens the wizard with the changed plan', async () => {
    await show({}, versions)
    expect(wrapper.text()).toContain(tinyAdvice.version(3, 4))
    await press(tinyAdvice.again(4))
    await expect.poll(() => useTinyDraft().draft?.dataset).toBe('d2')
    await expect
      .poll(() => app.router.currentRoute.value)
      .toMatchObject({ name: 'tiny', query: { dataset: 'd2' } })
  })

  it('goes away when the result is to be kept as it is', async () => {
    await show({}, versions)
    await press(tinyAdvice.keep)
    expect(wrapper.text()).not.toContain(tinyAdvice.version(3, 4))
  })
})

describe('the helper model on its way', () => {
  it('is read out pass by pass, with a way back to the pass of the labels', async () => {
    const { experts } = tinyResultOf()
    await show()
    wrapper.unmount()
    let place = 1
    wrapper = app.show(MomentReadout, {
      experts,
      chosen: 1,
      modelValue: place,
      'onUpdate:modelValue': (value: number) => {
        place = value
      }
    })
    await flushPromises()
    const text = wrapper.text()
    expect(text).toContain('80.0 %')
    // exp(0.5) labels named equally often are as spread.
    expect(text).toContain(words.labels.labelsNamed('1.6'))
    expect(text).toContain(words.labels.isLater)
    await press(words.labels.toChosen)
    expect(place).toBe(0)
  })
})

describe('the frontier', () => {
  it('says what it found, and is also a table', () => {
    expect(frontierTitle(frontier)).toBe(words.frontier.later('1', '1', '8', '10'))
    const [best] = frontier.best
    expect(frontierTitle({ ...frontier, best: best === undefined ? [] : [best] })).toBe(
      words.frontier.always('Pass 1')
    )
    expect(frontierTable(frontier).rows).toEqual([
      ['1', '30.0 %', '20.0 %', 'Pass 1'],
      ['10', '40.0 %', '60.0 %', 'Pass 8']
    ])
  })

  it('is shown without any table of the method', async () => {
    await show({ frontier })
    const names = wrapper.findAll('[role="tab"]').map((one) => one.text())
    expect(names).toContain(words.tabs.found)
    wrapper.unmount()
    wrapper = app.show(TinyFoundTab, { tables: [], frontier })
    expect(wrapper.get('figure .title').text()).toBe(words.frontier.later('1', '1', '8', '10'))
  })
})

describe('tables of the method', () => {
  it('with one share for each name are also bars', async () => {
    await show()
    wrapper.unmount()
    const table = (rows: (string | number)[][]) => ({
      title: 'How many',
      help: '',
      header: ['Shares kept', 'Accuracy'],
      rows
    })
    const shares = table([
      ['The 1 largest', '40.0 %'],
      ['The 2 largest', '50.0 %']
    ])
    wrapper = app.show(TinyFoundTab, { tables: [shares, table([['One', 3]])] })
    const bars = wrapper.findAll('.bar')
    expect(bars.map((bar) => bar.text())).toEqual(['The 1 largest40.0 %', 'The 2 largest50.0 %'])
    expect(bars[1]?.get('.fill').attributes('style')).toContain('50%')
  })
})

describe('the check', () => {
  it('has no step size for models that compare items', async () => {
    const { check, network } = tinyResultOf()
    await show()
    wrapper.unmount()
    wrapper = app.show(TinyCheckTab, { check, network, isKernel: true })
    expect(wrapper.text()).not.toContain(words.check.column.rate)
    expect(wrapper.text()).not.toContain(words.check.tableHelp)
    expect(wrapper.text()).toContain(words.check.tableHelpKernel)
  })

  it('names what was measured where it is not the share of right answers', async () => {
    const { check, network } = tinyResultOf()
    await show()
    wrapper.unmount()
    wrapper = app.show(TinyCheckTab, { check: { ...check, measure: 'explained' }, network })
    expect(wrapper.text()).toContain(words.check.measure.explained)
    expect(wrapper.text()).toContain(words.check.measureHelp.explained)
    expect(wrapper.text()).not.toContain(words.check.measure.accuracy)
  })
})

describe('the plan of a result', () => {
  it('is kept as a recipe', async () => {
    await show(
      {},
      {
        'recipes.list': () => ({ recipes: [] }),
        'recipes.saveTiny': ({ name }) => ({
          id: 'r1',
          name,
          savedAt: 1,
          makes: 'tiny',
          dataName: 'Shoes',
          kind: 'images',
          sentence: 'Make.'
        })
      }
    )
    const menu = wrapper.findAll('button').find((one) => one.text() === resultWords.more)
    await menu?.trigger('keydown', { key: 'Enter' })
    await expect.poll(() => document.querySelector('[role="menu"]')).not.toBeNull()
    await clickOn(
      [...document.querySelectorAll('[role="menuitem"]')].find(
        (one) => one.textContent?.trim() === recipeWords.save
      )
    )
    await flushPromises()
    await press(recipeWords.saveNow)
    await expect
      .poll(() => app.inputs('recipes.saveTiny'))
      .toEqual([{ name: '10 for each label of Shoes', draft: tinyResultOf().draft }])
  })
})
