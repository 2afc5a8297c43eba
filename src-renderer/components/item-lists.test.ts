// The gallery and the table of items: keys, selection, looking closer, and the place Tab reaches.
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { defineComponent } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { gallery as words } from '../text/common.ts'
import type { Window } from '@api/dto/browse.ts'
import type { GalleryItem } from './gallery-item.ts'
import ItemGallery from './ItemGallery.vue'
import ItemTable from './ItemTable.vue'
import { isSelected, noneSelected, type ItemSelection } from './item-selection.ts'
import { giveSize, itemOf, pagesOf, sourceOf } from './layout.test-support.ts'

const lists = { gallery: ItemGallery, table: ItemTable } as const
type Kind = keyof typeof lists
let items: readonly GalleryItem[]
let wrapper: VueWrapper
let selection: ItemSelection
const opened: unknown[] = []
const totals: number[] = []

beforeEach(() => {
  giveSize(424, 400) // three tiles of 128 in a row
  items = Array.from({ length: 100 }, (_, row) => itemOf(row))
  selection = noneSelected
  opened.length = 0
  totals.length = 0
})
afterEach(() => {
  wrapper.unmount()
  vi.restoreAllMocks()
})
async function show(kind: Kind, props: Record<string, unknown> = {}): Promise<void> {
  const source = sourceOf()
  wrapper = mount(
    defineComponent({
      components: { List: lists[kind], TooltipProvider },
      props: { reloadKey: { type: String, default: '' } },
      data: () => ({ selection }),
      setup: () => ({
        source,
        given: { loadPage: pagesOf(() => items), selectable: true, ...props },
        onOpen: (item: unknown) => opened.push(item),
        onTotal: (total: number) => totals.push(total)
      }),
      watch: { selection: (now: ItemSelection) => void (selection = now) },
      template: `<TooltipProvider><List ref="list" v-bind="given" v-model:selection="selection" :source="source"
        :reload-key="reloadKey" @open="onOpen" @total="onTotal" /></TooltipProvider>`
    }),
    { attachTo: document.body }
  )
  await flushPromises()
}
const cellAt = (index: number): HTMLElement =>
  wrapper.get<HTMLElement>(`[data-index="${index}"]`).element
const focused = (): number =>
  Number((document.activeElement as HTMLElement | null)?.dataset['index'] ?? -1)
const tabStops = (): number[] =>
  wrapper.findAll('[data-index][tabindex="0"]').map((cell) => Number(cell.attributes('data-index')))
const picked = (): number[] =>
  items.map((item) => item.row).filter((row) => isSelected(selection, row))
async function press(key: string, options: Record<string, unknown> = {}): Promise<void> {
  document.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options })
  )
  await flushPromises()
}
const dialog = (): HTMLElement | null => document.querySelector('[role="dialog"]')

