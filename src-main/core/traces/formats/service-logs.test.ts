// Exports of tracing services, conversations in the ShareGPT form, and archives of Inspect.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../api/dto/common.ts'
import { rawZip } from '../../files/testing/raw-zip.ts'
import { deriveTrace, plainRules } from '../model/derive-steps.ts'
import type { TraceRecord } from '../model/trace.ts'
import { allOf } from '../traces.test-support.ts'
import { readTraces, type ReadTrace } from './registry.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'traces-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function read(bytes: string | Uint8Array, name = 'log'): Promise<ReadTrace[]> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return allOf(readTraces(path))
}

async function recordsIn(
  bytes: string | Uint8Array
): Promise<{ format: string; record: TraceRecord }[]> {
  return (await read(bytes)).flatMap((each) =>
    'record' in each ? [{ format: each.format, record: each.record }] : []
  )
}

const lines = (...values: readonly JsonValue[]): string =>
  values.map((value) => JSON.stringify(value)).join('\n')

const human = {
  lc: 1,
  type: 'constructor',
  id: ['langchain', 'schema', 'HumanMessage'],
  kwargs: { content: 'Weather?' }
}
const ai = {
  lc: 1,
  type: 'constructor',
  id: ['langchain', 'schema', 'AIMessage'],
  kwargs: { content: '', tool_calls: [{ name: 'get_weather', args: { city: 'Oslo' }, id: 't1' }] }
}
const answer = { type: 'tool', content: 'rain', tool_call_id: 't1' }

describe('LangSmith', () => {
  it('runs of a trace in their order; what is said again is not repeated', async () => {
    const run = (order: string, run_type: string, more: Record<string, JsonValue>): JsonValue => ({
      id: order,
      trace_id: 'T',
      run_type,
      name: run_type,
      dotted_order: order,
      parent_run_id: order === '1' ? null : '1',
      start_time: `2026-01-01T00:00:0${order.length}Z`,
      end_time: '2026-01-01T00:00:09Z',
      ...more
    })
    const found = await recordsIn(
      lines(
        run('1.4', 'llm', {
          inputs: { messages: [[human, ai, answer]] },
          outputs: {
            generations: [[{ text: 'Rain.', message: { type: 'ai', content: 'Rain.' } }]]
          },
          prompt_tokens: 20,
          completion_tokens: 2
        }),
        run('1', 'chain', {
          name: 'weather agent',
          feedback_stats: { correctness: { n: 1, avg: 1 } }
        }),
        run('1.2', 'llm', {
          inputs: { messages: [[human]] },
          outputs: { generations: [[{ message: ai }]] },
          extra: { metadata: { ls_model_name: 'm-1' } },
          prompt_tokens: 10,
          completion_tokens: 1
        }),
        run('1.3', 'tool', {
          name: 'get_weather',
          inputs: { input: "{'city': 'Oslo'}" },
          outputs: { output: answer }
        })
      )
    )
    expect(found).toHaveLength(1)
    const [{ format, record }] = found
    expect(format).toBe('langsmith')
    expect(record).toMatchObject({
      id: 'T',
      task: { goal: 'Weather?' },
      outcome: 'pass',
      facts: { agent: 'weather agent', model: 'm-1', tokensIn: 30, tokensOut: 3, durationMs: 8000 }
    })
    expect(record.events.map(({ kind, name, text, data }) => [kind, name, text, data])).toEqual([
      ['user', null, 'Weather?', null],
      ['tool-call', 'get_weather', '', { city: 'Oslo' }],
      ['tool-result', 'get_weather', 'rain', null],
      ['assistant', null, 'Rain.', null]
    ])
  })
})

describe('Langfuse', () => {
  it('observations in the order of their starts, with scores', async () => {
    const [{ format, record }] = await recordsIn(
      JSON.stringify({
        id: 'lf',
        name: 'helper',
        timestamp: '2026-01-01T00:00:00Z',
        observations: [
          {
            id: 'b',
            type: 'TOOL',
            name: 'add',
            startTime: '2026-01-01T00:00:02Z',
            input: { a: 1 },
            output: '2',
            level: 'DEFAULT'
          },
          {
            id: 'a',
            type: 'GENERATION',
            name: 'llm',
            model: 'm',
            startTime: '2026-01-01T00:00:01Z',
            endTime: '2026-01-01T00:00:04Z',
            input: [{ role: 'user', content: 'Add.' }],
            output: {
              role: 'assistant',
              content: null,
              tool_calls: [{ id: 'c', function: { name: 'add', arguments: '{"a": 1}' } }]
            },
            usage: { input: 5, output: 6 }
          },
          { id: 'c', type: 'SPAN', name: 'x', startTime: '2026-01-01T00:00:00Z' }
        ],
        scores: [{ name: 'ok', value: 0, dataType: 'BOOLEAN' }]
      })
    )
    expect(format).toBe('langfuse')
    expect(record).toMatchObject({
      id: 'lf',
      outcome: 'fail',
      facts: { agent: 'helper', model: 'm', tokensIn: 5, tokensOut: 6, durationMs: 4000 }
    })
    expect(deriveTrace(record, plainRules).steps[0].actions).toMatchObject([
      { verb: 'add', args: { a: 1 }, result: '2', status: 'ok' }
    ])
  })
})

