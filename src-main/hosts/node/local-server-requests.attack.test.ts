// Attacks on the loopback server over real connections: who may ask, and what is answered
// (security rules L5-L8). All must fail.
import { once } from 'node:events'
import { createConnection } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { rawRefusal, securityHeaders } from './headers.ts'
import {
  enter,
  get,
  knock,
  requestText,
  sendRaw,
  startTestServer,
  upgradeText,
  type TestServer
} from './local-server.test-support.ts'
import { protocolName } from './request-gate.ts'

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

/** Names that DNS or a proxy could point at us, and near misses of our own. */
const foreignHosts = (own: number): string[] => [
  'localhost',
  `localhost:${own}`,
  '127.0.0.1',
  `127.0.0.1:${own + 1}`,
  `127.0.0.1:0${own}`,
  `127.1:${own}`,
  `[::1]:${own}`,
  `0.0.0.0:${own}`,
  `evil.example:${own}`,
  `127.0.0.1.evil.example:${own}`,
  `127.0.0.1:${own}.evil.example`,
  `127.0.0.1:${own}@evil.example`,
  `user@127.0.0.1:${own}`,
  `127.0.0.1:${own},evil.example`
]

describe('who may ask', () => {
  it('L5: another Host gets no socket, not even with the token (DNS rebinding)', async () => {
    for (const host of foreignHosts(port))
      expect(await knock(port, test.secrets.token, { host }), host).toBe(403)
    expect(test.server.openSockets).toBe(0)
  })

  it('L6: another Host gets no file', async () => {
    for (const host of [...foreignHosts(port), '']) {
      const answer = await get(port, '/', { Host: host })
      expect(answer.status, host).toBe(403)
      expect(answer.body).toBe('Refused')
    }
  })

  it('L6: no Host, two Hosts and the old protocol without one get nothing', async () => {
    const own = `127.0.0.1:${port}`
    const texts = [
      'GET / HTTP/1.1\r\nConnection: close\r\n\r\n',
      `GET / HTTP/1.1\r\nHost: ${own}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: evil.example\r\nHost: ${own}\r\nConnection: close\r\n\r\n`,
      'GET / HTTP/1.0\r\n\r\n'
    ]
    for (const text of texts) expect((await sendRaw(port, text)).status, text).toBe(403)
  })

  it('L5: another Origin, or none, gets no socket', async () => {
    const origins = [
      undefined,
      'null',
      'http://evil.example',
      'https://evil.example',
      `https://127.0.0.1:${port}`,
      `http://127.0.0.1:${port}/`,
      `http://127.0.0.1:${port + 1}`,
      'http://127.0.0.1',
      `http://localhost:${port}`,
      `http://127.0.0.1:${port}.evil.example`,
      `HTTP://127.0.0.1:${port}`,
      'http://127.0.0.1:5173',
      'app://bundle',
      'file://'
    ]
    for (const origin of origins)
      expect(await knock(port, test.secrets.token, { origin }), String(origin)).toBe(403)
  })

  it('L5: only the exact development server is let in beside our own page', async () => {
    const dev = await startTestServer({ devOrigin: 'http://127.0.0.1:5173' })
    extra.push(dev)
    const { token } = dev.secrets
    const { socket } = await enter(dev.server.port, token, { origin: 'http://127.0.0.1:5173' })
    expect(socket.readyState).toBe(WebSocket.OPEN)
    for (const origin of ['http://127.0.0.1:5174', 'http://localhost:5173', 'http://evil.example'])
      expect(await knock(dev.server.port, token, { origin })).toBe(403)
  })

  it('L5: the secret must be the second of exactly two protocol names', async () => {
    const { token } = test.secrets
    const offers = [
      [],
      [protocolName],
      [token],
      [token, protocolName],
      [protocolName, token, 'more'],
      ['winnow.2', token],
      [protocolName.toUpperCase(), token]
    ]
    for (const protocols of offers)
      expect(await knock(port, token, { protocols }), protocols.join()).toBe(403)
  })

  it('L5: the answer names the protocol and never the secret', async () => {
    const connection = createConnection({ host: '127.0.0.1', port })
    const offer = 'permessage-deflate; client_max_window_bits'
    connection.write(upgradeText(port, test.secrets.token, [['Sec-WebSocket-Extensions', offer]]))
    const [data] = (await once(connection, 'data')) as [Buffer]
    connection.destroy()
    const text = data.toString()
    expect(text).toMatch(/^HTTP\/1\.1 101 /)
    expect(text).toMatch(new RegExp(`^Sec-WebSocket-Protocol: ${protocolName}\r$`, 'm'))
    expect(text).not.toContain(test.secrets.token)
    // L9: no compression, so nothing can blow up behind the size limit.
    expect(text).not.toMatch(/sec-websocket-extensions/i)
  })

  it('L5: the socket is at one path only', async () => {
    const paths = ['/', '/Socket', '/socket/', '/socket?x', '//socket', '/%73ocket', '/./socket']
    for (const path of paths) {
      const text = upgradeText(port, test.secrets.token, [], path)
      expect((await sendRaw(port, text)).status, path).toBe(403)
    }
  })

  it('L5: headers sent twice are not believed', async () => {
    const second: [string, string][] = [
      ['Host', `127.0.0.1:${port}`],
      ['Origin', 'http://evil.example'],
      ['Sec-WebSocket-Protocol', 'more']
    ]
    for (const header of second) {
      const text = upgradeText(port, test.secrets.token, [header])
      expect((await sendRaw(port, text)).status, header[0]).toBe(403)
    }
  })

  it('L8: requests that another site made are refused, files and socket alike', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const headers = { 'Sec-Fetch-Site': site }
      expect((await get(port, '/', headers)).status).toBe(403)
      expect(await knock(port, test.secrets.token, { headers })).toBe(403)
    }
    for (const site of ['same-origin', 'none'])
      expect((await get(port, '/', { 'Sec-Fetch-Site': site })).status).toBe(200)
  })
})

