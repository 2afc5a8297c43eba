// Browsing the items of a dataset: filters and chips, selection, changes and taking them back, what
// is remembered.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import type { SavedView } from '@api/dto/browse.ts'
import { noFilter } from '@api/dto/browse.ts'
import { AppError } from '@api/errors.ts'
import { giveSize } from '../../components/layout.test-support.ts'
import { useBrowse } from '../../stores/browse.ts'
import { deferred, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { useChanges } from '../../stores/changes.ts'
import { useEdits } from '../../stores/edits.ts'
import { useJournal } from '../../stores/journal.ts'
import { useSettings } from '../../stores/settings.ts'
import { useToasts } from '../../stores/toasts.ts'
import { browse as words } from '../../text/browse.ts'
import { changes as changeWords } from '../../text/changes.ts'
import { common } from '../../text/common.ts'
import { dataset as datasetWords } from '../../text/data.ts'
import { clickOn, projectOf, startApp, type TestApp } from '../view.test-support.ts'
import { smallBackend, type SmallBackend } from './browsing.test-support.ts'
import ChangesDrawer from '../changes/ChangesDrawer.vue'
import DatasetItems from './DatasetItems.vue'
import DropStepsDialog from './DropStepsDialog.vue'
import { useUndoKeys } from './use-undo-keys.ts'

let app: TestApp
let wrapper: VueWrapper
let backend: SmallBackend
const opened: number[] = []

beforeEach(() => {
  giveSize(640, 400)
  backend = smallBackend(10)
  opened.length = 0
})
afterEach(() => {
  wrapper.unmount()
  vi.restoreAllMocks()
})

/** The items with what stands beside them on the dataset page. */
const screen = defineComponent({
  components: { ChangesDrawer, DatasetItems, DropStepsDialog },
  props: { summary: { type: Object, required: true } },
  setup: () => {
    useUndoKeys(() => 'd1')
    const list = (): void => useChanges().open({ kind: 'dataset', id: 'd1' })
    return { open: (row: number) => opened.push(row), list }
  },
  template: `<DatasetItems :summary="summary" @open="open" />
    <ChangesDrawer /><DropStepsDialog dataset="d1" />
    <button @click="list">changes</button>`
})
async function show(answers: Answers = {}, project = projectOf()): Promise<void> {
  app = await startApp({ ...backend.answers, ...answers }, project)
  wrapper = app.show(screen, { summary: backend.summary() })
  await useEdits().load('d1')
  await flushPromises()
}
const buttonOf = (text: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].findLast(
    (button) => button.textContent?.trim() === text || button.getAttribute('aria-label') === text
  )
async function click(text: string): Promise<void> {
  const button = buttonOf(text)
  if (button === undefined) throw new Error(`no button “${text}” in ${document.body.textContent}`)
  await clickOn(button)
}
async function press(key: string, options: Record<string, unknown> = {}): Promise<void> {
  ;(document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options })
  )
  await flushPromises()
}
async function tick(name: string): Promise<void> {
  const line = wrapper.findAll('label').find((label) => label.text().startsWith(name))
  if (line === undefined) throw new Error(`no “${name}”`)
  await clickOn(line.get('input').element)
}
const countText = (): string => wrapper.get('.list-count[role="status"]').text()
const chipTexts = (): string[] => wrapper.findAll('[data-chip]').map((chip) => chip.text())
const dialogText = (): string =>
  [...document.querySelectorAll('[role="dialog"]')].map((one) => one.textContent ?? '').join(' ')
const asideRows = (): number[] =>
  backend.items.filter((item) => item.isAside).map((item) => item.row)
async function undoLast(): Promise<void> {
  const toasts = useToasts()
  await toasts.act(toasts.toasts.at(-1)?.id ?? 0)
  await flushPromises()
}

