// The plan in one sentence, with the way back to each step.
import { describe, expect, it } from 'vitest'
import { draftOf, reviewOf } from '../../stores/run-fixtures.test-support.ts'
import { sentenceText } from '../sentence.ts'
import { type NamedMethod, sentencePhrases } from './review-sentence.ts'

const named = (id: string): NamedMethod =>
  id === 'icons'
    ? { name: 'Like my examples (ICONS)', aimsAtTasks: 'always' as const }
    : { name: id, aimsAtTasks: 'never' as const }

describe('sentencePhrases', () => {
  it('reads as one sentence', () => {
    const text = sentenceText(sentencePhrases(draftOf(), reviewOf(), 'Shoes', named))
    expect(text).toBe(
      'Keep 800 of 8,000 items of Shoes to train a picture sorter, chosen by Like my examples (ICONS), aimed at 2 target tasks, with one of each near-duplicate. Then test the result on 2,000 items, 5 times, beside random choices of the same size.'
    )
  })

  it('leads from every choice to its step', () => {
    const phrases = sentencePhrases(draftOf(), reviewOf(), 'Shoes', named)
    const steps = new Set(phrases.flatMap((phrase) => phrase.step ?? []))
    expect([...steps].sort()).toEqual(['budget', 'check', 'data', 'goal', 'method', 'rules'])
  })

  it('joins several rules and names what is tried beside', () => {
    const draft = draftOf({ alsoTry: [{ id: 'other', params: {} }] })
    draft.rules = { ...draft.rules, mustKeep: ['a', 'b'], groupColumn: 'patient' }
    const text = sentenceText(sentencePhrases(draft, reviewOf(), 'Shoes', named))
    expect(text).toContain(
      'with one of each near-duplicate, 2 items kept because you asked and items of one “patient” together.'
    )
    expect(text).toContain(', and also try other.')
  })

  it('says how much in the unit it was asked for', () => {
    const start = (budget: ReturnType<typeof draftOf>['budget']): string =>
      sentenceText(sentencePhrases(draftOf({ budget }), reviewOf(), 'Shoes', named)).split(
        ' of Shoes'
      )[0] ?? ''
    expect(start({ kind: 'bytes', bytes: 2e9 })).toBe(
      'Keep as many as fit into 2 GB, about 800 of 8,000 items'
    )
    expect(start({ kind: 'tokens', tokens: 5000 })).toBe(
      'Keep as many as fit into 5,000 tokens, about 800 of 8,000 items'
    )
    expect(start({ kind: 'time', hours: 2.5, secondsPerItem: 12 })).toBe(
      'Keep as many as a person labels in 2.5 h, 800 of 8,000 items'
    )
    expect(start({ kind: 'smallest', keepsShare01: 0.98, atMostPercent: 10 })).toBe(
      'Keep the smallest set that keeps 98 % of the accuracy, at most 800 of 8,000 items'
    )
  })

  it('names limits, shares and sources apart', () => {
    const draft = draftOf()
    draft.rules = {
      ...draft.rules,
      perClass: [
        { label: 'boot', min: 5, max: null, percent: null },
        { label: 'shoe', min: null, max: null, percent: 40 }
      ],
      sourceColumn: 'site',
      perSource: [{ source: 'web', min: null, max: 9 }]
    }
    expect(sentenceText(sentencePhrases(draft, reviewOf(), 'Shoes', named))).toContain(
      'one of each near-duplicate, limits for 1 label, shares for 1 label and limits for 1 source.'
    )
  })

  it('says plainly that nothing is tested', () => {
    const draft = draftOf()
    draft.check = { ...draft.check, isOn: false }
    expect(sentenceText(sentencePhrases(draft, reviewOf(), 'Shoes', named))).toMatch(
      /Then do not test the result\.$/
    )
  })

  it('names target tasks only where the method aims at them', () => {
    const draft = { ...draftOf(), method: { id: 'random', params: {} } }
    const aimed = sentenceText(sentencePhrases(draftOf(), reviewOf(), 'Shoes', named))
    const drawn = sentenceText(sentencePhrases(draft, reviewOf(), 'Shoes', named))
    expect(aimed).toMatch(/aimed at \d+ target tasks?/)
    expect(drawn).not.toContain('target task')
  })
})
