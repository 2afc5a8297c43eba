// Response headers of the local host (security rule L7): the page's own, plus our one websocket.
import { pageHeaders } from '../worker/page-headers.ts'

/** Headers of every response of a host listening on `port`. */
export function securityHeaders(port: number): Readonly<Record<string, string>> {
  return pageHeaders([`ws://127.0.0.1:${port}`])
}

/** A whole refusal as text, for connections that never became a request. */
export function rawRefusal(status: string, port: number): string {
  const headers = Object.entries(securityHeaders(port)).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status}`, 'Connection: close', 'Content-Length: 0', ...headers, '', ''].join(
    '\r\n'
  )
}