describe('filters', () => {
  it('make chips that turn round, go one by one, and go together', async () => {
    await show()
    expect(countText()).toBe(words.count('10', '10 items'))
    await tick('boot')
    expect(countText()).toBe(words.count('5', '10 items'))
    const chip = words.chips.one(words.parts.labels, 'boot')
    expect(chipTexts()).toEqual([chip])
    await clickOn(wrapper.get('[data-chip]').element)
    expect(chipTexts()).toEqual([words.chips.one(words.parts.labels, words.chips.not('boot'))])
    expect(app.inputs('datasets.items').at(-1)).toMatchObject({
      filter: { labels: ['boot'], not: ['labels'] }
    })
    await wrapper.get('[data-chip]').trigger('keydown', { key: 'Delete' })
    await flushPromises()
    expect(chipTexts()).toEqual([])
    expect(countText()).toBe(words.count('10', '10 items'))
    await tick('shoe')
    await tick('boot')
    await click(words.chips.clearAll)
    expect(useBrowse().stateOf(backend.summary()).filter).toEqual(noFilter)
  })

  it('count each choice under the others', async () => {
    backend.items = backend.items.map((item) => ({ ...item, tags: item.row < 3 ? ['seen'] : [] }))
    await show()
    await tick('seen')
    const lines = wrapper.findAll('.filters label').map((label) => label.text())
    expect(lines).toContain('boot2')
    expect(lines).toContain('shoe1')
    expect(lines).toContain('seen3')
  })

  it('search once typing rests', async () => {
    await show()
    const asked = app.client.countOf('datasets.items')
    for (const text of ['i', 'it', 'item 7']) {
      await wrapper.get('.filters input[type="search"]').setValue(text)
    }
    await expect.poll(countText).toBe(words.count('1', '10 items'))
    expect(app.client.countOf('datasets.items')).toBe(asked + 1)
    expect(chipTexts()).toEqual([words.chips.one(words.parts.search, '“item 7”')])
  })

  it('say so when nothing is left, and lead back', async () => {
    await show()
    useBrowse().stateOf(backend.summary()).filter = { ...noFilter, search: 'nowhere' }
    await flushPromises()
    expect(wrapper.text()).toContain(words.noneMatch('10 items'))
    await click(words.chips.clearAll)
    expect(countText()).toBe(words.count('10', '10 items'))
  })

  it('are still there after looking at another screen', async () => {
    await show()
    await tick('boot')
    await click(words.display.gallery)
    wrapper.unmount()
    wrapper = app.show(screen, { summary: backend.summary() })
    await flushPromises()
    expect(countText()).toBe(words.count('5', '10 items'))
    expect(wrapper.findAll('.tile')).toHaveLength(5)
  })

  it('say why the counts are missing and try again', async () => {
    let isBroken = true
    await show({
      'datasets.facets': (input) => {
        if (isBroken) throw new AppError('project-damaged')
        return backend.answers['datasets.facets']?.(input) ?? Promise.reject(new Error('none'))
      }
    })
    expect(wrapper.get('.filters [role="alert"]').text()).toContain(words.filters.failed)
    isBroken = false
    await click(common.tryAgain)
    expect(wrapper.find('.filters [role="alert"]').exists()).toBe(false)
    expect(wrapper.get('.filters').text()).toContain('boot')
  })

  it('make room for the items', async () => {
    await show()
    await click(datasetWords.hideFilters)
    expect(wrapper.findAll('.filters')).toHaveLength(0)
    await click(datasetWords.showFilters)
    expect(wrapper.findAll('.filters')).toHaveLength(1)
  })
})

