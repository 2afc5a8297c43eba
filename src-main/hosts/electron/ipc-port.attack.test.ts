// Security rules E9 and E10: who gets a port, and what may pass through it.
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeEmitter, FakeIpcMain, FakePort } from './electron-fakes.test-support.ts'
import {
  connectChannel,
  isOurPage,
  joinPorts,
  listenForPages,
  messageBytesMax,
  portChannel,
  type Asking
} from './ipc-port.ts'

const rules = { origin: 'app://bundle', isOurWindow: (id: number) => id === 1 }
const frameOf = (origin: string): { origin: string } => ({ origin })
function asking(origin: string, id = 1): Asking {
  const mainFrame = frameOf(origin)
  return { senderFrame: mainFrame, sender: { id, mainFrame } }
}

describe('isOurPage', () => {
  it('accepts the main frame of our window showing our page', () => {
    expect(isOurPage(asking('app://bundle'), rules)).toBe(true)
  })

  it.each([
    'app://other',
    'app://bundle.example.org',
    'app://bundle:80',
    'APP://BUNDLE',
    'app://bundle/',
    'https://example.org',
    'http://localhost:5173',
    'file://',
    'about:blank',
    'null',
    ''
  ])('refuses origin %j', (origin) => expect(isOurPage(asking(origin), rules)).toBe(false))

  it('refuses other windows', () => {
    expect(isOurPage(asking('app://bundle', 2), rules)).toBe(false)
  })

  it('refuses a frame that is gone, or is not the main frame', () => {
    const mainFrame = frameOf('app://bundle')
    const sender = { id: 1, mainFrame }
    expect(isOurPage({ senderFrame: null, sender }, rules)).toBe(false)
    expect(isOurPage({ sender } as unknown as Asking, rules)).toBe(false)
    expect(isOurPage({ senderFrame: frameOf('app://bundle'), sender }, rules)).toBe(false)
  })

  it('refuses frames and contents that Electron has disposed of', () => {
    const mainFrame = {
      get origin(): string {
        throw new Error('Render frame was disposed before WebFrameMain could be accessed')
      }
    }
    expect(isOurPage({ senderFrame: mainFrame, sender: { id: 1, mainFrame } }, rules)).toBe(false)
  })
})

class FakeSender extends FakeEmitter {
  readonly id: number
  readonly mainFrame = frameOf('app://bundle')
  readonly posted: unknown[][] = []
  constructor(id: number) {
    super()
    this.id = id
  }
  postMessage(...args: unknown[]): void {
    this.posted.push(args)
  }
}

class FakeChannel {
  static readonly made: FakeChannel[] = []
  readonly port1 = new FakePort().asPort()
  readonly port2 = new FakePort().asPort()
  constructor() {
    FakeChannel.made.push(this)
  }
}

const opened: MessagePort[] = []
afterEach(() => {
  for (const port of opened.splice(0)) port.close()
})
function backendPair(): { ours: MessagePort; theirs: MessagePort } {
  const { port1, port2 } = new MessageChannel()
  opened.push(port1, port2)
  return { ours: port1, theirs: port2 }
}

describe('listenForPages', () => {
  let ipc: FakeIpcMain
  let backends: MessagePort[]
  const knock = (sender: FakeSender, senderFrame: unknown = sender.mainFrame): void =>
    ipc.emit(connectChannel, { sender, senderFrame })
  beforeEach(() => {
    ipc = new FakeIpcMain()
    backends = []
    FakeChannel.made.length = 0
    listenForPages(ipc, {
      rules,
      Channel: FakeChannel,
      connect: () => {
        const { ours } = backendPair()
        backends.push(ours)
        return ours
      }
    })
  })

  it('hands our page one end of a channel, once', () => {
    const sender = new FakeSender(1)
    knock(sender)
    knock(sender)
    expect(sender.posted).toEqual([[portChannel, null, [FakeChannel.made[0]?.port2]]])
    expect(backends).toHaveLength(1)
  })

  it('answers nobody else, and connects nobody else to the backend', () => {
    const stranger = new FakeSender(2)
    knock(stranger)
    const framed = new FakeSender(1)
    knock(framed, frameOf('app://bundle'))
    knock(framed, null)
    expect([stranger.posted, framed.posted, backends]).toEqual([[], [], []])
    expect(stranger.count('destroyed')).toBe(0)
  })

  it.each(['did-navigate', 'render-process-gone'])('ends the port at %s', (name) => {
    const sender = new FakeSender(1)
    knock(sender)
    const first = FakeChannel.made[0]?.port1 as unknown as FakePort
    sender.emit(name)
    expect(first.isClosed).toBe(true)
    knock(sender)
    expect(sender.posted).toHaveLength(2)
    expect(sender.count('did-navigate')).toBe(1)
  })
})

describe('joinPorts', () => {
  const received = (port: MessagePort): Promise<unknown> =>
    new Promise((resolve) => port.once('message', resolve))
  const closed = (port: MessagePort): Promise<void> =>
    new Promise((resolve) => port.once('close', () => resolve()))
  const send = (page: FakePort, data: unknown, ports: unknown[] = []): void =>
    page.emit('message', { data, ports })

  it('passes messages both ways and both ends go together', async () => {
    const page = new FakePort()
    const { ours, theirs } = backendPair()
    joinPorts(page.asPort(), ours)
    expect(page.isStarted).toBe(true)
    const there = received(theirs)
    send(page, { id: 1, bytes: new Uint8Array([1, 2]) })
    expect(await there).toEqual({ id: 1, bytes: new Uint8Array([1, 2]) })
    theirs.postMessage({ id: 1, ok: true })
    await received(ours)
    expect(page.sent).toEqual([{ id: 1, ok: true }])
    const end = closed(ours)
    theirs.close()
    await end
    expect(page.isClosed).toBe(true)
  })

  it.each([
    ['too many bytes', { bytes: new Uint8Array(messageBytesMax + 1) }, []],
    ['a port', { id: 1 }, [{}]],
    ['something that cannot be passed on', () => undefined, []]
  ])('ends a page that sends %s, and passes nothing on', async (_what, data, ports) => {
    const page = new FakePort()
    const { ours, theirs } = backendPair()
    const seen: unknown[] = []
    theirs.on('message', (message) => seen.push(message))
    joinPorts(page.asPort(), ours)
    const end = closed(theirs)
    send(page, data, ports)
    await end
    expect(page.isClosed).toBe(true)
    expect(seen).toEqual([])
  })

  it('lets go of the backend when the page goes', async () => {
    const page = new FakePort()
    const { ours, theirs } = backendPair()
    joinPorts(page.asPort(), ours)
    const end = closed(theirs)
    page.emit('close')
    await end
    expect(page.isClosed).toBe(true)
  })
})
