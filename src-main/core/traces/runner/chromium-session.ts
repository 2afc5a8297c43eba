// Pages in an installed Chromium, Chrome or Edge: no window, a profile that is new and thrown away,
// commands through a pipe (no port is opened), and no way out but the files of one folder.
import { existsSync } from 'node:fs'
import { AppError } from '../../../api/errors.ts'
import type { BrowserContext, Route } from 'playwright-core'
import type { BrowserChoice } from '../../platform/browsers.ts'
import type { SealedPage } from '../../platform/sealed-page.ts'
import type { PageFolder } from './page-folder.ts'
import { pageHeaders, pageOrigin, windowSize } from './page-session.ts'

// The second lock: whatever would get past interception meets a proxy that is not there, also for
// this computer's own addresses and for what is not HTTP. Port 9 ("discard") answers nobody.
const sealedArguments = [
  '--proxy-server=http://127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings'
]

/** How long the browser may take to start, and a page to load, in ms. */
const startMs = 30_000

/**
 * Opens a page over a folder. Throws AppError "file-not-readable" when there is no browser,
 * "invalid-input" when it does not start; closing the session ends the browser.
 */
export async function openChromium(
  folder: PageFolder,
  { path, isSandboxed }: BrowserChoice
): Promise<SealedPage> {
  if (!existsSync(path))
    throw new AppError('file-not-readable', `There is no browser at “${path}”.`)
  const { chromium } = await import('playwright-core')
  const browser = await chromium
    .launch({
      executablePath: path,
      headless: true,
      chromiumSandbox: isSandboxed,
      args: sealedArguments,
      timeout: startMs,
      // The job ends the browser; a signal to the app must not be taken by it.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false
    })
    .catch((cause: unknown) => {
      throw new AppError('invalid-input', 'The browser did not start.', {
        hint: 'Chromium does not start for the administrator account; use another one.',
        cause
      })
    })
  try {
    const context = await browser.newContext({
      viewport: windowSize,
      deviceScaleFactor: 1,
      acceptDownloads: false,
      serviceWorkers: 'block',
      permissions: [],
      offline: false,
      locale: 'en-US',
      timezoneId: 'UTC'
    })
    await sealContext(context, folder)
    const page = await context.newPage()
    // Windows that a page opens are none of ours.
    context.on('page', (other) => void other.close().catch(() => undefined))
    const session = await context.newCDPSession(page)
    return {
      async open(name) {
        await page.goto(`${pageOrigin}/${name}`, { waitUntil: 'load', timeout: startMs })
      },
      // The protocol's commands are typed by name; drivers name them as text and check the answers.
      send: (method, params) =>
        session.send(method as 'Runtime.evaluate', params as { expression: string }),
      close: () => browser.close()
    }
  } catch (error) {
    await browser.close()
    throw error
  }
}

/** Everything a page asks for is answered from the folder, or not at all. */
async function sealContext(context: BrowserContext, folder: PageFolder): Promise<void> {
  await context.routeWebSocket(/.*/, (socket) => void socket.close())
  await context.route(/.*/, (route) => answer(route, folder))
}

async function answer(route: Route, folder: PageFolder): Promise<void> {
  const request = route.request()
  const url = new URL(request.url())
  if (url.origin !== pageOrigin || request.method() !== 'GET') {
    await route.abort('blockedbyclient').catch(() => undefined)
    return
  }
  const file = await folder.read(url.pathname)
  await route
    .fulfill(
      file === undefined
        ? { status: 404, body: '' }
        : {
            status: 200,
            body: Buffer.from(file.bytes),
            headers: pageHeaders(file.mime)
          }
    )
    // The page may be gone by now.
    .catch(() => undefined)
}
