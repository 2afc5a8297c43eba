// The wire: frames of any bytes, messages that must come back as they were sent, and messages to the
// calls' server that are no requests.
import { createPortPair } from '../../src-main/api/port-pair.ts'
import { serve, type Handlers } from '../../src-main/api/rpc.ts'
import { decodeMessage, encodeMessage } from '../../src-main/api/wire-codec.ts'
import { contract } from '../../src-main/api/contract.ts'
import type { Random } from '../../src-main/core/compute/random.ts'
import {
  anyValue,
  changeValue,
  damage,
  noise,
  oddText,
  once,
  oneOf,
  type Value
} from '../mutate.ts'
import { Broken, type FuzzTarget } from '../target.ts'

type Message = Value | ArrayBufferView | Message[] | { [key: string]: Message }

const arrays = [
  ...[Uint8Array, Uint8ClampedArray, Int8Array, Uint16Array, Int16Array, Int32Array, Uint32Array],
  ...[Float32Array, Float64Array]
]
const keys = ['\u0000array', '\u0000', '\u0000\u0000x', '__proto__', 'a', 'id', 'toString']

function anyMessage(random: Random, depth = 3): Message {
  switch (random.below(depth > 0 ? 6 : 3)) {
    case 0: {
      const made = new (oneOf(random, arrays))(random.below(once(random, 20) ? 2000 : 9))
      for (let i = 0; i < made.length; i++) made[i] = random.below(256)
      return made
    }
    case 1:
    case 2:
      return anyValue(random, keys, 1)
    case 3:
      return Array.from({ length: random.below(5) }, () => anyMessage(random, depth - 1))
    default:
      return Object.fromEntries(
        Array.from({ length: random.below(5) }, () => [
          once(random, 3) ? oddText(random) : oneOf(random, keys),
          anyMessage(random, depth - 1)
        ])
      )
  }
}

/** A text that tells messages apart, with kinds of arrays and order of keys. */
function shown(message: Message | undefined): string {
  if (ArrayBuffer.isView(message))
    return `${message.constructor.name}[${Buffer.from(message.buffer, message.byteOffset, message.byteLength).toString('hex')}]`
  if (Array.isArray(message)) return `[${message.map(shown).join()}]`
  if (typeof message !== 'object' || message === null)
    // Lone surrogates travel as such; minus nothing does not exist in JSON.
    return Object.is(message, -0) ? '0' : (JSON.stringify(message) ?? 'undefined')
  return `{${Object.entries(message)
    .map(([key, value]) => `${JSON.stringify(key)}:${shown(value)}`)
    .join()}}`
}

function depthOf(message: Message, depth = 0): number {
  if (typeof message !== 'object' || message === null || ArrayBuffer.isView(message)) return depth
  return Math.max(
    depth,
    ...Object.values(message).map((value) => depthOf(value as Message, depth + 1))
  )
}

/** Frames. */
export const codecTarget: FuzzTarget = {
  name: 'codec',
  about: 'Frames of the wire: any bytes are decoded or refused, what was sent comes back',
  limitMs: 20_000,
  shortCases: 3000,
  open() {
    return Promise.resolve({
      run(random) {
        if (random.below(2) === 0) {
          const message = anyMessage(random)
          if (depthOf(message) > 60) return 'too deep'
          const frame = encodeMessage(message)
          const back = decodeMessage(frame)
          if (shown(back as Message) !== shown(message))
            throw new Broken('a message did not come back', { input: frame })
          return 'came back'
        }
        const frame = once(random, 10)
          ? noise(random, 200)
          : damage(random, encodeMessage(anyMessage(random)), [
              Buffer.from('WNW1'),
              Buffer.from('{}')
            ])
        try {
          const message = decodeMessage(frame)
          encodeMessage(message)
          return 'decoded'
        } catch (error) {
          // The socket ends on any of them; none may be the machine running out of something.
          if (!(error instanceof Error) || /allocation|call stack/i.test(error.message))
            throw new Broken(`no plain error: ${String(error)}`, { cause: error, input: frame })
          return 'refused'
        }
      },
      close: () => Promise.resolve()
    })
  }
}

/** Messages to the server of calls. */
export const requestsTarget: FuzzTarget = {
  name: 'requests',
  about: 'Messages to the server of calls: every request is answered once, nothing else is',
  limitMs: 20_000,
  shortCases: 500,
  open() {
    const [server, page] = createPortPair()
    const called: string[] = []
    const handlers = Object.fromEntries(
      Object.keys(contract).map((name) => [
        name,
        () => {
          called.push(name)
          return Promise.resolve({})
        }
      ])
    ) as unknown as Handlers
    const errors: unknown[] = []
    serve(server, handlers, {
      checkOutputs: false,
      onError: (error) => void errors.push(error),
      newLogId: () => '1'
    })
    let answers: { id: unknown; ok: unknown }[] = []
    page.onMessage((message) => void answers.push(message as { id: unknown; ok: unknown }))
    const names = Object.keys(contract)
    return Promise.resolve({
      async run(random) {
        answers = []
        const honest: Value = {
          ...{ type: 'request', id: random.below(1000), name: oneOf(random, names), input: {} }
        }
        const message = once(random, 5)
          ? anyValue(random, ['type', 'request', 'end', 'id', 'name', 'input', ...keys], 3)
          : changeValue(random, honest, [...names.slice(0, 5), 'toString', '__proto__'])
        page.send(message)
        // Everything a call without work does is done when a few turns have passed.
        for (let i = 0; i < 3; i++) await new Promise((settle) => setImmediate(settle))
        if (errors.length > 0) throw new Broken('a bug', { cause: errors.splice(0)[0] })
        if (answers.length > 1) throw new Broken('answered twice')
        return answers.length === 0 ? 'not answered' : answers[0]?.ok === true ? 'done' : 'refused'
      },
      close() {
        page.close()
        return Promise.resolve()
      }
    })
  }
}
