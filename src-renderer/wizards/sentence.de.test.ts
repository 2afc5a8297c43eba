// Plans as sentences in German: words keep their own first letters, so that nouns stay large.
import { expect, it, vi } from 'vitest'

vi.hoisted(() => (document.documentElement.lang = 'de'))
import { Goal } from '@api/dto/runs.ts'
import { tinyDraftOf, tinyReviewOf } from '../stores/distil-fixtures.test-support.ts'
import { draftOf, reviewOf } from '../stores/run-fixtures.test-support.ts'
import { choose } from '../text/choose.ts'
import { tiny } from '../text/distil.ts'
import { sentencePhrases } from './choose/review-sentence.ts'
import { tinyPhrases } from './distil/tiny-sentence.ts'
import { sentenceText } from './sentence.ts'

/** Alike but for the very first letter. */
const isSame = (within: string, title: string): boolean =>
  within.slice(1) === title.slice(1) && within.toLowerCase() === title.toLowerCase()

it('says every goal as its card does, from “Ziel:” on', () => {
  const named = (id: string) => ({ name: id, aimsAtTasks: 'never' as const })
  for (const goal of Goal.options) {
    const within = choose.phrase.goals[goal]
    expect(isSame(within, choose.goal.names[goal].title), goal).toBe(true)
    const text = sentenceText(sentencePhrases(draftOf({ goal }), reviewOf(), 'Schuhe', named))
    expect(text).toContain(`von 8.000 Elementen aus Schuhe, Ziel: ${within}, ausgewählt mit`)
  }
})

it('says every kind of tiny set as its card does', () => {
  for (const kind of ['real', 'made', 'mixed'] as const) {
    const within = tiny.phrase.kinds[kind]
    expect(isSame(within, tiny.kind.kinds[kind].title), kind).toBe(true)
    expect(sentenceText(tinyPhrases(tinyDraftOf({ kind }), tinyReviewOf(), 'Schuhe'))).toContain(
      `aus Schuhe, als ${within}, erstellt mit`
    )
  }
  expect(tiny.phrase.kinds.real).toContain('Elemente')
})
