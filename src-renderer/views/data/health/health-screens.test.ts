// The health tab, the strip on Home and the chip of the list: what they show in each state, and what
// their buttons do.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noFilter } from '@api/dto/browse.ts'
import type { DatasetSummary } from '@api/dto/datasets.ts'
import type { HealthReport } from '@api/dto/health.ts'
import type { Job } from '@api/dto/jobs.ts'
import { AppError } from '@api/errors.ts'
import { giveSize } from '../../../components/layout.test-support.ts'
import { useHealth } from '../../../stores/health.ts'
import {
  datasetOf,
  deferred,
  jobOf,
  type Answers
} from '../../../stores/run-fixtures.test-support.ts'
import { useSettings } from '../../../stores/settings.ts'
import { useToasts } from '../../../stores/toasts.ts'
import { common } from '../../../text/common.ts'
import { health as words, strip } from '../../../text/health.ts'
import { run as runWords } from '../../../text/runs.ts'
import { clickOn, projectOf, startApp, type TestApp } from '../../view.test-support.ts'
import DatasetHealth from '../DatasetHealth.vue'
import HealthChip from './HealthChip.vue'
import HealthStrip from './HealthStrip.vue'
import { findingOf, reportOf } from './health-fixtures.test-support.ts'

// The page of a test has no canvas: a chart that cannot be drawn shows its figures as a table.
vi.mock('../../../charts/echarts-setup.ts', () => ({
  drawInto: () => {
    throw new Error('no canvas')
  }
}))

let app: TestApp
let wrapper: VueWrapper
beforeEach(() => giveSize(1000, 700))
afterEach(() => {
  wrapper.unmount()
  vi.restoreAllMocks()
})

