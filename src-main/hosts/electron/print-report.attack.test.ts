// The hidden window that prints a report: locked like the app's own, one page, nothing else answers,
// and it is gone afterwards whatever happened.
import type { BrowserWindowConstructorOptions, Protocol } from 'electron'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeSession, FakeWindow } from './electron-fakes.test-support.ts'
import { printedBytesMost, printReport, reportUrl, type PrintHost } from './print-report.ts'

type Serve = Parameters<Protocol['handle']>[1]

class PrintSession extends FakeSession {
  scheme = ''
  serve: Serve | undefined
  readonly protocol = {
    handle: (scheme: string, serve: Serve): void => {
      this.scheme = scheme
      this.serve = serve
    }
  }
}

let isDestroyed = false
let fails: 'load' | 'print' | undefined
let printed: unknown
const made: BrowserWindowConstructorOptions[] = []
class PrintWindow extends FakeWindow {
  readonly page = Object.assign(this.webContents, {
    printToPDF: (options: unknown) => {
      printed = options
      return fails === 'print'
        ? Promise.reject(new Error('no printer'))
        : Promise.resolve(Buffer.from('%PDF-1.7'))
    }
  })
  constructor(options: BrowserWindowConstructorOptions) {
    super(options)
    made.push(options)
  }
  override loadURL(url: string): Promise<void> {
    return fails === 'load' ? Promise.reject(new Error('closed')) : super.loadURL(url)
  }
  destroy(): void {
    isDestroyed = true
  }
}

let session: PrintSession
const host = {
  Window: PrintWindow,
  newSession: () => session
} as unknown as PrintHost
beforeEach(() => {
  session = new PrintSession()
  isDestroyed = false
  fails = undefined
  made.length = 0
})

const answerOf = (url: string, method = 'GET'): Response =>
  session.serve?.({ url, method } as Parameters<Serve>[0]) as Response
function isBlocked(url: string): boolean {
  let cancel = false
  session.beforeRequest?.({ url }, (answer) => (cancel = (answer as { cancel: boolean }).cancel))
  return cancel
}

describe('printing', () => {
  it('serves the one page from memory and gives back the bytes of the PDF', async () => {
    const pdf = await printReport(host, '<p>Report</p>')
    expect(Buffer.from(pdf).toString()).toBe('%PDF-1.7')
    expect(FakeWindow.made.at(-1)?.loaded).toEqual([reportUrl])
    expect(session.scheme).toBe('app')
    expect(await answerOf(reportUrl).text()).toBe('<p>Report</p>')
    expect(printed).toMatchObject({ preferCSSPageSize: true, printBackground: true })
    expect(isDestroyed).toBe(true)
  })

  it('in a window without scripts, preload or Node, in a session of its own', async () => {
    await printReport(host, '')
    const { show, webPreferences } = made[0] ?? {}
    expect(show).toBe(false)
    expect(webPreferences).toMatchObject({
      session,
      javascript: false,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false
    })
    expect(webPreferences?.preload).toBeUndefined()
    let isGranted = true
    session.handlers.setPermissionRequestHandler?.(
      null as never,
      'geolocation',
      (granted) => (isGranted = granted),
      null as never
    )
    expect(isGranted).toBe(false)
  })

  it.each([
    'https://example.org/',
    'file:///etc/passwd',
    'app://bundle/index.html',
    `${reportUrl}?x`,
    'app://bundle/../report.html',
    'data:text/html,<script>1</script>',
    'blob:app://bundle/1'
  ])('never asks for or answers %s', async (url) => {
    await printReport(host, '<p>Report</p>')
    expect(isBlocked(url)).toBe(true)
    expect(answerOf(url).status).toBe(404)
  })

  it('lets the page and its pictures through, by GET alone, under a policy', async () => {
    await printReport(host, '<p>Report</p>')
    expect([isBlocked(reportUrl), isBlocked('data:image/png;base64,AA==')]).toEqual([false, false])
    expect(answerOf(reportUrl, 'POST').status).toBe(404)
    const policy = answerOf(reportUrl).headers.get('Content-Security-Policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('script-src')
  })

  it.each(['load', 'print'] as const)('leaves no window behind when it cannot %s', async (step) => {
    fails = step
    await expect(printReport(host, '')).rejects.toThrow()
    expect(isDestroyed).toBe(true)
  })

  it('refuses a page too large before anything is opened', async () => {
    await expect(printReport(host, 'x'.repeat(printedBytesMost + 1))).rejects.toThrow(/too large/)
    expect(made).toEqual([])
  })
})
