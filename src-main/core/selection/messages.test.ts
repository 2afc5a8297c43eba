// Every message of the review: when it is shown, what it says, and that its buttons make it go.
import { describe, expect, it } from 'vitest'
import { SelectDraft, type CostEstimate } from '../../api/dto/runs.ts'
import type { ValidationMessage } from '../../api/dto/common.ts'
import type { DraftScope } from './draft-scope.ts'
import { draftMessages } from './messages.ts'
import type { MessageInputs } from './message-parts.ts'
import type { DatasetRecord } from '../store/records.ts'

const dataset: DatasetRecord = {
  id: 'd',
  name: 'Flowers',
  kind: 'images',
  format: 'image-folder',
  state: 'ready',
  purpose: 'pool',
  storage: 'link',
  sourcePath: '/flowers',
  options: {},
  columns: [],
  labelColumn: undefined,
  classNames: ['rose', 'tulip'],
  items: 2000,
  skipped: 0,
  sizeBytes: 1,
  contentHash: 'h',
  createdAt: 0,
  shape: undefined,
  version: 1,
  previous: undefined,
  addedSources: [],
  matrix: undefined,
  isSearchable: false
}

function draftOf(change: Record<string, unknown> = {}): SelectDraft {
  return SelectDraft.parse({
    dataset: 'd',
    goal: 'train-images',
    tasks: { kind: 'labels', perTask: 5 },
    budget: { kind: 'count', count: 100 },
    rules: {},
    method: { id: 'icons' },
    check: {},
    ...change
  })
}

function scopeOf(change: Partial<DraftScope> = {}): DraftScope {
  const labels = Int32Array.from({ length: 2000 }, (_, i) => i % 2)
  return {
    dataset,
    columns: {
      labels,
      splits: new Uint8Array(2000),
      aside: new Uint8Array(2000),
      firstSame: Uint32Array.from(labels, (_, i) => i),
      sizes: new Float64Array(2000),
      textLengths: new Uint32Array(2000),
      widths: new Uint32Array(2000),
      heights: new Uint32Array(2000),
      givenLabels: labels,
      noted: new Uint8Array(2000)
    },
    codes: new Uint8Array(2000),
    twins: Uint32Array.from(labels, (_, i) => i),
    scopeItems: 2000,
    candidates: Uint32Array.from(labels, (_, i) => i),
    mustKeep: new Uint32Array(0),
    testRows: Uint32Array.of(1, 2),
    hasTestSplit: true,
    tasks: [],
    exampleMatches: 0,
    unknownKeys: [],
    knownKeys: 0,
    onBothLists: 0,
    mustKeepOutside: 0,
    mustKeepInTest: 0,
    groups: undefined,
    sources: undefined,
    given: undefined,
    asked: 100,
    notes: [],
    ...change
  }
}

const estimate: CostEstimate = {
  lowSeconds: 1,
  highSeconds: 2,
  megabytes: 100,
  diskMegabytes: 10,
  device: 'processor',
  why: 'Measured.'
}

function messagesOf(change: Partial<MessageInputs> = {}): readonly ValidationMessage[] {
  return draftMessages({
    draft: draftOf(),
    scope: scopeOf(),
    estimate,
    freeMemoryBytes: 8e9,
    freeDiskBytes: 50e9,
    recommended: { choice: { id: 'stratified-random', params: {} }, why: '' },
    method: { isPossible: true, reason: null, name: 'ICONS' },
    available: [1000, 1000],
    keep: 100,
    ...change
  })
}

function find(code: string, change: Partial<MessageInputs>): ValidationMessage {
  const found = messagesOf(change).find((message) => message.code === code)
  if (found === undefined) throw new Error(`no message ${code}`)
  return found
}

/** The draft after pressing a button; also proves that the patch is a valid draft. */
function press(draft: SelectDraft, message: ValidationMessage, label: string): SelectDraft {
  const action = message.actions.find((candidate) => candidate.label === label)
  if (action?.patch === undefined) throw new Error(`no button ${label}`)
  return SelectDraft.parse({ ...draft, ...action.patch })
}

