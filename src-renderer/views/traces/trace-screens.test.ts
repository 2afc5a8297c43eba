// The list of sets and queues, what tools do, how good suggestions are, and the report of a queue.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { SuggestionScore } from '@api/dto/trace-sets.ts'
import { AppError } from '@api/errors.ts'
import { jobOf, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { useTraceSets } from '../../stores/trace-sets.ts'
import { common } from '../../text/common.ts'
import { queueReport } from '../../text/trace-plans.ts'
import { traces as words, traceSet } from '../../text/traces.ts'
import { clickOn, projectOf, type TestApp } from '../view.test-support.ts'
import QueueReportView from './QueueReportView.vue'
import SuggestionRates from './SuggestionRates.vue'
import ToolRules from './ToolRules.vue'
import TracesView from './TracesView.vue'
import { freeName } from './free-name.ts'
import { changeOf, countChanges } from './rule-edits.ts'
import {
  queueOf,
  queuePlanOf,
  queueReportOf,
  setOf,
  startTraceApp,
  traceRulesOf
} from './traces.test-support.ts'

let app: TestApp
let wrapper: VueWrapper | undefined
afterEach(() => wrapper?.unmount())
const page = (): string => document.body.textContent ?? ''
const buttonOf = (text: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find((button) =>
    [button.textContent?.trim(), button.getAttribute('aria-label')].includes(text)
  )

describe('the list of sets', () => {
  async function show(answers: Answers = {}): Promise<void> {
    app = await startTraceApp(answers)
    wrapper = app.show(TracesView)
    await flushPromises()
  }

  it('without traces says what can be opened and offers the sample', async () => {
    await show({
      'traces.sets': () => ({ sets: [] }),
      'projects.openSample': () => projectOf({ isSample: true })
    })
    expect(page()).toContain(words.emptyTitle)
    for (const kind of words.openKinds) expect(page()).toContain(kind.title)
    await clickOn(buttonOf(words.sample))
    expect(app.inputs('projects.openSample')).toHaveLength(1)
  })

  it('shows counts and outcomes, and goes on with what is left to review', async () => {
    const plan = queuePlanOf({ name: 'First look' })
    const done = queueOf(queuePlanOf({ name: 'Old one' }), { queue: 'q0', done: 200, createdAt: 9 })
    await show({
      'reviews.queues': () => ({ queues: [done, queueOf(plan, { done: 37, skipped: 2 })] })
    })
    expect(page()).toContain('200 attempts at 50 tasks, 2,400 steps')
    expect(document.querySelector('[role="img"]')?.getAttribute('aria-label')).toBe(
      words.outcomesLabel('Passed 84, Failed 116')
    )
    const names = wrapper?.findAll('.queue h3').map((heading) => heading.text())
    expect(names).toEqual(['First look', 'Old one'])
    expect(page()).toContain(words.queueProgress('37', '200'))
    await clickOn(buttonOf(words.continueQueue('First look')))
    expect(app.router.currentRoute.value.fullPath).toBe('/review/q1')
  })

  it('removes a queue only after it was asked', async () => {
    await show({
      'reviews.queues': () => ({ queues: [queueOf(queuePlanOf())] }),
      'reviews.removeQueue': () => ({})
    })
    const menu = buttonOf(words.moreOf('Review of Airline'))
    menu?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await flushPromises()
    const entry = [...document.querySelectorAll('[role="menuitem"]')].find((item) =>
      item.textContent?.includes(words.removeQueue)
    )
    await clickOn(entry)
    expect(app.inputs('reviews.removeQueue')).toEqual([])
    await clickOn(buttonOf(common.remove))
    expect(app.inputs('reviews.removeQueue')).toEqual([{ queue: 'q1' }])
    expect(page()).not.toContain(words.queueProgress('0', '200'))
  })

  it('says why it could not be read, and reads again', async () => {
    let isBroken = true
    await show({
      'traces.sets': () => {
        if (isBroken) throw new AppError('internal', 'The file is locked.')
        return { sets: [setOf()] }
      }
    })
    expect(page()).toContain('The file is locked.')
    isBroken = false
    await clickOn(buttonOf(common.tryAgain))
    expect(page()).toContain('Airline')
  })

  it('reads again when a set has been added', async () => {
    let sets = [setOf()]
    await show({
      'traces.sets': () => ({ sets }),
      'jobs.list': () => ({ jobs: [jobOf({ kind: 'import', state: 'running' })] })
    })
    sets = [setOf(), setOf({ set: 's2', name: 'Retail' })]
    app.client.emit({ kind: 'job', job: jobOf({ kind: 'import', state: 'finished' }) })
    await flushPromises()
    expect(useTraceSets().sets).toHaveLength(2)
    expect(page()).toContain('Retail')
  })
})

describe('names', () => {
  it('are the first that is free, and never too long', () => {
    expect(freeName('Airline', [])).toBe('Airline')
    expect(freeName('Airline', ['Airline', 'Airline 2'])).toBe('Airline 3')
    const long = 'x'.repeat(90)
    expect(freeName(long, ['x'.repeat(80)])).toBe(`${'x'.repeat(78)} 2`)
  })
})

describe('what tools do', () => {
  const rules = traceRulesOf()
  it('counts and sends only what differs', () => {
    const edits = { effects: { ask_manager: null }, volatile: [], isOrderFree: false }
    expect(countChanges(rules, edits)).toBe(1)
    expect(changeOf('s1', rules, edits)).toEqual({ set: 's1', effects: { ask_manager: null } })
    const more = { effects: {}, volatile: ['price'], isOrderFree: true }
    expect(countChanges(rules, more)).toBe(2)
    expect(changeOf('s1', rules, more)).toEqual({
      set: 's1',
      effects: {},
      volatile: ['price'],
      isOrderFree: true
    })
  })

  it('is changed by hand and applied together', async () => {
    app = await startTraceApp({
      'traces.rules': () => rules,
      'traces.setRules': () => ({ job: 'j1' }),
      'jobs.list': () => ({ jobs: [jobOf({ id: 'j1', kind: 'import', state: 'running' })] })
    })
    wrapper = app.show(ToolRules, { summary: setOf() })
    await flushPromises()
    expect(page()).toContain(traceSet.tools.guess)
    expect(buttonOf(traceSet.tools.apply)?.disabled).toBe(true)
    const select = document.querySelector<HTMLSelectElement>(
      `select[aria-label="${traceSet.tools.effectOf('cancel_flight')}"]`
    )
    if (select === null) throw new Error('no field')
    select.value = '0'
    select.dispatchEvent(new Event('change'))
    await flushPromises()
    const price = [...document.querySelectorAll('label')].find((line) =>
      line.textContent?.startsWith('price')
    )
    await clickOn(price?.querySelector('input'))
    expect(page()).toContain(traceSet.tools.changes('2 changes'))
    await clickOn(buttonOf(traceSet.tools.apply))
    expect(app.inputs('traces.setRules')).toEqual([
      { set: 's1', effects: { cancel_flight: 'read' }, volatile: ['price'] }
    ])
    expect(document.querySelector('[role="progressbar"]')).not.toBeNull()
  })
})

describe('how good suggestions are', () => {
  const score: SuggestionScore = {
    marks: 25,
    rules: [
      { rule: 'suggestions', name: 'Suggestions', spoke: 25, exact: 0.72, near: 0.88 },
      { rule: 'last-step', name: 'The last step', spoke: 25, exact: 0.2, near: 0.4 }
    ],
    tiers: [{ tier: 'writes', name: 'Changes', spoke: 20, exact: 0.8 }],
    detectors: [],
    gold: null
  }
  async function show(answer: SuggestionScore): Promise<void> {
    app = await startTraceApp({ 'traces.score': () => answer })
    wrapper = app.show(SuggestionRates, { summary: setOf() })
    await flushPromises()
  }

  it('stands beside plain rules, every share with its counts', async () => {
    await show(score)
    expect(page()).toContain(traceSet.score.share('72.0 %', '18', '25'))
    expect(page()).toContain(traceSet.score.share('20.0 %', '5', '25'))
    expect(page()).toContain(traceSet.score.few)
  })

  it('is not told without marks', async () => {
    await show({ ...score, marks: 0 })
    expect(page()).toContain(traceSet.score.noneText)
    expect(page()).not.toContain('72.0 %')
  })
})

describe('the report of a queue', () => {
  async function show(report: ReturnType<typeof queueReportOf>): Promise<void> {
    app = await startTraceApp({ 'reviews.report': () => report })
    wrapper = app.show(QueueReportView, { queue: 'q1' })
    await flushPromises()
  }

  it('of a finished queue says so, with rates from the random part and their intervals', async () => {
    await show(queueReportOf())
    expect(page()).toContain(queueReport.doneTitle)
    expect(page()).toContain(queueReport.ratesFrom('40'))
    expect(page()).toContain(queueReport.rateLine('40 %', '26 %', '55 %'))
    expect(buttonOf(queueReport.send)?.disabled).toBe(false)
  })

  it('of one under way leads back to reviewing, and tells no rate without random reviews', async () => {
    await show(
      queueReportOf({
        queue: queueOf(queuePlanOf(), { done: 3 }),
        reviews: 3,
        randomReviews: 0,
        rates: [],
        kept: 0
      })
    )
    expect(page()).toContain(queueReport.ratesNone)
    expect(buttonOf(queueReport.send)?.disabled).toBe(true)
    await clickOn(buttonOf(queueReport.goOn))
    expect(app.router.currentRoute.value.fullPath).toBe('/review/q1')
  })

  it('opens what was judged differently', async () => {
    await show(
      queueReportOf({
        disagreements: [
          {
            trace: 12,
            name: 'task 12',
            first: 'Ann',
            second: 'Ben',
            verdicts: ['pass', 'fail'],
            steps: [null, 4]
          }
        ]
      })
    )
    expect(page()).toContain(queueReport.versus('Pass', 'Fail'))
    expect(page()).toContain(queueReport.versus(queueReport.stepNone, queueReport.stepAt('5')))
    const row = [...document.querySelectorAll('tbody tr')].find((line) =>
      line.textContent?.includes('task 12')
    )
    await clickOn(row)
    expect(app.router.currentRoute.value.fullPath).toBe('/traces/s1/attempt/12')
  })
})
