// How pages are opened for the runner: where they seem to come from, how large their window is, and what
// they may load. Two hosts follow it: an installed Chromium, and a hidden window of the desktop app.
import type { SealedPage } from '../../platform/sealed-page.ts'
import type { PageFolder } from './page-folder.ts'

/** Where pages seem to come from. The name exists nowhere; files are handed over by the host. */
export const pageOrigin = 'http://pages.winnow.invalid'

/** Opens pages that see the files of one folder and no network. */
export type OpenPages = (folder: PageFolder) => Promise<SealedPage>

/** Window of the page in CSS pixels: the task's 160 x 210 and room for what pages draw beside it. */
export const windowSize = { width: 500, height: 320 } as const

/** What a page may load: its folder's files. The third lock beside interception and a dead proxy. */
export const pagePolicy =
  "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src 'self'; " +
  "form-action 'self'; base-uri 'self'; object-src 'none'; worker-src 'none'"

/** Headers of every file that is handed to a page. */
export function pageHeaders(mime: string): Record<string, string> {
  return {
    'content-type': mime,
    'content-security-policy': pagePolicy,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store'
  }
}