describe('messages', () => {
  it('are none for a sound draft', () => {
    expect(messagesOf()).toEqual([])
  })

  it('V1: too few for the groups', () => {
    const scope = scopeOf({ dataset: { ...dataset, classNames: ['a', 'b', 'c'] } })
    const message = find('V1', { scope, available: [5, 90, 40], keep: 2 })
    expect(message.text).toBe(
      'Keeping 2 items is too few for 3 groups. You need at least 3 to have one of each.'
    )
    expect(press(draftOf(), message, 'Use 3').budget).toEqual({ kind: 'count', count: 3 })
    const narrowed = press(draftOf(), message, 'Leave some groups out')
    expect(narrowed.scope).toMatchObject({ kind: 'filter', filter: { labels: ['b', 'c'] } })
  })

  it('V2: minimums over the budget', () => {
    const draft = draftOf({
      rules: {
        perClass: [
          { label: 'rose', min: 150, max: null },
          { label: 'tulip', min: 50, max: null }
        ]
      }
    })
    const message = find('V2', { draft })
    expect(message).toMatchObject({
      severity: 'error',
      text: 'The minimums add up to 200 but you asked to keep 100.'
    })
    expect(press(draft, message, 'Raise to 200').budget).toEqual({ kind: 'count', count: 200 })
    const scaled = press(draft, message, 'Scale minimums down').rules.perClass
    expect(scaled.map((rule) => rule.min)).toEqual([75, 25])
    expect(
      messagesOf({ draft: { ...draft, rules: { ...draft.rules, perClass: scaled } } })
    ).toEqual([])
  })

  it('V3: a minimum no class can meet', () => {
    const draft = draftOf({ rules: { perClass: [{ label: 'tulip', min: 50, max: null }] } })
    const message = find('V3', { draft, available: [1000, 14] })
    expect(message.text).toBe('\u2018tulip\u2019 has only 14 items; a minimum of 50 cannot be met.')
    expect(press(draft, message, 'Use all 14').rules.perClass[0]?.min).toBe(14)
  })

  it('V4: on both lists', () => {
    const draft = draftOf({ rules: { mustKeep: ['a', 'b'], mustDrop: ['b', 'c'] } })
    const message = find('V4', { draft, scope: scopeOf({ onBothLists: 1 }) })
    expect(message).toMatchObject({
      severity: 'error',
      text: '1 item is on both lists, Must keep and Must drop.'
    })
    expect(press(draft, message, 'Keep wins').rules.mustDrop).toEqual(['c'])
    expect(press(draft, message, 'Drop wins').rules.mustKeep).toEqual(['a'])
  })

  it('V5: must-keep fills the budget', () => {
    const scope = scopeOf({ mustKeep: Uint32Array.from({ length: 105 }, (_, i) => i) })
    const message = find('V5', { scope })
    expect(message.text).toBe(
      'Must-keep items already fill the budget (105 of 100). Nothing is left to choose.'
    )
    expect(press(draftOf(), message, 'Raise to 200').budget).toEqual({ kind: 'count', count: 200 })
  })

  it('V6: no labels for the check', () => {
    const message = find('V6', { available: [0, 0] })
    expect(message.text).toContain('No labels found, so the check cannot compare accuracy.')
    expect(press(draftOf(), message, 'Continue without').check.isOn).toBe(false)
    const off = draftOf({ check: { isOn: false } })
    expect(messagesOf({ draft: off, available: [0, 0] })).toEqual([])
  })

  it('V7: unreadable files', () => {
    const scope = scopeOf({ dataset: { ...dataset, skipped: 82 } })
    expect(find('V7', { scope })).toMatchObject({
      severity: 'note',
      text: '82 files could not be opened. They are left out.',
      actions: [{ label: 'See list', open: 'problems' }]
    })
  })

  it('V8: not enough memory', () => {
    const message = find('V8', { estimate: { ...estimate, megabytes: 9000 }, freeMemoryBytes: 6e9 })
    expect(message.text).toBe('This needs about 9 GB of memory; this computer has 6 GB free.')
    expect(press(draftOf(), message, 'Use the lighter method').method.id).toBe('stratified-random')
  })

  it('V9: examples in the data, until it is decided', () => {
    const scope = scopeOf({ exampleMatches: 64 })
    const message = find('V9', { scope })
    expect(message.text).toContain('Your target examples are also in the data (64 matches).')
    const out = press(draftOf(), message, 'Keep out \u2013 recommended')
    const ignored = press(draftOf(), message, 'Ignore')
    expect([out.rules.keepExamplesOut, ignored.rules.keepExamplesOut]).toEqual([true, false])
    expect(messagesOf({ draft: out, scope })).toEqual([])
    expect(messagesOf({ draft: ignored, scope })).toEqual([])
  })

  it('V10: one label rules the data', () => {
    const message = find('V10', { available: [1880, 120] })
    expect(message.text).toBe(
      '94 % of items share one label. A balanced choice will not look like your real data.'
    )
    const mix = press(draftOf(), message, 'Keep real mix')
    const balanced = press(draftOf(), message, 'Balance anyway')
    expect(balanced.rules.perClass.map((rule) => rule.min)).toEqual([50, 50])
    expect(messagesOf({ draft: mix, available: [1880, 120] })).toEqual([])
    expect(messagesOf({ draft: balanced, available: [1880, 120] })).toEqual([])
  })

  it('V11: ids the data does not have', () => {
    const draft = draftOf({ rules: { mustKeep: ['a', 'x'], mustDrop: ['y', 'b'] } })
    const message = find('V11', {
      draft,
      scope: scopeOf({ unknownKeys: ['x', 'y'], knownKeys: 2 })
    })
    expect(message.text).toBe('The list names 4 ids; 2 are not in this dataset.')
    const left = press(draft, message, 'Continue with 2').rules
    expect([left.mustKeep, left.mustDrop]).toEqual([['a'], ['b']])
  })

  it('V12: not enough disk', () => {
    const message = find('V12', {
      estimate: { ...estimate, diskMegabytes: 2400 },
      freeDiskBytes: 1.1e9
    })
    expect(message).toMatchObject({
      severity: 'error',
      text: 'Free disk is 1.1 GB, the run needs about 2.4 GB for fingerprints.',
      actions: [{ label: 'Choose another folder', open: 'settings' }]
    })
  })

  it('S1 and S2: nothing to choose from', () => {
    const empty = find('S1', { scope: scopeOf({ scopeItems: 0, candidates: new Uint32Array(0) }) })
    expect(empty.text).toBe('0 of 2,000 items match.')
    expect(press(draftOf(), empty, 'Clear filters').scope).toEqual({ kind: 'all' })
    expect(find('S2', { scope: scopeOf({ candidates: new Uint32Array(0) }) }).severity).toBe(
      'error'
    )
  })

  it('B1: more asked for than there is', () => {
    const message = find('B1', { scope: scopeOf({ asked: 5000 }), keep: 2000 })
    expect(message.text).toBe('You asked to keep 5,000 items; only 2,000 can be chosen.')
    expect(press(draftOf(), message, 'Keep all 2,000').budget).toEqual({
      kind: 'count',
      count: 2000
    })
  })

  it('M1, T1, R1, R2: method, tasks and must-keep items that stay out', () => {
    const method = {
      isPossible: false,
      reason: 'Needs example items for at least one target task.',
      name: 'ICONS'
    }
    const impossible = find('M1', { method })
    expect(press(draftOf(), impossible, 'Use the recommended method').method.id).toBe(
      'stratified-random'
    )
    expect(find('T1', { scope: scopeOf({ notes: ['Something about a task.'] }) }).text).toBe(
      'Something about a task.'
    )
    const inTest = find('R1', { scope: scopeOf({ mustKeepInTest: 3 }) })
    expect(press(draftOf(), inTest, 'Allow test items').rules.protectTestSplit).toBe(false)
    expect(find('R2', { scope: scopeOf({ mustKeepOutside: 1 }) }).text).toContain(
      '1 must-keep item is set aside'
    )
  })

  it('come with errors first', () => {
    const scope = scopeOf({
      dataset: { ...dataset, skipped: 1 },
      onBothLists: 2,
      exampleMatches: 1
    })
    expect(messagesOf({ scope }).map((message) => message.severity)).toEqual([
      'error',
      'caution',
      'note'
    ])
  })
})
