// Controls are found by the names people see: a label, a heading, a step without its number.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { findControl, nameOf, screenNow, whenThere } from './find-control.ts'

afterEach(() => {
  document.body.replaceChildren()
  vi.useRealTimers()
})
function page(html: string): void {
  document.body.innerHTML = html
}
const idOf = (name: string): string | undefined => findControl(name)?.id

describe('names', () => {
  it.each([
    ['<button aria-label="Close">×</button>', 'Close'],
    [
      '<button><span aria-hidden="true">3</span> Rules<small>, done</small></button>',
      'Rules, done'
    ],
    ['<label for="f">How many</label><input id="f">', 'How many'],
    ['<i id="l">Theme</i><div role="radiogroup" aria-labelledby="l"></div>', 'Theme'],
    ['<input placeholder="Search names">', 'Search names']
  ])('%s is %s', (html, name) => {
    page(html)
    const element = document.querySelector('button, input, [role]')
    expect(element === null ? '' : nameOf(element)).toBe(name)
  })
})

describe('controls', () => {
  it('are those of the page before those around it, exact names before longer ones', () => {
    page(
      `<header><button id="bar">Export</button></header>
       <main><button id="long">Export 12 items</button><button id="exact">Export</button></main>`
    )
    expect(idOf('export')).toBe('exact')
    expect(idOf('Export 1')).toBe('long')
    expect(idOf('Import')).toBeUndefined()
  })

  it('are not those in a layer, nor hidden ones; a heading only if there is nothing better', () => {
    page(
      `<main><h2 id="head">Runs</h2><div hidden><button id="gone">Runs</button></div>
       <div role="dialog"><button id="layer">Runs</button></div></main>`
    )
    expect(idOf('Runs')).toBe('head')
  })
})

describe('waiting', () => {
  it('ends when the control comes, or the wait is given up', async () => {
    page('<main></main>')
    const waiting = whenThere('Start', new AbortController().signal)
    page('<main><button id="start">Start</button></main>')
    expect((await waiting)?.id).toBe('start')
    const given = new AbortController()
    const never = whenThere('Stop', given.signal)
    given.abort()
    expect(await never).toBeUndefined()
    expect(await whenThere('Start', given.signal)).toBeUndefined()
  })

  it('does not wait for ever', async () => {
    vi.useFakeTimers()
    const never = whenThere('Stop', new AbortController().signal)
    vi.advanceTimersByTime(60_000)
    expect(await never).toBeUndefined()
  })
})

it('knows the step and the tab that are shown', () => {
  page(
    `<main><ol><li></li><li><button aria-current="step"></button></li></ol>
     <button role="tab" aria-selected="false">Items</button>
     <button role="tab" aria-selected="true">Health 3</button></main>`
  )
  expect(screenNow('choose')).toEqual({ screen: 'choose', step: 1, tab: 'Health 3' })
  page('<main></main>')
  expect(screenNow('home')).toEqual({ screen: 'home' })
})
