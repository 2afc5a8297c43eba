// The result page of a tiny set: verdict, charts, marks, items with their labels, tabs, and ways out.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '@api/errors.ts'
import { useTinyDraft } from '../../stores/distil-draft.ts'
import { tinyResultOf, tinyRunOf } from '../../stores/distil-fixtures.test-support.ts'
import { jobOf } from '../../stores/run-fixtures.test-support.ts'
import { useToasts } from '../../stores/toasts.ts'
import { armNames, tinyResult as words } from '../../text/distil.ts'
import { exporting, result as resultWords, runs as runsWords } from '../../text/runs.ts'
import AnyResult from '../result/AnyResult.vue'
import RunsView from '../runs/RunsView.vue'
import { clickOn, hostOf, startApp, type TestApp } from '../view.test-support.ts'
import { resultAnswers, showResult } from './tiny-result.test-support.ts'

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
}
async function openTab(name: string): Promise<void> {
  const tab = wrapper.findAll('[role="tab"]').find((one) => one.text().startsWith(name))
  await tab?.trigger('mousedown', { button: 0 })
  await tab?.trigger('focus')
  await flushPromises()
}

describe('the top of the page', () => {
  it('says what came out, also on a different kind of model', async () => {
    await show()
    const band = wrapper.get('.band').text()
    expect(band).toContain('+13.0')
    expect(band).toContain('10 per label reaches 71.0 %')
    expect(band).toContain(words.other(words.range('+9.0', '+5.0', '+13.0')))
    expect(band).toContain(words.instead('7,000'))
  })

  it('has a chart for each kind of check model and one of the making', async () => {
    await show()
    expect(wrapper.findAll('figure .title').map((one) => one.text())).toEqual([
      'Tiny set, plain labels beats random by 13.0 points',
      words.chart.otherTitle('Small residual network'),
      words.curve
    ])
  })

  it('warns of what the set is not for', async () => {
    await show()
    for (const line of words.warnings) expect(wrapper.text()).toContain(line)
  })

  it('says that it was not tested', async () => {
    await show({ check: null, curve: [] })
    expect(wrapper.get('.band').text()).toContain(words.notCheckedText)
    expect(wrapper.findAll('figure')).toHaveLength(0)
  })

  it('leads to the run when there is no result yet', async () => {
    await show(
      {},
      {
        'distil.result': () => {
          throw new AppError('run-not-finished')
        }
      }
    )
    await clickOn(
      wrapper.findAll('button').find((one) => one.text() === resultWords.goToRun)?.element
    )
    expect(app.router.currentRoute.value).toMatchObject({ name: 'run', params: { run: 't1' } })
  })
})

describe('tabs', () => {
  it('say how sure the labels are and where they come from', async () => {
    await show()
    await openTab(words.tabs.labels)
    const rows = wrapper.findAll('[role="grid"] tbody tr').map((row) => row.text())
    expect(rows).toEqual(['boot3575.0 %shoe', 'shoe3575.0 %boot'])
    expect(wrapper.text()).toContain(words.labels.summary(words.labels.sureness, '1.2', '0.5'))
  })

  it('list every set on every check model, and the strict scores', async () => {
    await show()
    await openTab(words.tabs.check)
    const [differences, arms] = wrapper.findAll('[role="grid"]')
    expect(differences?.text()).toContain('+13.0')
    expect(differences?.text()).toContain(words.check.otherNetwork)
    expect(arms?.findAll('tbody tr')).toHaveLength(7)
    expect(arms?.find('tbody tr').text()).toContain(armNames['distilled-soft'])
    expect(wrapper.text()).toContain('42.0 %')
    expect(wrapper.text()).toContain(words.check.notMeasured)
  })

  it('list what the set takes', async () => {
    await show({ decodedItems: 60 })
    await openTab(words.tabs.storage)
    expect(wrapper.text()).toContain('99.9 %')
    expect(wrapper.text()).toContain(words.storage.equal('10'))
    expect(wrapper.text()).toContain(words.storage.decoded('20', '60'))
  })

  it('show what the method measured, only where it did', async () => {
    await show()
    const names = (): string[] => wrapper.findAll('[role="tab"]').map((one) => one.text())
    expect(names()).not.toContain(words.tabs.found)
    wrapper.unmount()
    await show({
      tables: [{ title: 'Passes', help: 'Why.', header: ['Pass', 'Right'], rows: [[1, 0.51234]] }]
    })
    await openTab(words.tabs.found)
    expect(wrapper.text()).toContain('Why.')
    expect(wrapper.text()).toContain('0.5123')
  })

  it('have everything to make it again', async () => {
    await show()
    await openTab(words.tabs.settings)
    const text = wrapper.text()
    expect(text).toContain(words.settingText.softAll)
    expect(text).toContain('Passes20')
    expect(text).toContain('winnow distil --plan plan.json')
  })
})

