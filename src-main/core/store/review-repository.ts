// Reviews and their acts over their tables. A review is one document beside the columns that are
// searched; both are written together (docs/adr/0019).
import type { Database } from 'better-sqlite3'
import type { ReviewAct, ReviewState, Verdict } from '../../api/dto/trace-reviews.ts'
import type { BodyPart } from '../../api/review-acts.ts'
import { createQueuePart, createQueueReads, createReviewerPart } from './queue-repository.ts'
import type {
  ActRecord,
  NewestReview,
  ReviewChange,
  ReviewReads,
  ReviewRecord,
  ReviewRepository
} from './review-records.ts'
import {
  reviewColumns,
  toFinished,
  toReview,
  type FinishedRow,
  type ReviewRow
} from './review-rows.ts'

type WritePart = Pick<
  ReviewRepository,
  'review' | 'find' | 'begin' | 'change' | 'act' | 'addTime' | 'stepsOf'
>

interface ActRow {
  readonly number: number
  readonly at: number
  readonly act: string
  readonly before: string
}

interface NewestRow {
  readonly trace: number
  readonly state: string
  readonly verdict: string | null
  readonly flagged: number
  readonly tags: string
}

/** Repository over `reviewers`, `review_queues`, `review_places`, `reviews` and `review_acts`. */
export function createReviewRepository(db: Database): ReviewRepository {
  return {
    ...createReviewerPart(db),
    ...createWrites(db),
    ...createReviewReads(db),
    ...createQueuePart(db)
  }
}

/** Values of the columns that follow from the rest of a review. */
function searched({ body }: Pick<ReviewRecord, 'body'>): readonly (string | number | null)[] {
  const { verdict, firstWrong, isFlagged, tags } = body
  return [verdict, firstWrong, isFlagged ? 1 : 0, JSON.stringify(tags), JSON.stringify(body)]
}

