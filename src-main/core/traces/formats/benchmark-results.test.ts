// tau2-bench results and WebArena trajectories, in small files made by hand from what is known of them.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveTrace, plainRules } from '../model/derive-steps.ts'
import { hideSecrets } from '../secrets/hide-secrets.ts'
import { createSecretNumbers } from '../secrets/hider.ts'
import { readTraces, type ReadTrace } from './registry.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-results-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function read(value: unknown): Promise<Extract<ReadTrace, { record: unknown }>[]> {
  const path = join(folder, 'results.json')
  await writeFile(path, JSON.stringify(value, undefined, 1))
  const found: Extract<ReadTrace, { record: unknown }>[] = []
  for await (const each of readTraces(path)) {
    if ('problem' in each) throw new Error(`${each.where}: ${each.problem}`)
    found.push(each)
  }
  return found
}

describe('tau2-bench', () => {
  const task = {
    id: 'book_1',
    user_scenario: { instructions: { reason_for_call: 'Book it', known_info: 'I am Ann' } },
    evaluation_criteria: {
      actions: [
        { action_id: '1', requestor: 'assistant', name: 'book', arguments: { id: 7 } },
        { action_id: '2', requestor: 'user', name: 'toggle_data', arguments: {} }
      ]
    }
  }
  const simulation = (change: object) => ({
    ...{ id: 'sim', task_id: 'book_1', trial: 1, seed: 3, duration: 12.5 },
    ...{ termination_reason: 'user_stop', agent_cost: 0.25, user_cost: 0.5 },
    reward_info: { reward: 1, db_check: { db_match: true } },
    messages: [
      { role: 'assistant', content: 'Hello', turn_idx: 0 },
      { role: 'user', content: 'Book it, I am ann@example.org' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', name: 'book', arguments: { id: 7 }, requestor: 'assistant' }]
      },
      { id: 'c1', role: 'tool', content: 'No seats', requestor: 'assistant', error: true },
      {
        role: 'user',
        content: null,
        tool_calls: [{ id: 'u1', name: 'toggle_data', arguments: {}, requestor: 'user' }]
      },
      { id: 'u1', role: 'tool', content: 'On', requestor: 'user', error: false },
      { role: 'assistant', content: 'It is full.' }
    ],
    ...change
  })
  const results = (...simulations: object[]) => ({
    timestamp: '2026-01-01T00:00:00',
    info: {
      agent_info: { implementation: 'llm_agent', llm: 'a-model' },
      environment_info: { domain_name: 'airline' }
    },
    tasks: [task],
    simulations
  })

  it('reads simulations with their task, judgement and calls of a right solution', async () => {
    const [first, second, third] = await read(
      results(
        simulation({}),
        simulation({ id: 'b', trial: 0, reward_info: { reward: 0 } }),
        simulation({ id: 'c', trial: 2, reward_info: null, termination_reason: 'max_steps' })
      )
    )
    expect(first.format).toBe('tau2-bench')
    expect(first.record).toMatchObject({
      ...{ id: 'sim', trial: 1, outcome: 'pass', reward: 1, endReason: 'user_stop' },
      task: { key: 'book_1', goal: 'Book it\nI am Ann' },
      gold: [{ name: 'book', args: { id: 7 } }],
      facts: {
        ...{ agent: 'llm_agent', model: 'a-model', durationMs: 12_500, cost: 0.75, seed: 3 },
        family: 'airline'
      }
    })
    expect([second, third].map(({ record }) => [record.outcome, record.endReason])).toEqual([
      ['fail', 'user_stop'],
      ['unknown', 'max_steps']
    ])
  })

  it("takes a person's own tools for no decision of the agent, and errors for errors", async () => {
    const [{ record }] = await read(results(simulation({})))
    const { steps } = deriveTrace(record, plainRules)
    expect(
      steps.flatMap(({ actions }) => actions.map(({ verb, status }) => [verb, status]))
    ).toEqual([
      ['say', 'none'],
      ['book', 'error'],
      ['say', 'none']
    ])
    const infos = record.events.filter(({ kind }) => kind === 'info')
    expect(infos.map(({ text }) => text)).toEqual(['toggle_data: {}', 'tool: On'])
  })

  it('hides secrets as everywhere, and reads answers that come together', async () => {
    const parallel = {
      role: 'tool',
      tool_messages: [{ id: 'c1', role: 'tool', content: 'a', requestor: 'assistant' }]
    }
    const [{ record }] = await read(
      results(simulation({ messages: [...simulation({}).messages.slice(0, 3), parallel] }))
    )
    expect(deriveTrace(record, plainRules).steps.at(-1)?.actions[0].result).toBe('a')
    const hidden = hideSecrets(record, createSecretNumbers()).record
    expect(JSON.stringify(hidden)).not.toContain('ann@example.org')
  })
})

describe('WebArena', () => {
  const page = (text: string) => ({
    observation: { text, image: [[1, 2]] },
    info: { page: { url: 'http://shop/', content: 'x' }, fail_error: '' }
  })
  const action = (type: number | string, raw: string, more: object = {}) => ({
    ...{ action_type: type, raw_prediction: raw, coords: [0, 0], element_id: '', url: '' },
    ...more
  })

  it('reads pages and actions in turns, what was written, and the score', async () => {
    const [{ record, format }] = await read([
      {
        ...{ task_id: 12, intent: 'Find the price', score: 1 },
        trajectory: [
          page('[1] link Shoes'),
          action(6, 'I open it.\n```click [1]```', { element_id: '1' }),
          page('Shoes: 5'),
          action('STOP', '```stop [5]```', { answer: '5' })
        ]
      }
    ])
    expect(format).toBe('web-arena')
    expect(record).toMatchObject({
      ...{ id: '12', outcome: 'pass', reward: 1, task: { key: '12', goal: 'Find the price' } }
    })
    const { steps } = deriveTrace(record, plainRules)
    expect(steps.flatMap(({ actions }) => actions.map(({ verb, args }) => [verb, args]))).toEqual([
      ['click', { element_id: '1', given: '[1]' }],
      ['stop', { answer: '5', given: '[5]' }]
    ])
    expect(record.events[1].text).toBe('http://shop/\n[1] link Shoes')
    expect(steps[0].before).not.toBe(steps[0].after)
  })

  it('takes the verb from what was written where no kind is told, and leaves other forms alone', async () => {
    const [{ record }] = await read([
      { intent: 'Go', trajectory: [page('a'), { raw_prediction: 'scroll [down]' }] }
    ])
    expect(record.outcome).toBe('unknown')
    expect(record.events.at(-1)).toMatchObject({ name: 'scroll', data: { given: '[down]' } })
    const [other] = await read([
      { trajectory: [{ action: 'ls', observation: 'a', action_type: 'run' }], info: {} }
    ])
    expect(other.format).toBe('swe-agent')
  })
})
