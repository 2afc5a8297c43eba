// Filters of attempts: the chips they make, and what a tick in the panel asks the app for.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noTraceFilter, type TraceFilter, type TraceListRequest } from '@api/dto/trace-sets.ts'
import { giveSize } from '../../components/layout.test-support.ts'
import { traceSet as words, traces } from '../../text/traces.ts'
import { clickOn, type TestApp } from '../view.test-support.ts'
import TraceSetView from './TraceSetView.vue'
import { setOf, startTraceApp, traceRowOf } from './traces.test-support.ts'
import { chipsOf, isOpen, withValues } from './trace-filter-parts.ts'

describe('chips', () => {
  const names = new Map([['repeat', 'Same action again']])
  it('say each part in words and know the filter without it', () => {
    const filter: TraceFilter = {
      ...noTraceFilter,
      text: ' refund ',
      outcomes: ['fail', 'partial'],
      detectors: ['repeat'],
      mixedOnly: true,
      minSteps: 5,
      maxSteps: 20
    }
    const chips = chipsOf(filter, names)
    expect(chips.map(({ text }) => text)).toEqual([
      'Words: refund',
      'Outcome: Failed or Partly',
      'Noticed: Same action again',
      words.mixedOnly,
      'Length in steps: 5 to 20'
    ])
    const left = chips.map((chip) => onlyChanged(filter, chip.without))
    expect(Object.assign({}, filter, ...left)).toEqual(noTraceFilter)
  })

  it('are none for a filter that lets everything through', () => {
    expect(chipsOf(noTraceFilter, names)).toEqual([])
    expect(isOpen({ ...noTraceFilter, text: '  ' })).toBe(true)
    expect(isOpen({ ...noTraceFilter, flagged: true })).toBe(false)
  })

  it('name a few of many values', () => {
    const filter = { ...noTraceFilter, tools: ['a', 'b', 'c', 'd', 'e'] }
    expect(chipsOf(filter, names)[0]?.text).toBe('Tool: a or b or c or 2 more')
  })

  it('let no unknown outcome or state into a filter', () => {
    expect(withValues(noTraceFilter, 'outcomes', ['fail', 'huh']).outcomes).toEqual(['fail'])
    expect(withValues(noTraceFilter, 'states', ['done', 'huh']).states).toEqual(['done'])
  })
})
/** The fields in which `after` differs. */
function onlyChanged<T extends object>(before: T, after: T): Partial<T> {
  const keys = Object.keys(after) as (keyof T)[] // keys of an object of this type
  return Object.fromEntries(
    keys.filter((key) => before[key] !== after[key]).map((key) => [key, after[key]])
  ) as Partial<T> // built from its own entries
}

describe('the page of a set', () => {
  let app: TestApp
  let wrapper: VueWrapper
  const asked = (): TraceListRequest[] => app.inputs('traces.list') as TraceListRequest[] // its inputs
  const tick = (label: string): Promise<void> => {
    const line = [...document.querySelectorAll('label')].find((one) =>
      one.textContent?.startsWith(label)
    )
    return clickOn(line?.querySelector('input'))
  }
  beforeEach(async () => {
    giveSize(1000, 600)
    app = await startTraceApp({
      'traces.list': ({ filter, first = 0, limit = 100 }) => {
        const total = filter.outcomes?.includes('pass') === true ? 84 : 10_000
        const rows = Array.from({ length: Math.min(limit, total - first) }, (_, at) =>
          traceRowOf(first + at + 1)
        )
        return { total, rows }
      },
      'traces.board': () => ({
        total: 1,
        tasks: [
          {
            task: 'task 1',
            goal: 'Cancel.',
            attempts: [
              { trace: 3, trial: 0, outcome: 'pass', state: 'done' },
              { trace: 4, trial: 1, outcome: 'fail', state: 'none' }
            ]
          }
        ]
      })
    })
    await app.router.push('/traces/s1')
    wrapper = app.show(TraceSetView, { set: 's1' })
    await flushPromises()
  })
  afterEach(() => {
    wrapper.unmount()
    vi.restoreAllMocks()
  })

  it('reads one page of a long list, and the page that is scrolled to', async () => {
    expect(asked().map(({ first, limit }) => [first, limit])).toEqual([[0, 100]])
    expect(wrapper.find('[role="grid"]').attributes('aria-rowcount')).toBe('10001')
    const scroller = wrapper.find('[role="rowgroup"]')
    scroller.element.scrollTop = 44 * 5000
    await scroller.trigger('scroll')
    await vi.waitFor(() => expect(asked().at(-1)?.first).toBe(5000))
  })

  it('asks for what is ticked, from the beginning, and takes it back', async () => {
    await tick(traces.outcomes.pass)
    expect(asked().at(-1)).toMatchObject({ first: 0, filter: { outcomes: ['pass'] } })
    expect(wrapper.text()).toContain(words.count('84', '200 attempts'))
    await tick('Same action again')
    expect(asked().at(-1)?.filter).toMatchObject({ outcomes: ['pass'], detectors: ['repeat'] })
    await wrapper.find('[data-chip]').trigger('keydown', { key: 'Delete' })
    await flushPromises()
    expect(asked().at(-1)?.filter).toMatchObject({ outcomes: [], detectors: ['repeat'] })
  })

  it('says on how many failures and passes a finding fires', () => {
    expect(wrapper.text()).toContain(words.fires('14 failures', '2 passes'))
  })

  it('sorts by a heading, largest first, and the other way with a second press', async () => {
    const heading = wrapper
      .findAll('[role="columnheader"] button')
      .find((button) => button.text() === words.columns.steps)
    await clickOn(heading?.element)
    expect(asked().at(-1)).toMatchObject({ sort: 'steps', isDescending: true })
    await clickOn(heading?.element)
    expect(asked().at(-1)).toMatchObject({ sort: 'steps', isDescending: false })
  })

  it('opens an attempt with the keyboard', async () => {
    const rows = wrapper.find('[data-index="0"]')
    await rows.trigger('keydown', { key: 'ArrowDown' })
    await wrapper.find('[role="grid"]').trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(app.router.currentRoute.value.fullPath).toBe('/traces/s1/attempt/2')
  })

  it('draws tasks with their attempts, walked with arrows', async () => {
    const tab = wrapper
      .findAll('[role="tab"]')
      .find((one) => one.text().startsWith(words.tabs.tasks))
    await tab?.trigger('mousedown', { button: 0 })
    await flushPromises()
    const cells = wrapper.findAll<HTMLButtonElement>('[data-cell]')
    expect(cells.map((cell) => cell.attributes('aria-label'))).toEqual([
      words.boardCell('task 1', '1', traces.outcomes.pass, words.states.done),
      words.boardCell('task 1', '2', traces.outcomes.fail, words.states.none)
    ])
    cells[0]?.element.focus()
    await cells[0]?.trigger('keydown', { key: 'ArrowRight' })
    await flushPromises()
    expect(document.activeElement).toBe(cells[1]?.element)
    await clickOn(cells[1]?.element)
    expect(app.router.currentRoute.value.fullPath).toBe('/traces/s1/attempt/4')
  })

  it('says that a set is gone', async () => {
    wrapper.unmount()
    app = await startTraceApp({ 'traces.sets': () => ({ sets: [setOf({ set: 'other' })] }) })
    wrapper = app.show(TraceSetView, { set: 's1' })
    await flushPromises()
    expect(wrapper.text()).toContain(words.notFound)
  })
})