const buttonOf = (text: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find(
    (button) => button.textContent?.trim() === text || button.getAttribute('aria-label') === text
  )
const press = (text: string): Promise<void> => clickOn(buttonOf(text))
async function undoLast(): Promise<void> {
  const toasts = useToasts()
  await toasts.act(toasts.toasts.at(-1)?.id ?? 0)
  await flushPromises()
}
async function start(
  report: HealthReport | (() => HealthReport | Promise<HealthReport>),
  options: { jobs?: Job[]; answers?: Answers; isReadOnly?: boolean; summary?: DatasetSummary } = {}
): Promise<void> {
  const summary = options.summary ?? datasetOf()
  app = await startApp(
    {
      'datasets.list': () => ({ datasets: [summary] }),
      'datasets.get': () => summary,
      'datasets.thumbnails': () => ({ thumbnails: [] }),
      'jobs.list': () => ({ jobs: options.jobs ?? [] }),
      'health.report': () => (typeof report === 'function' ? report() : report),
      'health.start': () => ({ job: 'h1' }),
      'health.dismiss': () => ({}),
      'edits.list': () => ({ steps: [] }),
      ...options.answers
    },
    projectOf({ isReadOnly: options.isReadOnly ?? false })
  )
  app.router.addRoute({
    path: '/data/:dataset/health/:finding',
    name: 'finding',
    component: { template: '<i />' }
  })
}
const shown: unknown[] = []
async function showTab(
  report: Parameters<typeof start>[0],
  options: Parameters<typeof start>[1] = {}
): Promise<void> {
  await start(report, options)
  shown.length = 0
  const summary = options.summary ?? datasetOf()
  wrapper = app.show(DatasetHealth, { summary, onShow: (filter: unknown) => shown.push(filter) })
  await flushPromises()
}
const healthJob = (part: Partial<Job> = {}): Job =>
  jobOf({ id: 'h1', kind: 'health', title: 'Check of Shoes', run: null, ...part })
const step = {
  number: 4,
  at: 1,
  kind: 'aside',
  sentence: 'Set 4 items aside: near-duplicates',
  changed: 4,
  isUndone: false
} as const

describe('the health tab, before and during a check', () => {
  it('says what will be looked for and starts the check', async () => {
    await showTab(reportOf({ checkedAt: null, findings: [] }))
    for (const line of words.lookedFor.images) expect(wrapper.text()).toContain(line)
    expect(wrapper.text()).toContain(words.noTime)
    await press(words.check)
    expect(app.inputs('health.start')).toEqual([{ dataset: 'd1' }])
  })

  it('judges the time by earlier checks of this kind of data, not by others', async () => {
    const jobs = [
      healthJob({ id: 'a', dataset: 'd1', state: 'cancelled', activeSeconds: 9000 }),
      healthJob({ id: 'b', dataset: 'd1', state: 'finished', activeSeconds: 240 })
    ]
    await showTab(reportOf({ checkedAt: null, findings: [] }), { jobs })
    expect(wrapper.text()).toContain(words.aboutTime('about 4 min'))
  })

  it('shows phases live, keeps earlier findings in sight, and cancels only when asked twice', async () => {
    await showTab(reportOf(), {
      jobs: [healthJob()],
      answers: { 'jobs.cancel': () => healthJob({ state: 'cancelled' }) }
    })
    expect(wrapper.text()).toContain('Comparing pictures')
    expect(wrapper.text()).toContain('8,200 of 12,400 items')
    expect(wrapper.text()).toContain(words.earlierStay)
    expect(wrapper.text()).toContain('Near-duplicates')
    const phase = healthJob().phase
    if (phase === null) throw new Error('the example job has a phase')
    app.client.emit({
      kind: 'job',
      job: healthJob({ fraction01: 0.5, phase: { ...phase, done: 9000 } })
    })
    await flushPromises()
    expect(wrapper.text()).toContain('9,000 of 12,400 items')
    await press(words.cancel)
    expect(app.inputs('jobs.cancel')).toEqual([])
    await press(runWords.cancelKeep)
    expect(app.inputs('jobs.cancel')).toEqual([{ id: 'h1', keep: true }])
  })

  it('shows what was found when the check ends', async () => {
    let report = reportOf({ checkedAt: null, findings: [] })
    await showTab(() => report, { jobs: [healthJob()] })
    expect(wrapper.text()).not.toContain('Near-duplicates')
    report = reportOf()
    app.client.emit({ kind: 'job', job: healthJob({ state: 'finished', fraction01: 1 }) })
    await flushPromises()
    expect(wrapper.text()).toContain('Near-duplicates')
    expect(wrapper.find('[role="progressbar"]').exists()).toBe(false)
  })

  it('offers to go on after a stop, and not once a later check came to its end', async () => {
    const interrupted = healthJob({ state: 'interrupted', createdAt: 5 })
    await showTab(reportOf({ checkedAt: null, findings: [] }), {
      jobs: [interrupted],
      answers: { 'jobs.resume': () => healthJob() }
    })
    expect(wrapper.text()).toContain(words.stoppedTitle)
    await press(words.continue)
    expect(app.inputs('jobs.resume')).toEqual([{ id: 'h1' }])
    wrapper.unmount()
    const later = healthJob({ id: 'h2', state: 'finished', createdAt: 9 })
    await showTab(reportOf(), { jobs: [interrupted, later] })
    expect(wrapper.text()).not.toContain(words.stoppedTitle)
  })
})

describe('the health tab, with findings', () => {
  it('orders cards and says severity in words', async () => {
    await showTab(
      reportOf({
        findings: [
          findingOf({ id: 'a', severity: 'low', title: 'Odd ones out', kind: 'outliers' }),
          findingOf({ id: 'b', severity: 'high', title: 'Wrong labels', kind: 'wrong-labels' })
        ]
      })
    )
    const cards = wrapper.findAll('article')
    expect(cards.map((card) => card.get('h3').text())).toEqual(['Wrong labels', 'Odd ones out'])
    expect(cards[0]?.text()).toContain(words.severities.high)
    expect(cards[1]?.text()).toContain(words.severities.low)
    expect(wrapper.text()).toContain(words.openFindings(2))
  })

  it('does the recommended action and takes it back', async () => {
    await showTab(reportOf(), {
      answers: {
        'health.act': () => ({ changed: 4, step }),
        'edits.list': () => ({ steps: [{ ...step, number: 2 }, step] }),
        'edits.stepTo': () => ({ changed: 4, steps: [] })
      }
    })
    await press('Keep the best of each, set 4 aside')
    expect(app.inputs('health.act')).toEqual([
      { dataset: 'd1', finding: 'near', action: 'keep-first', rows: null }
    ])
    await undoLast()
    expect(app.inputs('edits.stepTo')).toEqual([{ dataset: 'd1', number: 2 }])
  })

  it('asks first when more items change than the settings say', async () => {
    const finding = findingOf({ count: 1205, found: 1205, groups: 200 })
    await showTab(reportOf({ findings: [finding] }), {
      answers: { 'health.act': () => ({ changed: 1005, step }) }
    })
    useSettings().settings = { ...useSettings().settings, confirmSetAsideOver: 1000 }
    await press('Keep the best of each, set 4 aside')
    expect(app.inputs('health.act')).toEqual([])
    const dialog = document.querySelector('[role="dialog"]')
    expect(dialog?.textContent).toContain(words.confirmTitle('1,005 items'))
    const buttons = [...(dialog?.querySelectorAll('button') ?? [])]
    await clickOn(buttons.find((button) => button.textContent?.trim() === common.cancel))
    expect(app.inputs('health.act')).toEqual([])
    await press('Keep the best of each, set 4 aside')
    await clickOn([...document.querySelectorAll('[role="dialog"] button')].at(-1))
    expect(app.inputs('health.act')).toHaveLength(1)
  })

  it('says why an action failed and that nothing had to change', async () => {
    let isBroken = true
    await showTab(reportOf(), {
      answers: {
        'health.act': () => {
          if (isBroken) throw new AppError('disk-full')
          return { changed: 0, step: null }
        }
      }
    })
    await press('Keep the best of each, set 4 aside')
    expect(useToasts().toasts.at(-1)?.severity).toBe('error')
    isBroken = false
    await press('Keep the best of each, set 4 aside')
    expect(useToasts().toasts.at(-1)?.text).toBe(words.didNothing)
  })

  it('folds dismissed findings at the end and brings them back', async () => {
    let isDismissed = false
    await showTab(() => reportOf({ findings: [findingOf({ isDismissed })] }), {
      answers: {
        'health.dismiss': (input) => {
          isDismissed = input.dismissed
          return {}
        }
      }
    })
    await press(words.dismiss)
    expect(wrapper.find('details article').exists()).toBe(true)
    expect(wrapper.text()).toContain(words.dismissedPart(1))
    await undoLast()
    expect(isDismissed).toBe(false)
    expect(wrapper.find('details article').exists()).toBe(false)
    await press(words.dismiss)
    await press(words.bringBack)
    expect(app.inputs('health.dismiss')).toEqual(
      [true, false, true, false].map((dismissed) => ({ dataset: 'd1', finding: 'near', dismissed }))
    )
  })

  it('folds checks that found nothing and names those that could not run', async () => {
    await showTab(
      reportOf({
        findings: [
          findingOf({ id: 'a', severity: 'fine', count: 0, found: 0, title: 'Blurry pictures' }),
          findingOf({ id: 'b', severity: 'fine', count: 0, found: 0, title: 'Tiny pictures' })
        ],
        notRun: [{ title: 'Likely wrong labels', reason: 'There are no labels.' }]
      })
    )
    expect(wrapper.text()).toContain(words.finePart(2))
    expect(wrapper.text()).toContain(words.allFineTitle)
    expect(wrapper.text()).toContain('There are no labels.')
    expect(wrapper.findAll('article')).toHaveLength(0)
  })

  it('tells that the data changed, and checks again', async () => {
    await showTab(reportOf({ isStale: true }))
    expect(wrapper.text()).toContain(words.staleTitle)
    await press(words.checkAgain)
    expect(app.inputs('health.start')).toHaveLength(1)
  })

  it('leads to the items and to the review', async () => {
    await showTab(reportOf())
    await press(words.reviewOf('Near-duplicates'))
    expect(app.router.currentRoute.value.fullPath).toBe('/data/d1/health/near')
    buttonOf(words.more('Near-duplicates'))?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })
    )
    await expect.poll(() => document.querySelector('[role="menu"]')).not.toBeNull()
    const entry = [...document.querySelectorAll('[role="menuitem"]')].find((item) =>
      item.textContent?.includes(words.showInList)
    )
    await clickOn(entry)
    expect(shown).toEqual([{ ...noFilter, finding: 'near' }])
  })

  it('shows the labels as a chart that is a table as well', async () => {
    const classes = [
      { name: 'boot', train: 60, test: 20, none: 0 },
      { name: 'shoe', train: 10, test: 10, none: 0 }
    ]
    await showTab(reportOf({ classes }))
    expect(wrapper.text()).toContain(words.balanceUneven('boot', 'shoe', '4'))
    expect(wrapper.get('figure table').text()).toContain('boot')
  })

  it('changes nothing in a project that is open for reading only', async () => {
    await showTab(reportOf({ checkedAt: null, findings: [] }), { isReadOnly: true })
    expect(wrapper.text()).toContain(words.readOnly)
    expect(buttonOf(words.check)?.disabled).toBe(true)
    wrapper.unmount()
    await showTab(reportOf(), { isReadOnly: true })
    for (const text of ['Keep the best of each, set 4 aside', words.dismiss, words.checkAgain])
      expect(buttonOf(text)?.disabled).toBe(true)
    expect(buttonOf(words.reviewOf('Near-duplicates'))?.disabled).toBe(false)
  })

  it('says why it could not be loaded and tries again', async () => {
    let isBroken = true
    await showTab(() => {
      if (isBroken) throw new AppError('internal')
      return reportOf()
    })
    expect(wrapper.text()).toContain(words.failedTitle)
    isBroken = false
    await press(common.tryAgain)
    expect(wrapper.text()).toContain('Near-duplicates')
  })
})

