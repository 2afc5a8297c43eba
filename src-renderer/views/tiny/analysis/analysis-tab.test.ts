// "What does it teach?" on the result page: asking, the work under way also after coming back, what
// goes wrong, and the report.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AnalysisPanel, AnalysisRequest, type AnalysisResult } from '@api/dto/analysis.ts'
import type { DistilResult } from '@api/dto/distil.ts'
import type { Job } from '@api/dto/jobs.ts'
import { AppError } from '@api/errors.ts'
import { rowOf, tinyResultOf } from '../../../stores/distil-fixtures.test-support.ts'
import { jobOf, type Answers } from '../../../stores/run-fixtures.test-support.ts'
import { analysisOf } from '../../../stores/tiny-analysis-fixtures.test-support.ts'
import { common } from '../../../text/common.ts'
import { run as runWords } from '../../../text/runs.ts'
import { tinyAnalysis as words } from '../../../text/tiny-analysis.ts'
import { clickOn, projectOf, startApp, type TestApp } from '../../view.test-support.ts'
import { resultAnswers } from '../tiny-result.test-support.ts'
import TinyResultView from '../TinyResultView.vue'
import AnalysisTab from './AnalysisTab.vue'

let app: TestApp
let wrapper: VueWrapper
let stored: AnalysisResult | null
let jobs: Job[]
let result: DistilResult

beforeEach(() => {
  stored = null
  jobs = []
  result = tinyResultOf()
  let made = 0
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => `blob:${++made}`)
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => undefined)
})
afterEach(() => {
  wrapper.unmount()
  document.body.innerHTML = ''
  vi.restoreAllMocks()
})

const analyseJob = (part: Partial<Job> = {}): Job =>
  jobOf({
    id: 'a1',
    kind: 'analyse',
    run: 't1',
    title: 'What does it teach? Shoes',
    fraction01: 0.42,
    phase: {
      index: 2,
      count: 2,
      name: 'Looking into the set',
      names: ['Reading the items', 'Looking into the set'],
      done: 4200,
      total: 10_000,
      unit: 'items'
    },
    ...part
  })
const times = (factor: number) => ({
  efforts: (['quick', 'standard', 'thorough'] as const).map((effort, at) => ({
    effort,
    lowSeconds: 60 * factor * 10 ** at,
    highSeconds: 120 * factor * 10 ** at
  })),
  device: 'Processor'
})

/** Shows the tab. */
async function show(answers: Answers = {}, project = projectOf()): Promise<void> {
  app = await startApp(
    resultAnswers(result, {
      'jobs.list': () => ({ jobs }),
      'distil.analysis': () => ({
        analysis: stored,
        items:
          stored?.parts.influence?.items
            .flatMap(({ helps }) => helps.map(({ row }) => rowOf(row)))
            .filter(({ row }, at, all) => all.findIndex((one) => one.row === row) === at) ?? []
      }),
      'distil.analysisTimes': ({ panels }) => times(panels?.length ?? 6),
      'distil.analyse': () => {
        jobs = [analyseJob({ state: 'queued', queuePosition: 0, phase: null, fraction01: 0 })]
        return { job: 'a1' }
      },
      ...answers
    }),
    project
  )
  await open()
}
async function open(): Promise<void> {
  wrapper = app.show(AnalysisTab, { result })
  await flushPromises()
}
const button = (name: string): Element | undefined =>
  [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === name)
const text = (): string => wrapper.text()

