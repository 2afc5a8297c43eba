// The selection being planned.
import { defineStore } from 'pinia'
import type { OutputOf } from '@api/contract.ts'
import { SelectDraft, type DraftReview } from '@api/dto/runs.ts'
import { coreWords, messagesInWords } from '../text/core-words.ts'
import { useConnection } from './connection.ts'
import { chooseSteps, type ChooseStep } from './draft-steps.ts'
import { usePlan } from './plan.ts'

/** A saved draft in lists. */
export type SavedDraft = OutputOf<'drafts.list'>['drafts'][number]

/** A review with what it says in the language of the page. */
function inWords(review: DraftReview): DraftReview {
  const { recommended, messages } = review
  return {
    ...review,
    messages: messagesInWords(messages),
    recommended: { ...recommended, why: coreWords(recommended.why) }
  }
}

/** The selection being planned. */
export const useDraft = defineStore('draft', () => {
  const connection = useConnection()
  return usePlan<SelectDraft, DraftReview, ChooseStep>({
    steps: chooseSteps,
    firstStep: 'data',
    parse: (value) => SelectDraft.safeParse(value).data,
    defaults: (dataset) => connection.call('drafts.defaults', { dataset }),
    review: async (draft) => inWords(await connection.call('runs.review', draft)),
    list: async () => (await connection.call('drafts.list', {})).drafts,
    save: async (id, step, draft) => (await connection.call('drafts.save', { id, step, draft })).id,
    remove: (id) => connection.call('drafts.remove', { id }),
    start: async (draft) => (await connection.call('runs.start', draft)).run
  })
})
