// Logs of agents: a value of every known form with other values in its places, and archives of
// Playwright whose lines and attachments lie.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { rawZip } from '../../src-main/core/files/testing/raw-zip.ts'
import type { Random } from '../../src-main/core/compute/random.ts'
import { mappedFormat } from '../../src-main/core/traces/mapping/mapped-format.ts'
import { describeFields } from '../../src-main/core/traces/mapping/describe-fields.ts'
import { proposeMapping } from '../../src-main/core/traces/mapping/propose-mapping.ts'
import { deriveTrace, plainRules } from '../../src-main/core/traces/model/derive-steps.ts'
import { hideSecrets } from '../../src-main/core/traces/secrets/hide-secrets.ts'
import { readTraces, readValues } from '../../src-main/core/traces/formats/registry.ts'
import { anyValue, changeValue, damage, oddText, once, oneOf, type Value } from '../mutate.ts'
import { answerOf, Broken, requirePlain, type FuzzTarget } from '../target.ts'
import { sourceTarget, type Files } from './source-target.ts'

const call = { id: 'c', type: 'function', function: { name: 'click', arguments: '{"id":"7"}' } }
const messages: Value = [
  { role: 'system', content: 'Help.' },
  { role: 'user', content: 'Book a flight' },
  { role: 'assistant', content: null, tool_calls: [call] },
  { role: 'tool', tool_call_id: 'c', name: 'click', content: 'done' },
  { role: 'assistant', content: [{ type: 'text', text: 'Booked.' }] }
]
const span = (kind: string, id: string, parent: string): Value => ({
  traceId: 't1',
  spanId: id,
  parentSpanId: parent,
  name: kind,
  startTimeUnixNano: '1700000000000000000',
  endTimeUnixNano: '1700000001000000000',
  attributes: [
    { key: 'openinference.span.kind', value: { stringValue: kind } },
    { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
    { key: 'gen_ai.prompt.0.content', value: { stringValue: 'hi' } },
    { key: 'input.value', value: { stringValue: '{"a":1}' } }
  ],
  status: { code: 1 }
})

const logs: readonly Value[] = [
  { messages, metadata: { reward: 1 } },
  {
    conversations: [
      { from: 'human', value: 'Go' },
      { from: 'gpt', value: 'ok' }
    ],
    id: 'x'
  },
  { task_id: 3, traj: messages, info: { reward_info: { reward: 1 } }, reward: 1, trial: 0 },
  { history: [{ role: 'user', name: 'a', content: 'b' }], mistake_step: '0', question: 'q' },
  {
    trajectory: [
      {
        action: 'ls',
        observation: 'a b',
        thought: 'look',
        response: 'r',
        state: '{"open_file":""}'
      }
    ],
    info: { exit_status: 'submitted', submission: 'x' },
    history: [{ role: 'user', content: 'fix' }]
  },
  {
    instance_id: 'i',
    instruction: 'fix it',
    history: [
      {
        id: 0,
        source: 'user',
        action: 'message',
        args: { content: 'fix' },
        timestamp: '2026-01-01'
      },
      { id: 1, source: 'agent', action: 'run', args: { command: 'ls' } },
      {
        id: 2,
        source: 'agent',
        observation: 'run',
        content: 'a',
        extras: { exit_code: 0 },
        cause: 1
      }
    ],
    test_result: { report: { resolved: true } }
  },
  { id: 1, source: 'agent', action: 'run', args: { command: 'ls' }, session_id: 's' },
  {
    schema_version: 'ATIF-v1.4',
    session_id: 's',
    agent: { name: 'a', model_name: 'm' },
    steps: [
      { step_id: 1, source: 'user', message: 'go' },
      {
        ...{ step_id: 2, source: 'agent', message: 'ok' },
        tool_calls: [{ tool_call_id: 'c', function_name: 'f', arguments: { a: 1 } }],
        observation: { results: [{ source_call_id: 'c', content: 'r' }] }
      }
    ],
    final_metrics: { total_cost_usd: 1 }
  },
  { resourceSpans: [{ scopeSpans: [{ spans: [span('LLM', 'a', ''), span('TOOL', 'b', 'a')] }] }] },
  {
    ...{ id: 'r', trace_id: 't', run_type: 'llm', name: 'm', start_time: '2026-01-01T00:00:00' },
    inputs: {
      messages: [[{ lc: 1, type: 'constructor', id: ['HumanMessage'], kwargs: { content: 'a' } }]]
    },
    outputs: { generations: [[{ text: 'b' }]] },
    child_runs: []
  },
  {
    id: 't',
    name: 'n',
    observations: [
      {
        ...{ id: 'o', type: 'GENERATION', startTime: '2026-01-01T00:00:00Z', input: messages },
        output: { role: 'assistant', content: 'x' }
      }
    ],
    scores: [{ name: 's', value: 1 }]
  },
  {
    taskName: 'click-test',
    utterance: 'Click',
    reward: 1,
    states: [
      {
        ...{
          time: 0,
          dom: { tag: 'BODY', ref: 1, children: [{ tag: 'BUTTON', ref: 2, text: 'ok' }] }
        },
        action: { type: 'click', x: 1, y: 2, timing: 1 }
      }
    ]
  },
  {
    task: 'a',
    goal: 'b',
    step: 0,
    obs: { axtree_txt: '[1] button' },
    action: 'click("1")',
    reward: 0
  },
  {
    version: 2,
    eval: { task: 't', model: 'm' },
    samples: [{ id: 1, epoch: 1, input: 'q', messages, scores: { a: { value: 'C' } }, events: [] }]
  }
]

const fields = [
  ...new Set(
    logs.flatMap((log) =>
      [...JSON.stringify(log).matchAll(/"(\w+)":/g)].map(([, name]) => name ?? '')
    )
  )
]

const excerpt = gunzipSync(
  readFileSync(
    fileURLToPath(
      new URL(
        '../../src-main/core/traces/fixtures/tau-bench/airline-excerpt.json.gz',
        import.meta.url
      )
    )
  )
).subarray(0, 200_000)

function written(random: Random): Files {
  const form = oneOf(random, logs)
  const list = Array.from({ length: 1 + random.below(4) }, () =>
    once(random, 12) ? anyValue(random, fields, 4) : changeValue(random, form, fields)
  )
  if (once(random, 3)) return { x: JSON.stringify(list) }
  const lines = list.map((value) => JSON.stringify(value))
  if (once(random, 12))
    return {
      x: rawZip(lines.map((data, i) => ({ name: `${i}.json`, data, method: 8 })))
    }
  return { x: lines.join('\n') }
}

const playwrightLog: readonly Value[] = [
  {
    ...{ version: 7, type: 'context-options', browserName: 'chromium', title: 'a.spec › b' },
    ...{ wallTime: 1.7e12, monotonicTime: 100, origin: 'library', options: {} }
  },
  {
    ...{ type: 'before', callId: 'c1', startTime: 110, class: 'Frame', method: 'click' },
    ...{ params: { selector: 'text=ok' }, pageId: 'p', beforeSnapshot: 'before@c1' }
  },
  { type: 'log', callId: 'c1', time: 111, message: 'waiting' },
  {
    type: 'frame-snapshot',
    snapshot: {
      ...{ callId: 'c1', snapshotName: 'after@c1', pageId: 'p', frameId: 'f', timestamp: 120 },
      ...{ frameUrl: 'http://x/', html: ['HTML', {}, ['BODY', {}, ['B', {}, 'hi'], [[0, 1]]]] },
      ...{ resourceOverrides: [], viewport: { width: 100, height: 80 }, isMainFrame: true }
    }
  },
  { type: 'screencast-frame', pageId: 'p', sha1: 'a.jpeg', width: 8, height: 6, timestamp: 121 },
  {
    type: 'after',
    callId: 'c1',
    endTime: 130,
    error: { message: 'no' },
    attachments: [{ name: 'a', contentType: 'text/plain', sha1: 'b' }]
  },
  { type: 'console', messageType: 'log', text: 'said', time: 131 },
  { type: 'error', message: 'bad' }
]
const playwrightFields = [
  ...new Set([...JSON.stringify(playwrightLog).matchAll(/"(\w+)":/g)].map(([, name]) => name ?? ''))
]

function archive(random: Random): Files {
  const lines = playwrightLog
    .flatMap((value) => (once(random, 8) ? [value, value] : once(random, 12) ? [] : [value]))
    .map((value) => (once(random, 2) ? changeValue(random, value, playwrightFields) : value))
  let log: Buffer = Buffer.from(lines.map((value) => JSON.stringify(value)).join('\n'))
  if (once(random, 4)) log = damage(random, log)
  const name = once(random, 12)
    ? '.trace'
    : oneOf(random, ['trace.trace', '0-trace.trace', 'a/test.trace'])
  return {
    x: rawZip([
      { name, data: log, method: 8 },
      { name: 'trace.network', data: '' },
      { name: 'resources/a.jpeg', data: Buffer.from([255, 216, 255, 224]), method: 0 },
      { name: 'resources/b', data: oddText(random) },
      ...(once(random, 6) ? [{ name, data: log }] : []),
      ...(once(random, 12) ? [{ name: `../${name}`, data: log }] : [])
    ])
  }
}

async function readLog(path: string, random: Random): Promise<string> {
  const outcome = await answerOf(async () => {
    let records = 0
    let problems = 0
    const ids = new Set<string>()
    for await (const read of readTraces(path)) {
      if ('problem' in read) {
        problems++
        requirePlain(read.problem, 'problem of a trace')
        if (read.where === '') throw new Broken('a problem without a place')
        continue
      }
      records++
      if (ids.has(read.record.id)) throw new Broken('two attempts with one id')
      ids.add(read.record.id)
      for (const warning of read.record.warnings) requirePlain(warning, 'warning of a trace')
      const { steps } = deriveTrace(read.record, plainRules)
      if (steps.length > read.record.events.length) throw new Broken('more steps than events')
      hideSecrets(read.record)
    }
    return records > 0 ? 'traces' : problems > 0 ? 'problems only' : 'nothing'
  })
  if (!once(random, 8)) return outcome
  return answerOf(async () => {
    const values: Value[] = []
    for await (const { value, problem } of readValues(path))
      if (problem === undefined && values.length < 20) values.push(value as Value)
    const mapping = proposeMapping(describeFields(values))
    if (mapping === null) return 'no mapping'
    for await (const read of readTraces(path, { fallback: mappedFormat(mapping) }))
      if ('problem' in read) requirePlain(read.problem, 'problem of a mapped trace')
    return 'mapped'
  })
}

/** Logs of agents. */
export const tracesTarget: FuzzTarget = sourceTarget({
  name: 'traces',
  about: 'Logs of agents in fourteen forms: wrong types anywhere, damage, archives, mappings',
  shortCases: 200,
  mayBePacked: true,
  words: [...fields.map((name) => `"${name}":`), '{', '}', '[', ']', '"', '\n', 'null', '\\u0000'],
  seeds: () =>
    Promise.resolve([
      ...logs.map((log) => ({ x: JSON.stringify(log) })),
      { x: excerpt },
      { x: logs.map((log) => JSON.stringify(log)).join('\n') }
    ]),
  makers: [written, written, written],
  read: readLog
})

/** Archives of Playwright. */
export const playwrightTarget: FuzzTarget = sourceTarget({
  name: 'playwright',
  about: 'Traces of Playwright: lines, snapshots and attachments that lie',
  shortCases: 100,
  words: ['.trace', 'resources/', 'PK\x01\x02', 'PK\x05\x06', '"type":"before"'],
  seeds: () =>
    Promise.resolve([
      {
        x: rawZip([
          {
            name: 'trace.trace',
            data: playwrightLog.map((value) => JSON.stringify(value)).join('\n')
          },
          { name: 'trace.network', data: '' },
          { name: 'resources/a.jpeg', data: Buffer.from([255, 216, 255, 224]) }
        ])
      }
    ]),
  makers: [archive],
  read: readLog
})
