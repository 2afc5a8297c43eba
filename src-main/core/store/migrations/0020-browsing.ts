// What browsing, data health and matrices computed elsewhere need: versions of datasets, pictures
// and notes of items, tags, steps that can be taken back, saved views, row sets, findings, joined
// matrices. The index of labels and marks goes: filters are answered from columns in memory, and
// every change of a mark had to be written there too. Full-text indexes are made per dataset.
import type { Database } from 'better-sqlite3'

/** Number of this step. */
export const version = 20

/** Adds the tables and columns of version 20. */
export function up(db: Database): void {
  db.exec(`
    ALTER TABLE datasets ADD COLUMN shape TEXT;
    ALTER TABLE datasets ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE datasets ADD COLUMN previous TEXT;
    ALTER TABLE datasets ADD COLUMN added_sources TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE datasets ADD COLUMN matrix TEXT;
    ALTER TABLE datasets ADD COLUMN searchable INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE datasets ADD COLUMN counts TEXT;
    ALTER TABLE items ADD COLUMN pictures TEXT;
    ALTER TABLE items ADD COLUMN boxes TEXT;
    ALTER TABLE items ADD COLUMN note TEXT;
    ALTER TABLE items ADD COLUMN given_label INTEGER;
    DROP INDEX items_by_facets;
    CREATE INDEX items_with_note ON items (dataset) WHERE note IS NOT NULL;
    CREATE INDEX items_relabelled ON items (dataset) WHERE given_label IS NOT NULL;
    CREATE INDEX items_with_pictures ON items (dataset) WHERE pictures IS NOT NULL;
    CREATE TABLE tags (
      id INTEGER PRIMARY KEY,
      dataset INTEGER NOT NULL REFERENCES datasets(number) ON DELETE CASCADE,
      name TEXT NOT NULL, UNIQUE (dataset, name)
    ) STRICT;
    CREATE TABLE item_tags (
      tag INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE, item INTEGER NOT NULL,
      PRIMARY KEY (tag, item)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX item_tags_by_item ON item_tags (item);
    CREATE TABLE edits (
      dataset TEXT NOT NULL REFERENCES datasets(id) ON DELETE CASCADE,
      number INTEGER NOT NULL, at REAL NOT NULL, kind TEXT NOT NULL, sentence TEXT NOT NULL,
      change TEXT NOT NULL, changed INTEGER NOT NULL, rows BLOB NOT NULL, before TEXT NOT NULL,
      undone INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (dataset, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE views (
      id TEXT PRIMARY KEY, dataset TEXT NOT NULL REFERENCES datasets(id) ON DELETE CASCADE,
      name TEXT NOT NULL, spec TEXT NOT NULL, created_at REAL NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE row_sets (
      id TEXT PRIMARY KEY, dataset TEXT NOT NULL REFERENCES datasets(id) ON DELETE CASCADE,
      sentence TEXT NOT NULL, rows BLOB NOT NULL, created_at REAL NOT NULL
    ) STRICT;
    CREATE TABLE findings (
      dataset TEXT NOT NULL REFERENCES datasets(id) ON DELETE CASCADE,
      id TEXT NOT NULL, kind TEXT NOT NULL, spec TEXT NOT NULL, rows BLOB NOT NULL,
      groups BLOB NOT NULL, best BLOB NOT NULL, scores BLOB NOT NULL, suggested BLOB NOT NULL,
      dismissed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (dataset, id)
    ) STRICT;
    CREATE TABLE health_checks (
      dataset TEXT PRIMARY KEY REFERENCES datasets(id) ON DELETE CASCADE,
      checked_at REAL NOT NULL, last_edit INTEGER NOT NULL, spec TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE matrices (
      id TEXT PRIMARY KEY, dataset TEXT NOT NULL REFERENCES datasets(id) ON DELETE CASCADE,
      name TEXT NOT NULL, use TEXT NOT NULL, task TEXT, path TEXT NOT NULL, array TEXT NOT NULL,
      rows INTEGER NOT NULL, columns INTEGER NOT NULL, dtype TEXT NOT NULL,
      size_bytes REAL NOT NULL, storage TEXT NOT NULL, stamp TEXT NOT NULL, created_at REAL NOT NULL
    ) STRICT, WITHOUT ROWID;
  `)
}
