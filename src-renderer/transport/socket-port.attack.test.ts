// The page's part of security rules L3 and L4: the secret leaves the address at once, is kept for
// this tab only, and travels nowhere but in the list of websocket protocols.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { socketPort } from './socket-port.ts'

class FakeSocket extends EventTarget {
  static readonly OPEN = 1
  static last: FakeSocket
  readyState = FakeSocket.OPEN
  binaryType = ''
  readonly url: string
  readonly protocols: readonly string[]
  constructor(url: string, protocols: readonly string[]) {
    super()
    this.url = url
    this.protocols = protocols
    FakeSocket.last = this
  }
  send(): void {}
  close(): void {}
  receive(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

const code = 'one-time_code-0123456789'

beforeEach(() => {
  vi.stubGlobal('WebSocket', FakeSocket)
  sessionStorage.clear()
  localStorage.clear()
  history.replaceState(null, '', `/#c=${code}`)
})
afterEach(() => vi.unstubAllGlobals())

async function connect(): Promise<Awaited<ReturnType<typeof socketPort>>> {
  const connecting = socketPort()
  FakeSocket.last.dispatchEvent(new Event('open'))
  return connecting
}

describe('the secret of an address', () => {
  it('L3: is out of the address before anything is sent, and stays out', async () => {
    const entries = history.length
    const connecting = socketPort()
    expect(location.href).not.toContain(code)
    expect(location.hash).toBe('')
    expect(history.length).toBe(entries)
    FakeSocket.last.dispatchEvent(new Event('open'))
    await connecting
    expect(FakeSocket.last.url).toBe(`ws://${location.host}/socket`)
    expect(FakeSocket.last.protocols).toEqual(['winnow.1', code])
  })

  it('L3: the token is kept for this tab: not in a cookie, not across tabs', async () => {
    const { port } = await connect()
    const messages: unknown[] = []
    port.onMessage((message) => messages.push(message))
    FakeSocket.last.receive(JSON.stringify({ token: 'the-token' }))
    expect(Object.values({ ...sessionStorage })).toEqual(['the-token'])
    expect(localStorage.length).toBe(0)
    expect(document.cookie).toBe('')
    expect(messages).toEqual([])
  })

  it('L4: a reload uses the token, because the code was spent', async () => {
    const { port } = await connect()
    port.onMessage(() => undefined)
    FakeSocket.last.receive(JSON.stringify({ token: 'the-token' }))
    await connect()
    expect(FakeSocket.last.protocols).toEqual(['winnow.1', 'the-token'])
  })

  it('L4: no code and no token is no connection', async () => {
    history.replaceState(null, '', '/')
    await expect(socketPort()).rejects.toThrow('This address has no key.')
  })

  it('L9: is told when another window took over', async () => {
    const { onElsewhere } = await connect()
    let isElsewhere = false
    onElsewhere(() => (isElsewhere = true))
    FakeSocket.last.dispatchEvent(Object.assign(new Event('close'), { code: 1006 }))
    expect(isElsewhere).toBe(false)
    FakeSocket.last.dispatchEvent(Object.assign(new Event('close'), { code: 4001 }))
    expect(isElsewhere).toBe(true)
  })
})
