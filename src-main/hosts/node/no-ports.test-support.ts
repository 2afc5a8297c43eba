// Loaded before the command line in tests: a process that listens or connects anywhere dies of it.
// Node runs it in the process's threads too.
import { createSocket, Socket as DatagramSocket } from 'node:dgram'
import { Server, Socket } from 'node:net'

function refuse(what: string): never {
  process.stderr.write(`NETWORK: ${what}\n`)
  process.exit(99)
}

Server.prototype.listen = () => refuse('listen')
Socket.prototype.connect = () => refuse('connect')
DatagramSocket.prototype.bind = () => refuse('bind')
void createSocket