describe('a selection', () => {
  it('of all that match is set aside as one, and taken back', async () => {
    await show()
    await tick('boot')
    await click(words.selection.all('5'))
    expect(wrapper.text()).toContain(words.selection.count('5'))
    await click(words.selection.aside)
    expect(app.inputs('edits.apply')).toEqual([
      {
        dataset: 'd1',
        scope: { kind: 'filter', filter: { ...noFilter, labels: ['boot'] }, except: [] },
        change: { kind: 'aside', aside: true },
        because: null
      }
    ])
    expect(asideRows()).toEqual([0, 2, 4, 6, 8])
    expect(wrapper.text()).toContain(words.selection.none)
    await undoLast()
    expect(asideRows()).toEqual([])
  })

  it('can leave some out, and be turned round', async () => {
    await show()
    await click(words.selection.all('10'))
    await wrapper.get('[data-index="3"] .pick').trigger('click')
    expect(wrapper.text()).toContain(words.selection.count('9'))
    await click(words.selection.invert)
    expect(wrapper.text()).toContain(words.selection.count('1'))
    await click(words.selection.aside)
    expect(asideRows()).toEqual([3])
  })

  it('ends with the filter it was made under', async () => {
    await show()
    await click(words.selection.all('10'))
    await tick('boot')
    expect(wrapper.text()).toContain(words.selection.none)
    expect(buttonOf(words.selection.aside)?.disabled).toBe(true)
  })

  it('asks first above the setting, and not at it', async () => {
    await show()
    const settings = useSettings()
    settings.settings = { ...settings.settings, confirmSetAsideOver: 9 }
    await click(words.selection.all('10'))
    await click(words.selection.aside)
    await expect.poll(dialogText).toContain(datasetWords.confirmAside('10 items'))
    expect(app.inputs('edits.apply')).toEqual([])
    await click(common.cancel)
    await expect.poll(dialogText).toBe('')
    await click(words.selection.aside)
    await expect.poll(dialogText).toContain(datasetWords.confirmAside('10 items'))
    await click(words.selection.aside)
    expect(asideRows()).toHaveLength(10)
  })

  it('gets a tag, and stays selected', async () => {
    backend.items = backend.items.map((item) => ({ ...item, tags: item.row === 9 ? ['old'] : [] }))
    await show()
    await wrapper.get('[data-index="1"] .pick').trigger('click')
    await click(words.selection.tag)
    await expect.poll(dialogText).toContain(words.tagTitle('1 item'))
    await expect.poll(dialogText).toContain('old')
    const field = document.querySelector<HTMLInputElement>('[role="dialog"] [role="combobox"]')
    if (field === null) throw new Error('no field')
    field.value = 'new one'
    field.dispatchEvent(new Event('input'))
    await flushPromises()
    expect(dialogText()).toContain(words.newOption('new one'))
    await click(words.tagAdd)
    expect(backend.items[1]?.tags).toEqual(['new one'])
    expect(wrapper.text()).toContain(words.selection.count('1'))
    expect(wrapper.get('[data-index="1"]').text()).toContain('new one')
  })

  it('is kept when it could not be changed, and says why', async () => {
    await show({
      'edits.apply': () => {
        throw new AppError('project-read-only')
      }
    })
    await click(words.selection.all('10'))
    await click(words.selection.aside)
    expect(useToasts().toasts.at(-1)).toMatchObject({ severity: 'error' })
    expect(wrapper.text()).toContain(words.selection.count('10'))
  })

  it('changes nothing in a project that is only read, and says why', async () => {
    await show({}, projectOf({ isReadOnly: true }))
    await click(words.selection.all('10'))
    for (const action of [words.selection.aside, words.selection.tag, words.selection.note])
      expect(buttonOf(action)?.disabled).toBe(true)
    expect(wrapper.get('[role="toolbar"]').attributes('title')).toBe(words.selection.readOnly)
  })

  it('is opened with Enter', async () => {
    await show()
    wrapper.get<HTMLElement>('[data-index="2"]').element.focus()
    await press('Enter')
    expect(opened).toEqual([2])
  })
})

