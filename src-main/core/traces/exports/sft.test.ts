// Hand cases of the lines for training: what is learnt, what is masked, what is left out.
import { describe, expect, it } from 'vitest'
import { event } from '../formats/trace-format.ts'
import type { TraceEvent } from '../model/trace.ts'
import { call, traceOf } from '../traces.test-support.ts'
import { conversationOf } from './conversation.ts'
import { correctionOf, reviewOf, toolsOf, usual } from './exports.test-support.ts'
import { buildSft, type BuiltSft, type SftMessage } from './sft.ts'
import { shareGptOf } from './sharegpt.ts'
import { validateSft } from './validate-sft.ts'

const asked = event('user', 'Book a seat', { actor: 'user' })
const say = (text: string): TraceEvent => event('assistant', text, { actor: 'assistant' })
const reply = (text: string): TraceEvent => event('user', text, { actor: 'user' })

/** Steps 0 look, 1 book (wrong), 2 words, 3 look. */
const failed = traceOf([
  asked,
  ...call('get_seats', { flight: 'A' }, 'seat 1, seat 2'),
  ...call('book_seat', { seat: 9 }, 'booked'),
  say('Booked.'),
  reply('Which seat?'),
  ...call('get_booking', {}, 'seat 9')
])

function messages(built: BuiltSft): readonly SftMessage[] {
  if ('leftOut' in built) throw new Error(built.leftOut)
  expect(validateSft(JSON.stringify(built.line))).toEqual([])
  return built.line.messages
}

/** One letter a message: s, u, t; the agent's with their weight: 1 or 0. */
function pattern(built: BuiltSft): string {
  return messages(built)
    .map(({ role, weight }) => (role === 'assistant' ? String(weight) : role.slice(0, 1)))
    .join('')
}

const marked = reviewOf({ verdict: 'fail', firstWrong: 1 })
const tools = toolsOf([failed])

describe('an attempt that failed', () => {
  it('teaches what came before the first mistake and shows the rest', () => {
    expect(pattern(buildSft(failed, marked, usual, tools))).toBe('u1t0t0u0t')
  })

  it('ends before the mistake when wrong steps are left out', () => {
    expect(pattern(buildSft(failed, marked, { ...usual, wrong: 'drop' }, tools))).toBe('u1t')
  })

  it('masks the wrong step alone, or leaves it out with its answer', () => {
    const scope = 'wrong-steps'
    expect(pattern(buildSft(failed, marked, { ...usual, scope }, tools))).toBe('u1t0t1u1t')
    expect(pattern(buildSft(failed, marked, { ...usual, scope, wrong: 'drop' }, tools))).toBe(
      'u1t1u1t'
    )
  })

  it('ends with the correction, which is learnt', () => {
    const corrections = {
      '1': correctionOf('book_seat', { seat: 1 }, { thought: 'Seat 1 is free' })
    }
    const review = { ...marked, corrections }
    const built = buildSft(failed, review, usual, tools)
    expect(pattern(built)).toBe('u1t1')
    expect(messages(built).at(-1)).toMatchObject({
      content: null,
      reasoning_content: 'Seat 1 is free',
      tool_calls: [{ function: { name: 'book_seat', arguments: '{"seat":1}' } }],
      weight: 1,
      train: true
    })
    expect(pattern(buildSft(failed, review, { ...usual, withCorrections: false }, tools))).toBe(
      'u1t0t0u0t'
    )
  })

  it('is not ended by a correction that was tried and did not help', () => {
    const correction = correctionOf('book_seat', { seat: 1 }, { verified: 'replay-fail' })
    const review = { ...marked, corrections: { '1': correction } }
    expect(pattern(buildSft(failed, review, usual, tools))).toBe('u1t0t0u0t')
  })

  it('teaches nothing without a mark, but for steps marked good', () => {
    expect(buildSft(failed, null, usual, tools)).toEqual({
      leftOut: 'Nothing in it is marked as right: no turn is left to learn from.'
    })
    const good = reviewOf({ verdict: 'fail', marks: { '0': 'good', '2': 'neutral' } })
    expect(pattern(buildSft(failed, good, usual, tools))).toBe('u1t0t0u0t')
  })

  it('is learnt from whole when the reviewer found no step wrong', () => {
    const sound = reviewOf({ verdict: 'fail', noneWrong: true, firstWrong: 1 })
    expect(pattern(buildSft(failed, sound, usual, tools))).toBe('u1t1t1u1t')
  })
})

