// The parts of a dataset page: its filters, its items and what is done with them, its labels, and
// the list of what could not be read.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { DatasetSummary, ItemFilter, ItemRow } from '@api/dto/datasets.ts'
import { ItemFilter as ItemFilterSchema } from '@api/dto/datasets.ts'
import { AppError } from '@api/errors.ts'
import { saveBlob } from '../../charts/save-blob.ts'
import { giveSize, itemOf } from '../../components/layout.test-support.ts'
import { useSettings } from '../../stores/settings.ts'
import { datasetOf, deferred, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { useToasts } from '../../stores/toasts.ts'
import { common } from '../../text/en/common.ts'
import { dataset as words } from '../../text/en/data.ts'
import { clickOn, projectOf, startApp, type TestApp } from '../view.test-support.ts'
import DatasetFilters from './DatasetFilters.vue'
import DatasetItems from './DatasetItems.vue'
import DatasetLabels from './DatasetLabels.vue'
import DatasetProblems from './DatasetProblems.vue'

vi.mock('../../charts/save-blob.ts', async (original) => ({
  ...(await original<object>()),
  saveBlob: vi.fn()
}))

let app: TestApp
let wrapper: VueWrapper
afterEach(() => {
  wrapper.unmount()
  vi.restoreAllMocks()
})
const buttonOf = (text: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find((button) => button.textContent?.trim() === text)
async function click(text: string): Promise<void> {
  const button = buttonOf(text)
  if (button === undefined) throw new Error(`no button “${text}” in ${document.body.textContent}`)
  await clickOn(button)
}
async function undoLast(): Promise<void> {
  const toasts = useToasts()
  await toasts.act(toasts.toasts.at(-1)?.id ?? 0)
  await flushPromises()
}

describe('DatasetFilters', () => {
  const noFilter: ItemFilter = {
    labels: [],
    splits: [],
    search: '',
    aside: 'hide',
    duplicates: 'all'
  }
  const filters: ItemFilter[] = []
  let cleared = 0
  async function show(summary: DatasetSummary, filter: ItemFilter = noFilter): Promise<void> {
    filters.length = 0
    cleared = 0
    app = await startApp()
    wrapper = app.show(DatasetFilters, {
      summary,
      modelValue: filter,
      'onUpdate:modelValue': (value: ItemFilter) => filters.push(value),
      onClear: () => (cleared += 1)
    })
  }
  const checkbox = (name: string): HTMLInputElement => {
    const line = wrapper.findAll('label').find((label) => label.text().startsWith(name))
    if (line === undefined) throw new Error(`no “${name}”`)
    return line.get('input').element
  }

  it('changes its own part of the filter and leaves the others', async () => {
    const filter: ItemFilter = { ...noFilter, labels: ['boot'], search: 'old' }
    await show(datasetOf({ exactDuplicates: 3 }), filter)
    for (const name of ['shoe', 'boot', 'Test']) await clickOn(checkbox(name))
    await wrapper.get('input[type="search"]').setValue('red')
    const [aside, duplicates] = wrapper.findAll('select')
    await aside?.setValue('2')
    await duplicates?.setValue('1')
    expect(filters).toEqual([
      { ...filter, labels: ['boot', 'shoe'] },
      { ...filter, labels: [] },
      { ...filter, splits: ['test'] },
      { ...filter, search: 'red' },
      { ...filter, aside: 'only' },
      { ...filter, duplicates: 'only' }
    ])
  })

  it('shows how many items each choice stands for, and only parts that have some', async () => {
    await show(datasetOf({ items: 10_500, setAside: 12 }))
    const text = wrapper.text()
    for (const part of ['6,000', '4,000', '8,000', '2,000', '500', '(12)'])
      expect(text).toContain(part)
    expect(text).not.toContain(words.duplicates)
    wrapper.unmount()
    await show(datasetOf({ train: 10_000, test: 0, classes: [] }))
    expect(wrapper.findAll('fieldset')).toHaveLength(0)
  })

  it('lists the largest of many labels first and finds the others', async () => {
    const classes = Array.from({ length: 30 }, (_, index) => ({
      index,
      name: `label ${index}`,
      count: index,
      train: 0,
      test: 0
    }))
    await show(datasetOf({ classes }))
    const names = (): string[] =>
      wrapper
        .findAll('fieldset')
        .at(0)
        ?.findAll('label')
        .map((label) => label.text()) ?? []
    expect(names()).toHaveLength(10)
    expect(names()[0]).toContain('label 29')
    await click(words.allLabels('30'))
    expect(names()).toHaveLength(30)
    await wrapper.get('fieldset input[type="search"]').setValue('LABEL 17')
    expect(names().map((name) => name.slice(0, 8))).toEqual(['label 17'])
  })

  it('offers to clear only what was set', async () => {
    await show(datasetOf())
    expect(buttonOf(common.clearFilters)).toBeUndefined()
    for (const part of [{ search: 'x' }, { aside: 'show' as const }, { labels: ['boot'] }]) {
      wrapper.unmount()
      await show(datasetOf(), { ...noFilter, ...part })
      await click(common.clearFilters)
      expect(cleared).toBe(1)
    }
  })
})

describe('DatasetItems', () => {
  let items: ItemRow[]
  const pageItems = 4
  function matching(filter: ItemFilter): ItemRow[] {
    return items.filter(
      (item) =>
        (filter.aside === 'show' || item.isAside === (filter.aside === 'only')) &&
        (filter.labels.length === 0 || filter.labels.includes(item.label ?? ''))
    )
  }
  const summary = (): DatasetSummary =>
    datasetOf({ items: items.length, setAside: items.filter((item) => item.isAside).length })
  const backend: Answers = {
    'datasets.list': () => ({ datasets: [summary()] }),
    'datasets.get': () => summary(),
    'datasets.items': ({ filter, page }) => {
      const all = matching(ItemFilterSchema.parse(filter ?? {}))
      const from = Number(page.cursor ?? 0)
      return {
        items: all.slice(from, from + pageItems),
        next: from + pageItems < all.length ? String(from + pageItems) : null,
        total: all.length
      }
    },
    'datasets.setAside': ({ rows, aside }) => {
      const changed = items.filter((item) => rows.includes(item.row) && item.isAside !== aside)
      items = items.map((item) => (changed.includes(item) ? { ...item, isAside: aside } : item))
      return { changed: changed.length }
    },
    'datasets.thumbnails': () => ({ thumbnails: [] })
  }
  const asideRows = (): number[] => items.filter((item) => item.isAside).map((item) => item.row)

  beforeEach(() => {
    giveSize(424, 400)
    items = Array.from({ length: 10 }, (_, row) => itemOf(row))
  })
  async function show(answers: Answers = {}, project = projectOf()): Promise<void> {
    app = await startApp({ ...backend, ...answers }, project)
    wrapper = app.show(DatasetItems, { summary: summary() })
    await flushPromises()
  }
  async function setFilter(index: number, value: string): Promise<void> {
    await wrapper.findAll('aside select, .filters select').at(index)?.setValue(value)
    await flushPromises()
  }

  it('selects all pages, sets them aside, and takes it back', async () => {
    await show()
    expect(wrapper.get('[role="status"]').text()).toBe(words.showing('10', '10 items'))
    await click(words.selectAll('10'))
    expect(wrapper.text()).toContain(words.selected('10'))
    await click(words.setAside)
    expect(app.inputs('datasets.setAside')).toEqual([
      { dataset: 'd1', rows: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], aside: true }
    ])
    expect(useToasts().toasts.at(-1)?.text).toBe(words.didSetAside('10 items'))
    expect(wrapper.text()).not.toContain(words.selected('10'))
    await undoLast()
    expect(asideRows()).toEqual([])
  })

  it('takes back only what it changed', async () => {
    items = items.map((item) => ({ ...item, isAside: item.row < 3 }))
    await show()
    await setFilter(0, '1') // set-aside items are shown too
    await click(words.selectAll('10'))
    await click(words.setAside)
    expect(useToasts().toasts.at(-1)?.text).toBe(words.didSetAside('7 items'))
    await undoLast()
    expect(asideRows()).toEqual([0, 1, 2])
  })

  it('restores what was set aside', async () => {
    items = items.map((item) => ({ ...item, isAside: item.row > 7 }))
    await show()
    expect(buttonOf(words.restore)).toBeUndefined()
    await setFilter(0, '2') // only those
    await click(words.selectAll('2'))
    await click(words.restore)
    expect(asideRows()).toEqual([])
    await undoLast()
    expect(asideRows()).toEqual([8, 9])
  })

  it('asks first above the setting, and not at it', async () => {
    await show()
    const settings = useSettings()
    settings.settings = { ...settings.settings, confirmSetAsideOver: 9 }
    await click(words.selectAll('10'))
    await click(words.setAside)
    await expect
      .poll(() => document.querySelector('[role="dialog"]')?.textContent)
      .toContain(words.confirmAside('10 items'))
    expect(app.inputs('datasets.setAside')).toEqual([])
    await click(common.cancel)
    await expect.poll(() => document.querySelector('[role="dialog"]')).toBeNull()
    settings.settings = { ...settings.settings, confirmSetAsideOver: 10 }
    await click(words.setAside)
    expect(asideRows()).toHaveLength(10)
  })

  it('sets aside after the question was answered', async () => {
    await show()
    const settings = useSettings()
    settings.settings = { ...settings.settings, confirmSetAsideOver: 1 }
    await click(words.selectAll('10'))
    await click(words.setAside)
    await expect.poll(() => document.querySelector('[role="dialog"]')).not.toBeNull()
    const dialog = document.querySelector('[role="dialog"]')
    await clickOn(
      [...(dialog?.querySelectorAll('button') ?? [])].find(
        (button) => button.textContent?.trim() === words.setAside
      )
    )
    expect(asideRows()).toHaveLength(10)
  })

  it('forgets a selection that was being made when the filter changed', async () => {
    const late = deferred<undefined>()
    let isSlow = false
    await show({
      'datasets.items': async (input) => {
        if (isSlow && input.filter?.labels?.length === 0) await late.promise
        return backend['datasets.items']?.(input) ?? { items: [], next: null, total: 0 }
      }
    })
    isSlow = true
    await click(words.selectAll('10'))
    const boot = wrapper.findAll('label').find((label) => label.text().startsWith('boot'))
    await boot?.get('input').setValue(true)
    await flushPromises()
    late.resolve(undefined)
    await flushPromises()
    expect(wrapper.get('[role="status"]').text()).toBe(words.showing('5', '10 items'))
    expect(buttonOf(words.selectAll('5'))).toBeDefined()
    expect(buttonOf(words.setAside)).toBeUndefined()
  })

  it('keeps the selection when it could not be set aside, and says why', async () => {
    await show({
      'datasets.setAside': () => {
        throw new AppError('project-read-only')
      }
    })
    await click(words.selectAll('10'))
    await click(words.setAside)
    expect(useToasts().toasts.at(-1)).toMatchObject({ severity: 'error' })
    expect(wrapper.text()).toContain(words.selected('10'))
  })

  it('changes nothing in a project that is only read', async () => {
    await show({}, projectOf({ isReadOnly: true }))
    await click(words.selectAll('10'))
    expect(buttonOf(words.setAside)?.disabled).toBe(true)
  })

  it('shows the same items as a table, and makes room for them', async () => {
    await show()
    expect(wrapper.findAll('.filters')).toHaveLength(1)
    await clickOn(wrapper.get(`button[aria-label="${words.hideFilters}"]`).element)
    expect(wrapper.findAll('.filters')).toHaveLength(0)
    await click(words.selectAll('10'))
    await clickOn(wrapper.get(`button[aria-label="${words.table}"]`).element)
    expect(wrapper.get('[role="rowgroup"]').findAll('[role="row"]')).toHaveLength(10)
    expect(wrapper.findAll('[aria-selected="true"]')).toHaveLength(10)
    const pressed = wrapper
      .findAll('[aria-pressed="true"]')
      .map((button) => button.attributes('aria-label'))
    expect(pressed).toEqual([words.table])
  })

  it('says that nothing matches and clears the filters', async () => {
    items = items.map((item) => ({ ...item, label: 'boot' }))
    await show()
    const shoe = wrapper.findAll('label').find((label) => label.text().startsWith('shoe'))
    await shoe?.get('input').setValue(true)
    await flushPromises()
    expect(wrapper.text()).toContain(words.noneMatch('10 items'))
    await click(common.clearFilters)
    expect(wrapper.get('[role="status"]').text()).toBe(words.showing('10', '10 items'))
  })
})

describe('DatasetLabels', () => {
  it('says which label leads and gives exact shares', async () => {
    app = await startApp()
    wrapper = app.show(DatasetLabels, { summary: datasetOf() })
    expect(wrapper.text()).toContain(words.biggest('boot', '60.0 %'))
    expect(wrapper.findAll('tbody tr').map((row) => row.text())).toEqual([
      expect.stringContaining('60.0 %'),
      expect.stringContaining('40.0 %')
    ])
  })

  it('says what it means that there are none', async () => {
    app = await startApp()
    wrapper = app.show(DatasetLabels, { summary: datasetOf({ classes: [] }) })
    expect(wrapper.text()).toContain(words.noClassesText)
  })
})

describe('DatasetProblems', () => {
  const list = Array.from({ length: 5 }, (_, index) => ({
    where: `row ${Math.floor(index / 2)}`,
    reason: `reason ${index}`
  }))
  const paged: Answers = {
    'datasets.problems': ({ page }) => {
      const from = Number(page.cursor ?? 0)
      return {
        problems: list.slice(from, from + 2),
        next: from + 2 < list.length ? String(from + 2) : null,
        total: list.length
      }
    }
  }
  async function show(answers: Answers = paged): Promise<void> {
    app = await startApp(answers)
    wrapper = app.show(DatasetProblems, { summary: datasetOf({ skipped: 5 }) })
    await flushPromises()
  }
  const shown = (): number => wrapper.findAll('tbody tr').length

  it('shows one page after the other, also two problems of one row', async () => {
    await show()
    expect(shown()).toBe(2)
    await click(common.showMore)
    await click(common.showMore)
    expect(shown()).toBe(5)
    expect(buttonOf(common.showMore)).toBeUndefined()
  })

  it('saves the whole list, whatever is shown of it', async () => {
    await show()
    await click(words.problemsSave)
    const [blob, name] = vi.mocked(saveBlob).mock.calls.at(-1) ?? []
    expect(name).toBe('shoes-not-readable.tsv')
    expect((await blob?.text())?.split('\r\n')).toHaveLength(6)
    expect(shown()).toBe(2)
  })

  it('is not blank when the list could not be loaded', async () => {
    let isBroken = true
    await show({
      'datasets.problems': (input) => {
        if (isBroken) throw new AppError('project-damaged')
        return paged['datasets.problems']?.(input) ?? { problems: [], next: null, total: 0 }
      }
    })
    expect(wrapper.get('[role="alert"]').text()).toContain(words.problemsFailed)
    isBroken = false
    await click(common.tryAgain)
    expect(shown()).toBe(2)
  })

  it('keeps what it lists when the next page fails', async () => {
    let isBroken = false
    await show({
      'datasets.problems': (input) => {
        if (isBroken) throw new AppError('project-damaged')
        return paged['datasets.problems']?.(input) ?? { problems: [], next: null, total: 0 }
      }
    })
    isBroken = true
    await click(common.showMore)
    expect(shown()).toBe(2)
    expect(useToasts().toasts.at(-1)).toMatchObject({ severity: 'error' })
    isBroken = false
    await click(common.showMore)
    expect(shown()).toBe(4)
  })

  it('asks for nothing where everything could be read', async () => {
    app = await startApp(paged)
    wrapper = app.show(DatasetProblems, { summary: datasetOf() })
    await nextTick()
    expect(wrapper.text()).toContain(words.problemsNone)
  })
})
