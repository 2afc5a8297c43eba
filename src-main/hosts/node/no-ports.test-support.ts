// Loaded before the command line in tests: a process that listens or connects anywhere dies of it.
// Node runs it in the process's threads too.
import { Socket as DatagramSocket } from 'node:dgram'
import { writeSync } from 'node:fs'
import { Server, Socket } from 'node:net'

/** Ends a process with 99; a thread at least leaves the word on the error stream. */
function refuse(what: string): never {
  writeSync(2, `NETWORK: ${what}\n`)
  process.exit(99)
}

Server.prototype.listen = () => refuse('listen')
Socket.prototype.connect = () => refuse('connect')
DatagramSocket.prototype.bind = () => refuse('bind')
