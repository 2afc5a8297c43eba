// Values of no known form: fields as they are found, a proposal, and traces read with it.
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../api/dto/common.ts'
import { TraceMapping } from '../../../api/dto/trace-sets.ts'
import type { TraceRecord } from '../model/trace.ts'
import { describeFields } from './describe-fields.ts'
import { mappedFormat } from './mapped-format.ts'
import { proposeMapping } from './propose-mapping.ts'

const run = (id: string, solved: string): JsonValue => ({
  run: { uuid: id },
  task_id: 'T1',
  status: solved,
  turns: [
    { speaker: 'customer', text: 'Two tickets.', ts: 1_700_000_000 },
    { speaker: 'our-agent', text: 'I look.', tool: 'find_show', input: '{"n": 2}' },
    { speaker: 'api', text: '', result: { shows: ['A'] } },
    { speaker: 'log', text: 'cache hit' },
    { speaker: 'our-agent', text: 'Done.' }
  ]
})
const values = [run('a', 'solved'), run('b', 'gave up')]

function read(value: JsonValue, mapping: TraceMapping): TraceRecord[] | string {
  const format = mappedFormat(mapping)
  if ('start' in format) throw new Error('reads values one by one')
  const found = format.read(value, { number: 4 })
  return typeof found === 'string' ? found : [...found]
}

describe('fields', () => {
  it('have paths, kinds, examples and the values seen, most frequent first', () => {
    const fields = describeFields(values)
    expect(fields.map(({ path, kind }) => [path, kind])).toEqual([
      ['run', 'object'],
      ['run.uuid', 'text'],
      ['task_id', 'text'],
      ['status', 'text'],
      ['turns', 'list'],
      ['turns[].speaker', 'text'],
      ['turns[].text', 'text'],
      ['turns[].ts', 'number'],
      ['turns[].tool', 'text'],
      ['turns[].input', 'text'],
      ['turns[].result', 'object'],
      ['turns[].result.shows', 'list']
    ])
    expect(fields.find(({ path }) => path === 'turns[].speaker')).toMatchObject({
      example: 'customer',
      values: ['our-agent', 'customer', 'api', 'log']
    })
  })

  it('are bounded, whatever is described', () => {
    const wide = Object.fromEntries(
      Array.from({ length: 5000 }, (_, i) => [`f${i}`, 'x'.repeat(i)])
    )
    const fields = describeFields([wide, ['a'], 'text', null, 7])
    expect(fields.length).toBeLessThanOrEqual(200)
    expect(fields.every(({ example }) => example.length <= 120)).toBe(true)
  })
})

describe('a proposal', () => {
  it('finds messages, roles, tools and the outcome, and reads with them', () => {
    const mapping = proposeMapping(describeFields(values))
    expect(mapping).toEqual({
      messages: 'turns',
      role: 'speaker',
      text: 'text',
      toolName: 'tool',
      toolArguments: 'input',
      toolResult: 'result',
      time: 'ts',
      id: 'run.uuid',
      task: 'task_id',
      outcome: 'status',
      passValues: ['solved'],
      roles: { 'our-agent': 'assistant', customer: 'user', api: 'tool' }
    })
    if (mapping === null) throw new Error('none')
    expect(TraceMapping.parse(mapping)).toEqual(mapping)
    const found = values.map((value) => read(value, mapping))
    expect(found.map((records) => (records as TraceRecord[])[0].outcome)).toEqual(['pass', 'fail'])
    const [[record]] = found as TraceRecord[][]
    expect(record).toMatchObject({
      id: 'a',
      task: { key: 'T1', goal: 'Two tickets.' },
      warnings: []
    })
    expect(
      record.events.map(({ kind, name, text, data, time }) => [kind, name, text, data, time])
    ).toEqual([
      ['user', null, 'Two tickets.', null, 1_700_000_000_000],
      ['assistant', null, 'I look.', null, null],
      ['tool-call', 'find_show', '', { n: 2 }, null],
      ['tool-result', null, '{"shows":["A"]}', null, null],
      ['info', null, 'cache hit', null, null],
      ['assistant', null, 'Done.', null, null]
    ])
  })

  it('of lines that are messages themselves', () => {
    const lines = [
      { session: 'x', author: 'user', body: 'Hi' },
      { session: 'x', author: 'bot', body: 'Hello' }
    ]
    expect(proposeMapping(describeFields(lines))).toMatchObject({
      messages: null,
      role: 'author',
      text: 'body'
    })
  })

  it('knows other words for the same', () => {
    const value = {
      Conversation: [
        { Speaker: 'Customer', said: 'Two tickets.' },
        { Speaker: 'Agent', said: 'I look.', toolCall: 'find_show', 'tool-args': '{"n": 2}' },
        { Speaker: 'Tool', said: '', tool_result: 'A' },
        { Speaker: 'Agent', said: 'Done.' }
      ],
      Solved: true
    }
    const mapping = proposeMapping(describeFields([value]))
    expect(mapping).toMatchObject({
      messages: 'Conversation',
      role: 'Speaker',
      text: 'said',
      toolName: 'toolCall',
      toolArguments: 'tool-args',
      toolResult: 'tool_result',
      outcome: 'Solved',
      passValues: ['true'],
      roles: { Agent: 'assistant', Customer: 'user', Tool: 'tool' }
    })
    if (mapping === null) throw new Error('none')
    const [record] = read(value, mapping) as TraceRecord[]
    expect(record.outcome).toBe('pass')
    expect(record.events.map(({ kind, text }) => [kind, text])).toEqual([
      ['user', 'Two tickets.'],
      ['assistant', 'I look.'],
      ['tool-call', ''],
      ['tool-result', 'A'],
      ['assistant', 'Done.']
    ])
  })

  it('goes by values where names say nothing', () => {
    const said = (i: number): string => `Something that was said the ${i}th time.`
    const list = Array.from({ length: 12 }, (_, i) => ({ p: i % 2 ? 'A' : 'B', q: said(i) }))
    expect(proposeMapping(describeFields([{ list }]))).toMatchObject({
      messages: 'list',
      role: 'p',
      text: 'q',
      roles: {}
    })
  })

  it('prefers the list whose names say what it holds', () => {
    const value = {
      links: [{ place: 'a', title: 'x' }],
      log: [
        { who: 'user', body: 'Hi' },
        { who: 'bot', body: 'Hello' }
      ]
    }
    expect(proposeMapping(describeFields([value]))).toMatchObject({
      messages: 'log',
      role: 'who',
      text: 'body'
    })
  })

  it('is none where nothing looks like messages', () => {
    expect(proposeMapping(describeFields([{ a: 1 }, { a: 2 }]))).toBeNull()
    expect(proposeMapping([])).toBeNull()
  })
})

