// Keys of the whole app: chords, what fields and layers keep for themselves, and the search field.
import { mount, type VueWrapper } from '@vue/test-utils'
import { defineComponent } from 'vue'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isTyping, useShortcuts } from './shortcuts.ts'

const done: string[] = []
let canUndo = true
let wrapper: VueWrapper
let now = 0

beforeEach(() => {
  done.length = 0
  canUndo = true
  now = 0
  wrapper = mount(
    defineComponent({
      setup() {
        const note = (what: string) => () => void done.push(what)
        useShortcuts({
          go: (place) => void done.push(place),
          back: note('back'),
          forward: note('forward'),
          showJobs: note('jobs'),
          showChanges: note('changes'),
          showHelp: note('help'),
          showKeys: note('keys'),
          undo() {
            done.push('undo')
            return canUndo
          }
        })
      },
      template: `<main>
        <input id="text" /><input id="search" type="search" /><textarea id="area" /><select id="select" />
        <div id="editable" contenteditable="true" /><input id="tick" type="checkbox" /><button id="button" />
        <div role="dialog"><button id="inside" /></div></main>`
    }),
    { attachTo: document.body }
  )
})
afterEach(() => wrapper.unmount())

/** Presses a key on an element; true when the app took it. */
function press(
  key: string,
  options: { on?: string; after?: number } & KeyboardEventInit = {}
): boolean {
  const { on, after = 100, ...init } = options
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
  now += after
  Object.defineProperty(event, 'timeStamp', { value: now })
  const target = on === undefined ? document.body : wrapper.get(`#${on}`).element
  target.dispatchEvent(event)
  return event.defaultPrevented
}

describe('chords', () => {
  it.each([
    ['h', 'home'],
    ['d', 'data'],
    ['c', 'choose'],
    ['r', 'runs'],
    ['s', 'settings'],
    ['j', 'jobs'],
    ['u', 'changes']
  ])('g %s goes to %s', (key, place) => {
    expect(press('g')).toBe(false)
    expect(press(key)).toBe(true)
    expect(done).toEqual([place])
  })

  it('need their second key in time, and only once', () => {
    press('g')
    press('d', { after: 2000 })
    expect(done).toEqual([])
    press('g')
    press('d')
    press('d')
    expect(done).toEqual(['data'])
  })

  it('end with any other key', () => {
    press('g')
    expect(press('x')).toBe(false)
    press('d')
    press('g')
    expect(press('constructor')).toBe(false)
    expect(done).toEqual([])
  })

  it('are nothing with Ctrl, Alt or Meta held', () => {
    for (const held of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }]) {
      press('g')
      expect(press('d', held)).toBe(false)
      press('x')
    }
    expect(done).toEqual([])
  })
})

describe('single keys', () => {
  it('open the help, the sheet, and go through the places been to', () => {
    for (const key of ['F1', '?']) expect(press(key)).toBe(true)
    expect(press('ArrowLeft', { altKey: true })).toBe(true)
    expect(press('ArrowRight', { altKey: true })).toBe(true)
    expect(done).toEqual(['help', 'keys', 'back', 'forward'])
  })

  it('take Ctrl+Z only when there is something to undo', () => {
    expect(press('z', { ctrlKey: true })).toBe(true)
    canUndo = false
    expect(press('z', { metaKey: true })).toBe(false)
    expect(press('z')).toBe(false)
    expect(done).toEqual(['undo', 'undo'])
  })

  it('go to the search field of the screen, if it has one', () => {
    expect(press('/')).toBe(true)
    expect(document.activeElement?.id).toBe('search')
    wrapper.get('#search').element.remove()
    expect(press('/')).toBe(false)
  })

  it('leave what was handled elsewhere', () => {
    wrapper.get('#button').element.addEventListener('keydown', (event) => event.preventDefault())
    press('F1', { on: 'button' })
    expect(done).toEqual([])
  })
})

describe('typing', () => {
  it.each(['text', 'search', 'area', 'select'])('in #%s belongs to it, but for F1', (on) => {
    for (const key of ['g', 'd', '?', '/', 'z']) expect(press(key, { on })).toBe(false)
    expect(press('z', { on, ctrlKey: true })).toBe(false)
    expect(press('ArrowLeft', { on, altKey: true })).toBe(false)
    expect(done).toEqual([])
    expect(press('F1', { on })).toBe(true)
  })

  it('is not what happens on a tick box', () => {
    press('g', { on: 'tick' })
    press('r', { on: 'tick' })
    expect(done).toEqual(['runs'])
  })

  it('knows editable text and things that are not elements', () => {
    const editable = document.createElement('div')
    Object.defineProperty(editable, 'isContentEditable', { value: true })
    expect(isTyping(editable)).toBe(true)
    expect(isTyping(null)).toBe(false)
    expect(isTyping(window)).toBe(false)
  })
})

describe('layers', () => {
  it('keep keys from changing the screen beneath them', () => {
    for (const key of ['g', 'd', '?', '/']) expect(press(key, { on: 'inside' })).toBe(false)
    expect(press('ArrowLeft', { on: 'inside', altKey: true })).toBe(false)
    expect(done).toEqual([])
    expect(press('F1', { on: 'inside' })).toBe(true)
  })
})

it('hears nothing after its frame has gone', () => {
  wrapper.unmount()
  const event = new KeyboardEvent('keydown', { key: 'F1', cancelable: true })
  window.dispatchEvent(event)
  expect(done).toEqual([])
})
