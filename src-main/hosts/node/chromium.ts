// Opens the page in an app window of an installed Chromium, Chrome or Edge, with a profile of its
// own that is removed at exit (security rule L10).
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browserPlaces } from '../../core/platform/browsers.ts'

/** Arguments of the app window. */
export function browserArguments(url: string, profile: string): string[] {
  return [
    `--app=${url}`,
    `--user-data-dir=${profile}`,
    '--window-size=1440,900',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-extensions',
    '--disable-sync',
    '--disable-background-networking',
    '--disable-component-update'
  ]
}

export interface BrowserWindow {
  onExit(callback: () => void): void
  /** Resolves when the browser is gone and its profile removed. */
  close(): Promise<void>
}

/** How long a browser may take to end before it is killed. */
const closePatienceMs = 3000

/**
 * An installed browser this process can show, or undefined where there is none or no display. Root
 * gets none either: Chromium runs for root only without its sandbox, and that is never switched off.
 */
export function findBrowser(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  isRoot: boolean = process.getuid?.() === 0
): string | undefined {
  if (platform === 'linux' && isRoot) return undefined
  const hasDisplay =
    platform !== 'linux' || env['DISPLAY'] !== undefined || env['WAYLAND_DISPLAY'] !== undefined
  return hasDisplay ? browserPlaces(platform, env).find((place) => existsSync(place)) : undefined
}

/**
 * An installed browser that can print without a window, so without a display too; undefined where
 * there is none, and for root, as above.
 */
export function findPrinter(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  isRoot: boolean = process.getuid?.() === 0
): string | undefined {
  if (platform === 'linux' && isRoot) return undefined
  return browserPlaces(platform, env).find((place) => existsSync(place))
}

/** Opens the window, or returns undefined where there is no browser or no display. */
export function openBrowser(
  url: string,
  path: string | undefined = findBrowser()
): BrowserWindow | undefined {
  if (path === undefined) return undefined
  const profile = mkdtempSync(join(tmpdir(), 'winnow-window-'))
  const child = spawn(path, browserArguments(url, profile), { stdio: 'ignore' })
  const callbacks: (() => void)[] = []
  const gone = new Promise<void>((resolve) => {
    const leave = (): void => {
      // The browser's helpers may still write for a moment.
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
      for (const callback of callbacks.splice(0)) callback()
      resolve()
    }
    child.once('error', leave)
    child.once('exit', leave)
  })
  return {
    onExit: (callback) => void callbacks.push(callback),
    async close() {
      child.kill()
      const timer = setTimeout(() => child.kill('SIGKILL'), closePatienceMs)
      await gone
      clearTimeout(timer)
    }
  }
}
