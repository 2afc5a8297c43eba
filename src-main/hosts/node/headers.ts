// Response headers of the local host (security rule L7): the page's own, plus our one websocket.
import { pageHeaders } from '../worker/page-headers.ts'

/** Headers of every response of a host listening on `port`. */
export function securityHeaders(port: number): Readonly<Record<string, string>> {
  return pageHeaders([`ws://127.0.0.1:${port}`])
}
