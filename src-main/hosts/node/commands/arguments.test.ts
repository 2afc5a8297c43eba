// What the command line makes of what was typed.
import { describe, expect, it } from 'vitest'
import { readArguments, readBudget, readColumnMap } from './arguments.ts'
import { exitCodeOf, exitCodeOfEnd, UsageError } from './output.ts'

describe('options', () => {
  const table = {
    seed: { type: 'string' },
    share: { type: 'string' },
    on: { type: 'boolean' }
  } as const

  it('are read by name, --json everywhere', () => {
    const parsed = readArguments(['a', '--seed', '7', '--on', '--json', '--share=0.25'], table, 1)
    expect(parsed.positionals).toEqual(['a'])
    expect([parsed.integer('seed', 0), parsed.share('share'), parsed.flag('on')]).toEqual([
      7,
      0.25,
      true
    ])
    expect(parsed.flag('json')).toBe(true)
    expect(readArguments([], table).integer('seed', 3)).toBe(3)
    expect(readArguments([], table).share('share')).toBeUndefined()
  })

  it('that are unknown, incomplete or too many are refused in one sentence', () => {
    const wrong: [string[], string][] = [
      [['--sead', '1'], "Unknown option '--sead'."],
      [['--on=yes'], "Option '--on' does not take an argument"],
      [['a', 'b'], '"b" is one word too many.']
    ]
    for (const [args, message] of wrong)
      expect(() => readArguments(args, table, 1)).toThrow(new UsageError(message))
    expect(() => readArguments(['--seed'], table)).toThrow(UsageError)
    expect(() => readArguments([], table).required('seed')).toThrow('--seed is missing.')
  })

  it('numbers are numbers', () => {
    for (const text of ['x', '1.5', '-1', '', '1e3'])
      expect(() => readArguments([`--seed=${text}`], table).integer('seed', 0)).toThrow(UsageError)
    for (const text of ['x', '0', '1', '2', '-0.5', '', ' '])
      expect(() => readArguments([`--share=${text}`], table).share('share')).toThrow(UsageError)
  })
})

describe('budget', () => {
  it('is a share or a number of items', () => {
    expect(readBudget('10%')).toEqual({ kind: 'percent', percent: 10 })
    expect(readBudget('0.5 %')).toEqual({ kind: 'percent', percent: 0.5 })
    expect(readBudget('500')).toEqual({ kind: 'count', count: 500 })
    for (const text of ['0', '0%', '101%', '-5', 'ten', '10 percent', '', '1.5'])
      expect(() => readBudget(text), text).toThrow(UsageError)
  })
})

describe('column map', () => {
  it('is role=COLUMN pairs; a column name may hold an equals sign', () => {
    expect(readColumnMap(undefined)).toEqual({})
    expect(readColumnMap('label=class, text=a=b')).toEqual({ class: 'label', 'a=b': 'text' })
    for (const text of ['label', 'colour=class', 'label=', '=class', 'label=a,,text=b'])
      expect(() => readColumnMap(text), text).toThrow(UsageError)
  })
})

describe('exit codes', () => {
  it('tell refusals, cancelled and failed apart', () => {
    expect(exitCodeOf('cancelled')).toBe(4)
    for (const code of ['internal', 'worker-crashed', 'out-of-memory', 'disk-full'] as const)
      expect(exitCodeOf(code)).toBe(5)
    for (const code of ['invalid-input', 'dataset-not-found', 'destination-exists'] as const)
      expect(exitCodeOf(code)).toBe(3)
  })

  it('tell a plain end from one with notes', () => {
    expect(exitCodeOfEnd({ state: 'finished', notes: [] })).toBe(0)
    expect(exitCodeOfEnd({ state: 'finished-with-notes', notes: ['x'] })).toBe(2)
  })
})
