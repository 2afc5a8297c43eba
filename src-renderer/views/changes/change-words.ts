// What a change says of itself, and the screen it was made on.
import type { RouteLocationRaw } from 'vue-router'
import type { Change } from '../../stores/changes.ts'
import { changes as words } from '../../text/changes.ts'
import { coreWords } from '../../text/core-words.ts'
import { formatNumber } from '../../text/format.ts'

/** A change in words, without a full stop. */
export function sentenceOf({ keeper, sentence, review }: Change): string {
  const said = (keeper === 'window' ? sentence : coreWords(sentence)).replace(/\.$/, '')
  if (review === null) return said
  if (review.position !== null) return words.inQueue(formatNumber(review.position + 1), said)
  return review.attempt === null ? said : words.ofAttempt(review.attempt, said)
}

/** Where a change was made. */
export function routeOf({ place, review }: Change): RouteLocationRaw {
  const { kind, id } = place
  switch (kind) {
    case 'dataset':
      return { name: 'dataset', params: { dataset: id } }
    case 'result':
      return { name: 'result', params: { run: id } }
    case 'expand':
      return { name: 'expand-result', params: { job: id } }
    case 'settings':
      return { name: 'settings' }
    case 'traces': {
      if (review === null) return { name: 'trace-set', params: { set: id } }
      const { queue, position, trace } = review
      if (queue === null) return { name: 'attempt', params: { set: id, trace: String(trace) } }
      return { name: 'review', params: { queue }, query: { at: String(position ?? 0) } }
    }
  }
}