describe('changes', () => {
  async function setAside(index: number): Promise<void> {
    await wrapper.get(`[data-index="${index}"] .pick`).trigger('click')
    await click(words.selection.aside)
  }

  it('are taken back and done again with the keys', async () => {
    await show()
    await setAside(0)
    await setAside(1)
    expect(asideRows()).toEqual([0, 2])
    await press('z', { ctrlKey: true })
    expect(asideRows()).toEqual([0])
    await press('z', { ctrlKey: true })
    expect(asideRows()).toEqual([])
    await press('Z', { ctrlKey: true, shiftKey: true })
    expect(asideRows()).toEqual([0])
  })

  it('leave the key to another message that offers to undo', async () => {
    await show()
    await setAside(0)
    let undone = 0
    useToasts().showUndo('Renamed.', () => (undone += 1))
    await press('z', { ctrlKey: true })
    expect(asideRows()).toEqual([0])
    await undoLast()
    expect(undone).toBe(1)
  })

  it('are listed, and any of them can be gone back to', async () => {
    await show()
    await setAside(0)
    await setAside(1)
    await click('changes')
    await expect.poll(dialogText).toContain(changeWords.title)
    const rows = (): Element[] => [...document.querySelectorAll('[role="dialog"] [data-row]')]
    const act = (row: number): Element | null | undefined => rows()[row]?.querySelector('.act')
    expect(rows().map((row) => row.querySelector('.sentence')?.textContent)).toEqual([
      'aside 1',
      'aside 1'
    ])
    await clickOn(act(1))
    expect(asideRows()).toEqual([0])
    expect(rows()[0]?.textContent).toContain(changeWords.isUndone)
    expect(rows()[1]?.textContent).not.toContain(changeWords.isUndone)
    await click(changeWords.startText)
    expect(asideRows()).toEqual([])
    await clickOn(act(0))
    await expect.poll(dialogText).toContain(changeWords.ask.forwardTitle(2))
    await click(changeWords.ask.forward)
    expect(asideRows()).toEqual([0, 2])
  })

  it('ask before they drop what was taken back', async () => {
    await show()
    await setAside(0)
    await press('z', { ctrlKey: true })
    await setAside(4)
    await expect.poll(dialogText).toContain(words.drop.title)
    expect(dialogText()).toContain('aside 1')
    await click(words.drop.keep)
    await expect.poll(dialogText).toBe('')
    expect(asideRows()).toEqual([])
    expect(backend.steps()).toHaveLength(1)
    await click(words.selection.aside)
    await expect.poll(dialogText).toContain(words.drop.title)
    await click(words.drop.go)
    await expect.poll(asideRows).toEqual([4])
    expect(backend.steps()).toHaveLength(1)
  })

  it('tell when the message to undo is older than the last change', async () => {
    await show()
    await setAside(0)
    const first = useToasts().toasts.at(-1)?.id ?? 0
    await setAside(1)
    await useToasts().act(first)
    await flushPromises()
    expect(useToasts().toasts.at(-1)?.text).toBe(words.laterChanges)
    expect(asideRows()).toEqual([0, 2])
  })

  it('say when nothing had to be changed', async () => {
    backend.items = backend.items.map((item) => ({ ...item, tags: ['seen'] }))
    await show()
    await useEdits().apply(
      'd1',
      { kind: 'rows', rows: [1] },
      { kind: 'tag', tag: 'seen', on: true }
    )
    expect(useToasts().toasts.at(-1)?.text).toBe(words.nothingChanged)
  })

  it('are made one after the other', async () => {
    const slow = deferred<undefined>()
    const order: string[] = []
    await show({
      'edits.apply': async (input) => {
        order.push(input.change.kind)
        if (input.change.kind === 'note') await slow.promise
        return { changed: 0, step: null }
      }
    })
    const edits = useEdits()
    const scope = { kind: 'rows' as const, rows: [1] }
    const first = edits.apply('d1', scope, { kind: 'note', text: 'x' })
    const second = edits.apply('d1', scope, { kind: 'split', split: 'test' })
    await flushPromises()
    expect(order).toEqual(['note'])
    slow.resolve(undefined)
    await Promise.all([first, second])
    expect(order).toEqual(['note', 'split'])
  })
})

