// Reports and cards are opened in browsers and viewers: nothing that came from data may become
// markup there, and the page may ask nobody for anything (F7).
import { describe, expect, it } from 'vitest'
import type { CheckResult, SelectionResult } from '../../api/dto/runs.ts'
import { dataCard } from './data-card.ts'
import { reportHtml, type ReportInputs } from './report-html.ts'
import { runItem, selectionResult } from './reports.test-support.ts'

const evil = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  '</style><script src="https://evil.example/x.js">',
  '</title><svg onload=alert(1)>',
  '&lt;script&gt;',
  '<!--',
  ']]>'
]

const accuracy = { mean: 0.8, sd: 0.01 }
const interval = { mean: 0.05, low: 0.02, high: 0.08 }
const modelOf = (name: string): CheckResult['models'][number] => ({
  model: 'knn',
  name,
  ...{ chosen: accuracy, random: accuracy, stratified: accuracy, all: accuracy },
  ...{ difference: interval, differenceToStratified: interval, kind: 'helped', sentence: name }
})

/** Every text of the result replaced by the attack. */
function poisoned(attack: string): SelectionResult {
  const base = selectionResult()
  return {
    ...base,
    name: attack,
    datasetName: attack,
    methodName: attack,
    check: base.check && {
      ...base.check,
      verdict: attack,
      cautions: [attack],
      device: attack,
      acrossModels: attack,
      others: [{ method: attack, name: attack, accuracy, difference: interval }],
      models: [modelOf(attack), modelOf(attack)]
    },
    votes: base.votes && {
      ...base.votes,
      tasks: base.votes.tasks.map((task) => ({ ...task, name: attack })),
      tieRule: attack,
      advice: attack
    },
    classes: [{ name: attack, available: 2, chosen: 1, random: 1 }],
    measures: [{ name: attack, value: 1, unit: attack, meaning: attack }],
    leftOutReasons: [{ code: attack, text: attack, count: 1 }],
    notes: [attack],
    draft: { ...base.draft, method: { id: 'icons', params: { [attack]: attack } } },
    provenance: { [attack]: attack, nested: { [attack]: [attack] } }
  }
}

function inputsOf(result: SelectionResult, attack = 'rose'): ReportInputs {
  const item = runItem(0, { name: attack, label: attack, text: attack }, { reason: attack })
  const picture = { mime: 'image/png', bytes: Buffer.from('png') }
  return {
    result,
    asked: attack,
    kept: [
      { item, picture },
      { item, picture: undefined }
    ],
    leftOut: [{ item, picture: undefined }],
    createdAt: attack,
    appVersion: attack,
    problems: {
      skipped: 1,
      duplicates: 2,
      sizeBytes: 3e6,
      issues: [{ title: attack, sentence: attack }]
    },
    coverage: {
      sentence: attack,
      regions: 2,
      emptyRegions: 1,
      emptyAtRandom: 0.4,
      rows: [{ name: attack, pool: 9, chosen: 0, expected: 1.2 }]
    },
    map: {
      x: Float32Array.of(-1, 0.5, NaN),
      y: Float32Array.of(1, -0.25, 0),
      isChosen: Uint8Array.of(0, 1, 0),
      sentence: attack
    }
  }
}

