// The drawer of all changes: its states, what each row offers, the question before more than one
// change goes, the ways to places, and walking it by keys.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChangesPage, StoredChange } from '@api/dto/changes.ts'
import { AppError } from '@api/errors.ts'
import { useChanges, type Change } from '../../stores/changes.ts'
import { settingsPlace, useJournal } from '../../stores/journal.ts'
import { datasetOf, deferred, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { changes as words } from '../../text/changes.ts'
import { common } from '../../text/common.ts'
import { clickOn, projectOf, startApp, type TestApp } from '../view.test-support.ts'
import ChangesDrawer from './ChangesDrawer.vue'
import { routeOf, sentenceOf } from './change-words.ts'

let app: TestApp
let wrapper: VueWrapper
/** Steps of dataset d1 in force, of four. */
let head: number

beforeEach(() => (head = 3))
afterEach(() => {
  wrapper.unmount()
  vi.restoreAllMocks()
  document.body.innerHTML = ''
})

function stored(): StoredChange[] {
  return [4, 3, 2, 1].map((number) => ({
    place: { kind: 'dataset', id: 'd1' },
    placeName: 'Shoes',
    line: 'd1',
    number,
    head,
    at: number * 1_000,
    sentence: `Set ${number} items aside`,
    review: null
  }))
}
const backend: Answers = {
  'datasets.list': () => ({ datasets: [datasetOf()] }),
  'datasets.get': () => datasetOf(),
  'edits.stepTo': ({ number }) => {
    head = number
    return { changed: 1, steps: [] }
  },
  'changes.list': () => ({
    changes: stored(),
    total: 4,
    places: [{ place: { kind: 'dataset', id: 'd1' }, name: 'Shoes', changes: 4 }]
  })
}
async function show(answers: Answers = {}, project = projectOf()): Promise<void> {
  app = await startApp({ ...backend, ...answers }, project)
  wrapper = app.show(ChangesDrawer)
  useChanges().open()
  await flushPromises()
}
const texts = (): string => document.body.textContent ?? ''
const rows = (): Element[] => [...document.querySelectorAll('[data-row]')]
const rowTexts = (): string[] =>
  rows().map((row) => {
    const sentence = row.querySelector('.sentence')?.textContent ?? ''
    return `${sentence} | ${row.querySelector('.act')?.textContent?.trim() ?? ''}`
  })
const act = (row: number): HTMLButtonElement => {
  const found = rows()[row]?.querySelector<HTMLButtonElement>('.act')
  if (!found) throw new Error(`no row ${row}`)
  return found
}
const buttonOf = (text: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll('button')].findLast(
    (button) => button.textContent?.trim() === text
  )
  if (found === undefined) throw new Error(`no button “${text}” in ${texts()}`)
  return found
}
/** The button above the list. */
const above = (text: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll<HTMLButtonElement>('.row > button')].find(
    (button) => button.textContent?.trim() === text
  )
  if (found === undefined) throw new Error(`no button “${text}” above the list`)
  return found
}
const status = (): string => document.querySelector('[role="status"]')?.textContent ?? ''

