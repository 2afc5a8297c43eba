// Sets of traces as the app holds them: 10,000 attempts with 500,000 events are imported, listed and
// filtered; an attempt of 6,700 events and one of 100 MB are imported, opened, read and searched. Each
// with the longest time the backend's thread was held. With a path also a file of tau-bench results.
//   node bench/traces/sets.ts [--traces 10000] [--megabytes 100] [--tau FILE]
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { createPortPair } from '../../src-main/api/port-pair.ts'
import { createClient, serve, type Client } from '../../src-main/api/rpc.ts'
import { noTraceFilter, type TraceFilter } from '../../src-main/api/dto/trace-sets.ts'
import { createApp } from '../../src-main/core/app/create-app.ts'
import { createRandom, type Random } from '../../src-main/core/compute/random.ts'
import { commandLinePlatform } from '../../src-main/hosts/node/node-platform.ts'
import { drawText, realSentences } from '../datasets/real-text.ts'

const { values: options } = parseArgs({
  options: {
    traces: { type: 'string', default: '10000' },
    megabytes: { type: 'string', default: '100' },
    tau: { type: 'string' }
  }
})
const folder = await mkdtemp(join(tmpdir(), 'winnow-traces-'))
process.env['WINNOW_HOME'] = join(folder, 'home')
const { sentences, from } = realSentences()
const tools = ['search_flights', 'get_user', 'read_policy', 'book_flight', 'cancel_order', 'think']

let longestHold = 0
let lastBeat = performance.now()
function beat(): void {
  const now = performance.now()
  longestHold = Math.max(longestHold, now - lastBeat)
  lastBeat = now
}
setInterval(beat, 1).unref()

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  await new Promise((resolve) => setImmediate(resolve))
  lastBeat = performance.now()
  longestHold = 0
  const start = performance.now()
  const before = process.cpuUsage()
  const answer = await work()
  const took = performance.now() - start
  const used = process.cpuUsage(before)
  beat()
  const worked = (used.user + used.system) / 1000
  const inWords = (ms: number): string =>
    ms < 10_000 ? `${ms.toFixed(1)} ms` : `${(ms / 1000).toFixed(1)} s`
  console.log(
    `${what}: ${inWords(took)}, processor ${inWords(worked)} ` +
      `(thread held ${Math.min(took, longestHold).toFixed(0)} ms at most)`
  )
  return answer
}

/** A conversation: a long system prompt that all share, a request, then calls with their results. */
function conversation(random: Random, id: number, events: number, sentencesEach: number): object {
  const task = Math.floor(id / 5)
  const messages: object[] = [
    { role: 'system', content: sentences.slice(0, 40).join(' ') },
    { role: 'user', content: `Request ${task}: ${sentences[task % sentences.length]}` }
  ]
  for (let call = 0; messages.length + 2 <= events - 1; call++) {
    const name = tools[random.below(tools.length)]
    const args = JSON.stringify({ id: random.below(50), text: drawText(sentences, random, 1) })
    const callId = `call ${id} ${call}`
    messages.push({
      role: 'assistant',
      content: null,
      tool_calls: [{ id: callId, type: 'function', function: { name, arguments: args } }]
    })
    const isError = random.below(20) === 0
    const content = `${isError ? 'Error: ' : ''}${drawText(sentences, random, sentencesEach)}`
    messages.push({ role: 'tool', tool_call_id: callId, content })
  }
  messages.push({ role: 'assistant', content: 'I have done what you asked for.' })
  return {
    id: `run ${id}`,
    task_id: `task ${task}`,
    trial: id % 5,
    reward: random.below(2),
    messages
  }
}

async function writeLines(path: string, lines: Iterable<object>): Promise<void> {
  const out = createWriteStream(path)
  for (const line of lines) if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, 'drain')
  out.end()
  await finished(out)
}

function* conversations(count: number): Generator<object> {
  const random = createRandom(1)
  for (let id = 0; id < count; id++) yield conversation(random, id, 51, 3)
}

/** Events enough for a file of this size: results of about 12,000 characters. */
function* oneLarge(megabytes: number): Generator<object> {
  const random = createRandom(2)
  const probe = JSON.stringify(conversation(random, 0, 103, 100)).length / 50
  yield conversation(random, 0, 3 + 2 * Math.round((megabytes * 1e6) / probe), 100)
}

