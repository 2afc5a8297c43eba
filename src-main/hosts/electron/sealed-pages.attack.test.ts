// Pages in hidden windows of the desktop app: locked sessions, one folder's files, few commands. Electron is a
// fake here; what the runner does with such a page is tested with a real Chromium.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserWindowConstructorOptions, Protocol } from 'electron'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sealedPages } from '../worker/sealed-page-calls.ts'
import { FakeSession } from './electron-fakes.test-support.ts'
import { createSealedPages, isPageAddress, type PageHost } from './sealed-pages.ts'

type Serve = Parameters<Protocol['handle']>[1]

class PageSession extends FakeSession {
  serve: Serve | undefined
  scheme = ''
  proxy: unknown
  setProxy(config: unknown): Promise<void> {
    this.proxy = config
    return Promise.resolve()
  }
  readonly protocol = {
    handle: (scheme: string, serve: Serve): void => {
      this.scheme = scheme
      this.serve = serve
    }
  }
}

interface Made {
  readonly options: BrowserWindowConstructorOptions
  readonly loaded: string[]
  readonly sent: string[]
  opens: string | undefined
  peers: string | undefined
  isGone: boolean
}

let root = ''
let sessions: PageSession[] = []
let names: string[] = []
let made: Made[] = []

class PageWindow {
  readonly made: Made
  readonly webContents = {
    setWindowOpenHandler: (handler: (details: object) => { action: string }) => {
      this.made.opens = handler({ url: 'https://example.com/' }).action
    },
    setWebRTCIPHandlingPolicy: (policy: string) => {
      this.made.peers = policy
    },
    on: () => this.webContents,
    debugger: {
      attach: () => undefined,
      sendCommand: (method: string) => {
        this.made.sent.push(method)
        return method === 'Page.captureScreenshot'
          ? Promise.reject(new Error('no picture'))
          : Promise.resolve({ result: { value: 7 } })
      }
    }
  }
  constructor(options: BrowserWindowConstructorOptions) {
    this.made = { options, loaded: [], sent: [], opens: undefined, peers: undefined, isGone: false }
    made.push(this.made)
  }
  loadURL(url: string): Promise<void> {
    this.made.loaded.push(url)
    return Promise.resolve()
  }
  destroy(): void {
    this.made.isGone = true
  }
}

// Only what pages use is there.
const host = {
  Window: PageWindow,
  newSession(name: string) {
    names.push(name)
    const session = new PageSession()
    sessions.push(session)
    return session
  }
} as unknown as PageHost

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'winnow-sealed-'))
  await mkdir(join(root, 'core'))
  await mkdir(join(root, 'miniwob'))
  await writeFile(join(root, 'core', 'core.js'), 'var core')
  await writeFile(join(root, 'miniwob', 'a.html'), '<p>page</p>')
  await symlink('/etc/hostname', join(root, 'link.txt'))
  sessions = []
  names = []
  made = []
})
afterEach(() => rm(root, { recursive: true, force: true }))

const answerOf = async (url: string, method = 'GET'): Promise<Response> => {
  const response = await sessions[0]?.serve?.({ url, method } as Parameters<Serve>[0])
  return response as Response
}

describe('a page in a hidden window', () => {
  it('has a session of its own that is kept nowhere, no preload, no Node', async () => {
    const open = sealedPages(createSealedPages(host))
    await open(root)
    await open(root)
    expect(new Set(names).size).toBe(2)
    expect(names.every((name) => !name.startsWith('persist:'))).toBe(true)
    const { show, webPreferences } = made[0]?.options ?? {}
    expect(show).toBe(false)
    expect(webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false
    })
    expect(webPreferences?.preload).toBeUndefined()
    expect(made[0]?.opens).toBe('deny')
    expect(made[0]?.peers).toBe('disable_non_proxied_udp')
    // Nothing is spared from the proxy that is not there, not even this computer.
    expect(sessions[0]?.proxy).toMatchObject({
      proxyRules: 'http://127.0.0.1:9',
      proxyBypassRules: '<-loopback>'
    })
  })

  it('loads its folder and nothing else', async () => {
    const page = await sealedPages(createSealedPages(host))(root)
    await page.open('miniwob/a.html')
    expect(made[0]?.loaded).toEqual(['http://pages.winnow.invalid/miniwob/a.html'])
    const whole = await answerOf('http://pages.winnow.invalid/miniwob/a.html')
    expect(await whole.text()).toBe('<p>page</p>')
    expect(whole.headers.get('content-security-policy')).toContain("default-src 'self'")
    for (const url of [
      'http://pages.winnow.invalid/link.txt',
      'http://pages.winnow.invalid/..%2f..%2fetc/passwd',
      'http://127.0.0.1/miniwob/a.html',
      'http://pages.winnow.invalid.example.com/miniwob/a.html'
    ])
      expect((await answerOf(url)).status, url).toBe(404)
    expect((await answerOf('http://pages.winnow.invalid/miniwob/a.html', 'POST')).status).toBe(404)
  })

  it.each([
    'http://127.0.0.1:80/',
    'https://pages.winnow.invalid/',
    'http://pages.winnow.invalid@example.com/',
    'http://pages.winnow.invalid.example.com/',
    'ws://pages.winnow.invalid/',
    'file:///etc/passwd',
    'app://bundle/index.html',
    'blob:app://bundle/1'
  ])('a request for %s is cancelled', async (url) => {
    await sealedPages(createSealedPages(host))(root)
    expect(isPageAddress(url)).toBe(false)
    let isCancelled = false
    sessions[0]?.beforeRequest?.({ url }, (answer) => {
      isCancelled = 'cancel' in answer && answer.cancel === true
    })
    expect(isCancelled).toBe(true)
  })

  it('takes the commands of the runner alone, says what failed, and is gone when closed', async () => {
    const page = await sealedPages(createSealedPages(host))(root)
    expect(await page.send('Runtime.evaluate', { expression: '7' })).toEqual({
      result: { value: 7 }
    })
    for (const method of [
      'Page.navigate',
      'Target.createTarget',
      'Browser.close',
      'Network.disable'
    ])
      await expect(page.send(method)).rejects.toThrow('not a command for pages')
    await expect(page.send('Page.captureScreenshot')).rejects.toThrow('no picture')
    await page.close()
    expect(made[0]?.isGone).toBe(true)
    await expect(page.send('Runtime.evaluate')).rejects.toThrow('closed')
    expect(made[0]?.sent).toEqual(['Runtime.evaluate', 'Page.captureScreenshot'])
  })

  it('is not opened over a folder without pages', async () => {
    await expect(sealedPages(createSealedPages(host))(join(root, 'core'))).rejects.toThrow(
      'no pages that can be played'
    )
    expect(made).toHaveLength(0)
  })
})
