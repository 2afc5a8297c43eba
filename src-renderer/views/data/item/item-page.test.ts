// The page of an item: walking through the list, marks that are saved, a conversation read as text,
// and items like it.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { noFilter } from '@api/dto/browse.ts'
import type { ChatTurn, ItemDetail } from '@api/dto/datasets.ts'
import { AppError } from '@api/errors.ts'
import { giveSize } from '../../../components/layout.test-support.ts'
import { useBrowse } from '../../../stores/browse.ts'
import { jobOf, type Answers } from '../../../stores/run-fixtures.test-support.ts'
import { common } from '../../../text/common.ts'
import { browse as browseWords } from '../../../text/browse.ts'
import { itemWords as words } from '../../../text/item.ts'
import { clickOn, projectOf, startApp, type TestApp } from '../../view.test-support.ts'
import { smallBackend, type SmallBackend } from '../browsing.test-support.ts'
import ItemPage from './ItemPage.vue'

let app: TestApp
let wrapper: VueWrapper
let backend: SmallBackend
const events: unknown[][] = []

beforeEach(() => {
  giveSize(640, 400)
  backend = smallBackend(10)
  events.length = 0
})
afterEach(() => {
  wrapper.unmount()
  vi.restoreAllMocks()
})
/** The page over a screen that follows it. */
const screen = defineComponent({
  components: { ItemPage },
  props: { summary: { type: Object, required: true }, start: { type: Number, required: true } },
  data(): { row: number } {
    return { row: this.start }
  },
  methods: {
    go(row: number) {
      events.push(['go', row])
      this.row = row
    },
    note(name: string, ...given: unknown[]) {
      events.push([name, ...given])
    }
  },
  template: `<ItemPage :summary="summary" :row="row" @go="go" @close="note('close')"
    @alike="(row) => note('alike', row)" @finding="(id, title) => note('finding', id, title)" />`
})
async function show(start: number, answers: Answers = {}, project = projectOf()): Promise<void> {
  app = await startApp({ ...backend.answers, ...answers }, project)
  wrapper = app.show(screen, { summary: backend.summary(), start })
  await flushPromises()
}
const dialog = (): HTMLElement => {
  const found = document.querySelector<HTMLElement>('[role="dialog"]')
  if (found === null) throw new Error('no page')
  return found
}
const text = (): string => dialog().textContent ?? ''
const title = (): string => dialog().querySelector('h2')?.textContent ?? ''
const buttonOf = (name: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find(
    (button) => button.textContent?.trim() === name || button.getAttribute('aria-label') === name
  )
async function click(name: string): Promise<void> {
  await clickOn(buttonOf(name))
}
async function press(key: string): Promise<void> {
  dialog().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  await flushPromises()
}
/** The details of an item with some of them changed. */
function detailed(part: Partial<ItemDetail>): Answers {
  return {
    'datasets.item': async (input) => {
      const given = await backend.answers['datasets.item']?.(input)
      if (given === undefined) throw new AppError('item-not-found')
      return { ...given, ...part }
    }
  }
}

describe('an item page', () => {
  it('shows the item and its place, and walks to the ones beside it', async () => {
    await show(4)
    expect(title()).toBe('item 4')
    expect(text()).toContain('the whole text of 4')
    expect(text()).toContain(words.position('5', '10'))
    await press('ArrowRight')
    expect(title()).toBe('item 5')
    await press('ArrowLeft')
    await press('ArrowLeft')
    expect(title()).toBe('item 3')
    await click(words.next)
    expect(title()).toBe('item 4')
    expect(events.map(([, row]) => row)).toEqual([5, 4, 3, 4])
  })

  it('has the pictures around it before an arrow asks for them', async () => {
    for (const item of backend.items) item.hasPicture = true
    await show(4, {
      'datasets.item': async (input) => {
        const given = await backend.answers['datasets.item']?.(input)
        if (given === undefined) throw new AppError('item-not-found')
        return { ...given, pictures: ['a.png'], item: { ...given.item, hasPicture: true } }
      },
      'datasets.picture': ({ row }) => ({ row, bytes: new Uint8Array([1]), mime: 'image/png' })
    })
    const rows = (): unknown[] =>
      app.inputs('datasets.picture').map((input) => (input as { row: number }).row)
    expect(rows()).toEqual([4, 5, 3, 6, 2, 7, 1])
    await press('ArrowRight')
    expect(title()).toBe('item 5')
    // Only what lies further on is new.
    expect(rows().slice(7)).toEqual([8])
  })

  it('walks through what is filtered and ordered, not through the data', async () => {
    await show(4)
    useBrowse().stateOf(backend.summary()).filter = { ...noFilter, labels: ['boot'] }
    await flushPromises()
    expect(text()).toContain(words.position('3', '5'))
    await press('ArrowRight')
    expect(title()).toBe('item 6')
  })

  it('walks on while the place of the last one is still asked for', async () => {
    let isSlow = false
    await show(4, {
      'datasets.position': async (input) => {
        if (isSlow) await new Promise(() => undefined)
        const given = await backend.answers['datasets.position']?.(input)
        if (given === undefined) throw new AppError('item-not-found')
        return given
      }
    })
    isSlow = true
    await press('ArrowRight')
    await press('ArrowRight')
    expect(title()).toBe('item 6')
    await press('ArrowLeft')
    expect(title()).toBe('item 5')
  })

  it('stops at the ends', async () => {
    await show(0)
    expect(buttonOf(words.previous)?.disabled).toBe(true)
    await press('ArrowLeft')
    expect(title()).toBe('item 0')
    wrapper.unmount()
    await show(9)
    expect(buttonOf(words.next)?.disabled).toBe(true)
  })

  it('goes on with the next one after the item left the list', async () => {
    await show(4)
    await click(words.aside)
    expect(backend.items[4]?.isAside).toBe(true)
    expect(title()).toBe('item 4')
    expect(text()).toContain(words.notInList)
    await press('ArrowRight')
    expect(title()).toBe('item 5')
  })

  it('says what went wrong and tries again', async () => {
    let isBroken = true
    await show(4, {
      'datasets.item': (input) => {
        if (isBroken) throw new AppError('project-damaged')
        return backend.answers['datasets.item']?.(input) ?? Promise.reject(new Error('none'))
      }
    })
    expect(text()).toContain(words.failed)
    isBroken = false
    await click(common.tryAgain)
    expect(text()).toContain('the whole text of 4')
  })

  it('leads to the item it repeats and to the findings it belongs to', async () => {
    backend.items = backend.items.map((item) =>
      item.row === 4 ? { ...item, duplicateOf: 1 } : item
    )
    await show(4, detailed({ findings: [{ id: 'f1', title: 'Odd ones out' }] }))
    await click('Odd ones out')
    await click(words.duplicateOf(words.itemNumber('2')))
    expect(events).toEqual([
      ['finding', 'f1', 'Odd ones out'],
      ['go', 1]
    ])
  })
})

describe('marks', () => {
  const field = (): HTMLTextAreaElement => {
    const found = dialog().querySelector('textarea')
    if (found === null) throw new Error('no note')
    return found
  }
  async function write(note: string): Promise<void> {
    field().value = note
    field().dispatchEvent(new Event('input'))
    await flushPromises()
  }

  it('keep a note when its field is left', async () => {
    await show(4)
    await write('Look again.')
    expect(backend.notes.size).toBe(0)
    field().dispatchEvent(new FocusEvent('focusout', { bubbles: true }))
    await flushPromises()
    expect(backend.notes.get(4)).toBe('Look again.')
    field().dispatchEvent(new FocusEvent('focusout', { bubbles: true }))
    await flushPromises()
    expect(app.inputs('edits.apply')).toHaveLength(1)
  })

  it('keep a note for the item it was written about when the page goes on', async () => {
    await show(4)
    await write('For four.')
    await click(words.next)
    expect(backend.notes.get(4)).toBe('For four.')
    expect(backend.notes.has(5)).toBe(false)
    expect(field().value).toBe('')
  })

  it('keep a note when the page is closed', async () => {
    await show(4)
    await write('Closing.')
    wrapper.unmount()
    await flushPromises()
    expect(backend.notes.get(4)).toBe('Closing.')
  })

  it('change the label, and remember the one it came with', async () => {
    await show(4)
    await click(words.changeLabel)
    const input = dialog().querySelector<HTMLInputElement>('[role="combobox"]')
    if (input === null) throw new Error('no field')
    input.value = 'sandal'
    input.dispatchEvent(new Event('input'))
    await flushPromises()
    await click(browseWords.labelChange)
    expect(backend.items[4]?.label).toBe('sandal')
    expect(text()).toContain(words.givenLabel('boot'))
  })

  it('add a tag and take it off', async () => {
    await show(4)
    await click(words.addTag)
    const input = dialog().querySelector<HTMLInputElement>('[role="combobox"]')
    if (input === null) throw new Error('no field')
    input.value = 'check'
    input.dispatchEvent(new Event('input'))
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await flushPromises()
    expect(backend.items[4]?.tags).toEqual(['check'])
    await click(words.removeTag('check'))
    expect(backend.items[4]?.tags).toEqual([])
  })

  it('cannot be changed where nothing can', async () => {
    await show(4, {}, projectOf({ isReadOnly: true }))
    expect(field().disabled).toBe(true)
    expect(buttonOf(words.aside)?.disabled).toBe(true)
    expect(text()).toContain(browseWords.selection.readOnly)
  })
})

describe('a conversation', () => {
  const turn = (part: Partial<ChatTurn>): ChatTurn => ({
    role: 'user',
    givenRole: 'human',
    text: '',
    pictures: [],
    toolCalls: [],
    answers: null,
    ...part
  })
  it('is read as text, with instructions and tool calls folded', async () => {
    await show(
      4,
      detailed({
        chat: [
          turn({ role: 'system', text: 'Be brief.' }),
          turn({ text: '<img src=x onerror="alert(1)"><b>Hello</b>' }),
          turn({
            role: 'assistant',
            toolCalls: [{ id: 'c1', name: 'look_up', arguments: '{"word":"boot"}' }]
          }),
          turn({ role: 'tool', answers: 'c1', text: 'a shoe' }),
          turn({ role: 'other', givenRole: 'critic', text: 'Fine.' })
        ]
      })
    )
    expect(text()).toContain('<img src=x onerror="alert(1)"><b>Hello</b>')
    expect(dialog().querySelectorAll('.chat img, .chat b')).toHaveLength(0)
    const folded = [...dialog().querySelectorAll('details')]
    expect(folded.map((one) => one.querySelector('summary')?.textContent?.trim())).toEqual([
      words.showSystem,
      words.toolCall('look_up')
    ])
    expect(folded.every((one) => !one.open)).toBe(true)
    expect(dialog().querySelector('pre')?.textContent).toBe('{\n  "word": "boot"\n}')
    expect([...dialog().querySelectorAll('.who')].map((who) => who.textContent?.trim())).toEqual([
      words.roles.system,
      words.roles.user,
      words.roles.assistant,
      words.toolAnswer('look_up'),
      `${words.roles.other} critic`
    ])
  })

  it('asks for its pictures in their place', async () => {
    await show(
      4,
      detailed({ pictures: ['a.png', 'b.png'], chat: [turn({ text: 'See.', pictures: [1] })] })
    )
    expect(app.inputs('datasets.picture')).toEqual([{ dataset: 'd1', row: 4, index: 1 }])
    expect(text()).toContain(words.noPicture)
  })
})

describe('items like it', () => {
  it('are shown without itself, and can be gone to', async () => {
    await show(4, {
      'datasets.items': (input) => {
        if (input.sort?.by.kind !== 'alike')
          return backend.answers['datasets.items']?.(input) ?? Promise.reject(new Error('none'))
        const rows = [4, 7, 1].flatMap((row) => backend.items[row] ?? [])
        return { items: rows, similarity01: [1, 0.93, 0.5], total: 10 }
      }
    })
    const strip = dialog().querySelector(`[aria-label="${words.alike}"]`)
    expect(strip?.textContent).toContain('93 %')
    expect(strip?.querySelectorAll('button')).toHaveLength(2)
    await click(words.alikeAll)
    await clickOn(strip?.querySelector('button'))
    expect(events).toEqual([
      ['alike', 4],
      ['go', 7]
    ])
  })

  it('offer to make what they need', async () => {
    let isReady = false
    await show(4, {
      'datasets.items': (input) => {
        if (input.sort?.by.kind === 'alike' && !isReady) throw new AppError('method-not-possible')
        return backend.answers['datasets.items']?.(input) ?? Promise.reject(new Error('none'))
      },
      'datasets.prepare': () => ({ job: 'j1' })
    })
    expect(text()).toContain(words.prepareText)
    await click(words.prepare)
    expect(text()).toContain(words.preparing)
    isReady = true
    app.client.emit({ kind: 'job', job: jobOf({ id: 'j1', kind: 'features', state: 'finished' }) })
    await flushPromises()
    await expect.poll(() => dialog().querySelector(`[aria-label="${words.alike}"]`)).not.toBeNull()
  })
})
