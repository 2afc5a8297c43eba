// A window of the measured app in a real Chromium, let in by the run's token, and what its page holds.
import { existsSync } from 'node:fs'
import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test'
import { browserPath } from '../traces-runner/browser-path.ts'
import type { LoadHost } from './host.ts'

/** What a page holds after its garbage was collected. */
export interface PageReading {
  readonly heapMb: number
  readonly nodes: number
  readonly listeners: number
  readonly documents: number
}

/** An open window. */
export interface LoadWindow {
  readonly page: Page
  /** What went wrong in the page. */
  readonly troubles: readonly string[]
  readonly processId: number
  read(): Promise<PageReading>
  /** Opens a place by its address, as a link of the app does. */
  goTo(place: string): Promise<void>
  close(): Promise<void>
}

async function readPage(session: CDPSession): Promise<PageReading> {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name: string): number => metrics.find((each) => each.name === name)?.value ?? 0
  return {
    heapMb: of('JSHeapUsedSize') / 1e6,
    nodes: of('Nodes'),
    listeners: of('JSEventListeners'),
    documents: of('Documents')
  }
}

/** What the functions below use of the page they run in. */
interface InsidePage {
  readonly document: { querySelector(selector: string): unknown }
  readonly sessionStorage: { setItem(name: string, value: string): void }
}
interface Mounted {
  readonly __vue_app__: {
    readonly config: {
      readonly globalProperties: { readonly $router: { push(place: string): Promise<unknown> } }
    }
  }
}

/** Starts Chromium. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(browserPath !== undefined && existsSync(browserPath)
      ? { executablePath: browserPath }
      : {}),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync'
    ]
  })
}

/** Opens the host's page in a new window; the host's other connection is told it is elsewhere. */
export async function openWindow(
  host: Pick<LoadHost, 'origin' | 'token'>,
  viewport = { width: 1600, height: 1000 }
): Promise<LoadWindow> {
  const browser = await startBrowser()
  const context = await browser.newContext({ viewport })
  context.setDefaultTimeout(60_000)
  await context.addInitScript((token) => {
    const { sessionStorage } = globalThis as unknown as InsidePage
    sessionStorage.setItem('winnow-token', token)
  }, host.token)
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text())
  })
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  const browserSession = await browser.newBrowserCDPSession()
  const { processInfo } = await browserSession.send('SystemInfo.getProcessInfo')
  const processId = processInfo.find(({ type }) => type === 'browser')?.id ?? 0
  await page.goto(host.origin)
  return {
    page,
    troubles,
    processId,
    read: () => readPage(session),
    async goTo(place) {
      await page.evaluate(async (address) => {
        const { document } = globalThis as unknown as InsidePage
        // The page mounts the app on this element.
        const root = document.querySelector('#app') as Mounted
        await root.__vue_app__.config.globalProperties.$router.push(address)
      }, place)
    },
    close: () => browser.close()
  }
}
