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
  const said = (reason: string | null): string | null =>
    reason === null ? null : coreWords(reason)
  return {
    ...review,
    messages: messagesInWords(messages),
    suggestedName: coreWords(review.suggestedName),
    recommended: { ...recommended, why: coreWords(recommended.why) },
    goals: review.goals.map((goal) => ({ ...goal, reason: said(goal.reason) })),
    methods: review.methods.map((method) => ({ ...method, reason: said(method.reason) }))
  }
}

/** The selection being planned. */
export const useDraft = defineStore('draft', () => {
  const connection = useConnection()
  /** The name that the last review suggests, and for which plan. */
  let suggested: { readonly draft: SelectDraft; readonly name: string } | undefined
  return usePlan<SelectDraft, DraftReview, ChooseStep>({
    steps: chooseSteps,
    firstStep: 'data',
    parse: (value) => SelectDraft.safeParse(value).data,
    defaults: (dataset) => connection.call('drafts.defaults', { dataset }),
    review: async (draft) => {
      const review = inWords(await connection.call('runs.review', draft))
      suggested = { draft, name: review.suggestedName }
      return review
    },
    list: async () => (await connection.call('drafts.list', {})).drafts,
    save: async (id, step, draft) => (await connection.call('drafts.save', { id, step, draft })).id,
    remove: (id) => connection.call('drafts.remove', { id }),
    // A run without a name gets the one that was shown for it, in the language of the page.
    start: async (draft) => {
      const name = draft.name || (suggested?.draft === draft ? suggested.name.slice(0, 120) : '')
      return (await connection.call('runs.start', { ...draft, name })).run
    }
  })
})
