// Everything needed to make a result again, as rows.
import { describe, expect, it } from 'vitest'
import { noFilter } from '@api/dto/browse.ts'
import { draftOf, resultOf } from '../../stores/run-fixtures.test-support.ts'
import { askedRows, provenanceRows, readableKey } from './result-settings.ts'

describe('askedRows', () => {
  it('says what was asked in words', () => {
    const rows = Object.fromEntries(askedRows(resultOf()).map((row) => [row.label, row.value]))
    expect(rows).toMatchObject({
      Data: 'Shoes',
      'How much': '10 % (800)',
      'Target tasks': 'one for each label, 20 examples each',
      'Repeat code': '0',
      'Near-duplicates': 'one of each from 98.0 % alike',
      Check: '5 repeats, Fast linear'
    })
  })
  it('lists limits and the part of the data', () => {
    const draft = draftOf({
      scope: {
        kind: 'filter',
        filter: { ...noFilter, labels: ['boot'], search: 'red' }
      }
    })
    draft.rules = {
      ...draft.rules,
      perClass: [{ label: 'boot', min: 5, max: null, percent: null }]
    }
    const rows = Object.fromEntries(
      askedRows(resultOf({ draft })).map((row) => [row.label, row.value])
    )
    expect(rows['Part of it']).toBe('labels boot; contains “red”')
    expect(rows['Limits for labels']).toBe('boot 5–∞')
  })
})

describe('provenanceRows', () => {
  it('shows every fact, hashes in fixed width', () => {
    expect(provenanceRows({ contentHash: 'ab', versions: { node: '24' }, empty: null })).toEqual([
      { label: 'Content hash', value: 'ab', mono: true },
      { label: 'Versions', value: 'Node: 24', mono: false },
      { label: 'Empty', value: 'Not known', mono: false }
    ])
    expect(readableKey('app-version')).toBe('App version')
  })
})
