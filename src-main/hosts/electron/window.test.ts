// The window appears when it has something to show, and a dead page can be brought back.
import type { BrowserWindow } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { desktopWords } from './desktop-words.ts'
import { FakeDialog, FakeWindow } from './electron-fakes.test-support.ts'
import { offerReload, openWindow, windowOptions } from './window.ts'

const Window = FakeWindow as unknown as new (options: object) => BrowserWindow

describe('openWindow', () => {
  it('loads the page and stays hidden until it is drawn', () => {
    openWindow(Window, windowOptions('/p.cjs', false), 'app://bundle/')
    const made = FakeWindow.made.at(-1)!
    expect(made.loaded).toEqual(['app://bundle/'])
    expect(made.options).toMatchObject({ show: false, minWidth: 960, minHeight: 640 })
    expect(made.isShown).toBe(false)
    made.emit('ready-to-show')
    expect([made.isShown, made.wasMaximized]).toEqual([true, false])
  })
})

describe('a window that was maximised', () => {
  it('is so again, once it is drawn', () => {
    openWindow(Window, windowOptions('/p.cjs', false), 'app://bundle/', true)
    const made = FakeWindow.made.at(-1)!
    expect(made.wasMaximized).toBe(false)
    made.emit('ready-to-show')
    expect([made.isShown, made.wasMaximized]).toEqual([true, true])
  })
})

describe('offerReload', () => {
  it.each([
    [0, 1, false],
    [1, 0, true]
  ])('after answer %i reloads %i times, closed %s', async (response, reloads, isClosed) => {
    const window = new FakeWindow({})
    const dialog = new FakeDialog()
    dialog.response = response
    offerReload(window, dialog, () => desktopWords('de').windowStopped)
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
    await vi.waitFor(() =>
      expect([window.webContents.reloads > 0, window.isClosed]).toContain(true)
    )
    expect([window.webContents.reloads, window.isClosed]).toEqual([reloads, isClosed])
    expect(dialog.asked).toMatchObject([{ message: 'Das Fenster hat aufgehört zu arbeiten.' }])
  })

  it('says nothing about a page that ended properly', () => {
    const window = new FakeWindow({})
    const dialog = new FakeDialog()
    offerReload(window, dialog, () => desktopWords('de').windowStopped)
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 })
    expect(dialog.asked).toEqual([])
  })
})