describe('the order', () => {
  it('is chosen by the heading of the table: up, down, and back', async () => {
    await show()
    const heading = (): Element | undefined =>
      [...document.querySelectorAll('[role="columnheader"] button')].find(
        (button) => button.textContent?.trim() === 'Label'
      )
    const first = (): string => wrapper.get('[data-index="0"]').text()
    await clickOn(heading())
    expect(first()).toContain('boot')
    await clickOn(heading())
    expect(first()).toContain('shoe')
    expect(heading()?.parentElement?.getAttribute('aria-sort')).toBe('descending')
    await clickOn(heading())
    expect(first()).toContain('item 0')
    expect(heading()?.parentElement?.hasAttribute('aria-sort')).toBe(false)
  })
})

describe('saved views', () => {
  it('keep the filter, the order and the display, and bring them back', async () => {
    const saved: SavedView[] = []
    await show({
      'views.list': () => ({ views: saved }),
      'views.save': (view) => {
        const { filter, sort } = useBrowse().stateOf(backend.summary())
        saved.push({ ...view, filter, sort, id: 'v1', createdAt: 1 })
        return saved[0] ?? Promise.reject(new Error('none'))
      },
      'views.remove': () => ({})
    })
    await tick('boot')
    await click(words.display.gallery)
    await click(words.views.open)
    await expect.poll(() => document.querySelector('.saved-views')).not.toBeNull()
    const field = document.querySelector<HTMLInputElement>('.saved-views .new input')
    if (field === null) throw new Error('no field')
    field.value = 'Boots'
    field.dispatchEvent(new Event('input'))
    await flushPromises()
    await click(words.views.save)
    expect(saved).toMatchObject([
      { dataset: 'd1', name: 'Boots', filter: { labels: ['boot'] }, display: 'gallery' }
    ])
    await click(words.chips.clearAll)
    await click(words.display.table)
    await click(words.views.open)
    await expect.poll(() => document.querySelector('.saved-views .view')).not.toBeNull()
    await clickOn(document.querySelector('.saved-views .view'))
    expect(countText()).toBe(words.count('5', '10 items'))
    expect(wrapper.findAll('.tile')).toHaveLength(5)
  })

  it('are saved, renamed and removed so that each can be taken back', async () => {
    let saved: SavedView[] = []
    let lastId = 0
    await show({
      'views.list': () => ({ views: saved }),
      'views.save': ({ id, ...view }) => {
        const { filter, sort } = useBrowse().stateOf(backend.summary())
        const made = { ...view, filter, sort, id: id ?? `v${++lastId}`, createdAt: 1 }
        saved = [...saved.filter((one) => one.id !== made.id), made]
        return made
      },
      'views.remove': ({ id }) => {
        saved = saved.filter((one) => one.id !== id)
        return {}
      }
    })
    const names = (): string[] => saved.map(({ name }) => name)
    const write = async (selector: string, text: string): Promise<void> => {
      await expect.poll(() => document.querySelector(selector)).not.toBeNull()
      const field = document.querySelector<HTMLInputElement>(selector)
      if (field === null) throw new Error(`no ${selector}`)
      field.value = text
      field.dispatchEvent(new Event('input'))
      await flushPromises()
    }
    await click(words.views.open)
    await write('.saved-views .new input', 'Boots')
    await click(words.views.save)
    await click(words.views.open)
    await expect.poll(() => buttonOf(words.views.rename('Boots'))).toBeDefined()
    await click(words.views.rename('Boots'))
    await write('.saved-views .rename input', 'Shoes')
    await click(common.rename)
    expect(names()).toEqual(['Shoes'])
    await click(words.views.remove('Shoes'))
    expect(names()).toEqual([])

    const journal = useJournal()
    expect(journal.entries.map(({ sentence }) => sentence)).toEqual([
      changeWords.viewSaved('Boots'),
      changeWords.viewRenamed('Boots', 'Shoes'),
      words.views.removed('Shoes')
    ])
    const seen: string[][] = []
    for (const isBack of [true, true, true, false, false, false]) {
      await (isBack ? journal.undo('views d1') : journal.redo('views d1'))
      seen.push(names())
    }
    expect(seen).toEqual([['Shoes'], ['Boots'], [], ['Boots'], ['Shoes'], []])
  })
})
