// Reading traces: forms of messages, outcomes, broken files.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../api/dto/common.ts'
import { deriveTrace, plainRules } from '../model/derive-steps.ts'
import type { TraceRecord } from '../model/trace.ts'
import { outcomeOf } from './outcome.ts'
import { readTraces, type ReadTrace } from './registry.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'traces-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function read(text: string): Promise<ReadTrace[]> {
  const path = join(folder, 'traces.json')
  await writeFile(path, text)
  const found: ReadTrace[] = []
  for await (const each of readTraces(path)) found.push(each)
  return found
}

function records(found: readonly ReadTrace[]): TraceRecord[] {
  return found.flatMap((each) => ('record' in each ? [each.record] : []))
}

const lines = (...values: readonly JsonValue[]): string =>
  values.map((value) => JSON.stringify(value)).join('\n')

describe('messages', () => {
  it('OpenAI tool calls: parallel calls are one step, results join by id in any order', async () => {
    const [record] = records(
      await read(
        lines({
          id: 'x',
          task_id: 7,
          reward: 1,
          messages: [
            { role: 'system', content: 'Help.' },
            { role: 'user', content: 'Two things.' },
            {
              role: 'assistant',
              content: 'At once.',
              tool_calls: [
                { id: 'a', type: 'function', function: { name: 'get_a', arguments: '{"n": 1}' } },
                { id: 'b', type: 'function', function: { name: 'get_b', arguments: '{}' } }
              ]
            },
            { role: 'tool', tool_call_id: 'b', content: 'B' },
            { role: 'tool', tool_call_id: 'a', content: 'A' },
            { role: 'assistant', content: 'Done.' }
          ]
        })
      )
    )
    expect(record).toMatchObject({ id: 'x', task: { key: '7' }, outcome: 'pass', warnings: [] })
    const { steps } = deriveTrace(record, plainRules)
    expect(steps.map(({ actions }) => actions.map(({ verb, result }) => [verb, result]))).toEqual([
      [
        ['get_a', 'A'],
        ['get_b', 'B']
      ],
      [['say', null]]
    ])
  })

  it('Anthropic content blocks, with an error that the log marks', async () => {
    const [record] = records(
      await read(
        lines({
          messages: [
            { role: 'user', content: 'Go.' },
            {
              role: 'assistant',
              content: [
                { type: 'thinking', thinking: 'Hm.' },
                { type: 'text', text: 'I look.' },
                { type: 'tool_use', id: 't', name: 'read_file', input: { path: 'a' } }
              ]
            },
            {
              role: 'user',
              content: [
                {
                  type: 'tool_result',
                  tool_use_id: 't',
                  is_error: true,
                  content: [{ type: 'text', text: 'gone' }]
                }
              ]
            }
          ]
        })
      )
    )
    const [step, ...others] = deriveTrace(record, plainRules).steps
    expect(others).toEqual([])
    expect(step.actions).toMatchObject([
      { verb: 'read_file', args: { path: 'a' }, status: 'error', result: 'gone', effect: 'read' }
    ])
    expect(record.outcome).toBe('unknown')
  })

  it('attempts with the same first request are attempts at one task', async () => {
    const turn = (content: string): JsonValue => [{ role: 'user', content }]
    const [a, b, c] = records(
      await read(lines(turn('Book a  flight'), turn('book a flight'), turn('x')))
    )
    expect(a.task.key).toBe(b.task.key)
    expect(a.task.key).not.toBe(c.task.key)
  })

  it('arguments that are no JSON are kept and named', async () => {
    // The file is one conversation.
    const [record] = records(
      await read(
        lines([
          { role: 'user', content: 'x' },
          {
            role: 'assistant',
            tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{oh' } }]
          }
        ])
      )
    )
    expect(record.warnings).toEqual(['The arguments of a call of f are not valid JSON.'])
    expect(deriveTrace(record, plainRules).steps[0].actions[0]).toMatchObject({
      args: '{oh',
      status: 'none'
    })
  })
})

describe('files', () => {
  it('a broken line is named and the rest is read', async () => {
    const good = [{ role: 'user', content: 'x' }]
    const found = await read(`${lines(good)}\n{"messages": [\n${lines(good)}\n`)
    expect(records(found)).toHaveLength(2)
    expect(found.filter((each) => 'problem' in each)).toEqual([
      { where: 'Line 2', problem: 'It is not valid JSON.' }
    ])
  })

  it('one object over many lines is one trace', async () => {
    const one = JSON.stringify({ messages: [{ role: 'user', content: 'x' }] }, null, 2)
    expect(records(await read(one))).toHaveLength(1)
  })

  it('a list that is cut off gives what came before and says so', async () => {
    const good = JSON.stringify({ messages: [{ role: 'user', content: 'x' }] })
    const found = await read(`[${good},${good},{"messages": [{"role"`)
    expect(records(found)).toHaveLength(2)
    expect(found.some((each) => 'problem' in each)).toBe(true)
  })

  it('a file of something else is refused with what could be read', async () => {
    await expect(read(lines({ a: 1 }, { a: 2 }))).rejects.toMatchObject({
      code: 'file-not-recognised'
    })
  })
})

describe('outcomes', () => {
  it.each([
    [1, 'pass'],
    [0, 'fail'],
    [0.5, 'partial'],
    [-1, 'fail'],
    [Number.NaN, 'unknown'],
    [true, 'pass'],
    ['C', 'pass'],
    ['I', 'fail'],
    ['P', 'partial'],
    ['0.0', 'fail'],
    ['resolved', 'pass'],
    ['', 'unknown'],
    [null, 'unknown'],
    [{}, 'unknown']
  ] as const)('%j is %s', (value, outcome) => {
    expect(outcomeOf(value)).toBe(outcome)
  })
})
