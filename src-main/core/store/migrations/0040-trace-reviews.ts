// Reviews of agent traces: reviewers, queues with their places, one document per review, and every
// act with what it replaced (docs/adr/0019). All of it goes with the set it is about.
import type { Database } from 'better-sqlite3'

/** Number of this step. */
export const version = 40

/** Adds the tables of version 40. */
export function up(db: Database): void {
  db.exec(`
    CREATE TABLE reviewers (
      id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
      model INTEGER NOT NULL DEFAULT 0, current INTEGER NOT NULL DEFAULT 0,
      created_at REAL NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE review_queues (
      id TEXT PRIMARY KEY, trace_set TEXT NOT NULL REFERENCES trace_sets(id) ON DELETE CASCADE,
      plan TEXT NOT NULL, blind INTEGER NOT NULL, wanted INTEGER NOT NULL,
      created_at REAL NOT NULL, removed INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX review_queues_by_set ON review_queues (trace_set);
    CREATE TABLE review_places (
      queue TEXT NOT NULL REFERENCES review_queues(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      trace INTEGER NOT NULL REFERENCES traces(id) ON DELETE CASCADE,
      pass INTEGER NOT NULL, random INTEGER NOT NULL, why TEXT NOT NULL,
      PRIMARY KEY (queue, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX review_places_by_trace ON review_places (trace);
    CREATE TABLE reviews (
      number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
      trace_set TEXT NOT NULL REFERENCES trace_sets(id) ON DELETE CASCADE,
      trace INTEGER NOT NULL REFERENCES traces(id) ON DELETE CASCADE,
      queue TEXT REFERENCES review_queues(id) ON DELETE CASCADE,
      reviewer TEXT NOT NULL REFERENCES reviewers(id), pass INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('draft', 'done', 'skipped')),
      verdict TEXT, first_wrong INTEGER, flagged INTEGER NOT NULL DEFAULT 0, tags TEXT NOT NULL,
      saw_suggestions INTEGER NOT NULL DEFAULT 0, saw_later INTEGER NOT NULL DEFAULT 0,
      ms REAL NOT NULL DEFAULT 0, created_at REAL NOT NULL, updated_at REAL NOT NULL,
      head INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL,
      UNIQUE (queue, trace, reviewer, pass)
    ) STRICT;
    CREATE INDEX reviews_by_trace ON reviews (trace, updated_at);
    CREATE INDEX reviews_by_set ON reviews (trace_set, state);
    CREATE INDEX reviews_by_reviewer ON reviews (reviewer, state);
    CREATE TABLE review_acts (
      review INTEGER NOT NULL REFERENCES reviews(number) ON DELETE CASCADE,
      number INTEGER NOT NULL, at REAL NOT NULL, act TEXT NOT NULL, before TEXT NOT NULL,
      PRIMARY KEY (review, number)
    ) STRICT, WITHOUT ROWID;
  `)
}
