// Asking a model on this computer about an attempt, through the contract of a whole app and over real
// HTTP, with a server of our own in the model's place: what is sent, kept, refused and counted.
import { readFile, stat, writeFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { noTraceFilter } from '../../api/dto/trace-sets.ts'
import type { ModelAdvice } from '../../api/dto/trace-model.ts'
import { createPortPair } from '../../api/port-pair.ts'
import { createClient, serve, type Client } from '../../api/rpc.ts'
import { commandLinePlatform } from '../../hosts/node/node-platform.ts'
import { temporaryFolder } from '../store/store.test-support.ts'
import { createApp, type App } from './create-app.ts'

let folder: ReturnType<typeof temporaryFolder>
let app: App
let client: Client
let server: Server
let address = ''
let asked: { readonly url: string | undefined; readonly body: string }[] = []
let reply: (response: ServerResponse) => void = () => undefined
/** Settles when the server has read a question. */
let reached: () => void = () => undefined

const says = (content: string) => (response: ServerResponse) =>
  void response.end(JSON.stringify({ choices: [{ message: { content } }] }))
const names = (over: object = {}) =>
  says(
    JSON.stringify({
      ...{ step: 2, tool: 'look_up', arguments: { city: 'Rome' }, reason: 'Wrong city.' },
      ...{ confidence: 'medium', ...over }
    })
  )

const call = (id: string, city: string) => ({
  role: 'assistant',
  content: null,
  tool_calls: [
    { id, type: 'function', function: { name: 'look_up', arguments: JSON.stringify({ city }) } }
  ]
})
const attempt = (number: number) => ({
  id: 'a',
  reward: 0,
  messages: [
    { role: 'user', content: `Find the weather in Rome (${number}).` },
    call('1', 'Roma'),
    { role: 'tool', tool_call_id: '1', content: 'Unknown city.' },
    call('2', 'Paris'),
    { role: 'tool', tool_call_id: '2', content: 'Sunny.' },
    { role: 'assistant', content: 'It is sunny.' }
  ]
})

beforeEach(() => {
  asked = []
  reply = names()
  reached = () => undefined
})
beforeAll(async () => {
  folder = temporaryFolder()
  server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => (body += part))
    request.on('end', () => {
      asked.push({ url: request.url, body })
      reached()
      reply(response)
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const at = server.address()
  address = `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}/v1`
  vi.stubEnv('WINNOW_HOME', join(folder.path, 'home'))
  app = await createApp(await commandLinePlatform())
  const [host, page] = createPortPair()
  serve(host, app.handlers, {
    checkOutputs: true,
    onError: (error) => console.error(error),
    newLogId: app.newLogId
  })
  client = createClient(page)
  await client.call('projects.create', {
    name: 'Runs',
    place: (await app.grantPath(folder.path)).id
  })
}, 60_000)
afterAll(async () => {
  await app.dispose()
  server.closeAllConnections()
  server.close()
  vi.unstubAllEnvs()
  folder.remove()
})

let sets = 0
/** A new set of one attempt; its number. The same `like` gives the same log. */
async function attempts(like = sets): Promise<{ set: string; trace: number }> {
  const path = join(folder.path, 'log.json')
  await writeFile(path, JSON.stringify([attempt(like)]))
  const options = { hideSecrets: true, mapping: null }
  const grants = [(await app.grantPath(path)).id]
  const { job, set } = await client.call('traces.import', {
    ...{ grants, name: `Weather ${++sets}`, options, addTo: null }
  })
  await vi.waitFor(
    async () => expect((await client.call('jobs.get', { id: job })).finishedAt).not.toBeNull(),
    { timeout: 20_000, interval: 20 }
  )
  const { rows } = await client.call('traces.list', {
    ...{ set, sort: 'task', isDescending: false, first: 0, limit: 5 },
    filter: noTraceFilter
  })
  return { set, trace: rows[0].trace }
}
const ask = (
  trace: number,
  more: { review?: string; isSent?: boolean; address?: string; maxChars?: number } = {}
): Promise<ModelAdvice> =>
  client.call('traces.askModel', {
    trace,
    review: more.review ?? null,
    isSent: more.isSent ?? true,
    model: { address: more.address ?? address, model: 'tiny', maxChars: more.maxChars ?? 8000 }
  })
const file = (): string => join(folder.path, 'Runs.winnow', 'model-suggestions.jsonl')
/** Kept questions and answers about an attempt. */
async function kept(trace: number): Promise<{ trace: number }[]> {
  const lines = (await readFile(file(), 'utf8').catch(() => '')).split('\n').filter(Boolean)
  // Lines of the product's own form; the test looks at parts of them.
  return lines
    .map((line) => JSON.parse(line) as { trace: number })
    .filter((one) => one.trace === trace)
}

describe('asking a model about an attempt', () => {
  it('shows the question without sending it, sends it once, and keeps the answer', async () => {
    const { trace } = await attempts()
    const before = await ask(trace, { isSent: false })
    expect(before).toMatchObject({ answer: null, leftOut: [] })
    expect(asked).toEqual([])
    const { prompt, answer } = await ask(trace)
    expect(answer).toMatchObject({
      isKept: false,
      reading: {
        ...{ kind: 'step', step: 1, reason: 'Wrong city.', confidence: 'medium' },
        correction: { verb: 'look_up', args: { city: 'Rome' }, origin: 'model' }
      }
    })
    // What was shown is exactly what was sent.
    expect(prompt).toEqual(before.prompt)
    expect(JSON.parse(asked[0].body)).toMatchObject({
      ...{ model: 'tiny', temperature: 0, messages: prompt, stream: false }
    })
    const said = prompt.map(({ content }) => content).join('\n')
    for (const part of ['weather in Rome', 'Step 3', '{"city":"Paris"}', 'Unknown city.'])
      expect(said).toContain(part)
    expect((await ask(trace)).answer).toMatchObject({ isKept: true, text: answer?.text })
    expect((await ask(trace, { isSent: false })).answer?.isKept).toBe(true)
    // Another attempt with the very same log is the same question.
    const twin = await attempts(0)
    expect((await ask(twin.trace)).answer).toMatchObject({ isKept: true, text: answer?.text })
    expect(await kept(twin.trace)).toHaveLength(1)
    expect(asked).toHaveLength(1)
    expect(await kept(trace)).toMatchObject([{ model: 'tiny', step: 1, prompt }])
    if (process.platform !== 'win32') expect((await stat(file())).mode & 0o077).toBe(0)
  }, 60_000)

  it('leaves an open blind review alone, and notes in others that it was seen', async () => {
    const { set, trace } = await attempts()
    const queue = await client.call('reviews.start', {
      set,
      name: 'Blind',
      template: 'custom',
      questions: [],
      count: 1,
      filter: noTraceFilter,
      isBlind: true,
      secondLook01: 0
    })
    const { review } = await client.call('reviews.open', { queue: queue.queue, position: 0 })
    await expect(ask(trace, { review })).rejects.toThrow('stay hidden in a blind review')
    await expect(ask(trace, { review, isSent: false })).rejects.toThrow('stay hidden')
    await expect(ask(trace)).rejects.toThrow('stay hidden')
    expect(asked).toEqual([])
    const act = (act: Parameters<typeof client.call<'reviews.act'>>[1]['act']) =>
      client.call('reviews.act', { review, act })
    await act({ kind: 'verdict', verdict: 'fail' })
    await act({ kind: 'first-wrong', step: 1 })
    await client.call('reviews.setState', { review, state: 'done' })
    // Marked before anything was suggested: it counts, and seeing an answer now does not change that.
    expect((await ask(trace, { review })).soFar).toEqual({ marks: 0, exact: 0, near: 0 })
    expect((await ask(trace, { review })).soFar).toEqual({ marks: 1, exact: 1, near: 1 })
    const { rules } = await client.call('traces.score', { set })
    expect(rules.filter(({ rule }) => rule.endsWith('model'))).toEqual([
      { rule: 'model', name: 'The model “tiny”', spoke: 1, exact: 1, near: 1 },
      // No sibling succeeded and no tool reported an error: the rules are silent here.
      expect.objectContaining({ rule: 'beside-model', spoke: 0 }),
      expect.objectContaining({ rule: 'beside-model', spoke: 0 }),
      expect.objectContaining({ rule: 'beside-model', spoke: 1, exact: 0 })
    ])
  }, 60_000)

  it('notes in a review that is not blind that an answer was seen, and not that a question was', async () => {
    const { trace } = await attempts()
    const { review } = await client.call('reviews.openTrace', { trace })
    const sawIt = async () => (await client.call('reviews.openTrace', { trace })).sawSuggestions
    await ask(trace, { review, isSent: false })
    expect(await sawIt()).toBe(false)
    await ask(trace, { review })
    expect(await sawIt()).toBe(true)
  }, 60_000)

  it('refuses addresses elsewhere, and ways elsewhere, and keeps nothing of either', async () => {
    const { trace } = await attempts()
    for (const other of ['http://10.0.0.1/v1', 'https://127.0.0.1/v1', 'http://example.com/'])
      await expect(ask(trace, { address: other })).rejects.toMatchObject({
        hint: expect.stringContaining('on this computer') as string
      })
    reply = (response) => void response.writeHead(307, { location: 'http://10.0.0.1/v1' }).end()
    await expect(ask(trace)).rejects.toThrow('is an error (307)')
    expect(asked).toHaveLength(1)
    expect(await kept(trace)).toEqual([])
  }, 60_000)

  it('says in words what went wrong, and asks anew afterwards', async () => {
    const { trace } = await attempts()
    reply = (response) => void response.writeHead(500).end('no')
    await expect(ask(trace)).rejects.toThrow('is an error (500)')
    reply = (response) => void response.end('{"choices": 1}')
    await expect(ask(trace)).rejects.toMatchObject({
      hint: expect.stringContaining('OpenAI-compatible') as string
    })
    // A stream without an end is left after a bounded number of bytes.
    reply = (response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    }
    await expect(ask(trace)).rejects.toThrow('is too long')
    expect(await kept(trace)).toEqual([])
    reply = names()
    expect((await ask(trace)).answer?.reading.kind).toBe('step')
  }, 60_000)

  it('stops when it is told to, and keeps nothing then', async () => {
    const { trace } = await attempts()
    reply = () => undefined
    const isThere = new Promise<void>((ready) => (reached = ready))
    const answer = ask(trace)
    const ended = expect(answer).rejects.toMatchObject({ code: 'cancelled' })
    await isThere
    await client.call('traces.stopAsking', { trace })
    await ended
    expect(await kept(trace)).toEqual([])
  }, 60_000)

  it('shows what an answer that cannot be used said, and why it cannot', async () => {
    const { trace } = await attempts()
    reply = says('Sure! Step two is wrong.')
    const { answer } = await ask(trace)
    expect(answer).toMatchObject({
      text: 'Sure! Step two is wrong.',
      reading: { kind: 'refused', why: expect.stringContaining('form') as string }
    })
    // Asking again would give the same answer: nothing is sent.
    expect((await ask(trace)).answer?.isKept).toBe(true)
    expect(asked).toHaveLength(1)
  }, 60_000)
})