describe('ways out', () => {
  it('exports with every layout that is possible', async () => {
    await show(
      {},
      {
        'exports.plan': () => ({
          items: 20,
          totalItems: 20,
          sizeBytes: 1000,
          freeBytes: 1e9,
          suggestedName: 'Tiny',
          nameTaken: false,
          layout: 'Pictures and arrays',
          layouts: [
            { layout: 'arrays', isPossible: true, reason: null, sizeBytes: 10 },
            { layout: 'alpaca', isPossible: false, reason: 'No texts.', sizeBytes: 0 }
          ],
          canMakePdf: false,
          sentence: 'You are about to export 20 items.'
        })
      }
    )
    await clickOn(
      wrapper.findAll('button').find((one) => one.text() === words.exportItems('20'))?.element
    )
    const dialog = document.querySelector('[role="dialog"]')
    expect(dialog?.textContent).toContain(exporting.titles.distil)
    expect(dialog?.textContent).not.toContain(exporting.leftOut)
    expect(app.inputs('exports.plan')[0]).toMatchObject({ run: 't1' })
  })

  it('saves the report', async () => {
    await show({}, { 'runs.report': () => ({ html: '<p>Report</p>' }) })
    const menu = wrapper.findAll('button').find((one) => one.text() === resultWords.more)
    await menu?.trigger('keydown', { key: 'Enter' })
    await expect.poll(() => document.querySelector('[role="menu"]')).not.toBeNull()
    const save = [...document.querySelectorAll('[role="menuitem"]')].find(
      (one) => one.textContent?.trim() === resultWords.reportSave
    )
    await clickOn(save)
    await expect.poll(() => app.inputs('runs.report')).toEqual([{ run: 't1' }])
  })

  it('makes a PDF of the report where the host can print, and offers none elsewhere', async () => {
    const entries = async (): Promise<HTMLElement[]> => {
      const menu = wrapper.findAll('button').find((one) => one.text() === resultWords.more)
      await menu?.trigger('keydown', { key: 'Enter' })
      await expect.poll(() => document.querySelector('[role="menu"]')).not.toBeNull()
      return [...document.querySelectorAll<HTMLElement>('[role="menuitem"]')]
    }
    await show()
    const words = (await entries()).map((one) => one.textContent?.trim())
    expect(words).toContain(resultWords.reportSave)
    expect(words).not.toContain(resultWords.reportPrint)
    wrapper.unmount()

    await show(
      {},
      {
        'app.hello': () => hostOf({ canPrint: true }),
        'runs.reportPdf': () => ({ pdf: new TextEncoder().encode('%PDF-1.7') })
      }
    )
    const print = (await entries()).find(
      (one) => one.textContent?.trim() === resultWords.reportPrint
    )
    await clickOn(print)
    await expect.poll(() => app.inputs('runs.reportPdf')).toEqual([{ run: 't1' }])
    await expect
      .poll(() => useToasts().toasts.map(({ text }) => text))
      .toContain(resultWords.reportPrinted)
    expect(app.inputs('runs.report')).toEqual([])
  })

  it('makes it again with the same settings', async () => {
    await show()
    const menu = wrapper.findAll('button').find((one) => one.text() === resultWords.more)
    await menu?.trigger('keydown', { key: 'Enter' })
    await expect.poll(() => document.querySelector('[role="menu"]')).not.toBeNull()
    const again = [...document.querySelectorAll('[role="menuitem"]')].find(
      (one) => one.textContent?.trim() === words.again
    )
    await clickOn(again)
    // The page of the wizard is loaded when it is first opened.
    await expect
      .poll(() => useTinyDraft().draft?.method)
      .toEqual({ id: 'matching', params: { passes: 20 } })
    await expect.poll(() => app.router.currentRoute.value.name).toBe('tiny')
  })
})

describe('among other runs', () => {
  it('the address of a result shows the page of its kind', async () => {
    app = await startApp(
      resultAnswers(tinyResultOf(), { 'runs.get': () => tinyRunOf({ hasResult: true }) })
    )
    wrapper = app.show(AnyResult, { run: 't1' })
    await vi.waitFor(() => expect(wrapper.text()).toContain(words.warning))
    expect(app.inputs('runs.result')).toEqual([])
  })

  it('the list names the kind, and offers to compare it with others', async () => {
    app = await startApp(
      resultAnswers(tinyResultOf(), {
        'runs.list': () => ({
          runs: ['t1', 't2'].map((id) =>
            tinyRunOf({ hasResult: true, job: jobOf({ id, kind: 'distil', state: 'finished' }) })
          )
        })
      })
    )
    wrapper = app.show(RunsView)
    await flushPromises()
    expect(wrapper.find('table.runs').text()).toContain(runsWords.kinds.distil)
    expect(wrapper.findAll('table.runs input[type="checkbox"]')).toHaveLength(2)
    expect(wrapper.get('a.link').attributes('href')).toBe('/runs/t1/result')
  })
})