/** Tags with their attributes; quoted values are skipped, as a browser does. */
function tagsOf(html: string): string[] {
  const withoutStyle = html.replace(/<style>[^<]*<\/style>/g, '')
  return [...withoutStyle.matchAll(/<(!?[a-zA-Z/][^\s>]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/g)].map(
    ([, name, attributes]) => `${name} ${attributes.replace(/"[^"]*"|'[^']*'/g, '""')}`
  )
}

describe('report.html', () => {
  const clean = tagsOf(reportHtml(inputsOf(selectionResult())))

  it.each(evil)('of %j has no tag and no attribute of its making', (attack) => {
    const html = reportHtml(inputsOf(poisoned(attack), attack))
    const allowed = new Set(clean.map((tag) => tag.split(' ')[0]))
    for (const tag of tagsOf(html)) {
      expect(allowed, tag).toContain(tag.split(' ')[0])
      expect(tag).not.toMatch(/\son[a-z]+\s*=/i)
    }
    expect(html).not.toMatch(/<script/i)
    expect(html.match(/<style>/g)).toHaveLength(1)
    expect(html.match(/<title>/g)).toHaveLength(html.match(/<\/title>/g)?.length ?? 0)
  })

  it('has attributes of one name and one value each, also inside the charts', () => {
    for (const tag of clean) expect(tag).toMatch(/^!?\/?[\w-]+(\s+[\w:-]+(="")?)*\s*\/?$/)
  })

  it('asks nobody for anything', () => {
    for (const attack of ['rose', ...evil]) {
      const html = reportHtml(inputsOf(poisoned(attack), attack))
      const outside = [...html.matchAll(/(?:src|href|action|data|poster|srcset)\s*=\s*"([^"]*)"/g)]
      for (const [, address] of outside) expect(address).toMatch(/^(data:image\/png;base64,|#)/)
      expect(html).not.toMatch(
        /@import|url\(\s*['"]?http|<link|<iframe|<object|<embed|<base|http-equiv="refresh"/i
      )
    }
  })

  it('forbids scripts and connections by its own policy, before anything else', () => {
    const html = reportHtml(inputsOf(selectionResult()))
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)
    expect(policy?.[1]).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    expect(policy?.index).toBeLessThan(html.indexOf('<title>'))
  })

  it('says the verdict first, then what was asked, and shows every chart with its table', () => {
    const html = reportHtml(inputsOf(selectionResult()))
    const order = [
      'Choosing helped',
      'What was asked',
      'Chosen against random',
      'Groups',
      'Votes of',
      '<h2>Coverage',
      'kept items</h2>',
      'left out</h2>',
      'Problems found',
      'Settings and computer',
      'Words'
    ]
    const places = order.map((text) => html.indexOf(text))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places[0]).toBeGreaterThan(0)
    expect(html.match(/<svg/g)).toHaveLength(4)
    expect(
      html
        .split('<svg')
        .slice(1)
        .every((part) => part.includes('<table>'))
    ).toBe(true)
    expect(html).toContain('80.0 %')
  })

  it('is whole without a check, votes, groups and examples', () => {
    const bare = selectionResult({ check: null, votes: null, classes: [], measures: [], notes: [] })
    const nothing = { kept: [], leftOut: [], coverage: undefined, map: undefined }
    const html = reportHtml({ ...inputsOf(bare), ...nothing })
    expect(html).toContain('The similarity map of this data was not made')
    expect(html).toContain('The result was not tested.')
    expect(html).not.toContain('undefined')
    expect(html).not.toContain('NaN')
  })

  it('cuts long texts, and draws no more points than help', () => {
    const inputs = inputsOf(selectionResult())
    const item = runItem(0, { text: 'ä'.repeat(5000), hasPicture: false })
    const rows = 20_000
    const x = Float32Array.from({ length: rows }, (_, i) => Math.sin(i))
    const html = reportHtml({
      ...inputs,
      kept: [{ item, picture: undefined }],
      map: { x, y: x, isChosen: new Uint8Array(rows), sentence: 'PCA.' }
    })
    expect(html).not.toContain('ä'.repeat(400))
    expect(html).toContain('4,000 of 20,000 points are drawn')
    expect(html.match(/M[\d.]+ [\d.]+h0/g)).toHaveLength(4000)
  })

  it('shows other check models, methods and sizes when they were tested', () => {
    const base = selectionResult()
    const curve = {
      sizes: [10, 20],
      arms: {
        chosen: [accuracy, accuracy],
        random: [accuracy, null],
        stratified: [null, accuracy]
      },
      randomRange: [interval, null],
      all: accuracy
    }
    const check = base.check && {
      ...base.check,
      curve,
      models: [modelOf('Fast linear'), modelOf('Nearest items')],
      others: [{ method: 'el2n', name: 'Hard ones', accuracy, difference: interval }]
    }
    const html = reportHtml(inputsOf({ ...base, check }))
    for (const words of ['Nearest items', 'Hard ones', 'Accuracy at other sizes', '–'])
      expect(html).toContain(words)
    expect(html.match(/<svg/g)).toHaveLength(5)
    expect(tagsOf(html).every((tag) => !/\son[a-z]+\s*=/i.test(tag))).toBe(true)
  })

  it('is the same text for the same inputs', () => {
    const inputs = inputsOf(selectionResult())
    expect(reportHtml(inputs)).toBe(reportHtml(inputs))
  })
})

describe('data-card.md', () => {
  const facts = { exportName: 'Best', createdAt: '2026-01-02', licence: null }

  it('marks what the app cannot know as to fill in, and names what is missing', () => {
    const card = dataCard(selectionResult(), facts)
    expect(card.match(/_to fill in_/g)?.length).toBeGreaterThanOrEqual(5)
    expect(card).toContain('| rose | 12 | 2 |')
    expect(card).toContain('Groups with no item in this set: tulip.')
    expect(card).toContain('Choosing helped: +5.0 points')
    expect(dataCard(selectionResult(), { ...facts, licence: 'CC BY 4.0' })).toContain(
      '## Licence\nCC BY 4.0'
    )
    expect(dataCard(selectionResult({ check: null }), facts)).toContain('was not tested')
  })

  it.each([
    ...evil,
    '[click](javascript:alert(1))',
    '![x](http://evil.example/p.png)',
    'a | b',
    'two\n# Heading',
    '`code`'
  ])('of %j has no markup of its making', (attack) => {
    const card = dataCard(poisoned(attack), { ...facts, exportName: attack })
    // Outside of escapes no sign that makes HTML, a link or a picture is left.
    const unescaped = card.replace(/\\./g, '').replaceAll('<', 'LT')
    expect(card.replace(/\\./g, '')).not.toContain('<')
    expect(unescaped).not.toMatch(/\]\(/)
    expect(unescaped).not.toContain('`')
    expect(card.split('\n').filter((line) => line.startsWith('# '))).toHaveLength(1)
    const table = card
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| Group'))
    for (const line of table) expect(line.replace(/\\\|/g, '').match(/\|/g)).toHaveLength(4)
  })
})
