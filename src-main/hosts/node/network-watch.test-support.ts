// Loaded before a program in tests: every attempt to listen, connect, send or look up a name is written
// to the error stream and refused. Node runs it in the program's threads too.
import { Socket as DatagramSocket } from 'node:dgram'
import dns from 'node:dns'
import { writeSync } from 'node:fs'
import { Server, Socket } from 'node:net'

/** What a watched program prints for every attempt. */
const word = 'NETWORK-ATTEMPT'

function refuse(what: string): () => never {
  // No arrow, so that it can stand for a class as well.
  return function () {
    writeSync(2, `${word} ${what}\n`)
    throw new Error(`${what} is refused in this test`)
  }
}

// http, https, tls, undici and the global fetch all end up in one of these two.
Socket.prototype.connect = refuse('connect')
Server.prototype.listen = refuse('listen')
DatagramSocket.prototype.bind = refuse('bind')
DatagramSocket.prototype.send = refuse('send')
DatagramSocket.prototype.connect = refuse('datagram connect')
const lookups = ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'reverse'] as const
const names = dns as unknown as Record<string, unknown>
const promised = dns.promises as unknown as Record<string, unknown>
for (const name of lookups) {
  names[name] = refuse(`dns.${name}`)
  promised[name] = refuse(`dns.${name}`)
}
globalThis.fetch = refuse('fetch')
globalThis.WebSocket = refuse('WebSocket') as unknown as typeof WebSocket
