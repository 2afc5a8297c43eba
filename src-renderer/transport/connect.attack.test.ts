// Which way the page connects, and whom it believes: only its own window hands over a port
// (security rule E9's side of the page), and an address gives away its secret once.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connect } from './connect.ts'

class FakeSocket extends EventTarget {
  static readonly OPEN = 1
  static made: FakeSocket[] = []
  readyState = FakeSocket.OPEN
  binaryType = ''
  readonly url: string
  readonly protocols: readonly string[]
  constructor(url: string, protocols: readonly string[]) {
    super()
    this.url = url
    this.protocols = protocols
    FakeSocket.made.push(this)
  }
  send(): void {}
  close(): void {}
}

beforeEach(() => {
  FakeSocket.made = []
  vi.stubGlobal('WebSocket', FakeSocket)
  sessionStorage.clear()
  history.replaceState(null, '', '/')
})
afterEach(() => vi.unstubAllGlobals())

function message(data: unknown, source: unknown, ports: readonly MessagePort[]): MessageEvent {
  const event = new Event('message')
  // A real MessageEvent with ports cannot be made by hand here.
  return Object.assign(event, { data, source, ports }) as unknown as MessageEvent
}

describe('in the desktop app', () => {
  it('takes the port its own window was given, and no other', async () => {
    const asked = vi.fn()
    vi.stubGlobal('bridge', { connect: asked })
    const [foreign, wrong, own] = [new MessageChannel(), new MessageChannel(), new MessageChannel()]
    let isConnected = false
    const connecting = connect().then((connection) => {
      isConnected = true
      return connection
    })
    expect(asked).toHaveBeenCalledOnce()
    window.dispatchEvent(message('winnow-port', null, [foreign.port1]))
    window.dispatchEvent(message('other', window, [wrong.port1]))
    window.dispatchEvent(message('winnow-port', window, []))
    await Promise.resolve()
    expect(isConnected).toBe(false)

    window.dispatchEvent(message('winnow-port', window, [own.port1]))
    const { port } = await connecting
    const received = new Promise(
      (resolve) => (own.port2.onmessage = (event) => resolve(event.data))
    )
    port.send({ hello: 1 })
    expect(await received).toEqual({ hello: 1 })
    expect(FakeSocket.made).toEqual([])
    for (const channel of [foreign, wrong, own]) channel.port1.close()
  })

  it('leaves an address alone', () => {
    vi.stubGlobal('bridge', { connect: () => undefined })
    history.replaceState(null, '', '/#part')
    void connect()
    expect(location.hash).toBe('#part')
  })
})

describe('in a browser window', () => {
  it('takes the code out of the address before it is used, with everything behind it', () => {
    history.replaceState(null, '', '/?x=1#c=one-time_code')
    void connect()
    expect(FakeSocket.made[0]?.protocols).toEqual(['winnow.1', 'one-time_code'])
    expect(location.href.endsWith('/')).toBe(true)
  })

  it.each(['#c=', '#c=with space', '#c=a&b=c', '#C=abc', '#x'])(
    'takes %j for no code, and removes it',
    async (hash) => {
      history.replaceState(null, '', `/${encodeURI(hash)}`)
      await expect(connect()).rejects.toThrow('This address has no key.')
      expect(location.hash).toBe('')
      expect(FakeSocket.made).toEqual([])
    }
  )

  it('prefers the code of a new address to the token of the last run', () => {
    sessionStorage.setItem('winnow-token', 'old-token')
    history.replaceState(null, '', '/#c=new-code')
    void connect()
    expect(FakeSocket.made[0]?.protocols.at(-1)).toBe('new-code')
  })

  it('says that an address was used before when the host turns it away', async () => {
    history.replaceState(null, '', '/#c=spent')
    const connecting = connect()
    FakeSocket.made[0]?.dispatchEvent(Object.assign(new Event('close'), { code: 1006 }))
    await expect(connecting).rejects.toThrow('used before')
  })
})