function createWrites(db: Database): WritePart {
  const byId = db.prepare<[string], ReviewRow>(
    `SELECT ${reviewColumns} FROM reviews r WHERE r.id = ?`
  )
  const byPlace = db.prepare<[string | null, number, string, number], ReviewRow>(
    `SELECT ${reviewColumns} FROM reviews r
     WHERE r.queue IS ? AND r.trace = ? AND r.reviewer = ? AND r.pass = ?
     ORDER BY r.number DESC LIMIT 1`
  )
  const insert = db.prepare(
    `INSERT INTO reviews (id, trace_set, trace, queue, reviewer, pass, state, saw_suggestions,
       saw_later, ms, created_at, updated_at, head, verdict, first_wrong, flagged, tags, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
  )
  const update = db.prepare(
    `UPDATE reviews SET state = ?, saw_suggestions = ?, saw_later = ?, updated_at = ?, head = ?,
       verdict = ?, first_wrong = ?, flagged = ?, tags = ?, body = ? WHERE id = ?`
  )
  const dropActs = db.prepare('DELETE FROM review_acts WHERE review = ? AND number >= ?')
  const insertAct = db.prepare(
    'INSERT INTO review_acts (review, number, at, act, before) VALUES (?, ?, ?, ?, ?)'
  )
  const readAct = db.prepare<[string, number], ActRow>(
    `SELECT a.number, a.at, a.act, a.before FROM review_acts a
     JOIN reviews r ON r.number = a.review WHERE r.id = ? AND a.number = ?`
  )
  const stepsOf = db.prepare<[number], number>('SELECT steps FROM traces WHERE id = ?').pluck()
  const addTime = db.prepare('UPDATE reviews SET ms = ms + ? WHERE id = ?')

  function write(id: string, change: ReviewChange, act: ActRecord | undefined): void {
    const row = byId.get(id)
    if (!row) return
    const it = { ...toReview(row), ...change }
    const saw = [it.sawSuggestions ? 1 : 0, it.sawLater ? 1 : 0]
    update.run(it.state, ...saw, it.updatedAt, it.head, ...searched(it), id)
    if (!act) return
    dropActs.run(row.number, act.number)
    const { number, at } = act
    insertAct.run(row.number, number, at, JSON.stringify(act.act), JSON.stringify(act.before))
  }

  return {
    review(id) {
      const row = byId.get(id)
      return row && toReview(row)
    },
    find(queue, trace, reviewer, pass) {
      const row = byPlace.get(queue, trace, reviewer, pass)
      return row && toReview(row)
    },
    begin(it) {
      const saw = [it.sawSuggestions ? 1 : 0, it.sawLater ? 1 : 0]
      const who = [it.id, it.set, it.trace, it.queue, it.reviewer, it.pass, it.state]
      const when = [it.msSpent, it.createdAt, it.updatedAt, it.head]
      insert.run(...who, ...saw, ...when, ...searched(it))
    },
    change: (id, change, act) => db.transaction(() => write(id, change, act)).immediate(),
    act(review, number) {
      const row = readAct.get(review, number)
      // Both were written by `write` from the same types.
      return (
        row && {
          ...row,
          act: JSON.parse(row.act) as ReviewAct,
          before: JSON.parse(row.before) as BodyPart[]
        }
      )
    },
    addTime: (id, ms) => void addTime.run(ms, id),
    stepsOf: (trace) => stepsOf.get(trace) ?? 0
  }
}

// A place of a blind queue that the reviewer (named twice) has still to do: begun and not done, or
// not begun while fewer people than wanted have done it.
const openBlindPlace = `q.removed = 0 AND q.blind = 1
  AND NOT EXISTS (SELECT 1 FROM reviews d WHERE d.queue = p.queue AND d.trace = p.trace
    AND d.reviewer = @reviewer AND d.pass = p.pass AND d.state = 'done')
  AND (EXISTS (SELECT 1 FROM reviews b WHERE b.queue = p.queue AND b.trace = p.trace
      AND b.reviewer = @reviewer)
    OR (SELECT COUNT(*) FROM reviews o WHERE o.queue = p.queue AND o.trace = p.trace
      AND o.pass = 1 AND o.state = 'done' AND o.reviewer <> @reviewer
      AND o.reviewer NOT IN (SELECT id FROM reviewers WHERE model = 1)) < q.wanted)`

const finishedFrom = `SELECT ${reviewColumns}, w.name AS reviewer_name, w.model
  FROM reviews r JOIN reviewers w ON w.id = r.reviewer`

/** The part that only reads, also over a connection that cannot write. */
export function createReviewReads(db: Database): ReviewReads {
  const ofTrace = db.prepare<[number], FinishedRow>(
    `${finishedFrom} WHERE r.trace = ? AND r.state = 'done' ORDER BY r.updated_at, r.number`
  )
  const finished = db.prepare<[string, string | null, string | null], FinishedRow>(
    `${finishedFrom} WHERE r.trace_set = ? AND r.state = 'done' AND (? IS NULL OR r.queue = ?)
     ORDER BY r.trace, r.updated_at, r.number`
  )
  const ofQueue = db.prepare<[string], ReviewRow>(
    `SELECT ${reviewColumns} FROM reviews r WHERE r.queue = ? ORDER BY r.number`
  )
  const tags = db.prepare<[string], { readonly tag: string; readonly count: number }>(
    `SELECT t.value AS tag, COUNT(*) AS count FROM reviews r, json_each(r.tags) t
     WHERE r.trace_set = ? GROUP BY t.value ORDER BY count DESC, t.value`
  )
  const times = db
    .prepare<[string], number>(
      `SELECT ms FROM reviews WHERE reviewer = ? AND state = 'done' AND ms > 0
       ORDER BY updated_at DESC LIMIT 50`
    )
    .pluck()
  return {
    ...createQueueReads(db),
    ...createSight(db),
    ofTrace: (trace) => ofTrace.all(trace).map(toFinished),
    finished: (set, queue) => finished.all(set, queue, queue).map(toFinished),
    ofQueue: (queue) => ofQueue.all(queue).map(toReview),
    tags: (set) => tags.all(set),
    recentTimes: (reviewer) => times.all(reviewer)
  }
}

/** What one reviewer may see of others' reviews. */
function createSight(db: Database): Pick<ReviewReads, 'isHidden' | 'newestByTrace'> {
  const newest = db.prepare<[string], NewestRow>(
    `SELECT r.trace, r.state, r.verdict, r.flagged, r.tags
     FROM reviews r JOIN reviewers w ON w.id = r.reviewer
     WHERE r.trace_set = ? AND w.model = 0
     ORDER BY r.state = 'done', r.updated_at, r.number`
  )
  const current = db.prepare<[], string>('SELECT id FROM reviewers WHERE current = 1').pluck()
  const hiddenOf = db
    .prepare<[{ set: string; reviewer: string }], number>(
      `SELECT DISTINCT p.trace FROM review_queues q JOIN review_places p ON p.queue = q.id
       WHERE q.trace_set = @set AND ${openBlindPlace}`
    )
    .pluck()
  const isHidden = db
    .prepare<[{ trace: number; reviewer: string }], number>(
      `SELECT EXISTS (SELECT 1 FROM review_places p JOIN review_queues q ON q.id = p.queue
           WHERE p.trace = @trace AND ${openBlindPlace})
         OR EXISTS (SELECT 1 FROM reviews s WHERE s.trace = @trace AND s.reviewer = @reviewer
           AND s.pass > 1 AND s.state <> 'done')`
    )
    .pluck()
  return {
    isHidden: (trace, reviewer) => isHidden.get({ trace, reviewer }) === 1,
    newestByTrace(set) {
      const hidden = new Set(hiddenOf.all({ set, reviewer: current.get() ?? '' }))
      const found = new Map<number, NewestReview>()
      for (const row of newest.all(set))
        found.set(row.trace, {
          // Both were written from the same types.
          state: row.state as ReviewState,
          verdict: hidden.has(row.trace) ? null : (row.verdict as Verdict | null),
          isFlagged: row.flagged === 1,
          tags: row.tags === '[]' ? [] : (JSON.parse(row.tags) as string[])
        })
      return found
    }
  }
}
