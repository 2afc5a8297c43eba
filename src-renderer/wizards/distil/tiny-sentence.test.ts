// The plan of a tiny set in one sentence, with the way back to each step.
import { expect, it } from 'vitest'
import { tinyDraftOf, tinyReviewOf } from '../../stores/distil-fixtures.test-support.ts'
import { sentenceText } from '../sentence.ts'
import { tinyPhrases } from './tiny-sentence.ts'

const text = (...given: Parameters<typeof tinyDraftOf>): string =>
  sentenceText(tinyPhrases(tinyDraftOf(...given), tinyReviewOf(), 'Shoes'))

it('reads as one sentence', () => {
  expect(text()).toBe(
    'Make 10 items for each label, 20 in the place of 7,000, from Shoes, as real items with richer labels, made by Richer labels for real items, with standard effort and richer labels. Then test the set on 2,000 items, 5 times, beside random items of the same number, random items of equal size, all data, also on a different kind of model.'
  )
})
it('says what was left out and what is not tested', () => {
  const check = { ...tinyDraftOf().check, isOn: false }
  expect(text({ check, leaveOut: ['other'], labels: { kind: 'soft', keep: 5 } })).toBe(
    'Make 10 items for each label, 20 in the place of 7,000, from Shoes, 1 label left out, as real items with richer labels, made by Richer labels for real items, with standard effort and the 5 largest shares of richer labels. Then do not test the set.'
  )
})
it('leads from every choice to its step', () => {
  const steps = new Set(
    tinyPhrases(tinyDraftOf(), tinyReviewOf(), 'Shoes').flatMap(({ step }) => step ?? [])
  )
  expect([...steps].sort()).toEqual(['check', 'data', 'effort', 'kind', 'size'])
})