describe('what is served', () => {
  it('L6: serves exactly the known files', async () => {
    const page = await get(port, '/')
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8'
    ])
    expect(page.body).toContain('<title>Winnow</title>')
    const head = await get(port, '/assets/page.js', {}, 'HEAD')
    expect([head.status, head.body, head.headers.get('content-length')]).toEqual([200, '', '6'])
  })

  it('L6: no path leaves the list of files, however it is written', async () => {
    const targets = [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/assets/../index.html',
      '/assets/..%5c..%5cindex.html',
      '/assets\\page.js',
      '//index.html',
      '/index.html/',
      '/index.html%00.js',
      '/INDEX.HTML',
      '/index.html?',
      '/index.html?x=1',
      '/index%2ehtml',
      '/assets/',
      '/assets',
      '/.git/config',
      '/etc/passwd',
      '/socket',
      '/__proto__',
      'index.html',
      '*'
    ]
    for (const target of targets) {
      const answer = await get(port, target)
      expect([400, 404], target).toContain(answer.status)
      expect(answer.body).not.toContain('Winnow')
    }
    // The absolute form, as a proxy would be asked.
    expect((await get(port, `http://127.0.0.1:${port}/`)).status).toBe(404)
    expect((await get(port, 'http://evil.example/')).status).toBe(404)
  })

  it('L6: random targets never find anything but the known files', async () => {
    const target = fc
      .string({ unit: fc.constantFrom(...'/.%\\aepx2fijndhtmlsc?#;:@&=5C00'), maxLength: 24 })
      .map((text) => `/${text}`)
      .filter((text) => !['/', '/index.html', '/assets/page.js'].includes(text))
    await fc.assert(
      fc.asyncProperty(target, async (path) => {
        expect([400, 404]).toContain((await get(port, path)).status)
      }),
      { numRuns: 60 }
    )
  })

  it('L6: only GET and HEAD; no OPTIONS, and no answer ever has a CORS header', async () => {
    const methods = ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY']
    for (const method of methods) {
      const answer = await get(
        port,
        '/',
        {
          Origin: 'http://evil.example',
          'Access-Control-Request-Method': 'POST',
          'Content-Length': '0'
        },
        method
      )
      expect([400, 405], method).toContain(answer.status)
      expect(answer.text).not.toMatch(/access-control-/i)
    }
    expect((await get(port, '/', { Origin: 'http://evil.example' })).text).not.toMatch(
      /access-control-/i
    )
    expect((await sendRaw(port, requestText('CONNECT', 'evil.example:443', []))).status).toBe(0)
  })

  it('L6: a body and "Expect" get the same answer as without', async () => {
    const expecting = (value: string): Promise<{ status: number }> =>
      get(port, '/', { Expect: value, 'Content-Length': '5' }, 'POST')
    expect((await expecting('100-continue')).status).toBe(405)
    expect((await expecting('200-everything')).status).toBe(405)
  })

  it('L7: every answer carries every header, refusals and broken requests too', async () => {
    const expected = new Map(
      Object.entries(securityHeaders(port)).map(([name, value]) => [name.toLowerCase(), value])
    )
    const answers = [
      await get(port, '/'),
      await get(port, '/assets/page.js', {}, 'HEAD'),
      await get(port, '/missing'),
      await get(port, '/', {}, 'POST'),
      await get(port, '/', { Host: 'evil.example' }),
      await get(port, '/', { Expect: 'nonsense' }),
      await sendRaw(port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'),
      await sendRaw(port, 'NONSENSE\r\n\r\n'),
      await sendRaw(
        port,
        requestText('GET', '/', [['Upgrade', 'websocket']]).replace('close', 'Upgrade')
      )
    ]
    expect(answers.map(({ status }) => status)).toEqual([
      200, 200, 404, 405, 403, 200, 403, 400, 403
    ])
    for (const answer of answers)
      for (const [name, value] of expected) expect(answer.headers.get(name), name).toBe(value)
  })

  it('L7: the headers are these', () => {
    const headers = securityHeaders(4711)
    expect(headers['Content-Security-Policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; " +
        "font-src 'self'; connect-src 'self' ws://127.0.0.1:4711; worker-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
        "require-trusted-types-for 'script'; trusted-types vue"
    )
    const { 'Permissions-Policy': permissions, ...others } = headers
    expect(others).toEqual({
      'Content-Security-Policy': expect.any(String),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'Cache-Control': 'no-store'
    })
    const features = permissions?.split(', ') ?? []
    expect(features).toEqual(expect.arrayContaining(['camera=()', 'microphone=()', 'usb=()']))
    for (const feature of features) expect(feature).toMatch(/^[a-z-]+=\(\)$/)
    expect(rawRefusal('403 Forbidden', 4711)).not.toMatch(/x-powered-by|server:/i)
  })
})