async function imported(client: Client, grant: string, name: string): Promise<string> {
  const { job, set } = await client.call('traces.import', {
    grants: [grant],
    name,
    options: { hideSecrets: true, mapping: null },
    addTo: null
  })
  await new Promise<void>((settle, fail) => {
    const stop = client.stream('projects.watch', {}, (event) => {
      if (event.kind !== 'job' || event.job.id !== job || event.job.finishedAt === null) return
      stop()
      if (event.job.error === null) settle()
      else fail(new Error(event.job.error.message))
    })
  })
  return set
}

async function listing(client: Client, set: string): Promise<void> {
  const list = (change: Partial<TraceFilter>, sort: 'added' | 'task' | 'findings' = 'added') =>
    client.call('traces.list', {
      ...{ set, sort, isDescending: false, first: 0, limit: 100 },
      filter: { ...noTraceFilter, ...change }
    })
  await timed('first page', () => list({}))
  await timed('filter, outcome and tool', () =>
    list({ outcomes: ['fail'], tools: ['book_flight'] })
  )
  await timed('filter, tasks solved and failed, with errors', () =>
    list({ mixedOnly: true, withErrors: true, minSteps: 10 })
  )
  await timed('sort by task', () => list({}, 'task'))
  await timed('sort by findings', () => list({ outcomes: ['fail'] }, 'findings'))
  const word = sentences[77].split(' ').find((each) => /^[a-z]{5,}$/.test(each)) ?? 'request'
  await timed('words over the whole set', () => list({ text: `request ${word}` }))
  await timed('menus with counts', () => client.call('traces.facets', { set }))
  await timed('board', () =>
    client.call('traces.board', { set, filter: noTraceFilter, first: 0, limit: 200 })
  )
  await timed('summary', () => client.call('traces.set', { set }))
}

async function reading(client: Client, what: string, set: string): Promise<void> {
  const { rows } = await client.call('traces.list', {
    ...{ set, sort: 'added', isDescending: false, first: 0, limit: 1 },
    filter: noTraceFilter
  })
  const trace = rows[0]?.trace ?? 0
  const detail = await timed(`${what}, opened`, () => client.call('traces.get', { trace }))
  const middle = Math.floor(detail.events / 2)
  await timed(`${what}, a page in the middle`, () =>
    client.call('traces.events', { trace, from: middle, to: middle + 60, maxChars: 8000 })
  )
  const hits = await timed(`${what}, searched`, () =>
    client.call('traces.search', { trace, text: 'error', kinds: [] })
  )
  console.log(
    `${what}: ${detail.events} events, ${detail.steps.length} steps, ${hits.total} places`
  )
}

const app = await createApp(await commandLinePlatform())
try {
  const [server, page] = createPortPair()
  serve(server, app.handlers, {
    checkOutputs: false,
    onError: (error) => console.error(error),
    newLogId: app.newLogId
  })
  const client = createClient(page)
  const place = (await app.grantPath(folder)).id
  await client.call('projects.create', { name: 'Traces', place })
  console.log(`Texts from ${from}.`)

  const count = Number(options.traces)
  const sources: [string, string, Iterable<object>][] = [
    [`${count.toLocaleString('en')} attempts`, 'many.jsonl', conversations(count)],
    ['6,700 events', 'long.jsonl', [conversation(createRandom(3), 0, 6700, 3)]],
    [`${options.megabytes} MB`, 'large.jsonl', oneLarge(Number(options.megabytes))]
  ]
  for (const [what, name, lines] of sources) {
    const path = join(folder, name)
    await writeLines(path, lines)
    const size = ((await stat(path)).size / 1e6).toFixed(0)
    const grant = (await app.grantPath(path)).id
    await timed(`${what}, preview`, () =>
      client.call('traces.preview', { grant, options: { hideSecrets: true, mapping: null } })
    )
    const set = await timed(`${what}, import of ${size} MB`, () => imported(client, grant, what))
    const summary = await client.call('traces.set', { set })
    console.log(`${what}: ${summary.traces} attempts, ${summary.events} events`)
    if (name === 'many.jsonl') await listing(client, set)
    else await reading(client, what, set)
  }
  if (options.tau !== undefined) {
    const grant = (await app.grantPath(options.tau)).id
    const set = await timed('tau-bench, import', () => imported(client, grant, 'tau'))
    const { traces, tasks, outcomes } = await client.call('traces.set', { set })
    console.log(`tau-bench: ${traces} attempts at ${tasks} tasks, ${outcomes.pass} passed`)
  }
  console.log(`most memory: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`)
} finally {
  await app.dispose()
  await rm(folder, { recursive: true, force: true })
}
