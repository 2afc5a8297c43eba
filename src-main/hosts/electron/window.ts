// The one window and its security options, all set by name even where they are the default
// (security rule E1), so that a changed default cannot open anything.
import type { BrowserWindow, BrowserWindowConstructorOptions, Dialog, WebContents } from 'electron'
import type { DesktopWords } from './desktop-words.ts'

/** Smallest window the screens are designed for, in CSS pixels. */
const minimumSize = { width: 960, height: 640 } as const

/** Options of the window; `isDev` alone switches developer tools on. */
export function windowOptions(preload: string, isDev: boolean): BrowserWindowConstructorOptions {
  return {
    width: 1280,
    height: 820,
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    show: false,
    title: 'Winnow',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      // The spelling checker would fetch dictionaries from the network.
      spellcheck: false,
      devTools: isDev
    }
  }
}

/** Makes the window, shows it when it has something to show, and loads the page. */
export function openWindow(
  Window: new (options: BrowserWindowConstructorOptions) => BrowserWindow,
  options: BrowserWindowConstructorOptions,
  url: string,
  isMaximized = false
): BrowserWindow {
  const window = new Window(options)
  window.once('ready-to-show', () => {
    // Shows it too, so not before there is something to show.
    if (isMaximized) window.maximize()
    window.show()
  })
  // A load can only fail when the window is closed meanwhile; there is nobody left to tell.
  window.loadURL(url).catch(() => undefined)
  return window
}

/** The parts of a window that a crash of its page concerns. */
export interface CrashingWindow extends Pick<BrowserWindow, 'isDestroyed' | 'close'> {
  readonly webContents: Pick<WebContents, 'on' | 'reload'>
}

/** Asks what to do when the page's process dies; the backend and its jobs are not touched by it. */
export function offerReload(
  window: CrashingWindow,
  dialog: Pick<Dialog, 'showMessageBox'>,
  words: () => DesktopWords['windowStopped']
): void {
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return
    const { message, detail, buttons } = words()
    const question = {
      message,
      detail,
      buttons: [...buttons],
      defaultId: 0,
      cancelId: 1
    }
    void dialog.showMessageBox(question).then(({ response }) => {
      if (window.isDestroyed()) return
      if (response === 0) window.webContents.reload()
      else window.close()
    })
  })
}
