// The one list of changes: what was done in any dataset or review, in the order of time. Taking back
// is done by the calls of the place (`edits.stepTo`, `reviews.undo`, `reviews.redo`).
import type { StoredChange } from '../../api/dto/changes.ts'
import type { ReviewQuestion } from '../../api/dto/trace-reviews.ts'
import type { Handlers } from '../../api/rpc.ts'
import type { ChangeRecord } from '../store/records.ts'
import { actWords } from '../traces/reviews/act-words.ts'
import type { AppState } from './app-state.ts'

/** Handlers of `changes.*`. */
export function createChangeHandlers(
  state: Pick<AppState, 'area'>
): Pick<Handlers, Extract<keyof Handlers, `changes.${string}`>> {
  return {
    'changes.list': async (query) => {
      const { store } = state.area().project
      // What somebody else marked can only be taken back by them.
      const reviewer = store.reviews.reviewers().find(({ isCurrent }) => isCurrent)?.id ?? ''
      const asked = new Map<string, readonly ReviewQuestion[]>()
      const questionsOf = (queue: string | null): readonly ReviewQuestion[] => {
        if (queue === null) return []
        const known = asked.get(queue) ?? store.reviews.queue(queue)?.plan.questions ?? []
        asked.set(queue, known)
        return known
      }
      const places = store.changes.places(reviewer)
      const { place } = query
      return {
        changes: store.changes
          .list({ ...query, reviewer })
          .map((record) => shown(record, questionsOf)),
        total: places
          .filter(({ kind, id }) => place === null || (kind === place.kind && id === place.id))
          .reduce((sum, { changes }) => sum + changes, 0),
        places: places.map(({ kind, id, name, changes }) => {
          return { place: { kind, id }, name, changes }
        })
      }
    }
  }
}

function shown(
  record: ChangeRecord,
  questionsOf: (queue: string | null) => readonly ReviewQuestion[]
): StoredChange {
  const { kind, place, name, line, number, head, at } = record
  const common = { place: { kind, id: place }, placeName: name, line, number, head, at }
  if (record.kind === 'dataset') return { ...common, sentence: record.sentence, review: null }
  const { trace, queue, position, attempt } = record
  return {
    ...common,
    sentence: actWords(record.act, questionsOf(queue)),
    review: { trace, queue, position, attempt: queue === null ? attempt : null }
  }
}
