// Sets of agents' traces. A set is filled in parts, one an import: a part is invisible until it is
// whole, and goes whole. Long texts and files are kept once a part, by their hash. What is derived
// from events (outlines: steps and findings) can be made anew. Full-text indexes are made per set.
import type { Database } from 'better-sqlite3'

/** Number of this step. */
export const version = 30

/** Adds the tables of version 30. */
export function up(db: Database): void {
  db.exec(`
    CREATE TABLE trace_sets (
      number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE,
      state TEXT NOT NULL, rules TEXT NOT NULL, tools TEXT NOT NULL, stale INTEGER NOT NULL DEFAULT 0,
      created_at REAL NOT NULL
    ) STRICT;
    CREATE TABLE trace_parts (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      trace_set INTEGER NOT NULL REFERENCES trace_sets(number) ON DELETE CASCADE,
      state TEXT NOT NULL, options TEXT NOT NULL, secrets TEXT NOT NULL, created_at REAL NOT NULL
    ) STRICT;
    CREATE INDEX trace_parts_by_set ON trace_parts (trace_set);
    CREATE TABLE trace_sources (
      part INTEGER NOT NULL REFERENCES trace_parts(number) ON DELETE CASCADE,
      number INTEGER NOT NULL, name TEXT NOT NULL, format TEXT NOT NULL, format_name TEXT NOT NULL,
      size_bytes REAL NOT NULL, PRIMARY KEY (part, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE trace_problems (
      part INTEGER NOT NULL REFERENCES trace_parts(number) ON DELETE CASCADE,
      number INTEGER NOT NULL, place TEXT NOT NULL, reason TEXT NOT NULL,
      PRIMARY KEY (part, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE trace_tasks (
      id INTEGER PRIMARY KEY,
      trace_set INTEGER NOT NULL REFERENCES trace_sets(number) ON DELETE CASCADE,
      key TEXT NOT NULL, goal TEXT NOT NULL, UNIQUE (trace_set, key)
    ) STRICT;
    CREATE TABLE traces (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      part INTEGER NOT NULL REFERENCES trace_parts(number) ON DELETE CASCADE,
      source INTEGER NOT NULL, task INTEGER NOT NULL REFERENCES trace_tasks(id),
      external_id TEXT NOT NULL, goal TEXT, trial INTEGER NOT NULL, outcome TEXT NOT NULL,
      reward REAL, end_reason TEXT, facts TEXT, more TEXT, events INTEGER NOT NULL,
      size_bytes REAL NOT NULL, steps INTEGER NOT NULL, errors INTEGER NOT NULL,
      tools TEXT NOT NULL, detectors TEXT NOT NULL
    ) STRICT;
    CREATE INDEX traces_by_task ON traces (task);
    CREATE INDEX traces_by_part ON traces (part);
    CREATE TABLE trace_events (
      trace INTEGER NOT NULL REFERENCES traces(id) ON DELETE CASCADE, seq INTEGER NOT NULL,
      kind INTEGER NOT NULL, actor TEXT, name TEXT, call_id TEXT, text TEXT, text_id INTEGER,
      length INTEGER NOT NULL, data TEXT, data_id INTEGER, data_length INTEGER NOT NULL,
      is_error INTEGER NOT NULL, time REAL, lane INTEGER, files TEXT, PRIMARY KEY (trace, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE trace_texts (
      id INTEGER PRIMARY KEY,
      part INTEGER NOT NULL REFERENCES trace_parts(number) ON DELETE CASCADE,
      hash BLOB NOT NULL, length INTEGER NOT NULL, body TEXT
    ) STRICT;
    CREATE UNIQUE INDEX trace_texts_by_hash ON trace_texts (part, hash);
    CREATE TABLE trace_text_pieces (
      text INTEGER NOT NULL REFERENCES trace_texts(id) ON DELETE CASCADE,
      start INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (text, start)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE trace_files (
      id INTEGER PRIMARY KEY,
      part INTEGER NOT NULL REFERENCES trace_parts(number) ON DELETE CASCADE,
      hash BLOB NOT NULL, bytes BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX trace_files_by_hash ON trace_files (part, hash);
    CREATE TABLE trace_outlines (
      trace INTEGER PRIMARY KEY REFERENCES traces(id) ON DELETE CASCADE,
      kinds BLOB NOT NULL, steps TEXT NOT NULL, findings TEXT NOT NULL
    ) STRICT;
  `)
}
