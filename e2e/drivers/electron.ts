// Drives the desktop host: starts the built app in Electron, where its binary is installed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication } from '@playwright/test'
import type { AppDriver, LaunchOptions, RunningApp } from './app-driver.ts'
import { beginOnFirstPage } from './first-page.ts'

const root = join(import.meta.dirname, '..', '..')

/** A running desktop app, with what only this host has. */
export interface RunningDesktop extends RunningApp {
  readonly application: ElectronApplication
  /** Starts the app once more on the same data; resolves with its exit status. */
  startAgain(...args: readonly string[]): Promise<number | null>
}

/** Path of the Electron binary, or undefined where it is not installed. */
export function electronBinary(): string | undefined {
  const folder = join(root, 'node_modules', 'electron')
  const marker = join(folder, 'path.txt')
  if (!existsSync(marker)) return undefined
  const path = join(folder, 'dist', readFileSync(marker, 'utf8').trim())
  return existsSync(path) ? path : undefined
}

function environmentOf(home: string): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    // A development server or Electron as plain Node would make this another program.
    ([name]) => name !== 'ELECTRON_RENDERER_URL' && name !== 'ELECTRON_RUN_AS_NODE'
  )
  return {
    ...Object.fromEntries(kept.map(([name, value]) => [name, value ?? ''])),
    WINNOW_HOME: home
  }
}

/** Chromium does not sandbox itself for root; tests in containers run as root. */
const rootArguments = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** Launches the desktop app. Throws when the Electron binary is not installed. */
export async function launchDesktop(options: LaunchOptions = {}): Promise<RunningDesktop> {
  const executablePath = electronBinary()
  if (executablePath === undefined) throw new Error('the Electron binary is not installed')
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'winnow-e2e-'))
  beginOnFirstPage(home)
  const env = environmentOf(home)
  const application = await _electron.launch({
    executablePath,
    args: [...rootArguments, root],
    env,
    colorScheme: options.colorScheme ?? 'light'
  })
  const page = await application.firstWindow()
  const violations: string[] = []
  page.on('pageerror', (error) => violations.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) violations.push(message.text())
  })
  await page.setViewportSize(options.viewport ?? { width: 1280, height: 720 })
  return {
    application,
    page,
    home,
    violations,
    async startAgain(...args) {
      const again = spawn(executablePath, [...rootArguments, root, ...args], {
        env,
        stdio: 'ignore'
      })
      await once(again, 'exit')
      return again.exitCode
    },
    async kill() {
      const host = application.process()
      host.kill('SIGKILL')
      if (host.exitCode === null && host.signalCode === null) await once(host, 'exit')
    },
    close: () => application.close()
  }
}

/** The desktop host's driver. */
export const electronDriver: AppDriver = { launch: launchDesktop }
