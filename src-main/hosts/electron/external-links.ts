// The one door to the system's browser: https addresses of a few known sites (security rule E8).
// Anything else, above all other schemes, could start a program.
import type { Shell } from 'electron'

/** Sites that method cards and the manual point to. */
const allowedHosts: ReadonlySet<string> = new Set(['arxiv.org', 'doi.org'])

/** Whether a link may be opened in the system's browser. */
export function isAllowedLink(link: string): boolean {
  // Control characters and backslashes are read differently by different parsers.
  // eslint-disable-next-line no-control-regex -- these are the characters to refuse
  if (link.length > 2000 || /[\u0000-\u0020\u007f\\]/.test(link) || !URL.canParse(link))
    return false
  const url = new URL(link)
  return (
    url.protocol === 'https:' &&
    allowedHosts.has(url.hostname) &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  )
}

/** Opens an allowed link in the system's browser; returns whether it did. */
export function openLink(shell: Pick<Shell, 'openExternal'>, link: string): boolean {
  if (!isAllowedLink(link)) return false
  // Without a browser there is nothing to open; the link stays visible in the page.
  shell.openExternal(new URL(link).href).catch(() => undefined)
  return true
}
