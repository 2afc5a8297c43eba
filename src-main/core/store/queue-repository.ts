// Reviewers, queues and their places over their tables.
import type { Database } from 'better-sqlite3'
import type { ReviewState } from '../../api/dto/trace-reviews.ts'
import type { ReviewRepository } from './review-records.ts'
import {
  toPlace,
  toQueue,
  toReviewer,
  type PlaceRow,
  type QueueRow,
  type ReviewerRow
} from './review-rows.ts'

type ReviewerPart = Pick<
  ReviewRepository,
  'reviewers' | 'reviewer' | 'reviewerNamed' | 'addReviewer' | 'setCurrent'
>

/** The part of the repository about reviewers. */
export function createReviewerPart(db: Database): ReviewerPart {
  const columns = 'id, name, model, current, created_at'
  const list = db.prepare<[], ReviewerRow & { readonly reviews: number }>(
    `SELECT ${columns}, (SELECT COUNT(*) FROM reviews r
       WHERE r.reviewer = reviewers.id AND r.state = 'done') AS reviews
     FROM reviewers ORDER BY created_at, id`
  )
  const byId = db.prepare<[string], ReviewerRow>(`SELECT ${columns} FROM reviewers WHERE id = ?`)
  const byName = db.prepare<[string], ReviewerRow>(
    `SELECT ${columns} FROM reviewers WHERE name = ?`
  )
  const insert = db.prepare(
    'INSERT INTO reviewers (id, name, model, created_at) VALUES (?, ?, ?, ?)'
  )
  const setCurrent = db.prepare('UPDATE reviewers SET current = (id = ?)')
  return {
    reviewers: () => list.all().map((row) => ({ ...toReviewer(row), reviews: row.reviews })),
    reviewer(id) {
      const row = byId.get(id)
      return row && toReviewer(row)
    },
    reviewerNamed(name) {
      const row = byName.get(name)
      return row && toReviewer(row)
    },
    addReviewer: ({ id, name, isModel, createdAt }) =>
      void insert.run(id, name, isModel ? 1 : 0, createdAt),
    setCurrent: (id) => void setCurrent.run(id)
  }
}

type QueuePart = Pick<
  ReviewRepository,
  'addQueue' | 'queue' | 'queues' | 'setPlan' | 'removeQueue' | 'place' | 'places' | 'placeStates'
>

interface StateRow extends PlaceRow {
  readonly state: string | null
  readonly others: number
}

/** The part of the repository about queues. */
export function createQueuePart(db: Database): QueuePart {
  return { ...createPlans(db), ...createPlanReads(db), ...createPlaces(db) }
}

/** The part that only reads queues, also over a connection that cannot write. */
export function createQueueReads(
  db: Database
): Pick<QueuePart, 'queue' | 'queues' | 'place' | 'places' | 'placeStates'> {
  return { ...createPlanReads(db), ...createPlaces(db) }
}

function createPlanReads(db: Database): Pick<QueuePart, 'queue' | 'queues'> {
  const columns = 'id, trace_set, plan, created_at, removed'
  const byId = db.prepare<[string], QueueRow>(`SELECT ${columns} FROM review_queues WHERE id = ?`)
  const list = db.prepare<[string | null, string | null], QueueRow>(
    `SELECT ${columns} FROM review_queues WHERE removed = 0 AND (? IS NULL OR trace_set = ?)
     ORDER BY created_at DESC, id`
  )
  return {
    queue(id) {
      const row = byId.get(id)
      return row && toQueue(row)
    },
    queues: (set) => list.all(set, set).map(toQueue)
  }
}

function createPlans(db: Database): Pick<QueuePart, 'addQueue' | 'setPlan' | 'removeQueue'> {
  const insert = db.prepare(
    `INSERT INTO review_queues (id, trace_set, plan, blind, wanted, created_at)
     VALUES (?, ?, ?, ?, ?, ?)`
  )
  const insertPlace = db.prepare(
    `INSERT INTO review_places (queue, position, trace, pass, random, why)
     VALUES (?, ?, ?, ?, ?, ?)`
  )
  const setPlan = db.prepare(
    'UPDATE review_queues SET plan = ?, blind = ?, wanted = ? WHERE id = ?'
  )
  const hide = db.prepare('UPDATE review_queues SET removed = 1 WHERE id = ?')
  const dropPlaces = db.prepare('DELETE FROM review_places WHERE queue = ?')
  const dropUntouched = db.prepare(
    `DELETE FROM reviews WHERE queue = ? AND state <> 'done'
     AND NOT EXISTS (SELECT 1 FROM review_acts a WHERE a.review = reviews.number)`
  )
  return {
    addQueue: ({ id, set, plan, createdAt }, places) =>
      db
        .transaction(() => {
          const blind = plan.isBlind ? 1 : 0
          insert.run(id, set, JSON.stringify(plan), blind, plan.reviewers, createdAt)
          for (const { position, trace, pass, isRandom, why } of places)
            insertPlace.run(id, position, trace, pass, isRandom ? 1 : 0, why)
        })
        .immediate(),
    setPlan: (id, plan) =>
      void setPlan.run(JSON.stringify(plan), plan.isBlind ? 1 : 0, plan.reviewers, id),
    removeQueue: (id) =>
      db
        .transaction(() => {
          hide.run(id)
          dropPlaces.run(id)
          dropUntouched.run(id)
        })
        .immediate()
  }
}

function createPlaces(db: Database): Pick<QueuePart, 'place' | 'places' | 'placeStates'> {
  const columns = 'p.position, p.trace, p.pass, p.random, p.why'
  const one = db.prepare<[string, number], PlaceRow>(
    `SELECT ${columns} FROM review_places p WHERE p.queue = ? AND p.position = ?`
  )
  const all = db.prepare<[string], PlaceRow>(
    `SELECT ${columns} FROM review_places p WHERE p.queue = ? ORDER BY p.position`
  )
  const states = db.prepare<[string, string, string], StateRow>(
    `SELECT ${columns}, own.state,
       (SELECT COUNT(*) FROM reviews o WHERE o.queue = p.queue AND o.trace = p.trace
          AND o.pass = 1 AND o.state = 'done' AND o.reviewer <> ?
          AND o.reviewer NOT IN (SELECT id FROM reviewers WHERE model = 1)) AS others
     FROM review_places p
     LEFT JOIN reviews own ON own.queue = p.queue AND own.trace = p.trace
       AND own.reviewer = ? AND own.pass = p.pass
     WHERE p.queue = ? ORDER BY p.position`
  )
  return {
    place(queue, position) {
      const row = one.get(queue, position)
      return row && toPlace(row)
    },
    places: (queue) => all.all(queue).map(toPlace),
    placeStates: (queue, reviewer) =>
      states.all(reviewer, reviewer, queue).map((row) => ({
        ...toPlace(row),
        // The table lets no other state in.
        state: (row.state as ReviewState | null) ?? 'none',
        others: row.others
      }))
  }
}
