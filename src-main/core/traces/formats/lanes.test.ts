// Side lines of logs: tries that were given up and helpers that were called, in small files of each form
// that has them, made by hand; and that they stay out of what is learnt from.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { atifOf } from '../exports/atif.ts'
import { conversationOf } from '../exports/conversation.ts'
import { reviewOf, toolsOf, usual } from '../exports/exports.test-support.ts'
import { pairsOf } from '../exports/pairs.ts'
import { buildSft } from '../exports/sft.ts'
import { stepRewards } from '../exports/step-rewards.ts'
import { validateSft } from '../exports/validate-sft.ts'
import { deriveTrace, plainRules } from '../model/derive-steps.ts'
import type { Trace, TraceEvent } from '../model/trace.ts'
import { stepOutlines } from '../stored/outline.ts'
import { readTraces } from './registry.ts'
import { event } from './trace-format.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-lanes-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function read(format: string, ...lines: readonly unknown[]): Promise<Trace> {
  const path = join(folder, `${format}.jsonl`)
  await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  const found: Trace[] = []
  for await (const each of readTraces(path)) {
    if ('problem' in each) throw new Error(`${each.where}: ${each.problem}`)
    expect(each.format).toBe(format)
    found.push(deriveTrace(each.record, plainRules))
  }
  expect(found).toHaveLength(1)
  return found[0]
}

/** Lane, kind and what is said or called, one word each. */
const shown = ({ events }: Pick<Trace, 'events'>): string[] =>
  events.map(({ lane = 0, kind, name, text }) => `${lane} ${kind} ${name ?? text}`)
const lanesOfSteps = (trace: Trace): number[] => stepOutlines(trace).map(({ lane }) => lane)

describe('linked messages', () => {
  const line = (uuid: string, parentUuid: string | null, message: object, more: object = {}) => ({
    ...{ type: 'x', uuid, parentUuid, sessionId: 's', isSidechain: false },
    timestamp: `2026-01-01T00:00:${uuid.padStart(2, '0')}.000Z`,
    message,
    ...more
  })
  const call = (id: string) => ({ type: 'tool_use', id, name: `tool-${id}`, input: {} })
  const answer = (id: string) => ({ type: 'tool_result', tool_use_id: id, content: 'done' })

  it('answers to parallel calls stay; what was written anew leaves a line; helpers have their own', async () => {
    const trace = await read(
      'linked-chat',
      { type: 'summary', summary: 'A request', leafUuid: '10' },
      line('1', null, { role: 'user', content: 'Do it' }),
      line('2', '1', { role: 'assistant', id: 'm1', content: [{ type: 'text', text: 'Wrong' }] }),
      line('3', '2', { role: 'user', content: 'No' }),
      // The person goes back to the request.
      line('4', '1', { role: 'assistant', id: 'm2', content: [call('a')] }),
      line('5', '4', { role: 'assistant', id: 'm2', content: [call('b')] }),
      line('6', '4', { role: 'user', content: [answer('a')] }),
      line('7', null, { role: 'user', content: 'Look' }, { isSidechain: true }),
      line('8', '7', { role: 'assistant', id: 'h', content: 'Seen' }, { isSidechain: true }),
      line('9', '5', { role: 'user', content: [answer('b')] }),
      line('10', '9', { role: 'assistant', id: 'm3', content: 'Ready' })
    )
    expect(shown(trace)).toEqual([
      '0 user Do it',
      '1 assistant Wrong',
      '1 user No',
      '0 tool-call tool-a',
      '0 tool-result done',
      '0 tool-call tool-b',
      '2 user Look',
      '2 assistant Seen',
      '0 tool-result done',
      '0 assistant Ready'
    ])
    expect(lanesOfSteps(trace)).toEqual([1, 0, 0, 2, 0])
    expect(trace.task.goal).toBe('Do it')
    // Each call has its own answer, though a helper spoke in between.
    const calls = trace.steps.flatMap(({ actions }) => actions.filter(({ verb }) => verb !== 'say'))
    expect(calls.map(({ status }) => status)).toEqual(['ok', 'ok'])
  })

  it('a log of a helper alone is its own main line, and no chain is too long', async () => {
    const alone = await read(
      'linked-chat',
      line('1', null, { role: 'user', content: 'Look' }, { isSidechain: true }),
      line('2', '1', { role: 'assistant', content: 'Seen' }, { isSidechain: true })
    )
    expect(shown(alone)).toEqual(['0 user Look', '0 assistant Seen'])
    const chain = Array.from({ length: 12_000 }, (_, i) =>
      line(`${i + 1}`, i === 0 ? null : `${i}`, {
        role: i % 2 === 0 ? 'user' : 'assistant',
        content: `${i}`
      })
    )
    expect((await read('linked-chat', ...chain)).events).toHaveLength(12_000)
  })
})

