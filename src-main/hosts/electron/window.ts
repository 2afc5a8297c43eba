// The one window and its security options, all set by name even where they are the default
// (security rule E1), so that a changed default cannot open anything.
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron'

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
  url: string
): BrowserWindow {
  const window = new Window(options)
  window.once('ready-to-show', () => window.show())
  // A load can only fail when the window is closed meanwhile; there is nobody left to tell.
  window.loadURL(url).catch(() => undefined)
  return window
}