describe('before there is a report', () => {
  it('says what it does, asks, and starts what is ticked', async () => {
    await show()
    expect(text()).toContain(words.form.text)
    expect(text()).toContain('about 6 to 12 min')
    const boxes = wrapper.findAll<HTMLInputElement>('input[type="checkbox"]')
    expect(boxes.map((box) => box.element.checked)).toEqual(new Array<boolean>(6).fill(true))
    await boxes[1]?.setValue(false)
    await boxes[5]?.setValue(false)
    await flushPromises()
    expect(text()).toContain('about 4 to 8 min')
    await wrapper.get('input[type="radio"][value="quick"]').setValue(true)
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(app.inputs('distil.analyse')).toEqual([
      {
        run: 't1',
        panels: ['recognition', 'agreement', 'learned', 'curvature'],
        effort: 'quick',
        seed: 0
      }
    ])
    expect(AnalysisRequest.safeParse(app.inputs('distil.analyse')[0]).success).toBe(true)
    expect(text()).toContain(runWords.waiting(1))
    expect(wrapper.find('form').exists()).toBe(false)
  })

  it('starts nothing without a part, and can be started without an estimate', async () => {
    await show({
      'distil.analysisTimes': () => {
        throw new AppError('file-damaged')
      }
    })
    expect(text()).toContain(words.form.timeUnknown)
    for (const box of wrapper.findAll('input[type="checkbox"]')) await box.setValue(false)
    expect(text()).toContain(words.form.needsPanel)
    expect(button(words.form.start)?.hasAttribute('disabled')).toBe(true)
    await wrapper.get('form').trigger('submit')
    expect(app.inputs('distil.analyse')).toEqual([])
    await wrapper.findAll('input[type="checkbox"]')[0]?.setValue(true)
    expect(button(words.form.start)?.hasAttribute('disabled')).toBe(false)
  })

  it('cannot be started in a project that is only read', async () => {
    await show({}, projectOf({ isReadOnly: true }))
    expect(text()).toContain(words.form.readOnly)
    expect(button(words.form.start)?.hasAttribute('disabled')).toBe(true)
  })

  it('says why it could not be read, and tries again', async () => {
    let fails = true
    await show({
      'distil.analysis': () => {
        if (fails) throw new AppError('internal', 'The file could not be read.')
        return { analysis: null, items: [] }
      }
    })
    expect(text()).toContain('The file could not be read.')
    expect(wrapper.find('form').exists()).toBe(false)
    fails = false
    await clickOn(button(common.tryAgain))
    expect(wrapper.find('form').exists()).toBe(true)
  })

  it('offers a new report in the place of a damaged one', async () => {
    await show({
      'distil.analysis': () => {
        throw new AppError('file-damaged', 'The analysis of this run is damaged.')
      }
    })
    expect(text()).toContain(words.damaged)
    expect(wrapper.find('form').exists()).toBe(true)
  })

  it('asks nothing of a set without labels', async () => {
    result = { ...result, draft: { ...result.draft, groups: 5 } }
    await show()
    expect(text()).toContain(words.noLabelsText)
    expect(wrapper.find('form').exists()).toBe(false)
  })
})

it('is a tab of the result page', async () => {
  app = await startApp(resultAnswers(result, { 'distil.analysisTimes': () => times(6) }))
  wrapper = app.show(TinyResultView, { run: 't1' })
  await flushPromises()
  const tab = wrapper.findAll('[role="tab"]').find((one) => one.text() === words.tab)
  await tab?.trigger('mousedown', { button: 0 })
  await tab?.trigger('focus')
  await vi.waitFor(() => expect(app.inputs('distil.analysis')).toEqual([{ run: 't1' }]))
})

describe('under way', () => {
  it('shows what it is at, also after the page was left', async () => {
    jobs = [analyseJob()]
    await show()
    expect(text()).toContain('2 of 2 · Looking into the set · 4,200 of 10,000 items')
    expect(text()).toContain('42 %')
    expect(wrapper.find('form').exists()).toBe(false)
    wrapper.unmount()
    await open()
    expect(wrapper.get('[role="progressbar"]').attributes('aria-valuenow')).toBe('42')
    app.client.emit({ kind: 'job', job: analyseJob({ fraction01: 0.5 }) })
    await flushPromises()
    expect(text()).toContain('50 %')
  })

  it('reads the report once it is done, and says so', async () => {
    jobs = [analyseJob()]
    await show()
    stored = analysisOf()
    app.client.emit({ kind: 'job', job: analyseJob({ state: 'finished', fraction01: 1 }) })
    await flushPromises()
    expect(wrapper.get('[role="status"]').text()).toBe(words.running.ready)
    expect(text()).toContain(stored.parts.mixing?.reading)
  })

  it('is paused, and cancelled after a question', async () => {
    jobs = [analyseJob()]
    await show({
      'jobs.pause': () => analyseJob({ state: 'paused' }),
      'jobs.cancel': () => analyseJob({ state: 'cancelled', finishedAt: 9 })
    })
    await clickOn(button(runWords.pause))
    expect(app.inputs('jobs.pause')).toEqual([{ id: 'a1' }])
    expect(text()).toContain(runWords.pausedText)
    await clickOn(button(words.running.cancel))
    expect(app.inputs('jobs.cancel')).toEqual([])
    expect(document.querySelector('[role="dialog"]')?.textContent).toContain(
      words.running.cancelText
    )
    await clickOn(button(words.running.cancelYes))
    expect(app.inputs('jobs.cancel')).toEqual([{ id: 'a1', keep: false }])
    expect(text()).toContain(words.running.cancelled)
    expect(wrapper.find('form').exists()).toBe(true)
    wrapper.unmount()
    await open()
    expect(text()).not.toContain(words.running.cancelled)
  })

  it('that failed says why and goes on, or is discarded', async () => {
    const failed = analyseJob({
      state: 'failed',
      error: { code: 'disk-full', message: 'The disk is full.', hint: 'Free some space.' }
    })
    jobs = [failed]
    await show({
      'jobs.resume': () => analyseJob({ state: 'queued', queuePosition: 0 }),
      'jobs.discard': () => ({})
    })
    expect(text()).toContain(words.running.failed)
    expect(text()).toContain('The disk is full. Free some space.')
    await clickOn(button(words.running.resume))
    expect(app.inputs('jobs.resume')).toEqual([{ id: 'a1' }])
    expect(text()).toContain(runWords.waiting(1))
    app.client.emit({ kind: 'job', job: { ...failed, state: 'interrupted', error: null } })
    await flushPromises()
    expect(text()).toContain(words.running.interruptedText)
    await clickOn(button(words.running.drop))
    expect(app.inputs('jobs.discard')).toEqual([{ id: 'a1' }])
    expect(text()).not.toContain(words.running.interruptedText)
  })
})

