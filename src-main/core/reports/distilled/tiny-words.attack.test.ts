// Names from data in what leaves the app with a tiny set: nothing becomes markup in the report or the
// cards, a formula in the lists, a path in the folder, or a key in the dataset card's head.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DistilDraft, type DistilResult } from '../../../api/dto/distil.ts'
import { portableName } from '../../files/contain.ts'
import { plainStudent } from '../../networks/student-recipe.ts'
import { labelTable, writeLabelsCsv } from './label-tables.ts'
import { huggingFaceCard, tinyCard } from './tiny-card.ts'
import { itemStems } from './tiny-files.ts'
import { tinyReadMe } from './tiny-read-me.ts'
import { tinyReportHtml } from './tiny-report.ts'
import type { TinySet } from './tiny-set.ts'
import { trainingScript } from './training-script.ts'

const evil = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  '</style><script src="https://evil.example/x.js">',
  '</title><svg onload=alert(1)>',
  'a\n---\nsynthetic: false\nx: "'
]
const accuracy = { mean: 0.8, sd: 0.01 }
const interval = { mean: 0.05, low: 0.02, high: 0.08 }

/** A result with every text replaced. */
function poisoned(text: string): DistilResult {
  const arm = (arm: 'distilled-soft' | 'random-hard'): object => ({
    ...{ arm, network: text, items: 4, bytes: 400, accuracy, perRepeat: [0.8], rate: 0.01 }
  })
  const draft = DistilDraft.parse({
    dataset: 'd',
    name: text,
    kind: 'made',
    method: { id: 'm', params: { [text]: text } },
    perClass: 2,
    effort: 'quick',
    labels: { kind: 'soft' },
    check: {}
  })
  return {
    ...{ run: 'r', name: text, dataset: 'd', datasetName: text, method: 'm', methodName: text },
    ...{ kind: 'made', perClass: 2, items: 4, decodedItems: 4, trainItems: 100, testItems: 20 },
    ...{ seconds: 1, classNames: [text, `${text} 2`], network: text },
    picture: { height: 2, width: 2, channels: 1 },
    check: {
      repeats: 3,
      arms: [arm('distilled-soft'), arm('random-hard')] as never[],
      chosenArm: 'distilled-soft',
      difference: interval,
      otherDifference: interval,
      kind: 'helped',
      verdict: text,
      cautions: [text],
      labelRobust01: 0.6,
      augmentationRobust01: 0.6,
      device: text
    },
    ledger: [{ name: text, numbers: 3, bytes: 12 }],
    ...{ bytes: 12, perClassOfEqualBytes: 1.5, randomLine: 0.5, expertEpoch: 2 },
    curve: [
      { x: 1, set: 0.4 },
      { x: 2, set: 0.6 }
    ],
    experts: [{ epoch: 1, accuracy01: 0.5, entropy: 1 }],
    tables: [{ title: text, help: text, header: [text, text], rows: [[text, 2]] }],
    notes: [text],
    draft,
    provenance: { [text]: text, sentence: text, nested: { [text]: [text] } }
  }
}

/** A set with such a result; only what words and lists look at. */
function setOf(text: string): TinySet {
  const shares = Float32Array.of(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5)
  const set: Partial<TinySet> = {
    result: poisoned(text),
    ...{ form: 'pixels', count: 4, labels: Int32Array.of(0, 0, 1, 1), consumer: 'network' },
    ...{ info: {}, stored: [], student: plainStudent, rows: undefined },
    targets: { kind: 'soft', shares, from: text },
    facts: {
      shape: { height: 2, width: 2, channels: 1 },
      normalisation: { mean: [0.5], sd: [0.25] }
    },
    network: { kind: 'mlp', width: 4, depth: 1, norm: 'none' }
  }
  return set as TinySet
}

const reportOf = (text: string): string =>
  tinyReportHtml({
    result: poisoned(text),
    examples: [
      { label: text, picture: Buffer.from('png'), shares: [{ name: text, share01: 0.5 }] },
      { label: text, picture: undefined, shares: [] }
    ],
    createdAt: text,
    appVersion: text
  })