describe('the store', () => {
  it('reads a report that is shown once more for changes that came while it was read', async () => {
    const slow = deferred<HealthReport>()
    let reads = 0
    await showTab(() => {
      reads += 1
      return reads === 1 ? slow.promise : reportOf()
    })
    for (let event = 0; event < 5; event++) app.client.emit({ kind: 'dataset', id: 'd1' })
    slow.resolve(reportOf({ findings: [] }))
    await flushPromises()
    expect(reads).toBe(2)
    expect(wrapper.text()).toContain('Near-duplicates')
    wrapper.unmount()
    app.client.emit({ kind: 'dataset', id: 'd1' })
    await flushPromises()
    expect(reads).toBe(2)
    // What nobody shows is read when it is shown, not before.
    expect(useHealth().report('d1')).toBeUndefined()
  })
})

describe('the strip on Home', () => {
  async function showStrip(
    report: Parameters<typeof start>[0],
    options: Parameters<typeof start>[1] = {}
  ): Promise<void> {
    await start(report, options)
    wrapper = app.show(HealthStrip, { summary: datasetOf(), most: 2 })
    await flushPromises()
  }
  it('names what was found and opens it', async () => {
    await showStrip(
      reportOf({
        findings: [
          findingOf({ count: 312 }),
          findingOf({ id: 'w', kind: 'wrong-labels', severity: 'high', count: 41 }),
          findingOf({ id: 'o', kind: 'outliers', severity: 'low' }),
          findingOf({ id: 'c', kind: 'class-balance', severity: 'fine', found: 0, count: 0 })
        ]
      })
    )
    const chips = wrapper.findAll('button')
    expect(chips.map((chip) => chip.text())).toEqual([
      `${words.severities.high} 41 likely wrong labels`,
      `${words.severities.medium} 312 near-duplicates`,
      strip.more('1')
    ])
    expect(wrapper.text()).toContain(strip.balanced)
    await clickOn(chips[0]?.element)
    expect(app.router.currentRoute.value.fullPath).toBe('/data/d1/health/w')
    await clickOn(chips[2]?.element)
    expect(app.router.currentRoute.value.fullPath).toBe('/data/d1?tab=health')
  })

  it('offers the first check, and shows how far it is', async () => {
    await showStrip(reportOf({ checkedAt: null, findings: [] }))
    expect(wrapper.text()).toContain(strip.notChecked)
    await press(strip.checkName('Shoes'))
    app.client.emit({ kind: 'job', job: healthJob({ fraction01: 0.43 }) })
    await flushPromises()
    expect(wrapper.text()).toContain(strip.checking('43 %'))
    expect(buttonOf(strip.checkName('Shoes'))).toBeUndefined()
  })

  it('is quiet when all is well, and says when it does not know', async () => {
    await showStrip(reportOf({ findings: [] }))
    expect(wrapper.text()).toBe(strip.fine)
    wrapper.unmount()
    await showStrip(reportOf({ findings: [findingOf({ count: 0 })] }))
    expect(wrapper.text()).toBe(strip.settled)
    wrapper.unmount()
    await showStrip(() => {
      throw new AppError('internal')
    })
    expect(wrapper.text()).toContain(strip.failed)
  })
})

describe('the chip in the list', () => {
  it('counts what there is to look at and names the worst', async () => {
    await start(
      reportOf({
        findings: [findingOf(), findingOf({ id: 'b', severity: 'high', kind: 'secrets' })]
      })
    )
    wrapper = app.show(HealthChip, { summary: datasetOf() })
    await flushPromises()
    expect(wrapper.text()).toContain(strip.toLook(2))
    expect(wrapper.text()).toContain(words.severities.high)
  })
})
