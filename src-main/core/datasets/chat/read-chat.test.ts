// Conversations of every shape as turns, and anything else without an exception.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChatTurn, type ChatShape } from '../../../api/dto/datasets.ts'
import { readChat, transcript } from './read-chat.ts'

const brief = (turns: readonly ChatTurn[]): unknown[] =>
  turns.map((turn) => [turn.role, turn.text, ...turn.pictures])

describe('shapes', () => {
  it('reads ShareGPT with tools', () => {
    const turns = readChat(
      {
        id: 'x',
        system: 'Be brief.',
        conversations: [
          { from: 'human', value: 'What is the weather?' },
          { from: 'function_call', value: '{"name": "weather", "arguments": {"place": "Bonn"}}' },
          { from: 'observation', value: '{"degrees": 21}' },
          { from: 'gpt', value: '21 degrees.' },
          { from: 'narrator', value: 'Silence.' }
        ]
      },
      'sharegpt'
    )
    expect(turns.map((turn) => turn.role)).toEqual([
      'system',
      'user',
      'assistant',
      'tool',
      'assistant',
      'other'
    ])
    expect(turns[2].toolCalls).toEqual([
      { id: null, name: 'weather', arguments: '{"place":"Bonn"}' }
    ])
    expect(transcript(turns)).toBe(
      'system: Be brief.\nuser: What is the weather?\nassistant: weather({"place":"Bonn"})\ntool: {"degrees": 21}\nassistant: 21 degrees.\nnarrator: Silence.'
    )
  })

  it('puts the pictures of LLaVA where their marks are', () => {
    const turns = readChat(
      {
        image: ['a.jpg', 'b.jpg'],
        conversations: [
          { from: 'human', value: '<image>\nWhat is this?' },
          { from: 'gpt', value: 'A cat.' },
          { from: 'human', value: 'And <image> this?' }
        ]
      },
      'llava'
    )
    expect(brief(turns)).toEqual([
      ['user', 'What is this?', 0],
      ['assistant', 'A cat.'],
      ['user', 'And\nthis?', 1]
    ])
  })

  it('reads Alpaca with and without input, history and system', () => {
    expect(brief(readChat({ instruction: 'Add.', input: '1 + 1', output: '2' }, 'alpaca'))).toEqual(
      [
        ['user', 'Add.\n\n1 + 1'],
        ['assistant', '2']
      ]
    )
    const full = {
      system: 'S',
      history: [['q', 'a']],
      instruction: 'Go on.',
      input: '',
      output: 'Done.'
    }
    expect(brief(readChat(full, 'alpaca'))).toEqual([
      ['system', 'S'],
      ['user', 'q'],
      ['assistant', 'a'],
      ['user', 'Go on.'],
      ['assistant', 'Done.']
    ])
  })

  it('reads OpenAI messages with parts and tool calls', () => {
    const turns = readChat(
      {
        messages: [
          { role: 'developer', content: 'Be kind.' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Look:' },
              { type: 'image_url', image_url: { url: 'https://x/y.png' } }
            ]
          },
          {
            role: 'assistant',
            content: null,
            tool_calls: [
              { id: 'c1', type: 'function', function: { name: 'find', arguments: '{"q":"cat"}' } }
            ]
          },
          { role: 'tool', tool_call_id: 'c1', content: 'found' }
        ]
      },
      'openai'
    )
    expect(brief(turns)).toEqual([
      ['system', 'Be kind.'],
      ['user', 'Look:\n[picture]'],
      ['assistant', ''],
      ['tool', 'found']
    ])
    expect(turns[2].toolCalls).toEqual([{ id: 'c1', name: 'find', arguments: '{"q":"cat"}' }])
    expect(turns[3].answers).toBe('c1')
  })

  it('reads lists written as JSON text and as columns', () => {
    const list = [{ role: 'user', content: 'hi' }]
    expect(brief(readChat({ messages: JSON.stringify(list) }, 'openai'))).toEqual([['user', 'hi']])
    expect(brief(readChat({ messages: { role: ['user'], content: ['hi'] } }, 'openai'))).toEqual([
      ['user', 'hi']
    ])
  })
})

it('takes anything', () => {
  const key = fc.constantFrom(
    'conversations',
    'messages',
    'from',
    'value',
    'role',
    'content',
    'tool_calls',
    'function',
    'arguments',
    'instruction',
    'output',
    'history',
    'image',
    'system',
    '__proto__',
    'type'
  )
  const text = fc.constantFrom('human', 'gpt', '<image>', '{"name":1}', '[', '', 'text', 'tool')
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      text,
      fc.integer(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4 })
    )
  }))
  const shape = fc.constantFrom<ChatShape[]>('sharegpt', 'llava', 'alpaca', 'openai')
  fc.assert(
    fc.property(fc.dictionary(key, value, { maxKeys: 5 }), shape, (values, name) => {
      // Generated values are JSON.
      const turns = readChat(values as never, name)
      for (const turn of turns) expect(ChatTurn.safeParse(turn).success).toBe(true)
      expect(typeof transcript(turns)).toBe('string')
    }),
    { numRuns: 500 }
  )
})