describe('the report', () => {
  it('begins each part with what was found, then a chart, its table and how to read it', async () => {
    stored = analysisOf()
    await show()
    const cards = AnalysisPanel.options.map((panel) => {
      const card = wrapper
        .findAll('section.card')
        .find((one) => one.find('h2').text() === words.panels[panel].title)
      if (card === undefined) throw new Error(`no card of ${panel}`)
      return { panel, card }
    })
    for (const { panel, card } of cards) {
      expect(card.get('.reading').text()).toBe(stored.parts[panel]?.reading)
      expect(card.findAll('figure').length).toBeGreaterThan(0)
      expect(card.text()).toContain(words.panels[panel].how[0])
    }
    expect(text()).toContain(stored.notes[0])
    expect(text()).toContain(words.mixing.harmful)
    expect(text()).toContain(words.report.code('7'))
    // Headings go down one level at a time.
    const levels = wrapper
      .findAll('h1, h2, h3, h4')
      .map((one) => Number(one.element.tagName.slice(1)))
    levels.forEach((level, at) => expect(level - (levels[at - 1] ?? 1)).toBeLessThanOrEqual(1))
  })

  it('shows every chart as a table, too', async () => {
    stored = analysisOf()
    await show()
    const figures = wrapper.findAll('figure')
    expect(figures).toHaveLength(7)
    for (const figure of figures) {
      if (!figure.find('table').exists()) await figure.get('button').trigger('click')
      expect(figure.findAll('tbody tr').length).toBeGreaterThan(1)
    }
  })

  it('leaves out parts that were not looked at, and runs again with other settings', async () => {
    const all = analysisOf()
    stored = { ...all, parts: { ...all.parts, mixing: null, influence: null } }
    await show()
    expect(text()).toContain(words.report.missing(2))
    expect(text()).not.toContain(words.panels.mixing.title)
    await clickOn(button(words.report.again))
    expect(text()).toContain(words.form.againText)
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(app.inputs('distil.analyse')).toMatchObject([{ effort: 'standard', seed: 7 }])
    // The earlier report stays in sight meanwhile.
    expect(text()).toContain(stored.parts.learned?.reading)
  })

  it('keeps the report when running again is called off', async () => {
    stored = analysisOf()
    await show()
    await clickOn(button(words.report.again))
    await clickOn(button(words.form.cancel))
    expect(wrapper.find('form').exists()).toBe(false)
    expect(app.inputs('distil.analyse')).toEqual([])
  })
})

describe('items and what they do', () => {
  const names = (): string[] => wrapper.findAll('.items .item strong').map((one) => one.text())

  it('come with the test items they help, in any order', async () => {
    stored = analysisOf()
    await show()
    expect(names()).toHaveLength(10)
    expect(names()[0]).toBe('boot 1')
    const first = wrapper.get('.items .item')
    expect(first.findAll('.strip li').map((one) => one.attributes('title'))).toEqual([
      'item 500 (boot): +0.4',
      'item 600 (shoe): +0.2'
    ])
    expect(first.text()).toContain('+0.12')
    expect(wrapper.findAll('.items .item')[5]?.text()).toContain(words.influence.helpsNone)
    expect(app.inputs('distil.picture').length).toBeGreaterThan(0)
    const order = wrapper
      .findAll('select')
      .find((one) => one.text().includes(words.influence.orders.ownLeast))
    const least = order
      ?.findAll('option')
      .find((one) => one.text() === words.influence.orders.ownLeast)
    await order?.setValue(least?.element.value)
    await flushPromises()
    expect(names()[0]).toBe('shoe 5')
    await clickOn(button(common.showMore))
    expect(names()).toHaveLength(12)
  })
})
