// Attacks on the loopback server over real connections: where it listens and who has a secret
// (security rules L1-L4). All must fail.
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startLocalServer } from './local-server.ts'
import {
  enter,
  get,
  isListening,
  knock,
  startTestServer,
  type TestServer
} from './local-server.test-support.ts'
import { protocolName } from './request-gate.ts'
import { codeLifeMs, createSecrets } from './token.ts'

let test: TestServer
let port = 0
const extra: TestServer[] = []
beforeEach(async () => {
  test = await startTestServer()
  port = test.server.port
})
afterEach(async () => {
  await Promise.all([test, ...extra.splice(0)].map(({ server }) => server.close()))
})

describe('where it listens', () => {
  it('L1: answers on 127.0.0.1 and on no other address of this computer', async () => {
    expect(await isListening('127.0.0.1', port)).toBe(true)
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .map(({ address }) => address)
      .filter((address) => address !== '127.0.0.1')
    for (const address of [...others, '::1', '127.0.0.2'])
      expect(await isListening(address, port), address).toBe(false)
  })

  it('L1: two runs have two ports that the system picked', async () => {
    const second = await startTestServer()
    extra.push(second)
    expect(second.server.port).not.toBe(port)
    expect(second.server.port).toBeGreaterThan(1023)
  })
})

describe('secrets', () => {
  it('L2: the token is 32 random bytes, another one in every run', () => {
    const tokens = Array.from({ length: 50 }, () => createSecrets().token)
    expect(new Set(tokens).size).toBe(50)
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  })

  it('L2: without a whole token there is no server', async () => {
    for (const token of ['', 'short', test.secrets.token.slice(1)]) {
      const secrets = { ...test.secrets, token, wrongCount: 0 }
      const options = {
        files: new Map(),
        secrets,
        devOrigin: undefined,
        onSocket: () => undefined,
        onAttack: () => undefined
      }
      await expect(startLocalServer(options)).rejects.toThrow('no server without a token')
    }
  })

  it('L3: a secret in the query opens nothing', async () => {
    const code = test.secrets.issueCode(codeLifeMs)
    expect((await get(port, `/?c=${code}`)).status).toBe(404)
    expect((await get(port, `/?t=${test.secrets.token}`)).status).toBe(404)
    expect(await knock(port, code, { path: `/socket?t=${test.secrets.token}` })).toBe(403)
  })

  it('L3: the secret is not taken from a cookie, and no cookie is ever set', async () => {
    const { token } = test.secrets
    const headers = { Cookie: `token=${token}`, Authorization: `Bearer ${token}` }
    expect(await knock(port, '', { protocols: [protocolName], headers })).toBe(403)
    const answer = await get(port, '/', headers)
    expect(answer.headers.has('set-cookie')).toBe(false)
    expect(answer.text).not.toContain(token)
  })

  it('L4: a one-time code is traded for the token once; its second use is refused', async () => {
    const code = test.secrets.issueCode(codeLifeMs)
    const { socket, firstFrame } = await enter(port, code)
    expect(JSON.parse(await firstFrame)).toEqual({ token: test.secrets.token })
    socket.close()
    await once(socket, 'close')
    expect(await knock(port, code)).toBe(403)
    const again = await enter(port, test.secrets.token)
    expect(again.socket.readyState).toBe(WebSocket.OPEN)
  })

  it('L4: of two that use one code at the same moment, one gets in', async () => {
    const code = test.secrets.issueCode(codeLifeMs)
    const results = await Promise.all([knock(port, code), knock(port, code), knock(port, code)])
    expect(results.filter((result) => typeof result !== 'number')).toHaveLength(1)
    expect(results.filter((result) => result === 403)).toHaveLength(2)
  })

  it('L4: a code is dead after 30 seconds', async () => {
    const code = test.secrets.issueCode(codeLifeMs)
    const other = test.secrets.issueCode(codeLifeMs)
    test.now += 30_000
    expect(typeof (await knock(port, code))).toBe('object')
    test.now += 1
    expect(await knock(port, other)).toBe(403)
  })

  it('L4: the token is not handed to those who already have it', async () => {
    const { socket, firstFrame } = await enter(port, test.secrets.token)
    test.sockets[0]?.send(new Uint8Array([1]))
    expect(await firstFrame).toBe('\u0001')
    socket.close()
  })
})
