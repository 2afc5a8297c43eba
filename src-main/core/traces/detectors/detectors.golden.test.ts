// Hand cases of the rule detectors.
import { describe, expect, it } from 'vitest'
import { call, letters, screens, traceOf } from '../traces.test-support.ts'
import type { Trace } from '../model/trace.ts'
import type { Finding } from './detector.ts'
import { findAll } from './registry.ts'

const none = { passes: [], passLengths: [] }

function found(trace: Trace, detector: string): Finding[] {
  return findAll(trace, none).filter((finding) => finding.detector === detector)
}

describe('repeats', () => {
  it('AAAA is three repeats and a period of one', () => {
    const trace = letters('AAAA')
    expect(found(trace, 'repeat').map(({ step }) => step)).toEqual([1, 2, 3])
    expect(found(trace, 'period')).toMatchObject([
      { step: 0, to: 3, evidence: { period: 1, rounds: 4 } }
    ])
  })

  it('ABABAB is a period of two, three times over; ABCABC is none', () => {
    expect(found(letters('ABABAB'), 'period')).toMatchObject([
      { step: 0, to: 5, evidence: { period: 2, rounds: 3 } }
    ])
    expect(found(letters('ABCABC'), 'period')).toEqual([])
    expect(found(letters('XABABABY'), 'period')).toMatchObject([{ step: 1, to: 6 }])
  })

  it('a repeat weighs more when the answer is the same', () => {
    const same = traceOf([...call('read_a', {}, 'x'), ...call('read_a', {}, 'x')])
    const other = traceOf([...call('read_a', {}, 'x'), ...call('read_a', {}, 'y')])
    expect(found(same, 'repeat')).toMatchObject([{ severity: 2 }])
    expect(found(other, 'repeat')).toMatchObject([{ severity: 1 }])
  })

  it('the same action later counts only while nothing was changed in between', () => {
    const again = traceOf([...call('read_a'), ...call('read_b'), ...call('read_a')])
    const changed = traceOf([...call('read_a'), ...call('update_b'), ...call('read_a')])
    expect(found(again, 'repeat-window')).toMatchObject([{ step: 2, evidence: { first: 0 } }])
    expect(found(changed, 'repeat-window')).toEqual([])
  })
})

describe('screens', () => {
  it('s1 s2 s1 is a cycle of two', () => {
    const trace = screens('s1 s2 s1')
    expect(found(trace, 'cycle')).toMatchObject([{ step: 1, evidence: { length: 2 } }])
    expect(found(trace, 'no-change')).toEqual([])
  })

  it('s1 s1 is nothing happening, not a cycle', () => {
    const trace = screens('s1 s1 s1')
    expect(found(trace, 'no-change')).toMatchObject([
      { step: 0, severity: 1 },
      { step: 1, severity: 2 }
    ])
    expect(found(trace, 'cycle')).toEqual([])
  })

  it('five steps without anything new are a stall, once', () => {
    expect(found(screens('a b a b a b a b'), 'stall')).toMatchObject([{ step: 1, to: 5 }])
    expect(found(screens('a b c d e f g h'), 'stall')).toEqual([])
  })
})

describe('errors', () => {
  const failed = call('read_a', { id: 1 }, 'Error: no such thing')

  it('the same call after an error ignores it', () => {
    const trace = traceOf([...failed, ...call('read_a', { id: 1 }, 'Error: no such thing')])
    expect(found(trace, 'ignored-error')).toMatchObject([{ step: 1, severity: 2 }])
    expect(found(trace, 'recovered')).toEqual([])
  })

  it('other arguments that work make it good, and ignore nothing', () => {
    const trace = traceOf([...failed, ...call('read_a', { id: 2 }, 'fine')])
    expect(found(trace, 'recovered')).toMatchObject([{ step: 0, to: 1, severity: 0 }])
    expect(found(trace, 'ignored-error')).toEqual([])
    expect(found(trace, 'error')).toMatchObject([
      { step: 0, severity: 2, evidence: { line: 'Error: no such thing' } }
    ])
  })

  it('a change right after an error is named', () => {
    const trace = traceOf([...failed, ...call('update_b')])
    expect(found(trace, 'write-after-error')).toMatchObject([{ step: 1 }])
  })

  it('an answer that only reads like a refusal is a soft sign', () => {
    const soft = traceOf(call('read_a', {}, 'The user was not found.'))
    const marked = traceOf(call('read_a', {}, 'fine', true))
    expect(found(soft, 'error')).toMatchObject([{ severity: 1 }])
    expect(found(marked, 'error')).toMatchObject([{ severity: 2 }])
  })
})

describe('values from nowhere', () => {
  it('a value nobody said is named, one that was said or that others use is not', () => {
    const talk = call('read_a', {}, 'Your booking is QX41.')
    const good = traceOf([...talk, ...call('cancel_booking', { id: 'qx41' })])
    const bad = traceOf([...talk, ...call('cancel_booking', { id: 'ZZ99' })])
    expect(found(good, 'ungrounded')).toEqual([])
    expect(found(bad, 'ungrounded')).toMatchObject([
      { step: 1, evidence: { name: 'id', value: 'zz99' } }
    ])
    const passes = [traceOf([...talk, ...call('cancel_booking', { id: 'ZZ99' })], 'pass')]
    expect(
      findAll(bad, { passes, passLengths: [] }).some(({ detector }) => detector === 'ungrounded')
    ).toBe(false)
  })
})

describe('siblings', () => {
  const pass = traceOf([...call('update_a', { x: 1 }), ...call('update_b')], 'pass')
  const siblings = { passes: [pass, pass], passLengths: [] }
  const ids = (trace: Trace): string[] => [
    ...new Set(
      findAll(trace, siblings)
        .filter(({ severity }) => severity === 3)
        .map(({ detector }) => detector)
    )
  ]

  it('the same changes in another order are no finding', () => {
    expect(ids(traceOf([...call('update_b'), ...call('update_a', { x: 1 })]))).toEqual([])
  })

  it('tells changes too many, missing ones and other values apart', () => {
    const both = [...call('update_a', { x: 1 }), ...call('update_b')]
    expect(ids(traceOf([...both, ...call('delete_c')]))).toEqual(['extra-write'])
    expect(ids(traceOf(call('update_b')))).toEqual(['missing-write'])
    expect(ids(traceOf([...call('update_b'), ...call('update_a', { x: 2 })])).sort()).toEqual([
      'missing-write',
      'wrong-arguments'
    ])
  })

  it('a change that failed changed nothing', () => {
    const refused = [...call('delete_c', {}, 'Error: refused')]
    const both = [...call('update_a', { x: 1 }), ...call('update_b')]
    expect(ids(traceOf([...refused, ...both]))).toEqual([])
  })
})