describe.each(['gallery', 'table'] as const)('the %s of items', (kind) => {
  it('says how many there are, and draws only what is on screen', async () => {
    await show(kind)
    expect(totals).toEqual([100])
    const drawn = wrapper.findAll('[data-index]').length
    expect(drawn).toBeGreaterThan(8)
    expect(drawn).toBeLessThan(60)
    expect(wrapper.text()).toContain(kind === 'table' ? 'item 3' : 'shoe')
  })

  it('selects with X, and up to here with Shift', async () => {
    await show(kind)
    cellAt(1).focus()
    await press('x')
    expect(picked()).toEqual([1])
    cellAt(5).focus()
    await press('X', { shiftKey: true })
    expect(picked()).toEqual([1, 2, 3, 4, 5])
    expect(cellAt(3).getAttribute('aria-selected')).toBe('true')
    await press('x')
    expect(picked()).toEqual([1, 2, 3, 4])
    await press('Escape')
    expect(picked()).toEqual([])
  })

  it('takes a range back as far as it is walked back', async () => {
    await show(kind)
    cellAt(1).focus()
    for (const key of ['ArrowDown', 'ArrowDown']) await press(key, { shiftKey: true })
    const step = kind === 'table' ? 1 : 3
    expect(picked()).toEqual(Array.from({ length: 2 * step + 1 }, (_, at) => 1 + at))
    await press('ArrowUp', { shiftKey: true })
    expect(picked()).toEqual(Array.from({ length: step + 1 }, (_, at) => 1 + at))
  })

  it('selects one with a click, and all that match with Ctrl+A', async () => {
    await show(kind)
    for (const index of [4, 6]) {
      cellAt(index).dispatchEvent(new MouseEvent('click', { bubbles: true }))
      await flushPromises()
      expect(picked()).toEqual([index])
    }
    expect(dialog()).toBeNull()
    cellAt(6).focus()
    await press('a', { ctrlKey: true })
    expect(selection).toEqual({ isAll: true, rows: new Set() })
    cellAt(6).dispatchEvent(new MouseEvent('click', { ctrlKey: true, bubbles: true }))
    await flushPromises()
    expect(selection.isAll).toBe(true)
    expect(picked()).toHaveLength(99)
    expect(cellAt(6).getAttribute('aria-selected')).toBe('false')
  })

  it('opens with Enter and with a double click', async () => {
    await show(kind)
    cellAt(2).focus()
    await press('Enter')
    cellAt(3).dispatchEvent(new MouseEvent('click', { detail: 2, bubbles: true }))
    expect(opened).toEqual([items[2], items[3]])
  })

  it('asks for the rows of a range that is not loaded', async () => {
    items = Array.from({ length: 5000 }, (_, row) => itemOf(row))
    const asked: number[][] = []
    await show(kind, {
      rowsBetween: async (first: number, last: number) => {
        asked.push([first, last])
        return items.slice(first, last + 1).map((item) => item.row)
      }
    })
    cellAt(0).focus()
    await press('x')
    await press('End')
    await expect.poll(focused).toBe(4999)
    await press('X', { shiftKey: true })
    expect(asked).toEqual([[0, 4999]])
    expect(picked()).toHaveLength(5000)
  })

  it('goes to any place of ten million items with the keyboard', async () => {
    const far = { at: 0 }
    await show(kind, {
      loadPage: async ({ first, limit }: Window) => {
        far.at = first
        const length = Math.min(limit, 10_000_000 - first)
        return {
          items: Array.from({ length }, (_, at) => itemOf(first + at)),
          total: 10_000_000
        }
      }
    })
    expect(Number.parseFloat(wrapper.get<HTMLElement>('.sizer').element.style.height)).toBe(8e6)
    cellAt(0).focus()
    await press('End')
    await expect.poll(focused).toBe(9_999_999)
    expect(far.at).toBe(9_999_900)
    const shownAt = cellAt(9_999_999).closest<HTMLElement>('[style*="translateY"]')
    const top = Number(/translateY\((\d+)px\)/.exec(shownAt?.style.transform ?? '')?.[1])
    expect(top).toBeGreaterThan(8e6 - 400)
    expect(top).toBeLessThan(8e6)
    await press('PageUp')
    await expect.poll(() => focused() < 9_999_999).toBe(true)
    await press('Home')
    await expect.poll(focused).toBe(0)
  })

  it('selects with Ctrl+click and a range upwards with Shift+click', async () => {
    await show(kind)
    cellAt(6).dispatchEvent(new MouseEvent('click', { ctrlKey: true, bubbles: true }))
    await flushPromises()
    cellAt(4).dispatchEvent(new MouseEvent('click', { shiftKey: true, bubbles: true }))
    await flushPromises()
    expect(picked()).toEqual([4, 5, 6])
    expect(dialog()).toBeNull()
  })

  it('leaves the keys of the app and the browser alone', async () => {
    await show(kind)
    cellAt(0).focus()
    for (const options of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }])
      await press('x', options)
    expect(picked()).toEqual([])
    const event = new KeyboardEvent('keydown', { key: 'g', bubbles: true, cancelable: true })
    cellAt(0).dispatchEvent(event)
    expect(event.defaultPrevented).toBe(false)
  })

  it('jumps to both ends', async () => {
    await show(kind)
    cellAt(0).focus()
    await press('End')
    await expect.poll(focused).toBe(99)
    expect(tabStops()).toEqual([99])
    await press('Home')
    await expect.poll(focused).toBe(0)
    expect(tabStops()).toEqual([0])
  })

  it('looks closer with Space, walks on there, and comes back to the last one seen', async () => {
    await show(kind)
    cellAt(2).focus()
    await press(' ')
    await expect.poll(dialog).not.toBeNull()
    expect(dialog()?.textContent).toContain('item 2')
    const look = dialog()?.querySelector<HTMLElement>('.look')
    look?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true })
    )
    await flushPromises()
    expect(dialog()?.textContent).toContain('item 3')
    expect(dialog()?.textContent).toContain('f3')
    look?.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true, cancelable: true }))
    await expect.poll(dialog).toBeNull()
    await expect.poll(focused).toBe(3)
  })

  it('does not walk out of the list while looking', async () => {
    await show(kind)
    cellAt(0).focus()
    await press(' ')
    await expect.poll(dialog).not.toBeNull()
    dialog()
      ?.querySelector<HTMLElement>('.look')
      ?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true, cancelable: true })
      )
    await flushPromises()
    expect(dialog()?.textContent).toContain('item 0')
  })

  it('can be reached with Tab after the focused item has gone', async () => {
    items = items.slice(0, 6)
    await show(kind)
    cellAt(5).focus()
    await flushPromises()
    items = items.slice(0, 3)
    ;(wrapper.vm.$refs['list'] as { reload(): void }).reload()
    await flushPromises()
    expect(wrapper.findAll('[data-index]')).toHaveLength(3)
    expect(tabStops()).toEqual([0])
  })

  it('keeps its rows in sight while it reads them again', async () => {
    await show(kind)
    const before = wrapper.text()
    ;(wrapper.vm.$refs['list'] as { reload(): void }).reload()
    await wrapper.vm.$nextTick()
    expect(wrapper.text()).toBe(before)
    await flushPromises()
    expect(wrapper.text()).toBe(before)
  })

  it('starts again at the top for other rows', async () => {
    await show(kind)
    cellAt(4).focus()
    await flushPromises()
    items = Array.from({ length: 40 }, (_, row) => itemOf(row + 500))
    await wrapper.setProps({ reloadKey: 'other' })
    await flushPromises()
    expect(totals).toEqual([100, 40])
    expect(tabStops()).toEqual([0])
    cellAt(0).focus()
    await press('x')
    expect(picked()).toEqual([500])
  })

  it('says that nothing could be loaded, and tries again', async () => {
    let isBroken = true
    const good = pagesOf(() => items)
    await show(kind, {
      loadPage: (window: Window) =>
        isBroken ? Promise.reject(new Error('The disk is gone.')) : good(window)
    })
    expect(wrapper.get('[role="alert"]').text()).toContain(words.failedTitle)
    expect(wrapper.get('[role="alert"]').text()).toContain('The disk is gone.')
    isBroken = false
    await wrapper.get('[role="alert"] button').trigger('click')
    await flushPromises()
    expect(wrapper.find('[role="alert"]').exists()).toBe(false)
    expect(totals.at(-1)).toBe(100)
  })
})