describe('ShareGPT', () => {
  it('turns by who speaks, calls of functions as JSON', async () => {
    const [{ format, record }] = await recordsIn(
      JSON.stringify([
        {
          id: 'g1',
          system: 'Be brief.',
          conversations: [
            { from: 'human', value: 'Sum?' },
            { from: 'function_call', value: '{"name": "sum", "arguments": {"a": 1}}' },
            { from: 'observation', value: '1' },
            { from: 'gpt', value: 'One.' },
            { value: 'nobody' }
          ]
        }
      ])
    )
    expect(format).toBe('sharegpt')
    expect(record.events.map(({ kind, name, text }) => [kind, name, text])).toEqual([
      ['system', null, 'Be brief.'],
      ['user', null, 'Sum?'],
      ['tool-call', 'sum', ''],
      ['tool-result', null, '1'],
      ['assistant', null, 'One.']
    ])
    expect(record.warnings).toEqual(['Turn 5 says not who speaks and was left out.'])
  })
})

describe('Inspect archives', () => {
  const sample = {
    id: 's',
    epoch: 2,
    input: 'attachment://a1',
    messages: [
      { role: 'user', content: 'attachment://a1' },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'Four.' },
          { type: 'image', image: 'data:image/png;base64,iVBORw==' }
        ]
      }
    ],
    attachments: { a1: 'Two and two?' },
    scores: { match: { value: 'P', answer: 'Four', explanation: 'nearly' } },
    model_usage: { 'openai/m': { input_tokens: 7, output_tokens: 3 } },
    total_time: 1.5
  }

  it('packed with zstd: attachments, pictures, scores and epochs', async () => {
    const [{ record }] = await recordsIn(
      rawZip([
        { name: 'header.json', data: '{"version": 2, "eval": {}}', method: 93 },
        { name: 'samples/s_epoch_2.json', data: JSON.stringify(sample), method: 93 }
      ])
    )
    expect(record).toMatchObject({
      id: 's-1',
      trial: 1,
      task: { key: 's', goal: 'Two and two?' },
      outcome: 'partial',
      facts: { model: 'openai/m', tokensIn: 7, tokensOut: 3, durationMs: 1500 }
    })
    expect(record.events).toMatchObject([
      { kind: 'user', text: 'Two and two?' },
      {
        kind: 'assistant',
        text: 'Four.',
        attachments: [{ mime: 'image/png', bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47]) }]
      },
      { kind: 'score', text: 'match: "P"\nFour\nnearly'.replaceAll('"', '') }
    ])
  })

  it('of several scores the first that says how it went counts; no answer is wrong', async () => {
    const scored = (epoch: number, scores: JsonValue): JsonValue => ({
      id: 's',
      epoch,
      messages: [{ role: 'user', content: 'x' }],
      scores
    })
    const found = await recordsIn(
      lines(
        scored(1, { style: { value: 'long' }, match: { value: 'C' } }),
        scored(2, { match: { value: 'N' } }),
        scored(3, {})
      )
    )
    expect(found.map(({ record }) => record.outcome)).toEqual(['pass', 'fail', 'unknown'])
  })

  it('a run that stopped early is put together from pooled messages of its calls', async () => {
    const [{ record }] = await recordsIn(
      JSON.stringify({
        id: 's',
        epoch: 1,
        input: 'Go.',
        messages: [],
        message_pool: [
          { role: 'system', content: 'Help.' },
          { role: 'user', content: 'Go.' },
          { role: 'assistant', content: 'One.' },
          { role: 'user', content: 'On.' }
        ],
        events: [
          {
            event: 'model',
            input: [],
            input_refs: [[0, 2]],
            output: { choices: [{ message: { role: 'assistant', content: 'One.' } }] }
          },
          { event: 'info', data: 'x' },
          {
            event: 'model',
            input: [],
            input_refs: [[0, 4]],
            output: { choices: [{ message: { role: 'assistant', content: 'Two.' } }] }
          }
        ],
        limit: { type: 'time', limit: 5 }
      })
    )
    expect(record.events.map(({ text }) => text)).toEqual(['Help.', 'Go.', 'One.', 'On.', 'Two.'])
    expect(record.endReason).toBe('time limit')
    expect(record.warnings).toHaveLength(1)
  })
})
