// Security rule E2: the bridge into the page is one function, and passes on nothing but a port.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeEmitter } from './electron-fakes.test-support.ts'
import { connectChannel, portChannel } from './ipc-port.ts'

const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  sent: [] as unknown[][],
  listen: undefined as ((name: string, call: (...args: never[]) => void) => void) | undefined
}))
vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, api: unknown) => electron.exposed.set(name, api)
  },
  ipcRenderer: {
    on: (name: string, call: (...args: never[]) => void) => electron.listen?.(name, call),
    send: (...args: unknown[]) => electron.sent.push(args)
  }
}))

const posted: unknown[][] = []
let ipc: FakeEmitter
beforeEach(async () => {
  ipc = new FakeEmitter()
  electron.listen = (name, call) => ipc.on(name, call)
  electron.exposed.clear()
  electron.sent.length = 0
  posted.length = 0
  vi.resetModules()
  vi.stubGlobal('location', { origin: 'app://bundle' })
  vi.stubGlobal('postMessage', (...args: unknown[]) => posted.push(args))
  await import('./preload.ts')
})

describe('preload', () => {
  it('exposes one object with one function, which takes nothing and gives nothing', () => {
    expect([...electron.exposed.keys()]).toEqual(['bridge'])
    const bridge = electron.exposed.get('bridge') as Record<string, (...args: unknown[]) => unknown>
    expect(Object.keys(bridge)).toEqual(['connect'])
    expect(bridge['connect']?.('another-channel', 'argument')).toBeUndefined()
    expect(electron.sent).toEqual([[connectChannel]])
  })

  it('passes the port on to its own origin, without the event', () => {
    const port = {}
    ipc.emit(portChannel, { ports: [port, {}], sender: 'ipc' }, 'anything else')
    expect(posted).toEqual([['winnow-port', 'app://bundle', [port]]])
  })

  it('passes nothing on without a port', () => {
    ipc.emit(portChannel, { ports: [] })
    expect(posted).toEqual([])
  })
})
