// What the command line makes of what was typed.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { budgetArgument } from '../../../core/selection/draft-command.ts'
import type { Budget } from '../../../api/dto/runs.ts'
import { readArguments, readColumnMap } from './arguments.ts'
import { readBudget } from './budget-argument.ts'
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
  it('is said in items, shares, sizes, tokens, hours, or as the smallest set', () => {
    const said: [string, Budget][] = [
      ['500', { kind: 'count', count: 500 }],
      ['10%', { kind: 'percent', percent: 10 }],
      ['0.5 %', { kind: 'percent', percent: 0.5 }],
      ['2GB', { kind: 'bytes', bytes: 2e9 }],
      ['1.5 mb', { kind: 'bytes', bytes: 1.5e6 }],
      ['1MiB', { kind: 'bytes', bytes: 1048576 }],
      ['2000000B', { kind: 'bytes', bytes: 2e6 }],
      ['500000tokens', { kind: 'tokens', tokens: 500000 }],
      ['8h', { kind: 'time', hours: 8, secondsPerItem: 12 }],
      ['8h@5s', { kind: 'time', hours: 8, secondsPerItem: 5 }],
      ['smallest', { kind: 'smallest', keepsShare01: 0.98, atMostPercent: 50 }],
      ['smallest:95%', { kind: 'smallest', keepsShare01: 0.95, atMostPercent: 50 }],
      ['smallest:98.2%:20%', { kind: 'smallest', keepsShare01: 0.982, atMostPercent: 20 }]
    ]
    for (const [text, budget] of said) expect(readBudget(text), text).toEqual(budget)
  })

  it('that says nothing possible is refused', () => {
    const wrong = [
      '0',
      '0%',
      '101%',
      '-5',
      'ten',
      '10 percent',
      '',
      '1.5',
      '0GB',
      '3h@0s',
      '0tokens'
    ]
    for (const text of [...wrong, 'smallest:40%', 'smallest:98%:0%', 'smallest:101%', 'GB'])
      expect(() => readBudget(text), text).toThrow(UsageError)
  })

  it('is read back as the window writes it', () => {
    const positive = fc.double({ min: 1e-6, max: 1e15, noNaN: true })
    const share = fc.integer({ min: 500, max: 1000 }).map((value) => value / 1000)
    const percent = fc.double({ min: 0.01, max: 100, noNaN: true })
    const budget: fc.Arbitrary<Budget> = fc.oneof(
      fc.record({ kind: fc.constant('count' as const), count: fc.integer({ min: 1, max: 1e9 }) }),
      fc.record({ kind: fc.constant('percent' as const), percent }),
      fc.record({ kind: fc.constant('bytes' as const), bytes: positive }),
      fc.record({ kind: fc.constant('tokens' as const), tokens: positive }),
      fc.record({ kind: fc.constant('time' as const), hours: positive, secondsPerItem: positive }),
      fc.record({
        kind: fc.constant('smallest' as const),
        keepsShare01: share,
        atMostPercent: percent
      })
    )
    fc.assert(
      fc.property(budget, (asked) => {
        expect(readBudget(budgetArgument(asked))).toEqual(asked)
      })
    )
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