describe('the drawer', () => {
  it('loads, and says what each change offers', async () => {
    const answer = deferred<ChangesPage>()
    await show({ 'changes.list': () => answer.promise })
    expect(document.querySelector('.skeleton, [aria-busy="true"]')).not.toBeNull()
    answer.resolve({ changes: stored(), total: 4, places: [] })
    await flushPromises()
    expect(rowTexts()).toEqual([
      `Set 4 items aside | ${words.redo}`,
      `Set 3 items aside | ${words.undo}`,
      `Set 2 items aside | ${words.goBack}`,
      `Set 1 items aside | ${words.goBack}`
    ])
    expect(rows().map((row) => row.textContent?.includes(words.isUndone))).toEqual([
      true,
      false,
      false,
      false
    ])
    expect(texts()).not.toContain(words.more)
  })

  it('is empty in a project without changes', async () => {
    await show({ 'changes.list': () => ({ changes: [], total: 0, places: [] }) })
    expect(texts()).toContain(words.emptyTitle)
    expect(texts()).toContain(words.emptyText)
  })

  it('says why the list could not be loaded, and tries again', async () => {
    let isBroken = true
    await show({
      'changes.list': (input) => {
        if (isBroken) throw new AppError('project-damaged')
        return backend['changes.list']?.(input) ?? { changes: [], total: 0, places: [] }
      }
    })
    expect(texts()).toContain(words.failed)
    isBroken = false
    await clickOn(buttonOf(common.tryAgain))
    expect(rows()).toHaveLength(4)
  })

  it('changes nothing in a project that is only read', async () => {
    await show({}, projectOf({ isReadOnly: true }))
    expect(texts()).toContain(words.readOnly)
    expect(
      [above(words.undo), above(words.redo), act(0), act(1)].every((one) => one.disabled)
    ).toBe(true)
    await clickOn(act(2))
    expect(app.inputs('edits.stepTo')).toEqual([])
  })

  it('reads older changes when asked to', async () => {
    const many = Array.from({ length: 150 }, (_, i) => ({
      ...stored()[0],
      number: 150 - i,
      head: 150,
      at: 150 - i
    })) as StoredChange[]
    await show({
      'changes.list': ({ from = 0, limit = 100 }) => ({
        changes: many.slice(from, from + limit),
        total: 150,
        places: []
      })
    })
    expect(rows()).toHaveLength(100)
    await clickOn(buttonOf(words.more))
    expect(rows()).toHaveLength(150)
  })
})

describe('going back and forward', () => {
  it('takes the newest back and does it again, and says so', async () => {
    await show()
    await clickOn(above(words.undo))
    expect(app.inputs('edits.stepTo')).toEqual([{ dataset: 'd1', number: 2 }])
    expect(status()).toBe(words.wasUndone('Set 3 items aside'))
    expect(rowTexts()[1]).toBe(`Set 3 items aside | ${words.redo}`)
    await clickOn(above(words.redo))
    expect(head).toBe(3)
    expect(status()).toBe(words.wasRedone('Set 3 items aside'))
  })

  it('asks before it takes back more than one, and lists them', async () => {
    await show()
    await clickOn(act(3))
    expect(texts()).toContain(words.ask.backTitle(2))
    const listed = [...document.querySelectorAll('[role="dialog"] ul li')]
    expect(listed.map((item) => item.textContent?.trim())).toEqual([
      'Set 3 items aside',
      'Set 2 items aside'
    ])
    await clickOn(buttonOf(common.cancel))
    expect(head).toBe(3)
    await clickOn(act(3))
    await clickOn(buttonOf(words.ask.back))
    expect(head).toBe(1)
    expect(status()).toBe(words.wentTo('Set 1 items aside'))
  })

  it('shows why it could not be done', async () => {
    await show({
      'edits.stepTo': () => {
        throw new AppError('project-read-only')
      }
    })
    await clickOn(act(1))
    expect(head).toBe(3)
    expect(status()).toBe('')
    expect(rows()).toHaveLength(4)
  })

  it('goes to how the items were added when one dataset is shown', async () => {
    await show()
    expect(texts()).not.toContain(words.startText)
    await useChanges().show({ kind: 'dataset', id: 'd1' })
    await flushPromises()
    await clickOn(buttonOf(words.startText))
    await clickOn(buttonOf(words.ask.back))
    expect(head).toBe(0)
    expect(texts()).not.toContain(words.startText)
  })
})

