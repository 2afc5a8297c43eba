// Keeps every web contents where it was put: no navigation, no new windows, no webviews (security
// rule E7). The page may only load itself again. Links to allowed sites go to the system's browser.
import type { WebContents } from 'electron'

/** Options of the guard. */
export interface NavigationOptions {
  /** Exact address of our page, which may load itself again; nothing else is let through. */
  readonly pageUrl: string
  /** Where a link that wanted a new window goes; it decides by itself what it opens. */
  openLink(url: string): void
}

/** Guards one web contents; call for each of `app.on('web-contents-created')`. */
export function guardNavigation(
  contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>,
  options: NavigationOptions
): void {
  contents.on('will-navigate', (event) => {
    if (event.url !== options.pageUrl) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => {
    if (event.url !== options.pageUrl || !event.isMainFrame) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    options.openLink(url)
    return { action: 'deny' }
  })
}
