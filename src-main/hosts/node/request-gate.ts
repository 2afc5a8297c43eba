// Who may ask the loopback server anything: the exact Host, the exact Origin, no other site, each
// header once (security rules L5, L6, L8).
import type { IncomingMessage } from 'node:http'

/** Name of our websocket protocol; the secret travels as a second one and is never echoed. */
export const protocolName = 'winnow.1'
/** Path of the only websocket. */
export const socketPath = '/socket'

export interface RequestGate {
  /** Whether a plain request may be answered at all. */
  mayAsk(request: IncomingMessage): boolean
  /** The secret of a well-formed websocket request from our own page; undefined for any other. */
  secretOf(request: IncomingMessage): string | undefined
}

/** The gate of a server on `port()`. `devOrigin` is accepted beside its own origin for sockets. */
export function createGate(port: () => number, devOrigin: string | undefined): RequestGate {
  function mayAsk(request: IncomingMessage): boolean {
    const site = request.headers['sec-fetch-site']
    // A Host with a name, even "localhost", may be a name an attacker's DNS points here.
    return (
      onlyValue(request, 'host') === `127.0.0.1:${port()}` &&
      site !== 'cross-site' &&
      site !== 'same-site'
    )
  }
  return {
    mayAsk,
    secretOf(request) {
      const origin = onlyValue(request, 'origin')
      const isOwnOrigin =
        origin === `http://127.0.0.1:${port()}` || (devOrigin !== undefined && origin === devOrigin)
      if (request.url !== socketPath || !mayAsk(request) || !isOwnOrigin) return undefined
      const offered = (onlyValue(request, 'sec-websocket-protocol') ?? '')
        .split(',')
        .map((part) => part.trim())
      const [name, secret] = offered
      return name === protocolName && offered.length === 2 && secret !== '' ? secret : undefined
    }
  }
}

/** The header's value when it was sent exactly once: of two, each reader might believe another. */
function onlyValue(request: IncomingMessage, name: string): string | undefined {
  const values = request.headersDistinct[name]
  return values?.length === 1 ? values[0] : undefined
}
