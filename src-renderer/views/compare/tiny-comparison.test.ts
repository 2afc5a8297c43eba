// Tiny sets side by side: figures, bars and cautions, choosing the sets, and the way here from the
// list of runs and from a result.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DistilResult } from '@api/dto/distil.ts'
import type { Run } from '@api/dto/runs.ts'
import type { TinyComparison } from '@api/dto/tiny-compare.ts'
import { AppError } from '@api/errors.ts'
import { armOf, tinyResultOf, tinyRunOf } from '../../stores/distil-fixtures.test-support.ts'
import { jobOf, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { useRuns } from '../../stores/runs.ts'
import { common } from '../../text/common.ts'
import {
  compare as compareWords,
  result as resultWords,
  runs as runsWords
} from '../../text/runs.ts'
import { tinyCompare as words } from '../../text/tiny-analysis.ts'
import { resultAnswers } from '../tiny/tiny-result.test-support.ts'
import TinyResultView from '../tiny/TinyResultView.vue'
import RunsView from '../runs/RunsView.vue'
import { clickOn, startApp, type TestApp } from '../view.test-support.ts'
import AnyComparison from './AnyComparison.vue'
import { comparedRows, tinyFigures } from './tiny-figures.ts'

let app: TestApp
let wrapper: VueWrapper | undefined

beforeEach(() => {
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => 'blob:1')
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => undefined)
})
afterEach(() => {
  wrapper?.unmount()
  wrapper = undefined
  document.body.innerHTML = ''
  vi.restoreAllMocks()
})

const setOf = (run: string, part: Partial<DistilResult> = {}): DistilResult =>
  tinyResultOf({ run, name: `Set ${run}`, ...part })
function comparisonOf(part: Partial<TinyComparison> = {}): TinyComparison {
  return {
    results: [setOf('t1'), setOf('t2', { check: null, bytes: 50_000 })],
    sameData: true,
    sameTest: false,
    cautions: ['Not tested: “Set t2”.'],
    differences: [{ setting: 'Effort', values: ['quick', 'standard'] }],
    sentence: 'Fewer than two of these sets were tested, so none is ahead.',
    ...part
  }
}
const runOf = (id: string, part: Partial<Run> = {}): Run =>
  tinyRunOf({
    name: `Set ${id}`,
    hasResult: true,
    job: jobOf({ id, run: id, kind: 'distil', state: 'finished' }),
    ...part
  })
const chosenSet = (id: string): Run =>
  runOf(id, { kind: 'select', job: jobOf({ id, run: id, state: 'finished' }) })

/** An app with these runs, and the address that compares. */
async function start(runs: readonly Run[], answers: Answers = {}): Promise<void> {
  app = await startApp(
    resultAnswers(setOf('t1'), {
      'runs.list': () => ({ runs: [...runs] }),
      'runs.get': ({ run }) => {
        throw new AppError('run-not-found', `${run} is gone.`)
      },
      'distil.compare': ({ runs: asked }) =>
        comparisonOf({ results: asked.map((run) => setOf(run)) }),
      ...answers
    })
  )
  app.router.addRoute({
    path: '/compare/:first/:second',
    name: 'compare',
    component: AnyComparison,
    props: true
  })
  await useRuns().load()
}
/** Opens the comparison at an address, as the router does. */
async function open(address: string): Promise<VueWrapper> {
  await app.router.push(address)
  const { first, second } = app.router.currentRoute.value.params
  const shown = app.show({ template: '<RouterView />' }, {})
  wrapper = shown
  await vi.waitFor(() => expect(shown.find('h1').exists()).toBe(true))
  await flushPromises()
  expect([first, second].every((id) => typeof id === 'string')).toBe(true)
  return shown
}
const button = (name: string): Element | undefined =>
  [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === name)

describe('figures of several sets', () => {
  it('say what is there and a dash where nothing is', () => {
    const figures = new Map(tinyFigures(comparisonOf()).map(({ name, values }) => [name, values]))
    expect(figures.get(words.figure.accuracy)).toEqual(['71.0 % ± 1', '–'])
    expect(figures.get(words.figure.against)).toEqual(['+13.0 points (+11.0 to +15.0)', '–'])
    expect(figures.get(words.figure.other)?.[0]).toBe('+9.0 points (+5.0 to +13.0)')
    expect(figures.get(words.figure.size)).toEqual(['15.7 KB', '50 KB'])
    expect(figures.get(words.figure.items)).toEqual(['20', '20'])
    expect(figures.get(words.figure.all)?.[0]).toBe('83.0 % ± 1')
    const untested = comparisonOf({ results: [setOf('a', { check: null })] })
    expect(tinyFigures(untested).map(({ name }) => name)).not.toContain(words.figure.accuracy)
  })

  it('draw the set that counts above random items, on its own network', () => {
    const rows = comparedRows(comparisonOf())
    expect(rows.map(({ name, kind, accuracy }) => [name, kind, accuracy.mean])).toEqual([
      ['Set t1', 'chosen', 0.71],
      [words.barsRandom('Set t1'), 'random', 0.58]
    ])
    const { check } = tinyResultOf()
    if (check === null) throw new Error('the fixture was tested')
    const other = setOf('t3', {
      check: { ...check, arms: [armOf('distilled-hard', 'Another network', 0.4)] }
    })
    expect(comparedRows(comparisonOf({ results: [other] }))).toHaveLength(1)
  })
})

