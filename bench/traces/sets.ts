// Sets of traces as the app holds them: 10,000 attempts with 500,000 events are imported, listed and
// filtered, and each is reviewed, for the report of their queue, previews of exports and an export; an
// attempt of 6,700 events and one of 100 MB are imported, opened, read and searched. Each with the
// longest time the backend's thread was held, and how long its processor was at work in that time:
// on a busy machine the first tells of the machine, the second still of the app. With a path also a
// file of tau-bench results.
//   node bench/traces/sets.ts [--traces 10000] [--megabytes 100] [--tau FILE]
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { MessageChannel } from 'node:worker_threads'
import { createClient, serve, type Client } from '../../src-main/api/rpc.ts'
import { noTraceFilter, type TraceFilter } from '../../src-main/api/dto/trace-sets.ts'
import { QueuePlan, type ReviewBody } from '../../src-main/api/dto/trace-reviews.ts'
import { createApp } from '../../src-main/core/app/create-app.ts'
import { createRandom, type Random } from '../../src-main/core/compute/random.ts'
import { openStore } from '../../src-main/core/store/open-store.ts'
import { messagePort } from '../../src-main/hosts/worker/message-port.ts'
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

/** Milliseconds this thread's processor was at work since it began. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

const held = { most: 0, mostWorked: 0, over: { what: '', ms: 0 } }
let lastBeat = performance.now()
let lastWorked = threadMs()
function beat(): void {
  const now = performance.now()
  const worked = threadMs()
  held.most = Math.max(held.most, now - lastBeat)
  held.mostWorked = Math.max(held.mostWorked, worked - lastWorked)
  lastBeat = now
  lastWorked = worked
}
setInterval(beat, 1).unref()

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  await new Promise((resolve) => setImmediate(resolve))
  lastBeat = performance.now()
  lastWorked = threadMs()
  held.most = 0
  held.mostWorked = 0
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
      `(thread held ${Math.min(took, held.most).toFixed(0)} ms at most, ` +
      `${held.mostWorked.toFixed(0)} ms of work)`
  )
  if (held.mostWorked > held.over.ms) held.over = { what, ms: held.mostWorked }
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
  await ended(client, job)
  return set
}

async function ended(client: Client, job: string): Promise<void> {
  await new Promise<void>((settle, fail) => {
    const stop = client.stream('projects.watch', {}, (event) => {
      if (event.kind !== 'job' || event.job.id !== job || event.job.finishedAt === null) return
      stop()
      if (event.job.error === null) settle()
      else fail(new Error(event.job.error.message))
    })
  })
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

/** A finished review of every attempt, as a person's work would leave it; tells the queue. */
function reviewAll(path: string, set: string): string {
  const store = openStore(path)
  const random = createRandom(4)
  const verdicts = ['pass', 'fail', 'partial'] as const
  try {
    const asked = { choices: [], isRequired: false, reasons: [] }
    const questions: QueuePlan['questions'] = [
      { id: 'safe', type: 'yes-no', text: 'Was it safe?', ...asked },
      { id: 'how', type: 'scale', text: 'How good was it?', ...asked }
    ]
    const plan = QueuePlan.parse({
      ...{ set, name: 'Everything', template: 'custom', questions, filter: noTraceFilter },
      count: 100_000
    })
    const listings = store.traces.listings(set)
    store.transaction(() => {
      store.reviews.addReviewer({ id: 'ann', name: 'Ann', isModel: false, createdAt: 1 })
      store.reviews.addReviewer({ id: 'bob', name: 'Bob', isModel: false, createdAt: 2 })
      store.reviews.setCurrent('ann')
      const places = listings.map(({ trace }, position) => ({
        ...{ position, trace, pass: 1, isRandom: position % 5 === 0 },
        why: 'It was drawn at random.'
      }))
      store.reviews.addQueue({ id: 'all', set, plan, createdAt: 1 }, places)
      let id = 0
      const review = (trace: number, steps: number, reviewer: string): void => {
        const step = random.below(Math.max(1, steps))
        const body: ReviewBody = {
          ...{ verdict: verdicts[random.below(3)], firstWrong: step, decisive: step },
          ...{ noneWrong: false, confidence: 3, keep: random.below(2) === 0 ? 'yes' : 'no' },
          answers: {
            safe: { value: random.below(2) === 0 ? 'yes' : 'no', reasons: [] },
            how: { value: 1 + random.below(5), reasons: ['Too slow'] }
          },
          marks: { [step]: 'bad', [step + 1]: 'good' },
          corrections: {
            [step]: {
              ...{ verb: 'get_user', args: { id: random.below(50) }, thought: '', why: '' },
              ...{ origin: 'human', verified: 'none' }
            }
          },
          ...{ tags: ['Wrong value'], stepTags: { [step]: ['Wrong value'] } },
          ...{ note: drawText(sentences, random, 2), stepNotes: {}, isFlagged: false },
          suggestion: null
        }
        store.reviews.begin({
          ...{ id: `review ${id++}`, set, trace, queue: 'all', reviewer, pass: 1, state: 'done' },
          ...{ body, sawSuggestions: false, sawLater: false, msSpent: 30_000 },
          ...{ createdAt: id, updatedAt: id, head: 0 }
        })
      }
      listings.forEach(({ trace, steps }, i) => {
        review(trace, steps, 'ann')
        if (i % 10 === 0) review(trace, steps, 'bob')
      })
    })
  } finally {
    store.dispose()
  }
  return 'all'
}

