// The tiny training set being planned.
import { defineStore } from 'pinia'
import { DistilDraft, type DistilReview } from '@api/dto/distil.ts'
import { coreWords, messagesInWords } from '../text/core-words.ts'
import { useConnection } from './connection.ts'
import { tinySteps, type TinyStep } from './distil-steps.ts'
import { usePlan } from './plan.ts'

/** A review with its methods named in the language of the page. */
function inWords(review: DistilReview): DistilReview {
  return {
    ...review,
    messages: messagesInWords(review.messages),
    methods: review.methods.map((method) => ({
      ...method,
      name: coreWords(method.name),
      oneLine: coreWords(method.oneLine)
    }))
  }
}

/** The tiny training set being planned. */
export const useTinyDraft = defineStore('tiny-draft', () => {
  const connection = useConnection()
  return usePlan<DistilDraft, DistilReview, TinyStep>({
    steps: tinySteps,
    firstStep: 'data',
    parse: (value) => DistilDraft.safeParse(value).data,
    defaults: (dataset) => connection.call('distil.defaults', { dataset }),
    review: async (draft) => inWords(await connection.call('distil.review', draft)),
    list: async () => (await connection.call('distil.drafts', {})).drafts,
    save: async (id, step, draft) =>
      (await connection.call('distil.saveDraft', { id, step, draft })).id,
    remove: (id) => connection.call('distil.removeDraft', { id }),
    start: async (draft) => (await connection.call('distil.start', draft)).run
  })
})
