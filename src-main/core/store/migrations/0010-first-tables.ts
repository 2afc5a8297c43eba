// The tables a project starts with: datasets and their items, problems, jobs with log and
// checkpoints, runs, drafts, exports, facts. An item's id is its dataset's number x 2^32 + its
// row; `head` is the first 8 bytes of its fingerprint and `repeat` counts items that share it.
import type { Database } from 'better-sqlite3'

/** Number of this step. */
export const version = 10

/** Creates every table and index of version 10. */
export function up(db: Database): void {
  db.exec(`
    CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE datasets (
      id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL, format TEXT NOT NULL, state TEXT NOT NULL, purpose TEXT NOT NULL,
      storage TEXT NOT NULL, source_path TEXT NOT NULL, options TEXT NOT NULL,
      columns TEXT NOT NULL, label_column TEXT, class_names TEXT NOT NULL,
      items INTEGER NOT NULL, skipped INTEGER NOT NULL, size_bytes REAL NOT NULL,
      content_hash TEXT NOT NULL, created_at REAL NOT NULL
    ) STRICT;
    CREATE TABLE items (
      id INTEGER PRIMARY KEY,
      dataset INTEGER NOT NULL REFERENCES datasets(number) ON DELETE CASCADE,
      head INTEGER NOT NULL, repeat INTEGER NOT NULL, label INTEGER NOT NULL,
      split INTEGER NOT NULL, aside INTEGER NOT NULL DEFAULT 0, duplicate_of INTEGER,
      size_bytes REAL NOT NULL, text_length INTEGER NOT NULL, width INTEGER, height INTEGER,
      fingerprint BLOB NOT NULL, name TEXT NOT NULL, locator TEXT NOT NULL, text TEXT, extra TEXT
    ) STRICT;
    CREATE UNIQUE INDEX items_by_key ON items (dataset, head, repeat);
    CREATE INDEX items_by_facets ON items (dataset, label, split, aside, duplicate_of);
    CREATE TABLE problems (
      dataset TEXT NOT NULL REFERENCES datasets(id) ON DELETE CASCADE,
      number INTEGER NOT NULL, place TEXT NOT NULL, reason TEXT NOT NULL,
      PRIMARY KEY (dataset, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE jobs (
      id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL,
      dataset TEXT, run TEXT, params TEXT NOT NULL, phase_index INTEGER NOT NULL,
      phase_done REAL NOT NULL, phase_total REAL NOT NULL, phase_unit TEXT NOT NULL,
      fraction REAL NOT NULL, position INTEGER NOT NULL, created_at REAL NOT NULL,
      started_at REAL, finished_at REAL, active_seconds REAL NOT NULL, error TEXT,
      notes TEXT NOT NULL, device TEXT, result TEXT, lease_owner TEXT, lease_at REAL,
      cancel_keeps INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX jobs_by_state ON jobs (state);
    CREATE TABLE job_checkpoints (
      job TEXT PRIMARY KEY REFERENCES jobs(id) ON DELETE CASCADE, state TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE job_log (
      number INTEGER PRIMARY KEY, job TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
      time REAL NOT NULL, level TEXT NOT NULL, code TEXT NOT NULL, text TEXT NOT NULL
    ) STRICT;
    CREATE INDEX job_log_by_job ON job_log (job, number);
    CREATE TABLE job_live (
      number INTEGER PRIMARY KEY, job TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
      series TEXT NOT NULL, x REAL NOT NULL, y REAL NOT NULL
    ) STRICT;
    CREATE INDEX job_live_by_job ON job_live (job, number);
    CREATE TABLE phase_speeds (
      kind TEXT NOT NULL, phase TEXT NOT NULL, data_kind TEXT NOT NULL,
      seconds_per_unit REAL NOT NULL, PRIMARY KEY (kind, phase, data_kind)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE runs (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, dataset TEXT NOT NULL, dataset_name TEXT NOT NULL,
      method TEXT NOT NULL, draft TEXT NOT NULL, result TEXT, created_at REAL NOT NULL
    ) STRICT;
    CREATE TABLE drafts (
      id TEXT PRIMARY KEY, step TEXT NOT NULL, draft TEXT NOT NULL, saved_at REAL NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE exports (
      id TEXT PRIMARY KEY, run TEXT NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL,
      items INTEGER NOT NULL, bytes REAL NOT NULL, created_at REAL NOT NULL
    ) STRICT;
  `)
}