describe('exported chats', () => {
  const node = (id: string, parent: string | null, role: string, text: string, more = {}) => ({
    id,
    parent,
    children: [],
    message: { author: { role }, content: { content_type: 'text', parts: [text] }, ...more }
  })
  const chat = (current: string | undefined, ...nodes: { id: string }[]) => ({
    title: 'A chat',
    mapping: Object.fromEntries(nodes.map((each) => [each.id, each])),
    ...(current === undefined ? {} : { current_node: current })
  })

  it('the way to the current message is the main line, every other branch a line', async () => {
    const trace = await read(
      'chat-tree',
      chat(
        'e',
        { id: 'root', parent: null, children: ['a'], message: null } as { id: string },
        node('a', 'root', 'user', 'Ask'),
        node('b', 'a', 'assistant', 'First answer'),
        node('c', 'b', 'user', 'Thanks'),
        node('d', 'a', 'assistant', 'print(1)', { recipient: 'python' }),
        node('r', 'd', 'tool', '1'),
        node('x', 'd', 'tool', 'cut'),
        node('e', 'r', 'assistant', 'Second answer')
      )
    )
    expect(shown(trace)).toEqual([
      '0 user Ask',
      '1 assistant First answer',
      '1 user Thanks',
      '0 tool-call python',
      '2 tool-result cut',
      '0 tool-result 1',
      '0 assistant Second answer'
    ])
    expect(
      trace.steps.find(({ actions }) => actions[0]?.verb === 'python')?.actions[0].result
    ).toBe('1')
  })

  it('a tree that goes in circles ends', async () => {
    const trace = await read(
      'chat-tree',
      chat('b', node('a', 'b', 'user', 'Ask'), node('b', 'a', 'assistant', 'Answer'))
    )
    expect(trace.events.length).toBeLessThanOrEqual(2)
  })
})

describe('spans', () => {
  let clock = 0
  const span = (
    id: string,
    parent: string | null,
    kind: string,
    attributes = {},
    isError = false
  ) => {
    clock += 10
    return {
      ...{ trace_id: 't', span_id: id, parent_id: parent, name: kind },
      ...{ start_time: 1.7e18 + clock * 1e6, end_time: 1.7e18 + (clock + 5) * 1e6 },
      attributes: { 'openinference.span.kind': kind, ...attributes },
      status: isError ? { code: 2, message: 'Too many requests' } : { code: 1 }
    }
  }
  const said = (text: string, answer?: string) => ({
    'llm.input_messages.0.message.role': 'user',
    'llm.input_messages.0.message.content': text,
    ...(answer === undefined
      ? {}
      : {
          'llm.output_messages.0.message.role': 'assistant',
          'llm.output_messages.0.message.content': answer
        })
  })

  it('a failed call of a model that was made again is a try, and a nested agent a helper', async () => {
    const trace = await read(
      'otel',
      span('root', null, 'AGENT'),
      span('1', 'root', 'LLM', said('Find it'), true),
      span('2', 'root', 'LLM', said('Find it', 'I ask a helper')),
      span('helper', 'root', 'AGENT'),
      span('3', 'helper', 'LLM', said('Search', 'Found')),
      span('4', 'helper', 'TOOL', { 'tool.name': 'grep', 'output.value': 'x' }),
      span('5', 'root', 'LLM', said('Find it', 'Here'))
    )
    expect(shown(trace)).toEqual([
      '0 user Find it',
      '1 assistant ',
      '1 error Too many requests',
      '0 assistant I ask a helper',
      '2 user Search',
      '2 assistant Found',
      '2 tool-call grep',
      '2 tool-result grep',
      '0 assistant Here'
    ])
  })

  it('a tool tried again with the same input is a try; another input, or beside each other, is none', async () => {
    const tool = (x: number) => ({ 'tool.name': 'get', 'tool.parameters': `{"x":${x}}` })
    const again = await read(
      'otel',
      span('root', null, 'CHAIN'),
      span('1', 'root', 'TOOL', tool(1), true),
      span('2', 'root', 'TOOL', tool(1)),
      span('3', 'root', 'TOOL', tool(2), true),
      span('4', 'root', 'TOOL', tool(3)),
      { ...span('5', 'root', 'TOOL', tool(4), true), end_time: 2e18 },
      span('6', 'root', 'TOOL', tool(4))
    )
    expect(shown(again).filter((each) => each.includes('call'))).toEqual([
      '1 tool-call get',
      ...Array.from({ length: 5 }, () => '0 tool-call get')
    ])
  })

  it('an agent that only calls agents has no line of its own', async () => {
    const trace = await read(
      'otel',
      span('root', null, 'AGENT'),
      span('one', 'root', 'AGENT'),
      span('1', 'one', 'LLM', said('Plan', 'A plan')),
      span('two', 'root', 'AGENT'),
      span('2', 'two', 'LLM', said('Do', 'Done'))
    )
    expect(trace.events.every(({ lane }) => lane === undefined)).toBe(true)
  })
})

