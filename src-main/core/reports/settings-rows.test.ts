// Settings in reports are rows that anyone can read: for every method the product has, no brackets,
// quotes or field names of records.
import { describe, expect, it } from 'vitest'
import { DistilDraft, type DistilResult } from '../../api/dto/distil.ts'
import { methodInfos } from '../methods/registry.ts'
import { selectionResult } from './reports.test-support.ts'
import { reportHtml } from './report-html.ts'
import { plainName, plainValue, selectionRows, tinyRows, type SettingRow } from './settings-rows.ts'

/** What must not be in a row: signs of JSON and names in one word with a capital inside. */
const raw = /[{}[\]"]|\bnull\b|\bundefined\b|\b[a-z]+[A-Z][a-z]+/

const valueOf = (rows: readonly SettingRow[], name: string): string | undefined =>
  rows.find(([label]) => label === name)?.[1]

const made = {
  sentence: 'Keep 2 of 20.',
  appVersion: '0.1.0',
  method: 'icons',
  methodVersion: 2,
  params: { perTask: 3 },
  contentHash: 'abc',
  device: 'processor (native)',
  devices: [
    { id: 'native', name: 'processor (native)', cores: 2 },
    { id: 'cpu', name: 'processor (plain JavaScript)', cores: null }
  ],
  somethingNew: { ofLater: [1, null, true] },
  startedAt: '2026-11-21T11:24:28.180Z'
}

/** A tiny set made by this method. */
function tinyOf(method: string, params: object, labels: object = { kind: 'hard' }): DistilResult {
  const draft = DistilDraft.parse({
    ...{ dataset: 'd', kind: 'made', method: { id: method, params }, perClass: 2, effort: 'quick' },
    ...{ labels, check: {} }
  })
  const result = { draft, methodName: 'A method', perClass: 2, network: 'a network', seconds: 61.4 }
  // The rows look at nothing else.
  return { ...result, provenance: { device: 'processor', params } } as unknown as DistilResult
}

describe('settings of a run in a report', () => {
  it.each(methodInfos().map((info) => [info.id, info] as const))(
    'of %s hold no JSON and no names of fields',
    (id, { family, defaults }) => {
      const base = selectionResult()
      const draft = { ...base.draft, method: { id, params: defaults } }
      const rows =
        family === 'distillation'
          ? tinyRows(tinyOf(id, defaults))
          : selectionRows({ ...base, method: id, draft, provenance: { device: 'processor' } })
      expect(rows.length).toBeGreaterThan(Object.keys(defaults).length)
      for (const [name, value] of rows) {
        expect(name).not.toMatch(raw)
        expect(value, name).not.toMatch(raw)
        expect(value, name).not.toBe('')
      }
    }
  )

  it('say budget, rules, device and start in words', () => {
    const base = selectionResult()
    const rules = {
      ...base.draft.rules,
      mustKeep: ['a', 'b', 'c'],
      perClass: [{ label: 'rose', min: 20, max: null, percent: 40 }],
      sourceColumn: 'shop',
      perSource: [{ source: 'north', min: null, max: 9 }],
      groupColumn: 'person'
    }
    const budget = { kind: 'time', hours: 8, secondsPerItem: 12 } as const
    const draft = { ...base.draft, budget, rules }
    const rows = selectionRows({ ...base, draft, provenance: made })
    expect(valueOf(rows, 'How much')).toBe('8 hours of labelling')
    expect(valueOf(rows, 'Must keep')).toBe('3 items')
    expect(valueOf(rows, 'Limits for labels')).toBe('rose at least 20')
    expect(valueOf(rows, 'Shares of labels')).toBe('rose 40 %')
    expect(valueOf(rows, 'Where items come from')).toBe('column “shop”')
    expect(valueOf(rows, 'Limits for sources')).toBe('north at most 9')
    expect(valueOf(rows, 'Kept together')).toBe('by column “person”')
    expect(valueOf(rows, 'Devices used')).toBe(
      'processor (native), 2 cores; processor (plain JavaScript)'
    )
    expect(valueOf(rows, 'Started')).toBe('21 November 2026, 11:24 UTC')
    expect(valueOf(rows, 'Something new')).toBe('Of later 1, none, yes')
    // The sentence and the settings of the method stand elsewhere.
    for (const name of ['Sentence', 'Params', 'Seed']) expect(valueOf(rows, name)).toBeUndefined()
    for (const [, value] of rows) expect(value).not.toMatch(/[{}[\]]/)
  })

  it.each([
    [{ kind: 'hard' }, 'one plain label for each item'],
    [{ kind: 'soft' }, 'a share for every label, stored once'],
    [{ kind: 'soft', keep: 5 }, 'the 5 largest shares for each item, stored once'],
    [{ kind: 'teacher' }, 'the helper model is kept and asked about every changed picture'],
    [{ kind: 'views', passes: 50 }, 'stored for 50 passes of changed pictures']
  ])('say what labels %j are', (labels, words) => {
    expect(valueOf(tinyRows(tinyOf('real-items', {}, labels)), 'Labels')).toBe(words)
  })

  it('stand in the report', () => {
    const html = reportHtml({
      result: selectionResult({ provenance: made }),
      ...{ asked: 'Keep 2.', kept: [], leftOut: [], createdAt: made.startedAt, appVersion: '1' },
      problems: { skipped: 0, duplicates: 0, sizeBytes: 0 }
    })
    const settings = html.slice(html.indexOf('Settings and computer'), html.indexOf('<h2>Words'))
    expect(settings).toContain('<dt>How much</dt><dd>2 items</dd>')
    expect(settings).toContain('<dt>Version of Winnow</dt><dd>0.1.0</dd>')
    expect(settings).not.toMatch(/&quot;|[{}]/)
  })
})

describe('names and values', () => {
  it('become words', () => {
    expect(plainName('labelsHash')).toBe('Labels hash')
    expect(plainName('per_task')).toBe('Per task')
    expect(plainValue([])).toBe('none')
    expect(plainValue({})).toBe('none')
    expect(plainValue('')).toBe('none')
    expect(plainValue([1, 'two', false])).toBe('1, two, no')
  })
})
