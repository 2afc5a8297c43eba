// A structured value as a tree: what is shown, folding by mouse and by keys, marks, copying.
import { mount, type VueWrapper } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { h } from 'vue'
import { expect, it, vi } from 'vitest'
import type { JsonValue } from '@api/dto/common.ts'
import JsonTree from './JsonTree.vue'

function show(value: JsonValue, props: { find?: string; openDepth?: number } = {}): VueWrapper {
  return mount(
    { render: () => h(TooltipProvider, () => h(JsonTree, { value, ...props })) },
    { attachTo: document.body }
  )
}
const lines = (tree: VueWrapper): string[] =>
  tree.findAll('.line').map((line) => line.text().replaceAll(/\s+/g, ' '))

const value = { id: 'Q7', n: 1.5, ok: true, none: null, list: [1, { deep: 'x' }], empty: {} }

it('shows names and values in words, and folds what is deep', () => {
  const tree = show(value)
  expect(lines(tree)).toEqual([
    'id:Q7',
    'n:1.5',
    'ok:yes',
    'none:nothing',
    'list:2 entries',
    '0:1',
    '1:1 entry',
    'empty:empty'
  ])
  tree.unmount()
})

it('unfolds and folds', async () => {
  const tree = show(value)
  const deep = tree.findAll('.line')[6]
  expect(deep?.element.parentElement?.getAttribute('aria-expanded')).toBe('false')
  await deep?.trigger('click')
  expect(lines(tree)).toContain('deep:x')
  await deep?.trigger('click')
  expect(lines(tree)).not.toContain('deep:x')
  tree.unmount()
})

it('is walked with arrow keys, which do not reach the screen around it', async () => {
  const tree = show(value)
  const outside = vi.fn()
  document.addEventListener('keydown', outside)
  const at = (): string | undefined =>
    document.activeElement?.textContent?.replaceAll(/\s+/g, ' ').trim()
  const press = async (key: string): Promise<void> => {
    const line = tree.findAll('.line').find(({ element }) => element === document.activeElement)
    await line?.trigger('keydown', { key })
  }
  tree.find<HTMLElement>('.line').element.focus()
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown']) await press(key)
  expect(at()).toContain('list')
  await press('ArrowLeft')
  expect(lines(tree)).not.toContain('0:1')
  await press('ArrowRight')
  await press('ArrowRight')
  expect(at()).toContain('0:')
  await press('ArrowLeft')
  expect(at()).toContain('list')
  expect(outside).not.toHaveBeenCalled()
  await press('j')
  expect(outside).toHaveBeenCalledOnce()
  document.removeEventListener('keydown', outside)
  tree.unmount()
})

it('marks a word in names and values, also in what was folded', () => {
  const tree = show(value, { find: 'dEEp' })
  expect(tree.findAll('mark').map((mark) => mark.text())).toEqual(['deep'])
  tree.unmount()
})

it('draws long lists and texts in parts', async () => {
  const tree = show({ list: Array.from({ length: 250 }, (_, at) => at), text: 'y'.repeat(5000) })
  expect(tree.findAll('.line')).toHaveLength(102)
  const more = tree.findAll('button.more')
  expect(more.map((button) => button.text())).toEqual(['Show 100 more', 'Show 3,000 more'])
  await more[0]?.trigger('click')
  expect(tree.findAll('.line')).toHaveLength(202)
  await more[1]?.trigger('click')
  expect(tree.text()).toContain('y'.repeat(5000))
  tree.unmount()
})

it('shows a single value, and copies all of it', async () => {
  const copied: string[] = []
  // Stands in for the browser's own copy command.
  document.execCommand = () => {
    const event = new Event('copy', { bubbles: true, cancelable: true })
    Object.assign(event, {
      clipboardData: { setData: (_: string, text: string) => copied.push(text) }
    })
    document.dispatchEvent(event)
    return true
  }
  const single = show('plain words')
  expect(lines(single)).toEqual(['plain words'])
  single.unmount()
  const tree = show({ id: 1 })
  await tree.find('button[aria-label="Copy"]').trigger('click')
  expect(copied).toEqual(['{\n  "id": 1\n}'])
  tree.unmount()
})