describe('the gallery', () => {
  it('moves by tile and by row, and stays where there is nothing', async () => {
    await show('gallery')
    cellAt(0).focus()
    await press('ArrowLeft')
    expect(focused()).toBe(0)
    await press('ArrowRight')
    await press('ArrowDown')
    expect(focused()).toBe(4)
    await press('ArrowUp')
    expect(focused()).toBe(1)
    await press('ArrowUp')
    expect(focused()).toBe(1)
  })

  it('goes to the end where a page is longer than the rest', async () => {
    items = items.slice(0, 8)
    await show('gallery')
    cellAt(4).focus()
    await press('PageDown')
    expect(focused()).toBe(7)
    for (let turn = 0; turn < 2; turn++) await press('PageUp')
    expect(focused()).toBe(0)
  })

  it('ticks nothing where nothing can be selected', async () => {
    await show('gallery', { selectable: false })
    cellAt(0).focus()
    await press('x')
    expect(picked()).toEqual([])
    expect(cellAt(0).hasAttribute('aria-selected')).toBe(false)
  })

  it('asks for the pictures on screen only', async () => {
    const source = sourceOf()
    wrapper = mount(ItemGallery, {
      props: { loadPage: pagesOf(() => items), source },
      attachTo: document.body
    })
    await flushPromises()
    const [rows, size] = source.wanted.at(-1) ?? [[], 0]
    expect(size).toBe(192)
    expect(rows[0]).toBe(0)
    expect(rows.length).toBe(wrapper.findAll('[data-index]').length)
  })

  it('says that there is nothing, or what its screen says about that', async () => {
    items = []
    await show('gallery')
    expect(wrapper.text()).toContain(words.emptyTitle)
  })
})
