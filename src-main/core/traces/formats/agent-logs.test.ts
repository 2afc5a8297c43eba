// Logs of agent frameworks: small values in the shape that each of them writes.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../api/dto/common.ts'
import { deriveTrace, plainRules } from '../model/derive-steps.ts'
import type { Trace, TraceRecord } from '../model/trace.ts'
import { readTraces } from './registry.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'traces-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function recordsIn(
  bytes: string | Uint8Array
): Promise<{ format: string; record: TraceRecord }[]> {
  const path = join(folder, 'log')
  await writeFile(path, bytes)
  const found: { format: string; record: TraceRecord }[] = []
  for await (const each of readTraces(path))
    if ('record' in each) found.push({ format: each.format, record: each.record })
  return found
}

async function only(
  value: JsonValue
): Promise<{ format: string; record: TraceRecord; trace: Trace }> {
  const found = await recordsIn(JSON.stringify(value, null, 1))
  expect(found).toHaveLength(1)
  return { ...found[0], trace: deriveTrace(found[0].record, plainRules) }
}

const verbs = ({ steps }: Trace): string[][] =>
  steps.map(({ actions }) => actions.map(({ verb, status }) => `${verb} ${status}`))

describe('SWE-agent', () => {
  it('commands with their thoughts and observations', async () => {
    const { format, record, trace } = await only({
      environment: 'swe_main',
      history: [
        { role: 'system', content: 'You are an engineer.' },
        { role: 'user', content: 'Fix the bug.' },
        { role: 'assistant', content: 'x' }
      ],
      trajectory: [
        {
          thought: 'Look.',
          action: 'open a.py 10\n',
          observation: '[File: a.py]',
          response: '',
          state: ''
        },
        {
          thought: '',
          action: 'python a.py',
          observation: 'Traceback (most recent call last):\n  x'
        },
        { thought: 'Done.', action: 'submit', observation: 'diff' }
      ],
      info: { exit_status: 'submitted' }
    })
    expect(format).toBe('swe-agent')
    expect(record).toMatchObject({
      task: { goal: 'Fix the bug.' },
      outcome: 'unknown',
      endReason: 'submitted'
    })
    expect(verbs(trace)).toEqual([['open ok'], ['python error'], ['submit ok']])
    expect(trace.steps[0].actions[0].args).toEqual({ command: 'open a.py 10' })
  })
})

describe('OpenHands', () => {
  it('observations answer the action that caused them', async () => {
    const { format, record, trace } = await only({
      instance_id: 'repo-1',
      instruction: 'Fix it.',
      history: [
        { id: 0, source: 'user', action: 'message', args: { content: 'Fix it.' } },
        { id: 1, source: 'agent', action: 'run', args: { command: 'ls', thought: 'Look.' } },
        { id: 2, source: 'agent', action: 'run', args: { command: 'make' } },
        {
          id: 4,
          cause: 2,
          source: 'agent',
          observation: 'run',
          content: 'no',
          extras: { metadata: { exit_code: 2 } }
        },
        { id: 3, cause: 1, source: 'agent', observation: 'run', content: 'a.py' },
        { id: 5, source: 'agent', action: 'finish', args: {} }
      ],
      test_result: { report: { resolved: false } },
      error: 'RuntimeError: Agent reached maximum iteration'
    })
    expect(format).toBe('openhands')
    expect(record).toMatchObject({ id: 'repo-1', outcome: 'fail' })
    expect(record.endReason).toContain('maximum iteration')
    // Both were asked for before anything came back: one decision.
    expect(verbs(trace)).toEqual([['run ok', 'run error'], ['finish none']])
  })
})

describe('Inspect', () => {
  const sample = (id: string, epoch: number, value: JsonValue): JsonValue => ({
    id,
    epoch,
    input: 'Find the flag.',
    target: 'x',
    messages: [
      { role: 'user', content: 'attachment://abc' },
      {
        role: 'assistant',
        content: [{ type: 'text', text: 'I look.' }],
        tool_calls: [{ id: 't', function: 'bash', arguments: { cmd: 'ls' }, type: 'function' }]
      },
      {
        role: 'tool',
        tool_call_id: 't',
        function: 'bash',
        content: '',
        error: { type: 'timeout', message: 'late' }
      }
    ],
    scores: { includes: { value, answer: '' } },
    attachments: { abc: 'A very long text.' },
    ...(value === 'I' ? { limit: { type: 'message', limit: 3 } } : {})
  })

  it('samples of a log, with texts from the attachments', async () => {
    const found = await recordsIn(
      JSON.stringify({
        version: 2,
        eval: { task: 'ctf' },
        samples: [sample('a', 1, 'C'), sample('a', 2, 'I')]
      })
    )
    expect(found.map(({ format }) => format)).toEqual(['inspect', 'inspect'])
    expect(found.map(({ record }) => [record.trial, record.outcome, record.endReason])).toEqual([
      [0, 'pass', null],
      [1, 'fail', 'message limit']
    ])
    expect(found[0].record.events[0].text).toBe('A very long text.')
    expect(verbs(deriveTrace(found[0].record, plainRules))).toEqual([['bash error']])
  })

  it('samples of an archive; a broken one is left out', async () => {
    const bytes = (value: JsonValue): Uint8Array => Buffer.from(JSON.stringify(value))
    const archive = zipSync({
      'header.json': bytes({ version: 2, eval: {} }),
      'samples/a_epoch_1.json': bytes(sample('a', 1, 1)),
      'samples/b_epoch_1.json': bytes(sample('b', 1, 0)),
      'samples/c_epoch_1.json': Buffer.from('{"id":')
    })
    const found = await recordsIn(archive)
    expect(found.map(({ record }) => [record.task.key, record.outcome])).toEqual([
      ['a', 'pass'],
      ['b', 'fail']
    ])
  })
})

