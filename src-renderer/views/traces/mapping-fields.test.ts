// Mapping by hand: what lies inside a message, and what one choice means for the others.
import { describe, expect, it } from 'vitest'
import {
  emptyMapping,
  fieldsInside,
  fieldsOfRecord,
  messageLists,
  withMessages,
  withOutcome,
  withPassValue,
  type TraceField
} from './mapping-fields.ts'

const field = (path: string, part: Partial<TraceField> = {}): TraceField => ({
  path,
  kind: 'text',
  example: 'x',
  values: [],
  ...part
})
const fields = [
  field('turns', { kind: 'list' }),
  field('turns[].from', { values: ['human', 'gpt'] }),
  field('turns[].value'),
  field('turns[].meta.tool'),
  field('log', { kind: 'list' }),
  field('log[].body'),
  field('solved', { values: ['yes', 'no'] }),
  field('turnstile')
]
const paths = (list: readonly TraceField[]): string[] => list.map(({ path }) => path)

describe('fields of an unknown form', () => {
  it('inside a message are named as they are there', () => {
    expect(paths(fieldsInside(fields, 'turns'))).toEqual(['from', 'value', 'meta.tool'])
    expect(paths(fieldsInside([field('[].role'), field('[].text')], ''))).toEqual(['role', 'text'])
  })

  it('are all those of a record that is one message', () => {
    expect(fieldsInside(fields, null)).toHaveLength(fields.length)
  })

  it('of the record leave the messages out, but not what is only called alike', () => {
    expect(paths(fieldsOfRecord(fields, 'turns'))).toEqual([
      'log',
      'log[].body',
      'solved',
      'turnstile'
    ])
  })

  it('that are lists can hold the messages', () => {
    expect(paths(messageLists(fields))).toEqual(['turns', 'log'])
  })
})

describe('a choice', () => {
  it('of messages guesses who speaks and what is said, and drops what is not there', () => {
    const before = { ...emptyMapping, messages: 'log', role: 'who', text: 'body', toolName: 'body' }
    expect(withMessages(before, 'turns', fields)).toMatchObject({
      messages: 'turns',
      role: 'from',
      text: 'value',
      toolName: null
    })
  })

  it('of messages goes by values where names say nothing', () => {
    const odd = [
      field('list', { kind: 'list' }),
      field('list[].p', { values: ['a', 'b'] }),
      field('list[].q')
    ]
    expect(withMessages(emptyMapping, 'list', odd)).toMatchObject({ role: 'p', text: 'q' })
  })

  it('of messages keeps what is there too', () => {
    const before = { ...emptyMapping, messages: 'turns', role: 'from', text: 'meta.tool' }
    expect(withMessages(before, 'turns', fields)).toEqual(before)
  })

  it('of another outcome forgets what meant passed', () => {
    const before = { ...emptyMapping, outcome: 'solved', passValues: ['yes'] }
    expect(withOutcome(before, 'score')).toMatchObject({ outcome: 'score', passValues: [] })
    expect(withOutcome(before, 'solved').passValues).toEqual(['yes'])
  })

  it('of a value that means passed is there once', () => {
    const once = withPassValue(withPassValue(emptyMapping, 'yes', true), 'yes', true)
    expect(once.passValues).toEqual(['yes'])
    expect(withPassValue(once, 'yes', false).passValues).toEqual([])
  })
})
