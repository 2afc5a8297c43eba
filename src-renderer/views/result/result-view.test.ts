// The result page around its tabs: which tabs there are, what the method found, where a changed set
// came from, and the way to a recipe.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Run, SelectionResult } from '@api/dto/runs.ts'
import {
  datasetOf,
  draftOf,
  jobOf,
  resultOf,
  type Answers
} from '../../stores/run-fixtures.test-support.ts'
import { useRuns } from '../../stores/runs.ts'
import { findings as foundWords, handChanges as hand } from '../../text/hand-changes.ts'
import { result as words } from '../../text/runs.ts'
import { clickOn, startApp, type TestApp } from '../view.test-support.ts'
import FindingsTab from './FindingsTab.vue'
import { askedRows } from './result-settings.ts'
import ResultView from './ResultView.vue'

let app: TestApp
let wrapper: VueWrapper
afterEach(() => {
  wrapper.unmount()
  document.body.innerHTML = ''
})

const given = {
  title: 'Best 10 %',
  run: 'r0',
  keys: ['a', 'b'],
  added: ['b'],
  removed: ['c', 'd'],
  test: []
}
function runOf(id: string, hasResult = true): Run {
  return {
    kind: 'select',
    job: jobOf({ id, run: id, state: 'finished' }),
    name: id,
    dataset: 'd1',
    datasetName: 'Shoes',
    method: 'random',
    methodName: 'Random',
    alsoTried: [],
    asked: 2,
    got: 2,
    verdict: null,
    verdictKind: null,
    hasResult
  }
}
async function show(
  result: SelectionResult,
  answers: Answers = {},
  runs = ['r0', 'r1']
): Promise<void> {
  app = await startApp({
    'datasets.list': () => ({ datasets: [datasetOf()] }),
    'runs.list': () => ({ runs: runs.map((id) => runOf(id)) }),
    'runs.items': () => ({ items: [], total: 0 }),
    'runs.result': () => result,
    ...answers
  })
  await useRuns().load()
  app.router.addRoute({ path: '/compare/:first/:second', name: 'compare', component: {} })
  wrapper = app.show(ResultView, { run: 'r1' })
  await flushPromises()
}
/** Levels of the headings of the page, in order. */
const levels = (): number[] =>
  [...wrapper.element.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ tagName }) =>
    Number(tagName.slice(1))
  )
const texts = (): string => document.body.textContent ?? ''
const tabs = (): string[] =>
  [...document.querySelectorAll('[role="tab"]')].map((tab) => tab.textContent?.trim() ?? '')
const plain = (part: Partial<SelectionResult> = {}): SelectionResult =>
  resultOf({ check: null, votes: null, ...part })

describe('the result page', () => {
  it('has a tab for coverage, and for what the method found only where it says something', async () => {
    await show(plain())
    expect(tabs().some((tab) => tab.startsWith(words.tabs.coverage))).toBe(true)
    expect(tabs().some((tab) => tab.startsWith(words.tabs.found))).toBe(false)
    wrapper.unmount()
    await show(plain({ findings: { facts: [], sources: [] } }))
    expect(tabs().some((tab) => tab.startsWith(words.tabs.found))).toBe(true)
  })

  it('says what a changed set was made from, and leads to the comparison', async () => {
    await show(plain({ draft: draftOf({ given }) }))
    expect(texts()).toContain(hand.basedOn('Best 10 %', 1, 2))
    const button = [...document.querySelectorAll('button')].find(
      (one) => one.textContent?.trim() === hand.compareWith
    )
    await clickOn(button)
    expect(app.router.currentRoute.value).toMatchObject({
      name: 'compare',
      params: { first: 'r0', second: 'r1' }
    })
  })

  it('offers no comparison with a run that is gone', async () => {
    await show(plain({ draft: draftOf({ given }) }), {}, ['r1'])
    expect(texts()).toContain(hand.basedOnTitle)
    expect(texts()).not.toContain(hand.compareWith)
  })
})

it('shows measurements with their meaning, and what each source gave', async () => {
  app = await startApp()
  wrapper = app.show(FindingsTab, {
    findings: {
      facts: [{ name: 'In one number', value: '0.42', meaning: 'Share of the repeats.' }],
      sources: [
        { name: 'web', items: 900, before01: 0.9, asked01: 0.5, kept: 30 },
        { name: 'books', items: 100, before01: 0.1, asked01: 0.5, kept: 10 }
      ]
    }
  })
  await flushPromises()
  expect(texts()).toContain('Share of the repeats.')
  expect(texts()).toContain(foundWords.sources)
  expect(texts()).toContain('75.0 %')
  wrapper.unmount()
  wrapper = app.show(FindingsTab, { findings: { facts: [], sources: [] } })
  await flushPromises()
  expect(texts()).toContain(foundWords.none)
})

it('names the list among the settings', () => {
  const rows = askedRows(plain({ draft: draftOf({ given }) }))
  expect(rows).toContainEqual({ label: words.setting.list, value: '“Best 10 %”, 2 items' })
})

describe('headings of the result', () => {
  it.each([
    ['tested', {}],
    ['not tested', { check: null }]
  ])('of a choice that was %s leave no level out', async (_, change) => {
    await show({ ...resultOf(), ...change })
    for (const name of Object.values(words.tabs)) {
      const tab = wrapper.findAll('[role="tab"]').find((one) => one.text().startsWith(name))
      await tab?.trigger('mousedown', { button: 0 })
      await tab?.trigger('focus')
      await flushPromises()
      const [first, ...rest] = levels()
      expect(first).toBe(1)
      rest.forEach((level, at) => {
        expect(level, `${name}, heading ${at + 2}`).toBeLessThanOrEqual(([1, ...rest][at] ?? 0) + 1)
      })
    }
  })
})
