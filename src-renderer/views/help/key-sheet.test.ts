// The sheet of keys tells the truth: every row of it is pressed on the part it speaks of, which has to
// take the key.
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { defineComponent, h } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { useShortcuts } from '../../app/shortcuts.ts'
import ItemGallery from '../../components/ItemGallery.vue'
import WDataTable from '../../components/WDataTable.vue'
import { noneSelected } from '../../components/item-selection.ts'
import { giveSize, itemOf, pagesOf, sourceOf } from '../../components/layout.test-support.ts'
import { keyHelp, shell, type KeyHelp } from '../../text/shell.ts'
import WizardFrame from '../../wizards/WizardFrame.vue'
import { groupMarks, keysNow, type KeyGroup } from './key-groups.ts'

vi.mock('../../components/copy-text.ts', () => ({ copyText: () => true }))
let wrapper: VueWrapper | undefined
afterEach(() => {
  wrapper?.unmount()
  wrapper = undefined
  document.body.replaceChildren()
  vi.restoreAllMocks()
})

const keyNames: Readonly<Record<string, string>> = {
  '←': 'ArrowLeft',
  '→': 'ArrowRight',
  '↑': 'ArrowUp',
  '↓': 'ArrowDown',
  'Page ↓': 'PageDown',
  Space: ' ',
  Esc: 'Escape'
}
/** The presses a row describes: any one of several keys, keys in turn, or keys held together. */
function pressesOf({ keys, how }: KeyHelp): KeyboardEventInit[][] {
  const plain = (key: string): KeyboardEventInit => ({ key: keyNames[key] ?? key })
  if (how === 'any') return keys.map((key) => [plain(key)])
  if (how === 'then') return [keys.map(plain)]
  const held = keys.slice(0, -1)
  return [
    [
      {
        ...plain(keys.at(-1) ?? ''),
        ctrlKey: held.includes('Ctrl'),
        altKey: held.includes('Alt'),
        shiftKey: held.includes('Shift')
      }
    ]
  ]
}
/** Presses keys in turn on an element; true when the last of them was taken. */
function press(on: Element, presses: readonly KeyboardEventInit[]): boolean {
  let isTaken = false
  for (const init of presses) {
    const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init })
    on.dispatchEvent(event)
    isTaken = event.defaultPrevented
  }
  return isTaken
}
const rowsOf = (group: KeyGroup): [string, KeyHelp][] =>
  keyHelp[group].map((row) => [`${row.keys.join(' ')}: ${row.text}`, row])
function inMain(content: () => unknown): VueWrapper {
  return mount(
    defineComponent({
      setup: () => () => h('main', [h(TooltipProvider, null, { default: content })])
    }),
    { attachTo: document.body }
  )
}

describe('everywhere', () => {
  // Esc belongs to the layers themselves (WDialog.test.ts).
  it.each(rowsOf('everywhere').filter(([, { keys }]) => keys[0] !== 'Esc'))('%s', (_name, row) => {
    const done: string[] = []
    const note = (what: string) => () => void done.push(what)
    wrapper = mount(
      defineComponent({
        setup() {
          useShortcuts({
            go: note('go'),
            back: note('back'),
            forward: note('forward'),
            showJobs: note('jobs'),
            showChanges: note('changes'),
            showHelp: note('help'),
            showKeys: note('keys'),
            undo: () => done.push('undo') > 0
          })
        },
        template: '<main><input type="search" /></main>'
      }),
      { attachTo: document.body }
    )
    for (const presses of pressesOf(row)) expect(press(document.body, presses)).toBe(true)
    const isSearch = row.needs === 'search'
    expect(done).toHaveLength(isSearch ? 0 : 1)
    if (isSearch) expect(document.activeElement?.tagName).toBe('INPUT')
  })
})

describe('in a gallery', () => {
  it.each(rowsOf('gallery'))('%s', async (_name, row) => {
    giveSize(424, 400)
    const items = Array.from({ length: 30 }, (_, at) => itemOf(at))
    wrapper = inMain(() =>
      h(ItemGallery, {
        loadPage: pagesOf(() => items),
        source: sourceOf(),
        selectable: true,
        selection: noneSelected,
        reloadKey: '',
        size: 128,
        label: 'Items'
      } as never)
    )
    await flushPromises()
    for (const presses of pressesOf(row)) {
      // From the middle, so that every direction leads somewhere.
      const cell = document.querySelector('[data-index="4"]')
      if (!(cell instanceof HTMLElement)) throw new Error('the tile is not drawn')
      cell.focus()
      expect(press(cell, presses)).toBe(true)
      await flushPromises()
    }
    expect(keysNow('dataset', true).map(({ id }) => id)).toContain('gallery')
  })
})

describe('in a table', () => {
  it.each(rowsOf('table'))('%s', async (_name, row) => {
    wrapper = inMain(() =>
      h(WDataTable, {
        label: 'Table',
        rows: [{ name: 'a' }, { name: 'b' }],
        rowKey: (entry: { name: string }) => entry.name,
        columns: [{ id: 'name', label: 'Name', value: (entry: { name: string }) => entry.name }]
      } as never)
    )
    await flushPromises()
    const cell = document.querySelector('[data-cell="1:0"]')
    for (const presses of pressesOf(row)) expect(press(cell ?? document.body, presses)).toBe(true)
    expect(keysNow('runs', true).map(({ id }) => id)).toContain('table')
  })
})

describe('while planning', () => {
  it.each(rowsOf('wizard'))('%s', (_name, row) => {
    const went: unknown[] = []
    wrapper = inMain(() =>
      h(WizardFrame as never, {
        title: 'Plan',
        label: 'Steps',
        heading: 'Step',
        current: 'b',
        steps: ['a', 'b', 'c'].map((id) => ({ id, label: id, state: 'todo' })),
        onGo: (step: unknown) => went.push(step)
      })
    )
    for (const presses of pressesOf(row)) expect(press(document.body, presses)).toBe(true)
    expect(went).toEqual([row.text.includes('before') ? 'a' : 'c'])
    expect(keysNow('choose', true).map(({ id }) => id)).toContain('wizard')
  })
})

describe('the sheet of a screen', () => {
  it('lists only what is there', () => {
    document.body.innerHTML = '<main></main>'
    expect(keysNow('home', true).map(({ id }) => id)).toEqual(['everywhere'])
    const texts = keysNow('first-run', false)[0]?.rows.map(({ text }) => text) ?? []
    expect(texts).not.toContain('Go to Data')
    expect(texts).toContain('Go to Settings')
    expect(texts.some((text) => text.includes('search field'))).toBe(false)
  })

  it('leaves letters and numbers to screens that use them', () => {
    document.body.innerHTML = '<main><table role="grid"></table></main>'
    const shown = keysNow('review', true)
    expect(shown.map(({ id }) => id)).toEqual(['everywhere'])
    for (const row of shown[0]?.rows ?? []) expect(row.keys.join('')).not.toMatch(/^[a-z?/]/)
  })

  it('knows a mark and a title for every part', () => {
    const marked = ['everywhere', 'dataset', ...Object.keys(groupMarks)]
    expect(marked.sort()).toEqual(Object.keys(shell.keyGroups).sort())
    expect(Object.keys(keyHelp).sort()).toEqual(marked)
  })
})