it('OpenHands: what a delegate does is a line of its own, also inside of one', async () => {
  const act = (action: string, id: number) => ({ source: 'agent', id, action, args: {} })
  const seen = (observation: string, cause: number) => ({
    ...{ source: 'agent', observation, cause, content: 'done' }
  })
  const trace = await read('openhands', {
    instance_id: 'i',
    instruction: 'Do it',
    history: [
      { source: 'user', action: 'message', args: { content: 'Do it' } },
      act('delegate', 1),
      act('browse', 2),
      seen('browse', 2),
      act('delegate', 3),
      act('read', 4),
      seen('read', 4),
      seen('delegate', 3),
      seen('delegate', 1),
      act('finish', 5)
    ]
  })
  expect(shown(trace)).toEqual([
    '0 user Do it',
    '0 tool-call delegate',
    '1 tool-call browse',
    '1 tool-result browse',
    '1 tool-call delegate',
    '2 tool-call read',
    '2 tool-result read',
    '1 tool-result delegate',
    '0 tool-result delegate',
    '0 tool-call finish'
  ])
})

it('SWE-agent: attempts that were not taken are lines, in the order they were made', async () => {
  const step = (action: string) => ({ action, observation: 'ok', thought: '' })
  const attempts = ['ls', 'cat', 'rm'].map((action) => ({ trajectory: [step(action)], info: {} }))
  const traj = {
    ...{ instance_id: 'i', trajectory: [step('cat')], attempts },
    info: { exit_status: 'submitted', submission: 'diff', best_attempt_idx: 1 }
  }
  expect(shown(await read('swe-agent', traj)).filter((each) => each.includes('call'))).toEqual([
    '1 tool-call ls',
    '0 tool-call cat',
    '2 tool-call rm'
  ])
  const unknown = { ...traj, info: { exit_status: 'submitted' } }
  expect(shown(await read('swe-agent', unknown))).toEqual(['0 tool-call cat', '0 tool-result cat'])
})

it('ATIF: trajectories of helpers stand before their report, each once', async () => {
  const helper = {
    ...{ schema_version: 'ATIF-v1.7', session_id: 's', trajectory_id: 'h' },
    steps: [{ step_id: 1, source: 'agent', message: 'Helping' }]
  }
  const result = {
    source_call_id: 'c',
    content: 'Report',
    subagent_trajectory_ref: [{ trajectory_id: 'h' }]
  }
  const calls = [{ tool_call_id: 'c', function_name: 'ask', arguments: {} }]
  const trace = await read('atif', {
    ...{ schema_version: 'ATIF-v1.7', session_id: 's', subagent_trajectories: [helper] },
    steps: [
      { step_id: 1, source: 'user', message: 'Do it' },
      ...[2, 3].map((id) => ({
        ...{ step_id: id, source: 'agent', message: '', tool_calls: calls },
        observation: { results: [result] }
      }))
    ]
  })
  expect(shown(trace)).toEqual([
    '0 user Do it',
    '0 tool-call ask',
    '1 assistant Helping',
    '0 tool-result Report',
    '0 tool-call ask',
    '0 tool-result Report'
  ])
})

describe('what is learnt from an attempt with side lines', () => {
  const call = (name: string, lane?: number): TraceEvent[] => [
    event('tool-call', '', { actor: 'assistant', name, data: {}, ...(lane && { lane }) }),
    event('tool-result', `${name} done`, { actor: 'tool', name, ...(lane && { lane }) })
  ]
  const trace = deriveTrace(
    {
      ...{ id: 't', task: { key: 'k', goal: 'Do it' }, trial: 0, outcome: 'pass', reward: 1 },
      ...{ endReason: null, warnings: [], gold: null, marked: null },
      events: [
        event('user', 'Do it', { actor: 'user' }),
        ...call('first'),
        ...call('abandoned', 1),
        ...call('second'),
        event('user', 'A request to a helper', { lane: 2 }),
        ...call('helper', 2),
        event('assistant', 'Ready', { actor: 'assistant' })
      ]
    },
    plainRules
  )

  it('is the main line alone', () => {
    const roles = conversationOf(trace).map(({ message, step }) => [message.role, step])
    expect(roles).toEqual([
      ['user', null],
      ['assistant', 0],
      ['tool', 0],
      ['assistant', 2],
      ['tool', 2],
      ['assistant', 4]
    ])
    const built = buildSft(trace, null, usual, toolsOf([trace]))
    if ('leftOut' in built) throw new Error(built.leftOut)
    expect(validateSft(JSON.stringify(built.line))).toEqual([])
    expect(JSON.stringify(built.line.messages)).not.toMatch(/abandoned|helper/)
    const rewards = stepRewards(trace, null, [], { reviewers: 0, agreement: null })
    expect(rewards.map(({ step }) => step)).toEqual([0, 2, 4])
    expect(rewards.map(({ prompt_ref: { atif_step } }) => atif_step)).toEqual([2, 3, 4])
    expect(atifOf(trace, null).steps).toHaveLength(4)
  })

  it('a correction beside the main line makes no pair and breaks nothing', () => {
    const fail = { ...trace, outcome: 'fail' as const }
    const review = reviewOf({ firstWrong: 1, marks: { '3': 'bad' } })
    expect(pairsOf(fail, review, [trace], toolsOf([trace]))).toEqual([])
  })

  it('a step ends where its line does', () => {
    expect(stepOutlines(trace).map(({ from, until, lane }) => [from, until, lane])).toEqual([
      [1, 3, 0],
      [3, 5, 1],
      [5, 7, 0],
      [8, 10, 2],
      [10, 11, 0]
    ])
  })
})