describe('places', () => {
  const record = (): number =>
    useJournal().record({
      place: settingsPlace,
      line: 'settings theme',
      sentence: 'Theme changed.',
      undo: () => undefined,
      redo: () => undefined
    })

  it('can be chosen where there are several', async () => {
    await show()
    expect(document.querySelector('select')).toBeNull()
    record()
    await flushPromises()
    const options = [...document.querySelectorAll('option')].map((option) =>
      option.textContent?.trim()
    )
    expect(options).toEqual([
      words.everywhere('5'),
      words.placeCount(settingsPlace.name, '1'),
      words.placeCount('Shoes', '4')
    ])
    const select = document.querySelector('select')
    if (select === null) throw new Error('no select')
    select.value = '1'
    select.dispatchEvent(new Event('change', { bubbles: true }))
    await flushPromises()
    expect(rowTexts()).toEqual([`Theme changed | ${words.undo}`])
  })

  it('are a click away', async () => {
    await show()
    await clickOn(rows()[2]?.querySelector('[aria-label]:not(.act)'))
    expect(app.router.currentRoute.value.fullPath).toBe('/data/d1')
    expect(useChanges().isOpen).toBe(false)
  })

  const changeOf = (part: Partial<Change>): Change => ({
    key: 'k',
    keeper: 'review',
    place: { kind: 'traces', id: 's1' },
    placeName: 'Flights',
    line: 'r1',
    number: 1,
    head: 1,
    at: 1,
    sentence: 'verdict fail.',
    review: { trace: 7, queue: 'q1', position: 2, attempt: null },
    ...part
  })
  it('are named in sentences of reviews', () => {
    expect(sentenceOf(changeOf({}))).toBe(words.inQueue('3', 'verdict fail'))
    const alone = { trace: 7, queue: null, position: null, attempt: 't7' }
    expect(sentenceOf(changeOf({ review: alone }))).toBe(words.ofAttempt('t7', 'verdict fail'))
  })
  it.each<[Partial<Change>, unknown]>([
    [{}, { name: 'review', params: { queue: 'q1' }, query: { at: '2' } }],
    [
      { review: { trace: 7, queue: null, position: null, attempt: 't7' } },
      { name: 'attempt', params: { set: 's1', trace: '7' } }
    ],
    [{ review: null }, { name: 'trace-set', params: { set: 's1' } }],
    [
      { place: { kind: 'result', id: 'r1' }, review: null },
      { name: 'result', params: { run: 'r1' } }
    ],
    [
      { place: { kind: 'expand', id: 'j1' }, review: null },
      { name: 'expand-result', params: { job: 'j1' } }
    ],
    [{ place: { kind: 'settings', id: '' }, review: null }, { name: 'settings' }]
  ])('lead to their screen: %j', (part, route) => {
    expect(routeOf(changeOf(part))).toEqual(route)
  })
})

describe('keys', () => {
  const focused = (): string => document.activeElement?.getAttribute('aria-label') ?? ''
  async function press(key: string): Promise<void> {
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    )
    await flushPromises()
  }

  it('walk the rows and their buttons, and Tab leads to one row', async () => {
    await show()
    act(0).focus()
    await flushPromises()
    await press('ArrowDown')
    expect(focused()).toBe(`${words.undo}: Set 3 items aside`)
    await press('ArrowRight')
    expect(focused()).toBe(words.openPlace('Shoes'))
    await press('ArrowDown')
    await press('ArrowLeft')
    expect(focused()).toBe(`${words.goBack}: Set 2 items aside`)
    await press('End')
    expect(focused()).toBe(`${words.goBack}: Set 1 items aside`)
    await press('ArrowDown')
    expect(focused()).toBe(`${words.goBack}: Set 1 items aside`)
    const stops = [...document.querySelectorAll('[data-row] button[tabindex="0"]')]
    expect(stops.map((stop) => rows().findIndex((row) => row.contains(stop)))).toEqual([3, 3])
    await press('Home')
    expect(focused()).toBe(`${words.redo}: Set 4 items aside`)
    await press('x')
    expect(focused()).toBe(`${words.redo}: Set 4 items aside`)
  })
})
