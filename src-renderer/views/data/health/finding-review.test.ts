// Going through a finding by keyboard: groups, labels, galleries; what is saved, what is taken back,
// and where it goes on after leaving.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Finding, FindingItem, HealthReport } from '@api/dto/health.ts'
import { AppError } from '@api/errors.ts'
import { giveSize } from '../../../components/layout.test-support.ts'
import type { Answers } from '../../../stores/run-fixtures.test-support.ts'
import { useHealth } from '../../../stores/health.ts'
import { useSettings } from '../../../stores/settings.ts'
import { useToasts } from '../../../stores/toasts.ts'
import { common } from '../../../text/common.ts'
import { review as words } from '../../../text/health.ts'
import { clickOn, projectOf, startApp, type TestApp } from '../../view.test-support.ts'
import FindingView from './FindingView.vue'
import {
  findingOf,
  foundOf,
  groupsOf,
  healthBackend,
  itemOf,
  type HealthBackend
} from './health-fixtures.test-support.ts'

let app: TestApp
let wrapper: VueWrapper
let backend: HealthBackend
beforeEach(() => {
  localStorage.clear()
  giveSize(1000, 700)
})
afterEach(() => {
  wrapper.unmount()
  vi.restoreAllMocks()
})

async function show(
  finding: Finding,
  found: readonly FindingItem[],
  options: { report?: Partial<HealthReport>; answers?: Answers; isReadOnly?: boolean } = {}
): Promise<void> {
  backend = healthBackend(finding, found, options.report)
  await open(finding, options)
}
async function open(
  finding: Finding,
  options: { answers?: Answers; isReadOnly?: boolean } = {}
): Promise<void> {
  app = await startApp(
    { ...backend.answers, ...options.answers },
    projectOf({ isReadOnly: options.isReadOnly ?? false })
  )
  wrapper = app.show(FindingView, { dataset: 'd1', finding: finding.id })
  await flushPromises()
}
async function keys(...names: readonly (string | KeyboardEventInit)[]): Promise<void> {
  for (const name of names) {
    const init = typeof name === 'string' ? { key: name } : name
    const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init })
    ;(document.activeElement ?? document.body).dispatchEvent(event)
    await flushPromises()
  }
}
const heading = (): string => wrapper.get('h2').text()
const tally = (): string => wrapper.get('[role="status"]').text()
const buttonOf = (text: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find(
    (button) => button.textContent?.trim() === text || button.getAttribute('aria-label') === text
  )

describe('groups of duplicates', () => {
  const groups = findingOf({ groups: 3, count: 8, found: 8 })
  const items = groupsOf(2, 3, 3)
  const group = (number: number): string => words.group(String(number), '3')

  it('are gone through by keyboard alone', async () => {
    await show(groups, items)
    expect(heading()).toBe(group(1))
    await keys('Enter')
    expect(heading()).toBe(group(2))
    expect(backend.aside()).toEqual([1])
    await keys('3', 'Enter')
    expect(backend.aside()).toEqual([1, 2, 3])
    await keys(' ')
    expect(wrapper.text()).toContain(words.doneTitle)
    expect(backend.aside()).toEqual([1, 2, 3])
    expect(wrapper.text()).toContain(words.tally.aside('3 items'))
    expect(backend.steps().map((step) => step.number)).toEqual([1, 2])
  })

  it('keep the suggested copy, another one, or several', async () => {
    await show(groups, items)
    const pressed = (): boolean[] =>
      wrapper.findAll('.choose').map((tile) => tile.attributes('aria-pressed') === 'true')
    expect(pressed()).toEqual([true, false])
    expect(wrapper.findAll('.copy')[0]?.text()).toContain(words.suggested)
    await keys('ArrowRight')
    await clickOn(wrapper.findAll('.choose')[1]?.element)
    expect(pressed()).toEqual([false, true, false])
    await keys({ key: '#', code: 'Digit3', shiftKey: true })
    expect(pressed()).toEqual([false, true, true])
    await keys('Enter')
    expect(backend.aside()).toEqual([2])
  })

  it('always keep one', async () => {
    await show(groups, items)
    await keys({ key: '!', code: 'Digit1', shiftKey: true })
    expect(wrapper.findAll('.choose')[0]?.attributes('aria-pressed')).toBe('true')
    await keys('7')
    expect(wrapper.findAll('.choose')[0]?.attributes('aria-pressed')).toBe('true')
  })

  it('are taken back one by one, back at the group', async () => {
    await show(groups, items)
    await keys('Enter', 'Enter')
    expect(backend.aside()).toEqual([1, 3, 4])
    expect(tally()).toContain(words.tally.seen('2', '3'))
    await keys('Backspace')
    expect(heading()).toBe(group(2))
    expect(backend.aside()).toEqual([1])
    await keys({ key: 'z', ctrlKey: true })
    expect(heading()).toBe(group(1))
    expect(backend.aside()).toEqual([])
    expect(tally()).toContain(words.tally.seen('0', '3'))
    await keys('Backspace')
    expect(backend.aside()).toEqual([])
  })

  it('can be decided differently later: the new keeper comes back', async () => {
    await show(groups, items)
    await keys('Enter', 'ArrowLeft')
    expect(heading()).toBe(group(1))
    await keys('2', 'Enter')
    expect(backend.aside()).toEqual([0])
    await keys('Backspace')
    expect(backend.aside()).toEqual([1])
  })

  it('go on where they were left', async () => {
    await show(groups, items)
    await keys('Enter', ' ')
    expect(heading()).toBe(group(3))
    wrapper.unmount()
    await open(groups)
    expect(heading()).toBe(group(3))
    expect(tally()).toContain(words.tally.seen('2', '3'))
    await keys('ArrowLeft')
    expect(heading()).toBe(group(2))
    expect(wrapper.text()).toContain(words.verdicts.kept)
    await keys('ArrowRight', 'Enter')
    expect(wrapper.text()).toContain(words.doneTitle)
  })

  it('skip groups that were settled elsewhere', async () => {
    const settled = items.map((found) =>
      found.group === 1 && !found.isBest
        ? { ...found, item: { ...found.item, isAside: true } }
        : found
    )
    await show(groups, settled)
    await keys('Enter')
    expect(heading()).toBe(group(3))
  })

  it('begin at the first one that is not settled', async () => {
    const settled = items.map((found) =>
      found.group === 0 && !found.isBest
        ? { ...found, item: { ...found.item, isAside: true } }
        : found
    )
    await show(groups, settled)
    expect(heading()).toBe(group(2))
    await keys('ArrowLeft')
    expect(heading()).toBe(group(1))
    expect(wrapper.text()).toContain(words.verdicts.best)
  })

  it('of copies in train and test are settled when they are on one side', async () => {
    const sides = groupsOf(2, 2).map((found) => ({
      ...found,
      item: { ...found.item, split: found.group === 0 || found.isBest ? 'test' : 'train' } as const
    }))
    await show(findingOf({ kind: 'split-leakage', groups: 1 }), sides)
    expect(heading()).toBe(words.group('2', '2'))
  })

  it('lead back when a decision could not be saved', async () => {
    await show(groups, items)
    backend.failNext()
    await keys('Enter')
    expect(backend.aside()).toEqual([])
    expect(useToasts().toasts.at(-1)?.severity).toBe('error')
    expect(tally()).toContain(words.tally.seen('0', '3'))
    await keys('ArrowLeft')
    expect(wrapper.findAll('.aside')).toHaveLength(0)
  })

  it('are settled all at once, and that is taken back like one decision', async () => {
    await show(groups, items)
    await keys('2', 'Enter')
    expect(backend.aside()).toEqual([0])
    await clickOn(buttonOf('Keep the best of each, set 4 aside'))
    expect(backend.aside()).toEqual([0, 1, 3, 4, 6, 7])
    await keys('Backspace')
    expect(backend.aside()).toEqual([0])
    await keys('Backspace')
    expect(backend.aside()).toEqual([])
  })

  it('are settled all at once, and the message takes it back as well', async () => {
    await show(groups, items)
    await clickOn(buttonOf('Keep the best of each, set 4 aside'))
    await useToasts().act(useToasts().toasts.at(-1)?.id ?? 0)
    await flushPromises()
    expect(backend.aside()).toEqual([])
    expect(wrapper.findAll('.aside')).toHaveLength(0)
    expect(buttonOf(words.undo)?.disabled).toBe(true)
  })

  it('mark the words in which copies differ', async () => {
    const texts = ['the red boot', 'the blue boot']
    const pair = groupsOf(2).map((found, index) => ({
      ...found,
      item: itemOf(index, { text: texts[index] ?? '' })
    }))
    await show(findingOf({ groups: 1 }), pair)
    expect(wrapper.findAll('mark').map((mark) => mark.text())).toEqual(['blue'])
    await keys('2')
    expect(wrapper.findAll('mark').map((mark) => mark.text())).toEqual(['red'])
  })

  it('treat all of a huge group alike', async () => {
    await show(findingOf({ groups: 1 }), groupsOf(130))
    expect(wrapper.findAll('.copy')).toHaveLength(60)
    expect(wrapper.text()).toContain(words.moreInGroup('70'))
    await keys('2', 'Enter')
    expect(backend.aside()).toHaveLength(129)
    expect(backend.aside()).not.toContain(1)
    await keys('Backspace')
    expect(backend.aside()).toEqual([])
  })

  it('leave the keys of the app alone', async () => {
    await show(groups, items)
    await keys('g', 'Enter')
    expect(backend.aside()).toEqual([])
    expect(heading()).toBe(group(1))
  })

  it('are only looked at in a project that is open for reading only', async () => {
    await show(groups, items, { isReadOnly: true })
    await keys('2', 'Enter')
    expect(app.inputs('edits.apply')).toEqual([])
    await keys('ArrowRight')
    expect(heading()).toBe(group(2))
  })
})

describe('likely wrong labels', () => {
  const labels = findingOf({ kind: 'wrong-labels', groups: 0, title: 'Likely wrong labels' })
  const items = [0, 2, 4, 6, 8].map((row) =>
    foundOf(row, { suggestedLabel: 'shoe', why: `Seen as “shoe”, given “boot”: ${row}` })
  )
  const place = (number: number): string => words.item(String(number), '5')

  it('are accepted, kept or set aside by one key each', async () => {
    await show(labels, items)
    expect(heading()).toBe(place(1))
    expect(wrapper.text()).toContain('Seen as “shoe”, given “boot”: 0')
    await keys('a', 'k', 's')
    expect(heading()).toBe(place(4))
    expect([0, 2, 4].map((row) => backend.labelOf(row))).toEqual(['shoe', 'boot', 'boot'])
    expect(backend.aside()).toEqual([4])
    for (const line of [
      words.tally.relabelled('1 item'),
      words.tally.kept('1'),
      words.tally.aside('1 item')
    ])
      expect(tally()).toContain(line)
    expect(app.inputs('edits.apply')[0]).toEqual({
      dataset: 'd1',
      scope: { kind: 'rows', rows: [0] },
      change: { kind: 'label', label: 'shoe' },
      because: 'Likely wrong labels'
    })
  })

  it('are taken back, and decided anew', async () => {
    await show(labels, items)
    await keys('a', 'a', 'Backspace')
    expect(heading()).toBe(place(2))
    expect(backend.labelOf(2)).toBe('boot')
    await keys('ArrowLeft')
    expect(wrapper.text()).toContain(words.verdicts.accepted)
    await keys('k')
    expect(backend.labelOf(0)).toBe('boot')
    expect(wrapper.text()).not.toContain(words.tally.relabelled('1 item'))
    await keys('ArrowLeft', 's', 'ArrowLeft', 'a')
    expect(backend.aside()).toEqual([])
    expect(backend.labelOf(0)).toBe('shoe')
  })

  it('can be given another label', async () => {
    await show(labels, items)
    await keys('l')
    const select = wrapper.get('select')
    expect(document.activeElement).toBe(select.element)
    // Letters belong to the field now.
    await keys('s')
    expect(backend.aside()).toEqual([])
    await select.setValue('1')
    await flushPromises()
    expect(backend.labelOf(0)).toBe('shoe')
    expect(heading()).toBe(place(2))
    await keys('s')
    expect(backend.aside()).toEqual([2])
  })

  it('begin at the first one that is not settled', async () => {
    const [first, ...others] = items
    if (first === undefined) throw new Error('no items')
    const settled = { ...first, item: { ...first.item, label: 'shoe', givenLabel: 'boot' } }
    await show(labels, [settled, ...others])
    expect(heading()).toBe(place(2))
    await keys('ArrowLeft')
    expect(wrapper.get('dl').text()).toContain('boot')
  })

  it('keep a label that was changed before the check', async () => {
    const changed = items.map((found) => ({
      ...found,
      item: { ...found.item, label: 'sandal', givenLabel: 'boot' }
    }))
    await show(labels, changed)
    expect(wrapper.get('dl').text()).toContain('sandal')
    await keys('k')
    expect(backend.labelOf(0)).toBe('sandal')
  })

  it('end with what was decided', async () => {
    await show(labels, items)
    await keys('a', 'a', 'a', 'a', 'a')
    expect(wrapper.text()).toContain(words.doneTitle)
    expect(wrapper.text()).toContain(words.tally.relabelled('5 items'))
    await clickOn(buttonOf(words.undo))
    expect(heading()).toBe(place(5))
    expect(backend.labelOf(8)).toBe('boot')
  })

  it('read long lists by windows', async () => {
    const many = Array.from({ length: 2500 }, (_, row) => foundOf(row, { suggestedLabel: 'x' }))
    await show(labels, many)
    await keys('ArrowRight', 'ArrowRight')
    const windows = app.inputs('health.items') as { window: { first: number; limit: number } }[] // as the contract says
    expect(windows.every(({ window }) => window.limit <= 100)).toBe(true)
    expect(windows.length).toBeLessThan(4)
  })

  it('say why they could not be loaded', async () => {
    let isBroken = true
    await show(labels, items, {
      answers: {
        'health.items': (input) => {
          if (isBroken) throw new AppError('internal')
          const answer = backend.answers['health.items']
          if (answer === undefined) throw new Error('no items')
          return answer(input)
        }
      }
    })
    expect(wrapper.text()).toContain(words.failedTitle)
    isBroken = false
    await clickOn(buttonOf(common.tryAgain))
    expect(heading()).toBe(place(1))
  })
})

describe('a gallery of items', () => {
  const odd = findingOf({
    kind: 'outliers',
    groups: 0,
    title: 'Odd ones out',
    actions: [
      { id: 'tag', label: 'Tag 12 items', sentence: 'Tags them.', isRecommended: false },
      { id: 'set-aside-all', label: 'Set 12 aside', sentence: 'All of them.', isRecommended: false }
    ]
  })
  const items = Array.from({ length: 12 }, (_, row) => foundOf(row))

  it('shows the reason of each, and is decided by key', async () => {
    await show(odd, items)
    expect(wrapper.text()).toContain('reason of 3')
    await keys('s', 'f', 'ArrowRight', 's')
    expect(backend.aside()).toEqual([0, 3])
    expect(tally()).toContain(words.tally.seen('3', '12'))
    await keys('Backspace', 'Backspace', 'Backspace')
    expect(backend.aside()).toEqual([])
    expect(tally()).toContain(words.tally.seen('0', '12'))
  })

  it('takes a selection in one step', async () => {
    await show(odd, items)
    await keys('x', 'ArrowRight', 'ArrowRight', { key: 'X', shiftKey: true })
    expect(wrapper.text()).toContain(words.selected(3))
    await clickOn(buttonOf(words.setAsideSome(3)))
    expect(backend.aside()).toEqual([0, 1, 2])
    expect(backend.steps()).toHaveLength(1)
    expect(wrapper.text()).not.toContain(words.selected(3))
    await keys({ key: 'a', ctrlKey: true })
    expect(wrapper.text()).toContain(words.selected(12))
    await keys('Escape')
    expect(wrapper.text()).not.toContain(words.selected(12))
  })

  it('asks before more items change than the settings say', async () => {
    await show(odd, items)
    useSettings().settings = { ...useSettings().settings, confirmSetAsideOver: 2 }
    await keys('x', 'ArrowRight', 'x', 's')
    expect(backend.aside()).toEqual([0, 1])
    await keys('ArrowRight', 'x', 'ArrowRight', 'x', 'ArrowRight', 'x', 's')
    const dialog = (): Element | null => document.querySelector('[role="dialog"]')
    await expect.poll(dialog).not.toBeNull()
    await clickOn(dialog()?.querySelectorAll('button')[1])
    expect(backend.aside()).toEqual([0, 1])
    await expect.poll(dialog).toBeNull()
    await keys('s')
    await expect.poll(dialog).not.toBeNull()
    await clickOn(dialog()?.querySelectorAll('button')[2])
    expect(backend.aside()).toEqual([0, 1, 2, 3, 4])
  })

  it('offers the ways of the finding for a selection', async () => {
    await show(odd, items)
    expect(buttonOf(words.ways.tag ?? '')?.disabled).toBe(true)
    await keys('x')
    await clickOn(buttonOf(words.ways.tag ?? ''))
    expect(app.inputs('health.act')).toEqual([
      { dataset: 'd1', finding: 'near', action: 'tag', rows: [0] }
    ])
  })

  it('looks closer without deciding anything below it', async () => {
    await show(odd, items)
    await keys('v')
    await expect.poll(() => document.querySelector('[role="dialog"]')).not.toBeNull()
    await keys('s')
    expect(backend.aside()).toEqual([])
  })
})

describe('the page around a review', () => {
  it('says that a finding is gone', async () => {
    await show(findingOf({ id: 'other' }), groupsOf(2))
    wrapper.unmount()
    await open(findingOf({ id: 'near' }))
    expect(wrapper.text()).toContain(words.goneTitle)
    await clickOn(buttonOf(words.back))
    expect(app.router.currentRoute.value.fullPath).toBe('/data/d1?tab=health')
  })

  it('says why the findings could not be loaded', async () => {
    let isBroken = true
    await show(findingOf(), groupsOf(2, 2), {
      answers: {
        'health.report': (input) => {
          if (isBroken) throw new AppError('internal')
          const answer = backend.answers['health.report']
          if (answer === undefined) throw new Error('no report')
          return answer(input)
        }
      }
    })
    expect(wrapper.text()).toContain(words.failedTitle)
    isBroken = false
    await clickOn(buttonOf(common.tryAgain))
    expect(heading()).toBe(words.group('1', '2'))
  })

  it('has the counts read again when it is left', async () => {
    const finding = findingOf({ groups: 2, actions: [] })
    await show(finding, groupsOf(2, 2))
    await keys('Enter')
    const before = app.client.countOf('health.report')
    const stop = useHealth().show('d1')
    wrapper.unmount()
    await flushPromises()
    expect(app.client.countOf('datasets.get')).toBe(1)
    expect(app.client.countOf('health.report')).toBe(before + 1)
    expect(useHealth().find('d1', 'near')?.count).toBe(3)
    stop()
  })

  it('starts anew after another check', async () => {
    let checkedAt = 1_000
    await show(findingOf({ groups: 2 }), groupsOf(2, 2), {
      answers: {
        'health.report': () => ({
          checkedAt,
          job: null,
          isStale: false,
          findings: [findingOf({ groups: 2 })],
          notRun: [],
          classes: []
        })
      }
    })
    await keys(' ')
    expect(heading()).toBe(words.group('2', '2'))
    checkedAt = 2_000
    app.client.emit({ kind: 'dataset', id: 'd1' })
    await flushPromises()
    expect(heading()).toBe(words.group('1', '2'))
    expect(tally()).toContain(words.tally.seen('0', '2'))
  })
})