describe('Inspect', () => {
  const span = (id: string, parent_id: string | null, type: string) => ({
    ...{ event: 'span_begin', id, span_id: id, parent_id, type, name: id }
  })
  const model = (span_id: string, input: readonly object[], answer: object) => ({
    ...{ event: 'model', span_id, timestamp: '2026-01-01T00:00:00Z', input },
    output: { choices: [{ message: { role: 'assistant', ...answer } }] }
  })
  const ask = (id: string) => ({ id, function: 'look_up', arguments: { what: id } })
  const asked = { role: 'user', content: 'Do it' }
  const called = { id: 'm1', role: 'assistant', content: '', tool_calls: [ask('c1'), ask('c2')] }
  const done = { id: 'm2', role: 'assistant', content: 'Ready' }
  const toHelper = { role: 'user', content: 'Look it up' }
  const messages = [
    ...[asked, called],
    { role: 'tool', tool_call_id: 'c1', content: 'found' },
    { role: 'tool', tool_call_id: 'c2', content: 'none' },
    done
  ]
  const events = [
    span('solver', null, 'solver'),
    span('main', 'solver', 'agent'),
    model('main', [asked], called),
    span('tool-1', 'main', 'tool'),
    { event: 'tool', id: 'c1', function: 'look_up', span_id: 'tool-1' },
    span('helper', 'tool-1', 'agent'),
    model('helper', [toHelper], { id: 'h1', content: 'found' }),
    span('tool-2', 'main', 'tool'),
    { event: 'tool', id: 'c2', function: 'look_up', span_id: 'tool-2' },
    // A tool that asks a model by itself is no agent.
    model('tool-2', [{ role: 'user', content: 'Shorten this' }], { content: 'short' }),
    model('main', messages.slice(0, 4), done)
  ]
  const sample = { id: 'a', epoch: 1, input: 'Do it', target: '', scores: {} }
  const expected = [
    ...['0 user Do it', '0 tool-call look_up', '0 tool-call look_up'],
    ...['1 user Look it up', '1 assistant found'],
    ...['0 tool-result found', '0 tool-result none', '0 assistant Ready']
  ]

  it('agents that were called as tools have their own line before their report', async () => {
    const trace = await read('inspect', { ...sample, messages, events })
    expect(shown(trace)).toEqual(expected)
    expect(lanesOfSteps(trace)).toEqual([0, 1, 0])
  })

  it('newer logs name the span of the agent with the call', async () => {
    const named = events
      .filter((each) => !('id' in each && each.id === 'tool-1'))
      .map((each) =>
        'function' in each && each.id === 'c1'
          ? { ...each, span_id: 'main', agent_span_id: 'helper' }
          : 'type' in each && each.id === 'helper'
            ? { ...each, parent_id: 'main' }
            : each
      )
    expect(shown(await read('inspect', { ...sample, messages, events: named }))).toEqual(expected)
  })

  it('an agent that was handed the conversation speaks in it', async () => {
    const handed = events.map((each) =>
      'span_id' in each && each.span_id === 'helper' && each.event === 'model'
        ? model('helper', [asked], done)
        : each
    )
    const trace = await read('inspect', { ...sample, messages, events: handed })
    expect(trace.events.every(({ lane }) => lane === undefined)).toBe(true)
  })

  it('logs that stopped early have lines, too', async () => {
    const trace = await read('inspect', { ...sample, events })
    expect(shown(trace).filter((line) => line.startsWith('1'))).toEqual([
      '1 user Look it up',
      '1 assistant found'
    ])
    expect(shown(trace)[0]).toBe('0 user Do it')
    expect(shown(trace).at(-1)).toBe('0 assistant Ready')
  })
})
