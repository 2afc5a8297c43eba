// The local host's port as a stranger's program sees it: requests, handshakes, frames and fragments of
// any form over real connections. The honest page gets in before, meanwhile and after.
import { randomBytes } from 'node:crypto'
import { createConnection, type Socket } from 'node:net'
import { MessageChannel } from 'node:worker_threads'
import type { Random } from '../../src-main/core/compute/random.ts'
import { encodeMessage } from '../../src-main/api/wire-codec.ts'
import { joinSocket } from '../../src-main/hosts/node/join-socket.ts'
import {
  get,
  requestText,
  startTestServer,
  upgradeText,
  type TestServer
} from '../../src-main/hosts/node/local-server.test-support.ts'
import { wrongSecretsMax } from '../../src-main/hosts/node/token.ts'
import { damage, noise, oddNumber, once, oneOf, pieces } from '../mutate.ts'
import { Broken, type FuzzTarget } from '../target.ts'

const words = [
  ...['GET ', 'POST ', 'OPTIONS ', ' HTTP/1.1\r\n', ' HTTP/1.0\r\n', '\r\n', '\r\n\r\n', '\n'],
  ...['Host: ', 'Origin: ', 'Connection: Upgrade\r\n', 'Upgrade: websocket\r\n', '/socket', '/'],
  ...['Content-Length: 5\r\n', 'Transfer-Encoding: chunked\r\n', 'Expect: 100-continue\r\n', '..'],
  ...[
    'Sec-WebSocket-Protocol: ',
    'Sec-WebSocket-Key: ',
    'Sec-WebSocket-Version: 8\r\n',
    ':',
    '%00'
  ],
  ...['Sec-Fetch-Site: cross-site\r\n', ' ', '\t', '\u0000', '0\r\n\r\n', 'ffffffff\r\n', '*']
]

function frame(random: Random): Buffer {
  const code = once(random, 4) ? random.below(16) : oneOf(random, [0, 1, 2, 2, 2, 8, 9, 10])
  const bits = once(random, 8) ? random.below(8) << 4 : 0
  const isLast = once(random, 4) ? 0 : 0x80
  const isMasked = once(random, 10) ? 0 : 0x80
  const content = once(random, 2)
    ? encodeMessage({ type: 'request', id: random.below(9), name: 'app.hello', input: {} })
    : noise(random, 300)
  const said = once(random, 10) ? oddNumber(random) : content.length
  const head: number[] = [isLast | bits | code]
  if (said < 126 && !once(random, 10)) head.push(isMasked | said)
  else if (said < 65_536) head.push(isMasked | 126, said >> 8, said & 255)
  else
    head.push(
      isMasked | 127,
      0,
      0,
      0,
      0,
      said >>> 24,
      (said >> 16) & 255,
      (said >> 8) & 255,
      said & 255
    )
  const mask = isMasked === 0 ? [] : [1, 2, 3, 4]
  const body = Buffer.from(content)
  if (isMasked !== 0) for (let i = 0; i < body.length; i++) body[i] = (body[i] ?? 0) ^ ((i & 3) + 1)
  return Buffer.concat([Buffer.from(head), Buffer.from(mask), body])
}

/** Sends pieces as they are and waits for the other side's end, or ends it. */
function converse(
  port: number,
  parts: readonly (string | Buffer)[],
  isEnded: (answer: string) => boolean
): Promise<string> {
  return new Promise((settle) => {
    const socket: Socket = createConnection({ host: '127.0.0.1', port })
    let answer = ''
    const end = (): void => {
      socket.destroy()
      settle(answer)
    }
    socket.on('data', (bytes) => {
      answer = (answer + bytes.toString('latin1')).slice(0, 20_000)
      if (isEnded(answer)) end()
    })
    socket.on('error', () => undefined)
    socket.on('close', end)
    socket.setNoDelay(true)
    for (const part of parts) socket.write(part)
    // Whoever stops speaking says so; the server answers or closes.
    socket.end()
  })
}

/** The port. */
export const socketTarget: FuzzTarget = {
  name: 'socket',
  about: 'The local host: raw requests, handshakes, frames; no one gets in, the page still does',
  limitMs: 30_000,
  shortCases: 150,
  async open() {
    let test: TestServer
    const reached: unknown[] = []
    const start = async (): Promise<void> => {
      test = await startTestServer({
        onSocket(socket) {
          joinSocket(socket, {
            connect() {
              const { port1, port2 } = new MessageChannel()
              port2.on('message', (message) => void reached.push(message))
              port2.unref()
              return port1
            }
          })
        }
      })
    }
    await start()
    let cases = 0

    async function strange(random: Random): Promise<string> {
      const { port } = test.server
      const { token } = test.secrets
      const own = `127.0.0.1:${port}`
      const secret = once(random, 2) ? randomBytes(32).toString('base64url') : `${token}x`
      const text = once(random, 3)
        ? pieces(random, [...words, own], 30)
        : once(random, 2)
          ? upgradeText(port, secret, [], oneOf(random, ['/socket', '/', '/x']))
          : requestText(
              oneOf(random, ['GET', 'HEAD', 'POST', 'PUT']),
              oneOf(random, ['/', '/x', '*']),
              [['Host', oneOf(random, [own, 'evil.example', ''])]]
            )
      const bytes = once(random, 3)
        ? Buffer.from(text)
        : damage(
            random,
            Buffer.from(text),
            words.map((word) => Buffer.from(word))
          )
      const answer = await converse(port, [bytes], () => false)
      if (/^HTTP\/1\.1 101/.test(answer))
        throw new Broken('let in without the secret', { input: bytes })
      if (answer.includes(token)) throw new Broken('told the secret', { input: bytes })
      if (answer !== '' && !/^HTTP\/1\.1 (200|400|403|404|405|431|408|413|417)/.test(answer))
        throw new Broken(`answered ${JSON.stringify(answer.slice(0, 60))}`, { input: bytes })
      for (const head of answer.match(/^HTTP\/1\.1 (?:200|403|404|405)[^]*?\r\n\r\n/gm) ?? [])
        if (!/^X-Content-Type-Options: nosniff\r$/m.test(head))
          throw new Broken('an answer without the headers', { input: bytes })
      if (test.attacks > 0 || test.secrets.wrongCount >= wrongSecretsMax) {
        await test.server.close()
        await start()
      }
      return `answered ${answer.slice(9, 12)}`
    }

    async function frames(random: Random): Promise<string> {
      const { port } = test.server
      const parts: (string | Buffer)[] = [upgradeText(port, test.secrets.token, [])]
      for (let i = 1 + random.below(6); i > 0; i--) {
        const one = once(random, 5) ? damage(random, frame(random)) : frame(random)
        const at = random.below(one.length + 1)
        if (once(random, 3)) parts.push(one.subarray(0, at), one.subarray(at))
        else parts.push(one)
      }
      const answer = await converse(port, parts, () => false)
      if (!/^HTTP\/1\.1 101/.test(answer)) throw new Broken('the page was not let in')
      const told = reached.splice(0)
      return told.length > 0 ? 'messages reached the backend' : 'no message'
    }

    return {
      async run(random) {
        const outcome = await (random.below(2) === 0 ? strange(random) : frames(random))
        // Now and then: it still serves, and holds nothing of those who are gone.
        if (++cases % 50 === 0) {
          if ((await get(test.server.port, '/')).status !== 200)
            throw new Broken('it serves no more')
        }
        return outcome
      },
      close: () => test.server.close()
    }
  }
}
