// The window comes back where it was, unless its display is gone; a broken file is no state.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { FakeEmitter } from './electron-fakes.test-support.ts'
import { keepWindowState, placeWindow, readWindowState } from './window-state.ts'

const folder = mkdtempSync(join(tmpdir(), 'winnow-window-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const left = { x: 0, y: 25, width: 1600, height: 875 }
const right = { x: 1600, y: 0, width: 1280, height: 1024 }
const state = { x: 1700, y: 50, width: 1000, height: 700, isMaximized: false }

it('comes back to its display, whole', () => {
  expect(placeWindow(state, [left, right])).toEqual({ x: 1700, y: 50, width: 1000, height: 700 })
  // Half over the edge, as it may have been left.
  expect(placeWindow({ ...state, x: 2500 }, [left, right])).toMatchObject({ x: 1880 })
})

it('is centred on the first display when its own is gone', () => {
  expect(placeWindow(state, [left])).toEqual({ width: 1000, height: 700 })
  expect(placeWindow({ ...state, y: 4000 }, [left, right])).toEqual({ width: 1000, height: 700 })
  expect(placeWindow({ ...state, x: -5000 }, [left, right])).toEqual({ width: 1000, height: 700 })
})

it('is never larger than its display', () => {
  expect(placeWindow({ ...state, width: 4000, height: 3000 }, [left, right])).toEqual({
    x: 1600,
    y: 0,
    width: 1280,
    height: 1024
  })
  expect(placeWindow(state, [])).toBeUndefined()
})

it('is written when the window closes, with its size before it was maximised', () => {
  const path = join(folder, 'window.json')
  expect(readWindowState(path)).toBeUndefined()
  const window = Object.assign(new FakeEmitter(), {
    getNormalBounds: () => ({ x: 1, y: 2, width: 3, height: 4 }),
    isMaximized: () => true
  })
  keepWindowState(window, path)
  window.emit('close')
  expect(readWindowState(path)).toEqual({ x: 1, y: 2, width: 3, height: 4, isMaximized: true })
  // A folder that is gone keeps nothing open.
  keepWindowState(window, join(folder, 'gone', 'window.json'))
  expect(() => window.emit('close')).not.toThrow()
})

it.each(['', '{', 'null', '{"x":1}', '{"x":1,"y":1,"width":-4,"height":2,"isMaximized":true}'])(
  'is none in the file %j',
  (text) => {
    const path = join(folder, 'broken.json')
    writeFileSync(path, text)
    expect(readWindowState(path)).toBeUndefined()
  }
)