describe('an attempt that passed', () => {
  it('is learnt from, but for circles, repeats and ignored errors', () => {
    const again = traceOf(
      [
        asked,
        ...call('get_seats', {}, 'none'),
        ...call('get_seats', {}, 'none'),
        ...call('find', { x: 1 }, 'Error: no'),
        ...call('find', { x: 1 }, 'Error: no such'),
        ...call('book_seat', { seat: 1 }, 'booked')
      ],
      'pass'
    )
    expect(pattern(buildSft(again, null, usual, toolsOf([again])))).toBe('u1t0t1t0t1t')
  })

  it('keeps errors made good, unless they are not wanted', () => {
    const slip = traceOf(
      [asked, ...call('book', { seat: 9 }, 'Error: taken'), ...call('book', { seat: 1 }, 'booked')],
      'pass'
    )
    const listed = toolsOf([slip])
    expect(pattern(buildSft(slip, null, usual, listed))).toBe('u1t1t')
    const without = { ...usual, withRecovered: false }
    expect(pattern(buildSft(slip, null, without, listed))).toBe('u0t1t')
    expect(pattern(buildSft(slip, null, { ...without, wrong: 'drop' }, listed))).toBe('u1t')
    const marks = reviewOf({ marks: { '0': 'recovered' } })
    expect(pattern(buildSft(slip, marks, usual, listed))).toBe('u0t1t')
  })

  it('goes on after a mistake that did no harm', () => {
    const review = reviewOf({ verdict: 'pass', firstWrong: 1 })
    expect(pattern(buildSft(failed, review, usual, tools))).toBe('u1t0t1u1t')
  })

  it('the verdict counts more than the log', () => {
    expect(pattern(buildSft(failed, reviewOf({ verdict: 'pass' }), usual, tools))).toBe('u1t1t1u1t')
    const passed = { ...failed, outcome: 'pass' as const }
    expect('leftOut' in buildSft(passed, reviewOf({ verdict: 'fail' }), usual, tools)).toBe(true)
  })
})

describe('the limit of tokens', () => {
  const long = traceOf(
    [
      asked,
      ...call('a', {}, 'x'.repeat(400)),
      say('y'.repeat(400)),
      reply('more'),
      say('z'.repeat(100))
    ],
    'pass'
  )
  const none = toolsOf([])

  it('cuts where a turn ends', () => {
    const at = (maxTokens: number): string =>
      pattern(buildSft(long, null, { ...usual, maxTokens }, none))
    expect(at(1000)).toBe('u1t1u1')
    expect(at(230)).toBe('u1t1')
    expect(at(200)).toBe('u1t')
  })

  it('leaves out what does not fit at all', () => {
    expect(buildSft(long, null, { ...usual, maxTokens: 100 }, none)).toEqual({
      leftOut: 'It is longer than the limit before the first turn to learn from.'
    })
  })
})

