// Pages played in hidden windows: a partition of their own in memory, no preload, no permissions, and one
// folder's files as the only thing that answers. Driven by the window's own debugger, without any port.
import { randomUUID } from 'node:crypto'
import type { BrowserWindow, BrowserWindowConstructorOptions, Session } from 'electron'
import { openPageFolder, type PageFolder } from '../../core/traces/runner/page-folder.ts'
import { pageHeaders, pageOrigin, windowSize } from '../../core/traces/runner/page-session.ts'
import type { PageAnswer, PageCall } from '../worker/sealed-page-calls.ts'
import { denyPermissions, type LockedSession } from './permissions.ts'

/** The window of a page, as far as it is used. */
export type PageWindow = Pick<BrowserWindow, 'loadURL' | 'destroy'> & {
  readonly webContents: Pick<
    BrowserWindow['webContents'],
    'setWindowOpenHandler' | 'setWebRTCIPHandlingPolicy' | 'on'
  > & {
    readonly debugger: Pick<BrowserWindow['webContents']['debugger'], 'attach' | 'sendCommand'>
  }
}

/** The parts of Electron that pages need. */
export interface PageHost {
  readonly Window: new (options: BrowserWindowConstructorOptions) => PageWindow
  /** A session that is kept nowhere: a new one for each name. */
  newSession(name: string): LockedSession & Pick<Session, 'protocol' | 'setProxy'>
}

/** Most pages that are open at once; a run has one. */
const mostPages = 4
/** Parts of the protocol that the runner uses; nothing else is passed on. */
const allowed = /^(?:Runtime\.evaluate|Input\.[a-zA-Z]+|Page\.captureScreenshot)$/

/** Options of the hidden window. */
export function pageWindowOptions(session: Session): BrowserWindowConstructorOptions {
  return {
    show: false,
    ...windowSize,
    useContentSize: true,
    webPreferences: {
      session,
      // Drawn although nobody sees it: pictures are taken, and clicks need a layout.
      offscreen: true,
      backgroundThrottling: false,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      // A page that says something would wait for somebody who never sees it.
      disableDialogs: true,
      plugins: false,
      spellcheck: false
    }
  }
}

/** Answers the thread's calls about pages. Never rejects: what went wrong is in the answer. */
export function createSealedPages(host: PageHost): (call: PageCall) => Promise<PageAnswer> {
  const windows = new Map<number, PageWindow>()
  let nextPage = 1

  const windowOf = (page: number): PageWindow => {
    const window = windows.get(page)
    if (window === undefined) throw new Error('the page is closed')
    return window
  }

  async function open(root: string): Promise<number> {
    if (windows.size >= mostPages) throw new Error('too many pages are open')
    const folder = await openPageFolder(root)
    const session = host.newSession(`pages-${randomUUID()}`)
    denyPermissions(session, undefined)
    // In place of the app's own rule: this session knows the folder and nothing of the app.
    session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isPageAddress(url) }))
    // Warm-up and relayed connections do not pass by requests: they meet a proxy that is not there.
    await session.setProxy({
      mode: 'fixed_servers',
      proxyRules: 'http://127.0.0.1:9',
      proxyBypassRules: '<-loopback>'
    })
    session.protocol.handle('http', (request) => answerFile(folder, request))
    // The real session, of which the type names the locked parts only.
    const window = new host.Window(pageWindowOptions(session as Session))
    window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
    window.webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
    window.webContents.on('will-prevent-unload', (event) => event.preventDefault())
    window.webContents.debugger.attach('1.3')
    const page = nextPage++
    windows.set(page, window)
    return page
  }

  async function answer(call: PageCall): Promise<unknown> {
    switch (call.what) {
      case 'open':
        return open(call.root)
      case 'load':
        await windowOf(call.page).loadURL(`${pageOrigin}/${call.path}`)
        return null
      case 'send': {
        if (!allowed.test(call.method)) throw new Error(`${call.method} is not a command for pages`)
        const found: unknown = await windowOf(call.page).webContents.debugger.sendCommand(
          call.method,
          call.params
        )
        return found
      }
      case 'close':
        windows.get(call.page)?.destroy()
        windows.delete(call.page)
        return null
    }
  }

  return async (call) => {
    try {
      return { value: await answer(call) }
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) }
    }
  }
}

/** True for the pages' own addresses, and for what a page makes itself. */
export function isPageAddress(url: string): boolean {
  return (
    url.startsWith(`${pageOrigin}/`) ||
    url.startsWith('data:') ||
    url.startsWith(`blob:${pageOrigin}/`)
  )
}

async function answerFile(
  folder: PageFolder,
  { url, method }: { readonly url: string; readonly method: string }
): Promise<Response> {
  const file =
    method === 'GET' && url.startsWith(`${pageOrigin}/`)
      ? await folder.read(new URL(url).pathname)
      : undefined
  if (file === undefined) return new Response('Not found', { status: 404 })
  return new Response(file.bytes, { status: 200, headers: pageHeaders(file.mime) })
}
