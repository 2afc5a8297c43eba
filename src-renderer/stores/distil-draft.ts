// The tiny training set being planned.
import { defineStore } from 'pinia'
import { DistilDraft, type DistilReview } from '@api/dto/distil.ts'
import { coreWords, messagesInWords } from '../text/core-words.ts'
import { useConnection } from './connection.ts'
import { tinySteps, type TinyStep } from './distil-steps.ts'
import { usePlan } from './plan.ts'

const said = (sentence: string | null): string | null =>
  sentence === null ? null : coreWords(sentence)

/** A review with its methods named in the language of the page. */
function inWords(review: DistilReview): DistilReview {
  return {
    ...review,
    messages: messagesInWords(review.messages),
    suggestedName: coreWords(review.suggestedName),
    methods: review.methods.map((method) => ({
      ...method,
      name: coreWords(method.name),
      oneLine: coreWords(method.oneLine),
      reason: said(method.reason),
      whyNoOwnHelper: said(method.whyNoOwnHelper ?? null)
    })),
    kinds: review.kinds.map((kind) => ({ ...kind, reason: said(kind.reason) })),
    recommended: { ...review.recommended, why: coreWords(review.recommended.why) }
  }
}

/** The tiny training set being planned. */
export const useTinyDraft = defineStore('tiny-draft', () => {
  const connection = useConnection()
  /** The name that the last review suggests, and for which plan. */
  let suggested: { readonly draft: DistilDraft; readonly name: string } | undefined
  return usePlan<DistilDraft, DistilReview, TinyStep>({
    steps: tinySteps,
    firstStep: 'data',
    parse: (value) => DistilDraft.safeParse(value).data,
    defaults: (dataset) => connection.call('distil.defaults', { dataset }),
    review: async (draft) => {
      const review = inWords(await connection.call('distil.review', draft))
      suggested = { draft, name: review.suggestedName }
      return review
    },
    list: async () => (await connection.call('distil.drafts', {})).drafts,
    save: async (id, step, draft) =>
      (await connection.call('distil.saveDraft', { id, step, draft })).id,
    remove: (id) => connection.call('distil.removeDraft', { id }),
    // A run without a name gets the one that was shown for it, in the language of the page.
    start: async (draft) => {
      const name = draft.name || (suggested?.draft === draft ? suggested.name.slice(0, 120) : '')
      return (await connection.call('distil.start', { ...draft, name })).run
    }
  })
})