describe('a mapping', () => {
  const plain = TraceMapping.parse({ messages: 'turns', role: 'speaker', text: 'text' })

  it('names what does not fit', () => {
    expect(read({ turns: 'x' }, plain)).toBe('It has no list at \u201Cturns\u201D.')
    expect(read({ turns: [] }, plain)).toBe('Its list of messages is empty.')
    expect(read({ turns: [{ who: 'x' }] }, plain)).toBe(
      'None of its messages has a role at \u201Cspeaker\u201D.'
    )
    expect(read('text', plain)).toBe('It has no list at \u201Cturns\u201D.')
    expect(read({ turns: [{ speaker: 'a', text: 'x' }] }, { ...plain, roles: { a: 'skip' } })).toBe(
      'The roles of all its messages are left out.'
    )
    const [record] = read({ turns: [{ speaker: 'user', text: 'x' }, 5] }, plain) as TraceRecord[]
    expect(record.warnings).toEqual([
      'Message 2 has no role at \u201Cspeaker\u201D and was left out.'
    ])
  })

  it('takes paths as fields are described, and names with dots', () => {
    const mapping = { ...plain, role: 'turns[].a.b', text: 'turns[].text' }
    const [record] = read({ turns: [{ 'a.b': 'user', text: 'x' }] }, mapping) as TraceRecord[]
    expect(record.events).toMatchObject([{ kind: 'user', text: 'x' }])
  })

  it('does not reach into what every object has', () => {
    expect(read({ turns: [{ text: 'x' }] }, { ...plain, role: 'constructor.name' })).toBe(
      'None of its messages has a role at \u201Cconstructor.name\u201D.'
    )
  })

  it('with lines as messages makes one attempt for each id', () => {
    const format = mappedFormat({
      ...plain,
      messages: null,
      id: 'run',
      outcome: 'ok',
      passValues: ['true']
    })
    if (!('start' in format)) throw new Error('collects')
    const collector = format.start()
    const reasons = [
      { run: 1, speaker: 'user', text: 'a' },
      { run: 2, speaker: 'user', text: 'b' },
      { run: 1, speaker: 'agent', text: 'c', ok: true },
      { run: 2, text: 'no role' },
      { run: 2, speaker: 'agent', text: 'd', ok: false }
    ].map((value) => collector.add(value))
    expect(reasons).toEqual([
      undefined,
      undefined,
      undefined,
      'It has no role at \u201Cspeaker\u201D.',
      undefined
    ])
    expect(
      collector
        .end()
        .map(({ id, outcome, events }) => [id, outcome, events.map(({ text }) => text)])
    ).toEqual([
      ['1', 'pass', ['a', 'c']],
      ['2', 'fail', ['b', 'd']]
    ])
  })
})
