// Serves the built page as app://bundle/ out of a Map of known files: no path is ever joined,
// decoded or normalised, so there is nothing to climb out of (security rules E3 and E4).
import type { CustomScheme, Protocol } from 'electron'
import { pageHeaders } from '../worker/page-headers.ts'
import type { StaticFile } from '../worker/static-files.ts'

/** Our scheme. */
export const scheme = 'app'
/** Exact origin of the page. */
export const bundleOrigin = `${scheme}://bundle`
/** Address of the page. */
export const bundleUrl = `${bundleOrigin}/`

/** What Chromium must know of the scheme before it is ready. */
export const privilegedScheme: CustomScheme = {
  scheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true }
}

/** Answers one request: a known file by GET or HEAD, or a refusal. */
export function answerRequest(
  files: ReadonlyMap<string, StaticFile>,
  request: { readonly url: string; readonly method: string }
): Response {
  const headers = pageHeaders()
  const refuse = (status: number, text: string): Response =>
    new Response(text, {
      status,
      headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }
    })
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Refused')
  const [address = ''] = request.url.split('#', 1)
  const file = address.startsWith(bundleUrl)
    ? files.get(address.slice(bundleOrigin.length))
    : undefined
  if (!file) return refuse(404, 'Not found')
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(file.bytes), {
    status: 200,
    headers: { ...headers, 'Content-Type': file.type }
  })
}

/** Starts serving; call once the app is ready. */
export function serveBundle(
  protocol: Pick<Protocol, 'handle'>,
  files: ReadonlyMap<string, StaticFile>
): void {
  protocol.handle(scheme, (request) => answerRequest(files, request))
}