/** What is made of many reviews: the report of their queue, previews of exports, an export. */
async function reviewed(client: Client, set: string): Promise<void> {
  const folders = await readdir(folder)
  const project = join(folder, folders.find((each) => each.endsWith('.winnow')) ?? '')
  await client.call('projects.close', {})
  const queue = reviewAll(join(project, 'project.sqlite'), set)
  await client.call('projects.open', { grant: (await app.grantPath(project)).id })
  await timed('first page, all reviewed', () => firstPage(client, set))
  await timed('queues', () => client.call('reviews.queues', {}))
  await timed('places of a queue', () => client.call('reviews.queue', { queue }))
  const { reviews } = await timed('report of a queue', () =>
    client.call('reviews.report', { queue })
  )
  console.log(`report of a queue: ${reviews} reviews`)
  const request = {
    ...{ set, queue: null, testShare01: 0.2, seed: 1 },
    sft: { wrong: 'mask', scope: 'from-first', withCorrections: true, withRecovered: true }
  } as const
  const sft = { ...request.sft, maxTokens: null }
  const preview = await timed('preview of an export, kept attempts', () =>
    client.call('traces.exportPreview', {
      ...{ ...request, sft, which: 'kept', files: ['sft', 'answers', 'report'] }
    })
  )
  console.log(`preview of an export: ${preview.traces} attempts`)
  const to = (await app.grantPath(folder)).id
  await timed('export, kept attempts', async () => {
    const { job } = await client.call('traces.export', {
      ...{ ...request, sft, which: 'kept', to, name: 'Exported', ifExists: 'stop' },
      files: ['sft', 'sharegpt', 'pairs', 'steps', 'answers', 'atif', 'report']
    })
    await ended(client, job)
  })
}

async function firstPage(client: Client, set: string): Promise<void> {
  await client.call('traces.list', {
    ...{ set, sort: 'added', isDescending: false, first: 0, limit: 100 },
    filter: noTraceFilter
  })
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
  // As between the threads of the app: what one end packs, the other takes apart in its own time.
  const { port1, port2 } = new MessageChannel()
  const [server, page] = [messagePort(port1), messagePort(port2)]
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
    if (name === 'many.jsonl') {
      await listing(client, set)
      await reviewed(client, set)
    } else await reading(client, what, set)
  }
  if (options.tau !== undefined) {
    const grant = (await app.grantPath(options.tau)).id
    const set = await timed('tau-bench, import', () => imported(client, grant, 'tau'))
    const { traces, tasks, outcomes } = await client.call('traces.set', { set })
    console.log(`tau-bench: ${traces} attempts at ${tasks} tasks, ${outcomes.pass} passed`)
  }
  console.log(`longest block: ${held.over.ms.toFixed(0)} ms of work (${held.over.what})`)
  console.log(`most memory: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`)
  client.close()
} finally {
  await app.dispose()
  await rm(folder, { recursive: true, force: true })
}
