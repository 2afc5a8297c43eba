// Keeps every web contents where it was put: no navigation, no new windows, no webviews (security
// rule E7). Links to allowed sites go to the system's browser instead.
import type { WebContents } from 'electron'

/** Options of the guard. */
export interface NavigationOptions {
  /** The development server, whose reloads are let through; undefined in a release. */
  readonly devUrl: string | undefined
  /** Where a link that wanted a new window goes; it decides by itself what it opens. */
  openLink(url: string): void
}

/** Guards one web contents; call for each of `app.on('web-contents-created')`. */
export function guardNavigation(
  contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>,
  options: NavigationOptions
): void {
  contents.on('will-navigate', (event) => {
    if (event.url !== options.devUrl) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => {
    if (event.url !== options.devUrl || !event.isMainFrame) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    options.openLink(url)
    return { action: 'deny' }
  })
}