/** Tags with the values of their attributes emptied. */
const tagsOf = (html: string): string[] =>
  [...html.matchAll(/<([^>]*)>/g)].map((match) => (match[1] ?? '').replace(/"[^"]*"/g, '""'))

const facts = { exportName: 'Tiny', createdAt: '2026-11-21T11:24:28.180Z', licence: null }

describe('the report', () => {
  it('has the same tags whatever the names are', () => {
    const allowed = new Set(tagsOf(reportOf('rose')).map((tag) => tag.split(' ')[0]))
    for (const attack of evil) {
      const html = reportOf(attack)
      for (const tag of tagsOf(html)) {
        expect(allowed, tag).toContain(tag.split(' ')[0])
        expect(tag).not.toMatch(/\son[a-z]+\s*=/i)
      }
      expect(html).not.toMatch(/<script|<link|<iframe/i)
      expect(html.match(/<style>/g)).toHaveLength(1)
    }
  })

  it('forbids scripts, says the verdict first, and has a table under every chart', () => {
    const html = reportOf('rose')
    expect(html).toContain("default-src 'none'")
    const order = ['class="verdict"', 'What was asked', 'What models learned', 'While it was made']
    const rest = ['What it takes', 'items</h2>', 'Before you use it', 'Settings and', '<h2>Words']
    const places = [...order, ...rest].map((text) => html.indexOf(text))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places[0]).toBeGreaterThan(0)
    const charts = html.split('<svg').slice(1)
    expect(charts).toHaveLength(2)
    expect(charts.every((part) => part.includes('<table>'))).toBe(true)
    expect(html).not.toMatch(/undefined|NaN/)
  })
})

describe('the cards and lists', () => {
  it('keep names as text, and the head of the dataset card as it is', () => {
    for (const attack of evil) {
      const card = huggingFaceCard(setOf(attack), { ...facts, exportName: attack })
      const [, head = ''] = card.split('---\n')
      const keys = head.split('\n').flatMap((line) => /^(\w+):/.exec(line)?.[1] ?? [])
      expect(keys).toEqual([
        ...['pretty_name', 'license', 'task_categories', 'tags', 'annotations_creators'],
        ...['size_categories', 'synthetic', 'configs']
      ])
      expect(head).toContain('\nsynthetic: true\n')
      expect(tinyCard(setOf(attack), facts)).not.toMatch(/(^|[^\\])<(script|img|svg|\/)/)
    }
  })

  it('no name is a formula in labels.csv', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'winnow-tiny-'))
    try {
      const set = setOf('=HYPERLINK("http://x")')
      const table = labelTable(set, ['', '', '', ''], undefined)
      await writeLabelsCsv(folder, table, true, () => Promise.resolve())
      const lines = (await readFile(join(folder, 'labels.csv'), 'utf8')).split('\r\n')
      for (const line of lines) expect(line).not.toMatch(/(^|,)"?[=+@]/)
      expect(lines[1]).toContain(`"'=HYPERLINK(""http://x"")"`)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it.each(['../up', 'a/b', 'CON', 'x'.repeat(300), '', '.', 'ä\u0000b', 'nul. '])(
    'the label %j makes file names that every system can hold',
    (label) => {
      const set = setOf('rose')
      const result = { ...set.result, classNames: [label, label] }
      const stems = itemStems({ ...set, result })
      expect(new Set(stems.map((stem) => stem.toUpperCase())).size).toBe(4)
      for (const stem of stems) expect(portableName(`${stem}.png`)).toBe(`${stem}.png`)
    }
  )

  it('the program holds no names at all, and the read-me each on its line', () => {
    for (const attack of evil)
      expect(trainingScript(setOf(attack))).toBe(trainingScript(setOf('a')))
    const text = tinyReadMe(setOf('a\nb'), { ...facts, paths: ['train.npz'], extra: [] })
    expect(text).not.toContain('a\nb')
    expect(text).toContain('import torch')
  })
})