describe('the comparison page', () => {
  it('says whether the sets can be compared, with bars, figures and differences', async () => {
    await start([runOf('t1'), runOf('t2')], { 'distil.compare': () => comparisonOf() })
    const page = await open('/compare/t1/t2')
    await vi.waitFor(() => expect(page.text()).toContain('none is ahead'))
    expect(page.text()).toContain('Not tested: “Set t2”.')
    expect(page.text()).toContain(words.bars('ConvNet, 32 filters'))
    const [figures, differences] = page.findAll('[role="grid"]')
    expect(figures?.findAll('th').map((one) => one.text())).toEqual([
      compareWords.figureColumn,
      'Set t1',
      'Set t2'
    ])
    expect(differences?.text()).toContain('Effortquickstandard')
    expect(page.findAll('a').map((one) => one.attributes('href'))).toEqual([
      '/runs/t1/result',
      '/runs/t2/result'
    ])
  })

  it('takes more sets, lets go of them, and keeps them in its address', async () => {
    await start(['t1', 't2', 't3', 't4'].map((id) => runOf(id)))
    const page = await open('/compare/t1/t2?also=t3')
    await vi.waitFor(() =>
      expect(app.inputs('distil.compare')).toEqual([{ runs: ['t1', 't2', 't3'] }])
    )
    await page.get(`select[aria-label="${words.added}"]`).setValue('0')
    await flushPromises()
    expect(app.router.currentRoute.value.fullPath).toBe('/compare/t1/t2?also=t3,t4')
    expect(app.inputs('distil.compare').at(-1)).toEqual({ runs: ['t1', 't2', 't3', 't4'] })
    await clickOn(page.get(`[aria-label="${words.remove('Set t1')}"]`).element)
    expect(app.inputs('distil.compare').at(-1)).toEqual({ runs: ['t2', 't3', 't4'] })
  })

  it('does not mix kinds, asks for a second set, and says what failed', async () => {
    await start([runOf('t1'), chosenSet('r1')])
    const mixed = await open('/compare/t1/r1')
    await vi.waitFor(() => expect(mixed.text()).toContain(words.twoKinds))
    mixed.unmount()
    const same = await open('/compare/t1/t1')
    await vi.waitFor(() => expect(same.text()).toContain(words.one))
    expect(app.inputs('distil.compare')).toEqual([])
    same.unmount()
    const gone = await open('/compare/t1/gone')
    await vi.waitFor(() => expect(gone.text()).toContain('gone is gone.'))
    expect(button(common.tryAgain)).toBeDefined()
  })

  it('tries again after a comparison that failed', async () => {
    let fails = true
    await start([runOf('t1'), runOf('t2')], {
      'distil.compare': () => {
        if (fails) throw new AppError('file-damaged', 'A file of this run is damaged.')
        return comparisonOf()
      }
    })
    const page = await open('/compare/t1/t2')
    await vi.waitFor(() => expect(page.text()).toContain('A file of this run is damaged.'))
    fails = false
    await clickOn(button(common.tryAgain))
    expect(page.text()).toContain('none is ahead')
  })
})

describe('the way here', () => {
  it('leads from the list of runs, each kind with its own', async () => {
    await start([runOf('t1'), runOf('t2'), runOf('t3'), chosenSet('r1'), chosenSet('r2')])
    const list = app.show(RunsView)
    wrapper = list
    await flushPromises()
    const tick = async (id: string): Promise<void> => {
      const row = list.findAll('tbody tr').find((one) => one.text().includes(`Set ${id}`))
      await row?.get('input[type="checkbox"]').setValue(true)
    }
    const ticked = (): number => list.findAll<HTMLInputElement>('input:checked').length
    for (const id of ['r1', 't1', 't2', 't3']) await tick(id)
    expect(ticked()).toBe(3)
    await clickOn(button(runsWords.compareNow(3)))
    expect(app.router.currentRoute.value.fullPath).toBe('/compare/t1/t2?also=t3')
    for (const id of ['r1', 'r2']) await tick(id)
    expect(ticked()).toBe(2)
    await clickOn(button(runsWords.compareNow(2)))
    expect(app.router.currentRoute.value.fullPath).toBe('/compare/r1/r2')
  })

  it('offers nothing to compare with a run of the other kind', async () => {
    await start([runOf('t1'), chosenSet('r1')])
    const list = app.show(RunsView)
    wrapper = list
    await flushPromises()
    expect(list.find('input[type="checkbox"]').exists()).toBe(false)
  })

  it('leads from a result to another set of the same data', async () => {
    await start([runOf('t1'), runOf('t2', { dataset: 'd2' }), runOf('t3'), chosenSet('r1')])
    const page = app.show(TinyResultView, { run: 't1' })
    wrapper = page
    await flushPromises()
    const menu = page.findAll('button').find((one) => one.text() === resultWords.more)
    await menu?.trigger('keydown', { key: 'Enter' })
    await expect.poll(() => document.querySelector('[role="menu"]')).not.toBeNull()
    const item = [...document.querySelectorAll('[role="menuitem"]')].find(
      (one) => one.textContent?.trim() === resultWords.compare
    )
    await clickOn(item)
    await expect.poll(() => app.router.currentRoute.value.fullPath).toBe('/compare/t1/t3')
  })
})
