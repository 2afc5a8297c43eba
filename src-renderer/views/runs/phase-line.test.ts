// One line that says where a job is.
import { describe, expect, it } from 'vitest'
import { jobOf, phaseNames } from '../../stores/run-fixtures.test-support.ts'
import { etaLine, percentOf, phaseLine } from './phase-line.ts'

describe('phaseLine', () => {
  it('names phase and counts', () => {
    expect(phaseLine(jobOf())).toBe('3 of 5 · Comparing pictures · 8,200 of 12,400 items')
  })
  it('shows no total that is not known and no count over the total', () => {
    const phase = {
      index: 1,
      count: 5,
      name: 'Reading',
      names: phaseNames,
      done: 12.7,
      total: 0,
      unit: 'items'
    }
    expect(phaseLine(jobOf({ phase }))).toBe('1 of 5 · Reading · 12 items')
    expect(phaseLine(jobOf({ phase: { ...phase, done: 0 } }))).toBe('1 of 5 · Reading')
    expect(phaseLine(jobOf({ phase: { ...phase, done: 20, total: 10 } }))).toContain('10 of 10')
    expect(phaseLine(jobOf({ phase: null }))).toBe('')
  })
})

describe('percentOf', () => {
  it('reaches 100 % only at the end', () => {
    expect(percentOf(jobOf({ fraction01: 0.999 }))).toBe('99 %')
    expect(percentOf(jobOf({ fraction01: 1 }))).toBe('100 %')
  })
})

describe('etaLine', () => {
  it('is a range, with the reason when it grew, or nothing', () => {
    expect(etaLine(null)).toBe('')
    expect(etaLine({ lowSeconds: 240, highSeconds: 360, reason: null })).toBe(
      'about 4 to 6 min left'
    )
    expect(etaLine({ lowSeconds: 240, highSeconds: 360, reason: 'Pictures are larger.' })).toBe(
      'about 4 to 6 min left. Pictures are larger.'
    )
  })
})
