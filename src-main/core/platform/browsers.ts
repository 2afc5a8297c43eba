// Browsers that are installed on this computer, by the places where systems put them.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A browser that pages can be played in without a window. */
export interface BrowserChoice {
  /** Absolute. */
  readonly path: string
  /** Off only where the system has no sandbox to offer, as for root in tests. */
  readonly isSandboxed: boolean
}

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge'
]

/** Places where browsers are installed, by system. */
export function browserPlaces(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'darwin') {
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'
    ]
  }
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
    return roots
      .filter((root) => root !== undefined)
      .flatMap((root) => [
        join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe')
      ])
  }
  return (env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
}

/**
 * A browser that can play pages out of sight; no display is needed. Undefined where none is installed,
 * and for root on Linux: Chromium runs for root only without its sandbox, and that stays on.
 */
export function findPageBrowser(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  isRoot: boolean = process.getuid?.() === 0
): BrowserChoice | undefined {
  if (platform === 'linux' && isRoot) return undefined
  const path = browserPlaces(platform, env).find((place) => existsSync(place))
  return path === undefined ? undefined : { path, isSandboxed: true }
}
