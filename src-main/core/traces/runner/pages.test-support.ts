// A browser for tests: the installed Chromium, without its sandbox for root. Tests that need one are
// skipped where there is none.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { browserPlaces, type BrowserChoice } from '../../platform/browsers.ts'
import { openChromium } from './chromium-session.ts'
import { createPageDriver, type PageDriver } from './page-driver.ts'
import { openPageFolder } from './page-folder.ts'

const path =
  process.env['WINNOW_CHROMIUM'] ??
  browserPlaces(process.platform, process.env).find((place) => existsSync(place))

/** The browser of this computer; undefined without one. */
export const testBrowser: BrowserChoice | undefined =
  path === undefined ? undefined : { path, isSandboxed: process.getuid?.() !== 0 }

/** Winnow's own pages. */
export const ownPages = join(import.meta.dirname, '../../../../resources/pages')

/** A driver over the pages of a folder. Throws without a browser. */
export async function openDriver(folder = ownPages): Promise<PageDriver> {
  if (testBrowser === undefined) throw new Error('there is no browser here')
  const session = await openChromium(await openPageFolder(folder), testBrowser)
  return createPageDriver(session, { settleMs: 0 })
}