describe('Who&When', () => {
  it('every turn keeps its number, and the marked one is known', async () => {
    const { format, record, trace } = await only({
      question: 'How many?',
      question_ID: 'q',
      ground_truth: '4',
      history: [
        { role: 'assistant', name: 'Planner', content: 'Count them.' },
        { role: 'assistant', name: 'Coder', content: '```python\nprint(5)\n```' },
        { role: 'user', name: 'Computer_terminal', content: 'exitcode: 1 (execution failed)' },
        { role: 'assistant', name: 'Planner', content: 'It is 5.' }
      ],
      mistake_agent: 'Coder',
      mistake_step: '1',
      mistake_reason: 'It does not count.',
      is_correct: false
    })
    expect(format).toBe('who-and-when')
    expect(record).toMatchObject({ outcome: 'fail', marked: { event: 1, actor: 'Coder' } })
    expect(record.events[record.marked?.event ?? -1].actor).toBe('Coder')
    expect(verbs(trace)).toEqual([['say none'], ['say error'], ['say none']])
  })
})

describe('ATIF', () => {
  it('steps with calls and their results', async () => {
    const { format, record, trace } = await only({
      schema_version: 'ATIF-v1.4',
      session_id: 's',
      agent: { name: 'x', version: '1' },
      steps: [
        { step_id: 1, source: 'user', message: 'Do it.' },
        {
          step_id: 2,
          source: 'agent',
          message: 'Yes.',
          reasoning_content: 'Hm.',
          tool_calls: [
            { tool_call_id: 'c', function_name: 'write_file', arguments: { path: 'a' } }
          ],
          observation: { results: [{ source_call_id: 'c', content: 'written' }] }
        }
      ],
      extra: { reward: 1 }
    })
    expect(format).toBe('atif')
    expect(record).toMatchObject({ id: 's', outcome: 'pass', reward: 1 })
    expect(trace.steps[0].actions).toMatchObject([
      { verb: 'write_file', effect: 'write', status: 'ok', result: 'written' }
    ])
  })
})

describe('OpenTelemetry', () => {
  it('OpenInference spans over several lines: repeated messages once, results joined', async () => {
    const span = (id: string, start: number, attributes: JsonValue): JsonValue => ({
      context: { trace_id: 't', span_id: id },
      name: 'x',
      start_time: start,
      attributes
    })
    const message = (role: string, content: string, calls?: JsonValue): JsonValue => ({
      message: { role, content, ...(calls === undefined ? {} : { tool_calls: calls }) }
    })
    const calls = [{ tool_call: { id: 'c', function: { name: 'get_a', arguments: '{"n":1}' } } }]
    const ask = message('user', 'Get a.')
    const answer = message('assistant', 'Yes.', calls)
    const found = await recordsIn(
      [
        span('3', 3, {
          openinference: { span: { kind: 'LLM' } },
          llm: {
            input_messages: [
              ask,
              answer,
              { message: { role: 'tool', tool_call_id: 'c', content: '7' } }
            ],
            output_messages: [message('assistant', 'It is 7.')]
          }
        }),
        span('1', 1, {
          openinference: { span: { kind: 'LLM' } },
          llm: { input_messages: [ask], output_messages: [answer] }
        }),
        span('2', 2, {
          openinference: { span: { kind: 'TOOL' } },
          tool: { name: 'get_a' },
          output: { value: '7' }
        })
      ]
        .map((each) => JSON.stringify(each))
        .join('\n')
    )
    expect(found.map(({ format }) => format)).toEqual(['otel'])
    const [{ record }] = found
    expect(record.events.map(({ kind }) => kind)).toEqual([
      'user',
      'assistant',
      'tool-call',
      'tool-result',
      'assistant'
    ])
    expect(verbs(deriveTrace(record, plainRules))).toEqual([['get_a ok'], ['say none']])
  })

  it('GenAI spans in OTLP, with a tool that failed', async () => {
    const attribute = (key: string, stringValue: string): JsonValue => ({
      key,
      value: { stringValue }
    })
    const messages = (...list: JsonValue[]): string => JSON.stringify(list)
    const { record, trace } = await only({
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                {
                  traceId: 't',
                  spanId: '1',
                  name: 'chat',
                  startTimeUnixNano: '1',
                  attributes: [
                    attribute('gen_ai.operation.name', 'chat'),
                    attribute(
                      'gen_ai.input.messages',
                      messages({ role: 'user', parts: [{ type: 'text', content: 'Go.' }] })
                    ),
                    attribute(
                      'gen_ai.output.messages',
                      messages({
                        role: 'assistant',
                        parts: [{ type: 'tool_call', id: 'c', name: 'run', arguments: { x: 1 } }]
                      })
                    )
                  ]
                },
                {
                  traceId: 't',
                  spanId: '2',
                  name: 'execute_tool run',
                  startTimeUnixNano: '2',
                  status: { code: 2 },
                  attributes: [
                    attribute('gen_ai.operation.name', 'execute_tool'),
                    attribute('gen_ai.tool.name', 'run'),
                    attribute('gen_ai.tool.call.id', 'c'),
                    attribute('gen_ai.tool.call.result', 'no')
                  ]
                }
              ]
            }
          ]
        }
      ]
    })
    expect(record.task.goal).toBe('Go.')
    expect(verbs(trace)).toEqual([['run error']])
    expect(trace.steps[0].actions[0].args).toEqual({ x: 1 })
  })
})