describe('conversations', () => {
  it('put answers behind their calls, whatever the order of the log', () => {
    const two = ['a', 'b'].map((name) =>
      event('tool-call', '', { actor: 'assistant', name, callId: name, data: { name } })
    )
    const answers = ['b', 'a'].map((callId) => event('tool-result', `of ${callId}`, { callId }))
    const placed = conversationOf(traceOf([asked, ...two, ...answers, say('done')], 'pass'))
    expect(placed.map(({ message: { content, tool_call_id: id } }) => [content, id])).toEqual([
      ['Book a seat', undefined],
      [null, undefined],
      ['of a', 'a'],
      ['of b', 'b'],
      ['done', undefined]
    ])
  })

  it('make new ids for those that are missing or there twice, and answer what was never answered', () => {
    const calls = ['x', 'x', null].map((callId) =>
      event('tool-call', '', { actor: 'assistant', name: 'look', callId })
    )
    const trace = traceOf([asked, ...calls, reply('hello'), say('yes')], 'pass')
    expect(pattern(buildSft(trace, null, usual, toolsOf([trace])))).toBe('u1tttu1')
  })

  it('take the screen for the answer of a click, and the task for a missing request', () => {
    const trace = traceOf(
      [
        event('system', 'You click'),
        event('tool-call', '', { actor: 'assistant', name: 'click', data: { id: 1 } }),
        event('state', 'url'),
        event('observation', 'screen 2'),
        say('done'),
        event('score', '1')
      ],
      'pass'
    )
    const placed = conversationOf(trace)
    expect(placed.map(({ message: { role, content } }) => [role, content])).toEqual([
      ['system', 'You click'],
      ['user', 'do it'],
      ['assistant', null],
      ['tool', 'screen 2'],
      ['assistant', 'done']
    ])
  })

  it('keep thoughts beside the turn and agents by name', () => {
    const trace = traceOf(
      [
        asked,
        event('thought', 'hm', { actor: 'Web Surfer' }),
        event('assistant', 'ok', { actor: 'Web Surfer' })
      ],
      'pass'
    )
    expect(conversationOf(trace).at(-1)?.message).toEqual({
      role: 'assistant',
      content: 'ok',
      name: 'Web_Surfer',
      reasoning_content: 'hm'
    })
  })

  it('ShareGPT keeps weights and order', () => {
    const built = buildSft(failed, marked, usual, tools)
    if ('leftOut' in built) throw new Error(built.leftOut)
    const { conversations, tools: listed } = shareGptOf(built.line)
    expect(conversations.map(({ from, weight }) => [from, weight])).toEqual([
      ['human', undefined],
      ['function_call', 1],
      ['observation', undefined],
      ['function_call', 0],
      ['observation', undefined],
      ['gpt', 0],
      ['human', undefined],
      ['function_call', 0],
      ['observation', undefined]
    ])
    expect(JSON.parse(conversations[1].value)).toEqual({
      name: 'get_seats',
      arguments: { flight: 'A' }
    })
    expect(JSON.parse(listed ?? '')).toHaveLength(3)
  })
})

describe('the check of a line', () => {
  const sound = (): { messages: Record<string, unknown>[] } => ({
    messages: [
      { role: 'user', content: 'hi' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
        weight: 1,
        train: true
      },
      { role: 'tool', tool_call_id: 'a', content: 'x' },
      { role: 'assistant', content: 'done', weight: 1 }
    ]
  })
  const broken = (at: number, change: Record<string, unknown>): string[] => {
    const line = sound()
    line.messages[at] = { ...line.messages[at], ...change }
    return validateSft(JSON.stringify(line))
  }

  it('finds nothing in a sound one', () => expect(validateSft(JSON.stringify(sound()))).toEqual([]))

  it.each([
    ['a role', 0, { role: 'bot' }],
    ['a key', 0, { colour: 1 }],
    ['a weight of a user', 0, { weight: 1 }],
    ['no text', 0, { content: null }],
    ['a missing weight', 3, { weight: undefined }],
    ['half a weight', 3, { weight: 0.5 }],
    ['two opinions', 3, { train: false }],
    ['words of nothing', 3, { content: ' ' }],
    ['an answer to nobody', 2, { tool_call_id: 'b' }],
    [
      'arguments',
      1,
      { tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{' } }] }
    ],
    ['no calls', 1, { tool_calls: [] }],
    [
      'two users',
      1,
      { role: 'user', content: 'x', tool_calls: undefined, weight: undefined, train: undefined }
    ]
  ])('%s', (_, at, change) => expect(broken(at, change)).not.toEqual([]))

  it('a call without an answer, but not in the last turn', () => {
    const line = sound()
    line.messages.splice(2, 1)
    expect(validateSft(JSON.stringify(line))).toEqual(['The call "a" has no answer.'])
    line.messages.pop()
    expect(validateSft(JSON.stringify(line))).toEqual([])
  })

  it('tools that are called but not listed, lines that are none', () => {
    const listed = { type: 'function', function: { name: 'g', parameters: {} } }
    expect(validateSft(JSON.stringify({ ...sound(), tools: [listed] }))).toEqual([
      'The tool "f" is called but not listed.'
    ])
    expect(validateSft('{')).toEqual(['The line is not valid JSON.'])
    expect(validateSft('{"messages":[]}')).toEqual(['It holds no list of messages.'])
  })
})
