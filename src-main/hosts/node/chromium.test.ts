// The browser window (security rule L10), with a program of our own standing in for the browser:
// it writes down how it was started, fills its profile, and stays until it is told to go.
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { browserPlaces } from '../../core/platform/browsers.ts'
import { browserArguments, findBrowser, openBrowser } from './chromium.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-browser-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function standIn(lines: readonly string[]): Promise<string> {
  const path = join(folder, 'browser')
  await writeFile(path, `#!${process.execPath}\n${lines.join('\n')}\n`, { mode: 0o700 })
  return path
}

/** Writes its arguments, leaves a file in its profile, and waits. */
function patient(): Promise<string> {
  return standIn([
    "const { mkdirSync, renameSync, writeFileSync } = require('node:fs')",
    "const profile = process.argv.find((text) => text.startsWith('--user-data-dir=')).slice(16)",
    "mkdirSync(profile + '/Default', { recursive: true })",
    "writeFileSync(profile + '/Default/History', 'visited')",
    `writeFileSync(${JSON.stringify(join(folder, 'part'))}, JSON.stringify(process.argv.slice(2)))`,
    `renameSync(${JSON.stringify(join(folder, 'part'))}, ${JSON.stringify(join(folder, 'arguments'))})`,
    'setInterval(() => undefined, 1000)'
  ])
}

async function argumentsSeen(): Promise<string[]> {
  const path = join(folder, 'arguments')
  await expect.poll(() => existsSync(path), { timeout: 10_000 }).toBe(true)
  return JSON.parse(await readFile(path, 'utf8')) as string[]
}

const profileOf = (args: readonly string[]): string =>
  args.find((text) => text.startsWith('--user-data-dir='))?.slice(16) ?? ''

describe('the command line of the browser', () => {
  it('L10: an app window, a profile of its own, no extensions, no remote debugging', () => {
    const args = browserArguments('http://127.0.0.1:4711/#c=x', '/tmp/profile')
    expect(args).toContain('--app=http://127.0.0.1:4711/#c=x')
    expect(args).toContain('--user-data-dir=/tmp/profile')
    expect(args).toContain('--disable-extensions')
    expect(args.join(' ')).not.toMatch(/remote-debugging|load-extension|disable-web-security/)
  })

  it('L10: the sandbox is never switched off, and root gets no window', async () => {
    expect(browserArguments('u', 'p')).not.toContain('--no-sandbox')
    const env = { PATH: folder, DISPLAY: ':0' }
    await writeFile(join(folder, 'chromium'), '', { mode: 0o755 })
    expect(findBrowser('linux', env, true)).toBeUndefined()
    expect(findBrowser('linux', env, false)).toBe(join(folder, 'chromium'))
  })
})

describe('finding a browser', () => {
  it('looks on the PATH, and only where there is a display', async () => {
    const env = { PATH: folder, DISPLAY: ':0' }
    expect(findBrowser('linux', env, false)).toBeUndefined()
    await writeFile(join(folder, 'chromium'), '')
    expect(findBrowser('linux', env, false)).toBe(join(folder, 'chromium'))
    expect(findBrowser('linux', { PATH: folder }, false)).toBeUndefined()
    expect(findBrowser('linux', { PATH: folder, WAYLAND_DISPLAY: 'w' }, false)).toBeDefined()
  })

  it('knows where Chrome and Edge live on Windows and macOS', () => {
    const places = browserPlaces('win32', { PROGRAMFILES: 'C:\\Programs' })
    expect(places.some((place) => place.endsWith('msedge.exe'))).toBe(true)
    expect(browserPlaces('darwin', {}).some((place) => place.includes('Google Chrome'))).toBe(true)
  })
})

describe.skipIf(process.platform === 'win32')('the window', () => {
  it('L10: its profile is new for every run and gone when the host closes it', async () => {
    const path = await patient()
    const window = openBrowser('http://127.0.0.1:1/#c=y', path)
    const args = await argumentsSeen()
    expect(args).toContain('--app=http://127.0.0.1:1/#c=y')
    const profile = profileOf(args)
    expect(existsSync(join(profile, 'Default', 'History'))).toBe(true)
    await window?.close()
    expect(existsSync(profile)).toBe(false)
    await rm(join(folder, 'arguments'))
    const second = openBrowser('http://127.0.0.1:1/#c=z', path)
    expect(profileOf(await argumentsSeen())).not.toBe(profile)
    await second?.close()
  })

  it('L10: its profile is gone when the person closes the window', async () => {
    const path = await standIn([
      `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'arguments'))}, JSON.stringify(process.argv.slice(2)))`
    ])
    const window = openBrowser('http://127.0.0.1:1/', path)
    await new Promise<void>((resolve) => window?.onExit(resolve))
    expect(existsSync(profileOf(await argumentsSeen()))).toBe(false)
    // Closing what is already gone is no error.
    await window?.close()
  })

  it('a browser that cannot be started says so by leaving', async () => {
    const window = openBrowser('http://127.0.0.1:1/', join(folder, 'not-there'))
    await new Promise<void>((resolve) => window?.onExit(resolve))
    await window?.close()
  })
})
