// What logs of each form say of a whole attempt, and lists of OpenHands' events.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../api/dto/common.ts'
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

describe('facts', () => {
  it.each<[string, JsonValue, object]>([
    [
      'SWE-agent',
      {
        trajectory: [{ action: 'ls', observation: 'a', execution_time: 0.5 }],
        history: [],
        info: {
          exit_status: 'exit_cost',
          submission: null,
          model_stats: { instance_cost: 1.25, tokens_sent: 100, tokens_received: 20 }
        },
        environment: 'swe_main',
        replay_config: '{"agent": {"model": {"name": "m"}}}'
      },
      { model: 'm', tokensIn: 100, tokensOut: 20, cost: 1.25, durationMs: 500, family: 'swe_main' }
    ],
    [
      'OpenHands',
      {
        instance_id: 'r-1',
        instruction: 'Fix.',
        history: [
          {
            id: 1,
            timestamp: '2026-01-01T00:00:00Z',
            source: 'user',
            action: 'message',
            args: { content: 'Fix.' }
          },
          { id: 2, timestamp: '2026-01-01T00:00:05Z', source: 'agent', action: 'finish', args: {} }
        ],
        metrics: {
          accumulated_cost: 0.5,
          token_usages: [
            { prompt_tokens: 3, completion_tokens: 1 },
            { prompt_tokens: 4, completion_tokens: 2 }
          ]
        },
        metadata: { agent_class: 'CodeActAgent', llm_config: { model: 'm' }, dataset: 'd' }
      },
      {
        agent: 'CodeActAgent',
        model: 'm',
        tokensIn: 7,
        tokensOut: 3,
        cost: 0.5,
        durationMs: 5000,
        family: 'd'
      }
    ],
    [
      'conversations',
      {
        messages: [{ role: 'user', content: 'x' }],
        model: 'm',
        usage: { prompt_tokens: 1, completion_tokens: 2 },
        seed: 7,
        metadata: { agent_name: 'helper', benchmark: 'b', duration: 2 }
      },
      {
        agent: 'helper',
        model: 'm',
        tokensIn: 1,
        tokensOut: 2,
        seed: 7,
        family: 'b',
        durationMs: 2000
      }
    ],
    [
      'spans',
      {
        resourceSpans: [
          {
            scopeSpans: [
              {
                spans: [
                  {
                    traceId: 't',
                    spanId: 's',
                    name: 'chat',
                    startTimeUnixNano: '1700000000000000000',
                    endTimeUnixNano: '1700000002000000000',
                    attributes: [
                      { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
                      { key: 'gen_ai.request.model', value: { stringValue: 'm' } },
                      { key: 'gen_ai.usage.input_tokens', value: { intValue: '11' } },
                      {
                        key: 'gen_ai.input.messages',
                        value: { stringValue: '[{"role":"user","content":"x"}]' }
                      }
                    ]
                  }
                ]
              }
            ]
          }
        ]
      },
      { model: 'm', tokensIn: 11, startedAt: 1_700_000_000_000, durationMs: 2000 }
    ]
  ])('of %s', async (_name, value, facts) => {
    const [{ record }] = await recordsIn(JSON.stringify(value))
    expect(record.facts).toMatchObject(facts)
  })

  it('are absent where a log says nothing', async () => {
    const [{ record }] = await recordsIn(lines([{ role: 'user', content: 'x' }]))
    expect(record).not.toHaveProperty('facts')
  })

  it('a run of SWE-agent that ended without a patch failed', async () => {
    const log = (info: JsonValue): JsonValue => ({
      trajectory: [{ action: 'ls', observation: '' }],
      info
    })
    const found = await recordsIn(
      lines(
        log({ exit_status: 'exit_cost', submission: null }),
        log({ exit_status: 'submitted', submission: 'diff' }),
        log({ exit_status: 'submitted (exit_cost)', submission: 'diff' }),
        log({})
      )
    )
    expect(found.map(({ record }) => record.outcome)).toEqual([
      'fail',
      'unknown',
      'unknown',
      'unknown'
    ])
  })
})

describe('lists of events that OpenHands saves', () => {
  it('are one attempt', async () => {
    const found = await recordsIn(
      JSON.stringify([
        {
          id: 0,
          timestamp: '2026-01-01T00:00:00',
          source: 'user',
          action: 'message',
          args: { content: 'Go.' }
        },
        {
          id: 1,
          timestamp: '2026-01-01T00:00:01',
          source: 'agent',
          action: 'run',
          args: { command: 'ls', thought: 'Hm.' }
        },
        {
          id: 2,
          timestamp: '2026-01-01T00:00:02',
          source: 'agent',
          observation: 'run',
          content: 'a',
          cause: 1,
          extras: { metadata: { exit_code: 0 } }
        }
      ])
    )
    expect(found).toHaveLength(1)
    expect(found[0].record).toMatchObject({ task: { goal: 'Go.' }, outcome: 'unknown' })
    expect(found[0].record.events.map(({ kind }) => kind)).toEqual([
      'user',
      'thought',
      'tool-call',
      'tool-result'
    ])
  })
})
