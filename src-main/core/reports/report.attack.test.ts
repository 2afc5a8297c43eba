// Reports and cards are opened in browsers and viewers: nothing that came from data may become
// markup there, and the page may ask nobody for anything (F7).
import { describe, expect, it } from 'vitest'
import type { SelectionResult } from '../../api/dto/runs.ts'
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

/** Every text of the result replaced by the attack. */
function poisoned(attack: string): SelectionResult {
  const base = selectionResult()
  return {
    ...base,
    name: attack,
    datasetName: attack,
    methodName: attack,
    check: base.check && { ...base.check, verdict: attack, cautions: [attack], device: attack },
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
    problems: { skipped: 1, duplicates: 2, sizeBytes: 3e6 }
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
      'kept items',
      'left out',
      'Problems found',
      'Settings and computer',
      'Words'
    ]
    const places = order.map((text) => html.indexOf(text))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places[0]).toBeGreaterThan(0)
    expect(html.match(/<svg/g)).toHaveLength(3)
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
    const html = reportHtml({ ...inputsOf(bare), kept: [], leftOut: [] })
    expect(html).toContain('The result was not tested.')
    expect(html).not.toContain('undefined')
    expect(html).not.toContain('NaN')
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
