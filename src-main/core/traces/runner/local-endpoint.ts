// A language model on this computer, asked over an OpenAI-compatible server. Only this computer's own
// addresses are ever spoken to, without redirects or proxies, with bounds on time and size.
import { request, type IncomingMessage } from 'node:http'
import { z } from 'zod'
import { AppError } from '../../../api/errors.ts'

export interface ChatMessage {
  readonly role: 'system' | 'user'
  readonly content: string
}

export interface ChatRequest {
  readonly model: string
  readonly messages: readonly ChatMessage[]
  readonly temperature: number
  readonly maxTokens: number
  /** JSON schema that the answer is asked to follow, and its name. */
  readonly schema: { readonly name: string; readonly schema: object }
}

/** How long one answer may take in ms, and how large it and the prompt may be in bytes. */
export const endpointLimits = { answerMs: 120_000, answerBytes: 1_000_000, promptBytes: 400_000 }

const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * The address of a server as it will be used, without a slash at the end. Throws AppError
 * "invalid-input" for anything that is not plain http to this computer itself.
 */
export function localAddress(text: string): URL {
  const refuse = (why: string): AppError =>
    new AppError('invalid-input', `The model's address ${why}.`, {
      hint: 'Use one on this computer, such as http://127.0.0.1:8080/v1.'
    })
  if (!URL.canParse(text)) throw refuse('is no address')
  const url = new URL(text)
  if (url.protocol !== 'http:') throw refuse('does not begin with http://')
  // URLs write numbers of hosts in one form: 127.1 and 2130706433 are 127.0.0.1 by now.
  if (!loopbackHosts.has(url.hostname)) throw refuse('is not on this computer')
  if (url.username !== '' || url.password !== '') throw refuse('holds a name or a password')
  if (url.search !== '' || url.hash !== '') throw refuse('holds more than a path')
  url.pathname = url.pathname.replace(/\/+$/, '')
  return url
}

const Answer = z.object({
  choices: z
    .array(z.object({ message: z.object({ content: z.string().nullable().optional() }) }))
    .min(1)
})

/**
 * What the model says. Throws AppError "invalid-input" when the server cannot be reached, answers in
 * another form or too much, or takes too long; "cancelled" on abort.
 */
export async function askModel(
  address: URL,
  chat: ChatRequest,
  signal: AbortSignal,
  limits: typeof endpointLimits = endpointLimits
): Promise<string> {
  const body = JSON.stringify({
    model: chat.model,
    messages: chat.messages,
    temperature: chat.temperature,
    max_tokens: chat.maxTokens,
    stream: false,
    response_format: { type: 'json_schema', json_schema: { ...chat.schema, strict: true } }
  })
  if (Buffer.byteLength(body) > limits.promptBytes)
    throw new AppError('too-large', 'What the model is to be told is too long.')
  const text = await post(address, body, signal, limits)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw badAnswer('is not in the expected form')
  }
  const found = Answer.safeParse(value)
  if (!found.success) throw badAnswer('is not in the expected form')
  return found.data.choices[0].message.content ?? ''
}

function badAnswer(what: string): AppError {
  return new AppError('invalid-input', `The model server's answer ${what}.`, {
    hint: 'Check that the address is that of an OpenAI-compatible server.'
  })
}

function post(
  address: URL,
  body: string,
  signal: AbortSignal,
  limits: typeof endpointLimits
): Promise<string> {
  const time = AbortSignal.timeout(limits.answerMs)
  return new Promise((resolve, reject) => {
    const call = request(
      {
        // Numbers, never a name: nothing is looked up, so nothing can lead elsewhere.
        host: address.hostname === '[::1]' ? '::1' : '127.0.0.1',
        port: address.port === '' ? 80 : Number(address.port),
        path: `${address.pathname === '/' ? '' : address.pathname}/chat/completions`,
        method: 'POST',
        agent: false,
        signal: AbortSignal.any([signal, time]),
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          host: address.host
        }
      },
      (response) => void readAnswer(response, limits).then(resolve, fail)
    )
    const fail = (cause: unknown): void => {
      call.destroy()
      if (cause instanceof AppError) reject(cause)
      else if (signal.aborted) reject(new AppError('cancelled'))
      else if (time.aborted) reject(badAnswer('takes too long'))
      else
        reject(
          new AppError('invalid-input', 'The model server cannot be reached.', {
            hint: `Start it and check its address (${address.href}).`,
            cause
          })
        )
    }
    call.on('error', fail)
    call.end(body)
  })
}

async function readAnswer(
  response: IncomingMessage,
  limits: typeof endpointLimits
): Promise<string> {
  if (response.statusCode !== 200)
    throw badAnswer(`is an error (${response.statusCode ?? 'no number'})`)
  const parts: Buffer[] = []
  let size = 0
  for await (const part of response) {
    // Chunks of a response without an encoding are buffers.
    const bytes = part as Buffer
    size += bytes.length
    if (size > limits.answerBytes) throw badAnswer('is too long')
    parts.push(bytes)
  }
  return Buffer.concat(parts).toString('utf8')
}
