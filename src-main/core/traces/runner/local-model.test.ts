// A language model on this computer, with a server of our own in its place: what is sent, what is made of
// answers, what is kept, and which addresses are refused.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlanContext, ReflectContext } from '../reflection/policy.ts'
import { createNever } from '../reflection/solve.test-support.ts'
import { askModel, endpointLimits, localAddress, type ChatRequest } from './local-endpoint.ts'
import { createLocalModelPolicy } from './local-model-policy.ts'
import { openModelAnswers } from './model-answers.ts'

interface Sent {
  readonly path: string | undefined
  readonly host: string | undefined
  readonly body: {
    readonly messages: readonly { readonly role: string; readonly content: string }[]
    readonly response_format: { readonly json_schema: { readonly name: string } }
  }
}

let server: Server
let base = ''
let sent: Sent[] = []
let reply: (response: ServerResponse) => void
let folder = ''

const says = (content: string) => (response: ServerResponse) => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] }))
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-model-'))
  sent = []
  reply = says('{"actions": ["click id=3"]}')
  server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { url, headers } = request
      // The body is what this product sends; the test looks at parts of it.
      const body = JSON.parse(Buffer.concat(parts).toString()) as Sent['body']
      sent.push({ path: url, host: headers.host, body })
      reply(response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/v1`
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true, force: true })
})

const chat: ChatRequest = {
  model: 'm',
  messages: [{ role: 'user', content: 'hello' }],
  temperature: 0,
  maxTokens: 16,
  schema: { name: 'plan', schema: {} }
}
const ask = (limits = endpointLimits, signal = createNever()): Promise<string> =>
  askModel(localAddress(base), chat, signal, limits)

const planContext = (over: Partial<PlanContext> = {}): PlanContext => ({
  task: 't',
  goal: 'find "x"',
  screen: { leaves: [] },
  text: 'button id=3 "x"',
  banned: new Set(),
  past: ["clicked link '2'"],
  step: 1,
  trial: 0,
  lesson: undefined,
  signal: createNever(),
  ...over
})
const options = { kind: 'model', model: 'm', temperature: 0, maxTokens: 64 } as const
const answersFile = (): string => join(folder, 'answers.jsonl')

describe('addresses', () => {
  it.each([
    'http://127.0.0.1:8080/v1',
    'http://localhost:1/v1/',
    'http://[::1]:11434/v1',
    'http://127.1:80/v1'
  ])('%s is on this computer', (address) => {
    expect(['127.0.0.1', 'localhost', '[::1]']).toContain(localAddress(address).hostname)
  })

  it.each([
    'https://127.0.0.1/v1',
    'http://example.com/v1',
    'http://127.0.0.1.example.com/v1',
    'http://localhost.example.com/',
    'http://0.0.0.0:80/v1',
    'http://127.0.0.2/v1',
    'http://192.168.0.1/v1',
    'http://[::ffff:8.8.8.8]/v1',
    'http://169.254.169.254/latest',
    'http://127.0.0.1@example.com/v1',
    'http://user:word@127.0.0.1/v1',
    'http://127.0.0.1/v1?x=1',
    'file:///etc/passwd',
    'not an address'
  ])('%s is refused', (address) => {
    expect(() => localAddress(address)).toThrow(/The model's address/)
  })
})

describe('the server', () => {
  it('is asked in the common form, and its words come back', async () => {
    reply = says('words')
    expect(await ask()).toBe('words')
    expect(sent[0].path).toBe('/v1/chat/completions')
    expect(sent[0].host).toBe(new URL(base).host)
    expect(sent[0].body).toMatchObject({
      model: 'm',
      temperature: 0,
      max_tokens: 16,
      stream: false
    })
  })

  it.each<[string, (response: ServerResponse) => void, RegExp]>([
    ['an error', (response) => response.writeHead(500).end('{}'), /is an error \(500\)/],
    ['no JSON', (response) => response.end('<html>'), /not in the expected form/],
    ['another form', (response) => response.end('{"choices": []}'), /not in the expected form/],
    ['a break', (response) => response.destroy(), /cannot be reached/],
    [
      'a way elsewhere',
      (response) => response.writeHead(302, { location: 'http://example.com/' }).end(),
      /is an error \(302\)/
    ]
  ])('%s is said in words', async (_, act, message) => {
    reply = act
    await expect(ask()).rejects.toThrow(message)
    expect(sent).toHaveLength(1)
  })

  it('that says too much, or nothing for long, is left', async () => {
    reply = says('x'.repeat(5000))
    await expect(ask({ ...endpointLimits, answerBytes: 1000 })).rejects.toThrow('is too long')
    reply = () => undefined
    await expect(ask({ ...endpointLimits, answerMs: 50 })).rejects.toThrow('takes too long')
  })

  it('that is not there is said so; a stop comes through', async () => {
    const stop = new AbortController()
    reply = () => stop.abort()
    await expect(ask(endpointLimits, stop.signal)).rejects.toMatchObject({ code: 'cancelled' })
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await expect(ask()).rejects.toThrow('cannot be reached')
  })
})

describe('a model as a policy', () => {
  it('plans with goal, screen and past; the same question is asked once, also by a later run', async () => {
    const answers = await openModelAnswers(answersFile())
    const policy = createLocalModelPolicy({ ...options, address: base }, answers)
    expect(await policy.plan(planContext())).toEqual(['click id=3'])
    expect(await policy.plan(planContext())).toEqual(['click id=3'])
    expect(sent).toHaveLength(1)
    const said = sent[0].body.messages.map(({ content }) => content).join('\n')
    for (const part of ['find "x"', 'button id=3 "x"', "clicked link '2'"])
      expect(said).toContain(part)
    const later = createLocalModelPolicy(
      { ...options, address: base },
      await openModelAnswers(answersFile())
    )
    expect(await later.plan(planContext())).toEqual(['click id=3'])
    expect(sent).toHaveLength(1)
    await later.plan(planContext({ text: 'another screen' }))
    expect(sent).toHaveLength(2)
  })

  it('keeps every question and answer, readable by nobody else', async () => {
    const answers = await openModelAnswers(answersFile())
    await createLocalModelPolicy({ ...options, address: base }, answers).plan(planContext())
    const [line] = (await readFile(answersFile(), 'utf8')).trim().split('\n')
    expect(JSON.parse(line)).toMatchObject({
      model: 'm',
      prompt: [{ role: 'system' }, { role: 'user' }],
      params: { temperature: 0, maxTokens: 64, form: 'plan' },
      answer: '{"actions": ["click id=3"]}'
    })
    if (process.platform !== 'win32') expect((await stat(answersFile())).mode & 0o077).toBe(0)
  })

  it('a line that a crash cut off harms no other', async () => {
    const answers = await openModelAnswers(answersFile())
    const policy = createLocalModelPolicy({ ...options, address: base }, answers)
    await policy.plan(planContext())
    const whole = await readFile(answersFile(), 'utf8')
    await writeFile(answersFile(), `${whole}{"key": "cut o`)
    const again = createLocalModelPolicy(
      { ...options, address: base },
      await openModelAnswers(answersFile())
    )
    await again.plan(planContext({ text: 'new' }))
    await again.plan(planContext())
    expect(sent).toHaveLength(2)
    const third = await openModelAnswers(answersFile())
    await createLocalModelPolicy({ ...options, address: base }, third).plan(
      planContext({ text: 'new' })
    )
    expect(sent).toHaveLength(2)
  })

  it.each([
    ['words', 'Sure! Click the button.'],
    ['another schema', '{"do": "click id=3"}'],
    ['no list', '{"actions": "click id=3"}'],
    ['nothing', '']
  ])('an answer of %s is no plan', async (_, content) => {
    reply = says(content)
    const answers = await openModelAnswers(answersFile())
    const policy = createLocalModelPolicy({ ...options, address: base }, answers)
    expect(await policy.plan(planContext())).toEqual([])
  })

  it('reflects on the whole attempt, and counts steps from 1 as it was told', async () => {
    reply = says('```json\n{"step": 2, "action": "click id=9", "reason": "wrong tab"}\n```')
    const answers = await openModelAnswers(answersFile())
    const policy = createLocalModelPolicy({ ...options, address: base }, answers)
    const history = [1, 2].map((id) => ({
      screen: { leaves: [] },
      text: `screen ${id}`,
      action: { kind: 'click', id } as const,
      line: `click id=${id}`
    }))
    const context: ReflectContext = {
      ...{ task: 't', goal: 'g', history, last: null, trial: 0, signal: createNever() },
      ...{ state: 'failed', sentence: 'It failed.' }
    }
    expect(await policy.reflect?.(context)).toEqual({
      step: 1,
      action: 'click id=9',
      reason: 'wrong tab'
    })
    const said = sent[0].body.messages.map(({ content }) => content).join('\n')
    for (const part of ['screen 1', 'screen 2', 'click id=2', 'It failed.'])
      expect(said).toContain(part)
  })
})
