// The table: sorting with empty values last, walking with arrows, copying for a spreadsheet.
import { mount, type VueWrapper } from '@vue/test-utils'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { copyText } from './copy-text.ts'
import { toTabSeparated } from './table-copy.ts'
import WDataTable, { type TableColumn } from './WDataTable.vue'

vi.mock('./copy-text.ts', () => ({ copyText: vi.fn(() => true) }))

interface Row {
  readonly id: string
  readonly size: number | null
}
const columns: readonly TableColumn<Row>[] = [
  { id: 'id', label: 'Name', value: (row) => row.id },
  {
    id: 'size',
    label: 'Size',
    value: (row) => row.size,
    format: (row) => (row.size === null ? '–' : `${row.size} MB`)
  },
  { id: 'note', label: 'Note', value: () => 'x', sortable: false }
]
const rows: readonly Row[] = [
  { id: 'item 10', size: 3 },
  { id: 'item 2', size: null },
  { id: 'item 1', size: 20 }
]
let wrapper: VueWrapper
function table(given: readonly Row[] = rows, extra: Record<string, unknown> = {}): VueWrapper {
  wrapper = mount(WDataTable<Row>, {
    props: { columns, rows: given, label: 'Things', rowKey: (row: Row) => row.id, ...extra },
    attachTo: document.body
  })
  return wrapper
}
afterEach(() => {
  wrapper.unmount()
  vi.mocked(copyText).mockClear()
})
const texts = (column: number): string[] =>
  wrapper.findAll('tbody tr').map((row) => row.findAll('td')[column]?.text() ?? '')
const focused = (): string | undefined =>
  document.activeElement instanceof HTMLElement ? document.activeElement.dataset['cell'] : undefined
async function press(key: string, options: Record<string, unknown> = {}): Promise<void> {
  const target = document.activeElement ?? document.body
  target.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options })
  )
  await wrapper.vm.$nextTick()
  await wrapper.vm.$nextTick()
}

describe('sorting', () => {
  it('goes up, down, and back to the given order, with empty values last both ways', async () => {
    table()
    const size = wrapper.findAll('th button')[1]
    await size?.trigger('click')
    expect(texts(1)).toEqual(['3 MB', '20 MB', '–'])
    expect(wrapper.findAll('th')[1]?.attributes('aria-sort')).toBe('ascending')
    await size?.trigger('click')
    expect(texts(1)).toEqual(['20 MB', '3 MB', '–'])
    expect(wrapper.findAll('th')[1]?.attributes('aria-sort')).toBe('descending')
    await size?.trigger('click')
    expect(texts(1)).toEqual(['3 MB', '–', '20 MB'])
    expect(wrapper.findAll('th')[1]?.attributes('aria-sort')).toBeUndefined()
  })

  it('orders names as people count, not as letters', async () => {
    table()
    await wrapper.get('th button').trigger('click')
    expect(texts(0)).toEqual(['item 1', 'item 2', 'item 10'])
  })

  it('never loses or repeats a row', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.record({ id: fc.string(), size: fc.option(fc.integer()) }), {
          selector: (row) => row.id,
          maxLength: 20
        }),
        async (given) => {
          table(given)
          const size = wrapper.findAll('th button')[1]
          for (const sign of [1, -1]) {
            await size?.trigger('click')
            const shown = texts(1)
            const numbers = given
              .flatMap((row) => (row.size === null ? [] : [row.size]))
              .sort((a, b) => sign * (a - b))
            const empty = given.length - numbers.length
            expect(shown).toEqual([
              ...numbers.map((value) => `${value} MB`),
              ...Array<string>(empty).fill('–')
            ])
          }
          wrapper.unmount()
        }
      ),
      { numRuns: 30 }
    )
    table()
  })
})

describe('walking', () => {
  it('has one place for Tab and moves it with arrows, without leaving the table', async () => {
    table()
    expect(wrapper.findAll('[tabindex="0"]')).toHaveLength(1)
    wrapper.get<HTMLElement>('[data-cell="0:0"]').element.focus()
    await press('ArrowUp')
    expect(focused()).toBe('0:0')
    await press('ArrowDown')
    await press('ArrowRight')
    expect(focused()).toBe('1:1')
    await press('End')
    expect(focused()).toBe('1:2')
    await press('End', { ctrlKey: true })
    expect(focused()).toBe('3:2')
    await press('ArrowDown')
    expect(focused()).toBe('3:2')
    await press('Home', { ctrlKey: true })
    expect(focused()).toBe('0:0')
    expect(wrapper.findAll('[tabindex="0"]')).toHaveLength(1)
  })

  it('can still be reached after the row that had the focus went away', async () => {
    table()
    wrapper.get<HTMLElement>('[data-cell="3:1"]').element.focus()
    await wrapper.vm.$nextTick()
    await wrapper.setProps({ rows: rows.slice(0, 1) })
    expect(wrapper.findAll('[tabindex="0"]').map((cell) => cell.attributes('data-cell'))).toEqual([
      '1:1'
    ])
  })

  it('opens a row with Enter or a click only where rows open', async () => {
    table(rows, { opens: true })
    wrapper.get<HTMLElement>('[data-cell="2:0"]').element.focus()
    await press('Enter')
    await wrapper.findAll('tbody tr')[2]?.trigger('click')
    expect(wrapper.emitted('open')).toEqual([[rows[1]], [rows[2]]])
    wrapper.unmount()
    table(rows)
    await wrapper.get('tbody tr').trigger('click')
    expect(wrapper.emitted('open')).toBeUndefined()
  })
})

describe('copying', () => {
  it('copies exact values in the order shown', async () => {
    table()
    await wrapper.findAll('th button')[1]?.trigger('click')
    wrapper.get<HTMLElement>('[data-cell="1:0"]').element.focus()
    await press('c', { ctrlKey: true })
    expect(copyText).toHaveBeenCalledExactlyOnceWith(
      'Name\tSize\tNote\r\nitem 10\t3\tx\r\nitem 1\t20\tx\r\nitem 2\t\tx'
    )
    expect(wrapper.emitted('copied')).toHaveLength(1)
  })

  it('says nothing was copied when the browser refused', async () => {
    vi.mocked(copyText).mockReturnValueOnce(false)
    table()
    wrapper.get<HTMLElement>('[data-cell="0:0"]').element.focus()
    await press('c', { metaKey: true })
    expect(copyText).toHaveBeenCalledOnce()
    expect(wrapper.emitted('copied')).toBeUndefined()
  })

  it('quotes what would break a row or a column', () => {
    expect(toTabSeparated(['a'], [['x\ty'], ['say "no"'], ['two\nlines'], ['plain, fine']])).toBe(
      'a\r\n"x\ty"\r\n"say ""no"""\r\n"two\nlines"\r\nplain, fine'
    )
  })
})
