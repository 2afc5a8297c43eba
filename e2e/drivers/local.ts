// Drives the built local host: starts it without a window, opens the printed address in Chromium.
// With given readings of the computer it starts hosts/local-with-readings.ts instead.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Browser } from '@playwright/test'
import type { GivenReadings } from '../../src-main/core/platform/computer-readings.ts'
import type { AppDriver, LaunchOptions, RunningApp } from './app-driver.ts'
import { beginOnFirstPage } from './first-page.ts'

const root = join(import.meta.dirname, '..', '..')
const node = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node'
)

/** An installed Chromium, else undefined for Playwright's own. */
export function chromiumPath(): string | undefined {
  const places = [process.env['WINNOW_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome']
  return places.find((path) => path !== undefined && existsSync(path))
}

/** Chromium does not sandbox itself for root; tests in containers run as root. */
export function sandboxSwitches(): readonly string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/** What only this driver can do: the desktop app takes no readings from outside. */
export interface LocalLaunchOptions extends LaunchOptions {
  /** What the computer has free, instead of what it has. */
  readonly readings?: GivenReadings
  /** Language and region of the browser, as "de-DE". */
  readonly locale?: string
  /** Further switches of the browser. */
  readonly switches?: readonly string[]
}

/** A running local host. */
export interface RunningLocal extends RunningApp {
  /** Ends the backend thread, and nothing else; only for one that was launched with readings. */
  breakEngine?(): void
}

/** The local host's driver. */
export interface LocalDriver extends AppDriver {
  launch(options?: LocalLaunchOptions): Promise<RunningLocal>
}

async function startHost(
  home: string,
  readings: GivenReadings | undefined
): Promise<{ host: ChildProcess; address: string }> {
  const command =
    readings === undefined
      ? [join(root, 'out', 'main', 'node.js'), '--headless', '--root', home]
      : [join(root, 'e2e', 'hosts', 'local-with-readings.ts'), home, JSON.stringify(readings)]
  const host = spawn(node, command, {
    env: { ...process.env, WINNOW_HOME: home, WINNOW_CHECK_OUTPUTS: '1' },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  if (!host.stdout) throw new Error('the host has no output')
  for await (const line of createInterface({ input: host.stdout })) {
    const address = /^Winnow is at (http:\S+)$/.exec(line)?.[1]
    if (address !== undefined) return { host, address }
  }
  throw new Error('the host ended without printing its address')
}

/** The local host's driver. */
export const localDriver: LocalDriver = {
  async launch(options: LocalLaunchOptions = {}): Promise<RunningLocal> {
    const home = options.home ?? mkdtempSync(join(tmpdir(), 'winnow-e2e-'))
    beginOnFirstPage(home)
    const { host, address } = await startHost(home, options.readings)
    const executablePath = chromiumPath()
    const browser: Browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        ...sandboxSwitches(),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        ...(options.switches ?? [])
      ]
    })
    const context = await browser.newContext({
      ...(options.locale === undefined ? {} : { locale: options.locale }),
      colorScheme: options.colorScheme ?? 'light',
      viewport: options.viewport ?? { width: 1280, height: 720 }
    })
    // A control that never comes should fail its step, not use up the whole test.
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    const violations: string[] = []
    page.on('pageerror', (error) => violations.push(`page error: ${error.message}`))
    page.on('console', (message) => {
      // Policy violations are console errors too, in several wordings.
      if (message.type() === 'error') violations.push(message.text())
    })
    await page.goto(address)
    return {
      page,
      home,
      violations,
      breakEngine: () => void host.kill('SIGUSR2'),
      async kill() {
        host.kill('SIGKILL')
        if (host.exitCode === null && host.signalCode === null) await once(host, 'exit')
        await browser.close()
      },
      async close() {
        await browser.close()
        host.kill('SIGTERM')
        if (host.exitCode === null && host.signalCode === null) await once(host, 'exit')
      }
    }
  }
}
