// Changes of all places of a project in the order of time: steps of datasets and acts of reviews.
// Reads only; each place writes its own.
import type { Database } from 'better-sqlite3'
import type { ChangePlaceId } from '../../api/dto/changes.ts'
import type { ReviewAct } from '../../api/dto/trace-reviews.ts'
import type { ChangeQuery, ChangeRecord, ChangeRepository } from './records.ts'

interface KeyRow {
  readonly kind: ChangePlaceId['kind']
  /** The dataset, or the number of the review. */
  readonly line: string | number
  readonly number: number
}
interface StepRow {
  readonly place: string
  readonly name: string
  readonly at: number
  readonly sentence: string
}
interface ActRow {
  readonly place: string
  readonly name: string
  readonly at: number
  readonly act: string
  readonly review: string
  readonly head: number
  readonly trace: number
  readonly queue: string | null
  readonly position: number | null
  readonly attempt: string
}
interface PlaceRow {
  readonly kind: ChangePlaceId['kind']
  readonly id: string
  readonly name: string
  readonly changes: number
}

// Data that is still being read in, or being removed, has no changes to show. Reviews of a queue
// that was taken away have no screen any more.
const ofDatasets = `FROM edits e JOIN datasets d ON d.id = e.dataset
  WHERE d.state = 'ready' AND (@kind IS NULL OR (@kind = 'dataset' AND d.id = @id))`
const ofReviews = `FROM review_acts a JOIN reviews r ON r.number = a.review
  JOIN trace_sets s ON s.id = r.trace_set LEFT JOIN review_queues q ON q.id = r.queue
  WHERE r.reviewer = @reviewer AND s.state = 'ready' AND (r.queue IS NULL OR q.removed = 0)
    AND (@kind IS NULL OR (@kind = 'traces' AND s.id = @id))`

interface Given {
  readonly kind: string | null
  readonly id: string | null
  readonly reviewer: string
}

/** Repository over `edits` and `review_acts`, together. */
export function createChangeRepository(db: Database): ChangeRepository {
  // Sorted by their keys alone: what a change holds (rows, texts) is read for one page only.
  const keys = db.prepare<[Given & { from: number; limit: number }], KeyRow>(
    `SELECT 'dataset' AS kind, e.dataset AS line, e.number AS number, e.at AS at ${ofDatasets}
     UNION ALL SELECT 'traces', a.review, a.number, a.at ${ofReviews}
     ORDER BY at DESC, kind, line, number DESC LIMIT @limit OFFSET @from`
  )
  const places = db.prepare<[Given], PlaceRow>(
    `SELECT 'dataset' AS kind, d.id, d.name, COUNT(*) AS changes ${ofDatasets} GROUP BY d.id
     UNION ALL SELECT 'traces', s.id, s.name, COUNT(*) ${ofReviews} GROUP BY s.id
     ORDER BY 3, 1`
  )
  // From the end: what is in force is not looked through.
  const head = db
    .prepare<[string], number>(
      'SELECT number FROM edits WHERE dataset = ? AND undone = 0 ORDER BY number DESC LIMIT 1'
    )
    .pluck()
  const step = db.prepare<[string | number, number], StepRow>(
    `SELECT d.id AS place, d.name, e.at, e.sentence FROM edits e JOIN datasets d ON d.id = e.dataset
     WHERE e.dataset = ? AND e.number = ?`
  )
  const act = db.prepare<[string | number, number], ActRow>(
    `SELECT s.id AS place, s.name, a.at, a.act, r.id AS review, r.head, r.trace, r.queue, p.position,
       t.external_id AS attempt
     FROM review_acts a JOIN reviews r ON r.number = a.review
     JOIN trace_sets s ON s.id = r.trace_set JOIN traces t ON t.id = r.trace
     LEFT JOIN review_places p ON p.queue = r.queue AND p.trace = r.trace AND p.pass = r.pass
     WHERE a.review = ? AND a.number = ?`
  )
  const given = ({ place, reviewer }: Pick<ChangeQuery, 'place' | 'reviewer'>): Given => {
    return { kind: place?.kind ?? null, id: place?.id ?? null, reviewer }
  }
  function whole(
    { kind, line, number }: KeyRow,
    headOf: (dataset: string) => number
  ): ChangeRecord | undefined {
    if (kind === 'dataset') {
      const row = step.get(line, number)
      return row && { kind, ...row, number, head: headOf(row.place), line: row.place }
    }
    const row = act.get(line, number)
    return (
      row && {
        ...row,
        kind,
        number,
        line: row.review,
        // Written by the review's repository from the same type.
        act: JSON.parse(row.act) as ReviewAct
      }
    )
  }
  return {
    list(query) {
      const known = new Map<string, number>()
      const headOf = (dataset: string): number => {
        const found = known.get(dataset) ?? head.get(dataset) ?? 0
        known.set(dataset, found)
        return found
      }
      return keys
        .all({ ...given(query), from: query.from, limit: query.limit })
        .flatMap((key) => whole(key, headOf) ?? [])
    },
    places: (reviewer) => places.all(given({ place: null, reviewer }))
  }
}
