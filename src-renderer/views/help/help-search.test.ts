// Search over the help, and what the pieces and words promise: every one has its place, every link
// leads somewhere, every screen of the app has a piece.
import { describe, expect, it } from 'vitest'
import pages from 'virtual:help-pages'
import { routes } from '../../app/routes.ts'
import { chooseSteps } from '../../stores/draft-steps.ts'
import { tinySteps } from '../../stores/distil-steps.ts'
import { planStepOrder } from '../../stores/trace-plan.ts'
import { glossary, help, howTos } from '../../text/help.ts'
import { helpEntries, markedParts, searchHelp, searchWords } from './help-search.ts'
import { topicAt, topicPlaces } from './topic-places.ts'

const entries = helpEntries(pages)
const found = (text: string): string[] => searchHelp(entries, text).map(({ entry }) => entry.id)

describe('search', () => {
  it('finds nothing for nothing, and says so for nonsense', () => {
    expect(found('  ')).toEqual([])
    expect(found('qqqzzz')).toEqual([])
  })

  it('finds a word of engineers and names the word of the app first', () => {
    expect(found('embedding')[0]).toBe('similarity-fingerprint')
    expect(found('SHA-256')[0]).toBe('fingerprint')
    expect(found('soft labels')).toContain('richer-labels')
  })

  it('wants every word, in any order and any case', () => {
    const both = found('MAP similarity')
    expect(both[0]).toBe('similarity-map')
    for (const hit of searchHelp(entries, 'map similarity')) {
      const all = [hit.entry.title, hit.entry.alias, ...hit.entry.lines].join(' ').toLowerCase()
      expect(all).toContain('map')
      expect(all).toContain('similarity')
    }
  })

  it('looks inside the pages of methods', () => {
    expect(found('spherical k-means')).toContain('icons')
  })

  it('shows the line with the words, cut to a readable length', () => {
    const [hit] = searchHelp(entries, 'float64 sub-tasks').filter(
      ({ entry }) => entry.id === 'icons'
    )
    expect(hit?.line.length).toBeLessThan(170)
    expect(hit?.line.toLowerCase()).toMatch(/float64|sub-tasks/)
  })

  it('marks each word where it stands and loses nothing', () => {
    const text = 'A similar map is a map.'
    const parts = markedParts(text, searchWords('MAP sim'))
    expect(parts.map((part) => part.text).join('')).toBe(text)
    expect(parts.filter(({ isHit }) => isHit).map((part) => part.text)).toEqual([
      'sim',
      'map',
      'map'
    ])
    expect(markedParts('İstanbul', ['i'])).toEqual([{ text: 'İstanbul', isHit: false }])
  })
})

describe('places', () => {
  const names = routes.flatMap(({ name }) => (typeof name === 'string' ? [name] : []))

  it('are screens that exist', () => {
    const screens = Object.values(topicPlaces).flatMap(({ at = [], show }) => [
      ...at.map(({ screen }) => screen),
      ...(show === undefined ? [] : [show.screen])
    ])
    // The result of a tiny set has the screen of all results.
    expect(screens.filter((screen) => !names.includes(screen) && screen !== 'tiny-result')).toEqual(
      []
    )
  })

  it('name a control wherever something is shown, and pages that exist', () => {
    const ids = new Set(pages.map(({ id }) => id))
    for (const [id, { show, page }] of Object.entries(topicPlaces)) {
      if (show !== undefined) expect(show.control, id).not.toBe('')
      if (page !== undefined) expect(ids, id).toContain(page)
    }
  })

  it.each(names)('give the screen %s a piece', (screen) => {
    const isWizard = ['choose', 'tiny', 'plan-review'].includes(screen)
    expect(topicAt(isWizard ? { screen, step: 0 } : { screen, tab: 'Items 8,000' })).toBeDefined()
  })

  it.each([
    ['choose', chooseSteps.order.length],
    ['tiny', tinySteps.order.length],
    ['plan-review', planStepOrder.length]
  ] as const)('give every step of %s a piece of its own', (screen, steps) => {
    const pieces = Array.from({ length: steps }, (_, step) => topicAt({ screen, step }))
    expect(new Set(pieces).size).toBe(steps)
    expect(pieces).not.toContain(undefined)
    expect(topicAt({ screen, step: steps })).toBeUndefined()
  })

  it('tell a tab from its screen', () => {
    expect(topicAt({ screen: 'dataset', tab: 'Health' })).toBe('health-check')
    expect(topicAt({ screen: 'settings', tab: 'Computer' })).toBe('computer')
    expect(topicAt({ screen: 'settings', tab: 'Appearance' })).toBe('settings')
  })
})

describe('words', () => {
  it('have names of their own, and see only words that exist', () => {
    const ids = [...glossary, ...howTos].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const dead = glossary.flatMap(({ id, see = [] }) =>
      see.filter((other) => !glossary.some((entry) => entry.id === other) || other === id)
    )
    expect(dead).toEqual([])
  })

  it('cover the vocabulary of the app, each with what engineers call it', () => {
    const terms = [
      'subset',
      'coreset',
      'budget',
      'embedding',
      '2-D projection',
      'cosine',
      'outlier',
      'density',
      'herding',
      'EL2N',
      'forgetting',
      'margin',
      'k-center',
      'facility location',
      'gradient',
      'distilled',
      'soft labels',
      'teacher',
      'proxy',
      'evaluator',
      'seed',
      'held-out',
      'class',
      'excluded',
      'configuration',
      'job',
      'lineage',
      'SHA-256',
      'synthetic'
    ]
    const technical = glossary.map((entry) => entry.technical?.toLowerCase() ?? '').join('\n')
    expect(terms.filter((term) => !technical.includes(term.toLowerCase()))).toEqual([])
  })

  it('belong to a part that has a name', () => {
    for (const { group } of howTos) expect(Object.keys(help.groups)).toContain(group)
  })
})
