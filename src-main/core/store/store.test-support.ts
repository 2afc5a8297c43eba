// Support for tests that need a store: records with every field filled in, items of given
// contents, and temporary folders that remove themselves.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { noFilter, type ItemFilter } from '../../api/dto/browse.ts'
import type { DatasetRecord, JobRecord, NewItem } from './records.ts'

/** A new empty folder and what removes it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'winnow-test-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** A ready text dataset named after its id. */
export function datasetRecord(id: string, change: Partial<DatasetRecord> = {}): DatasetRecord {
  return {
    id,
    name: `Data ${id}`,
    kind: 'text',
    format: 'csv',
    state: 'ready',
    purpose: 'pool',
    storage: 'link',
    sourcePath: `/data/${id}.csv`,
    options: {},
    columns: [],
    labelColumn: undefined,
    classNames: [],
    items: 0,
    skipped: 0,
    sizeBytes: 0,
    contentHash: '',
    createdAt: 1,
    shape: undefined,
    version: 1,
    previous: undefined,
    addedSources: [],
    matrix: undefined,
    isSearchable: false,
    ...change
  }
}

/** SHA-256 of a text: what an importer stores as the fingerprint. */
export function fingerprintOf(content: string): Uint8Array {
  return createHash('sha256').update(content).digest()
}

/** An item whose content is its text. */
export function newItem(row: number, text: string, change: Partial<NewItem> = {}): NewItem {
  return {
    row,
    name: `item ${row}`,
    label: -1,
    split: 'none',
    fingerprint: fingerprintOf(text),
    text,
    width: undefined,
    height: undefined,
    locator: String(row),
    sizeBytes: text.length,
    values: {},
    ...change
  }
}

/** A filter that lets everything through, changed. */
export function itemFilter(change: Partial<ItemFilter> = {}): ItemFilter {
  return { ...noFilter, aside: 'show', ...change }
}

/** A queued job. */
export function jobRecord(id: string, change: Partial<JobRecord> = {}): JobRecord {
  return {
    id,
    kind: 'import',
    title: `Job ${id}`,
    state: 'queued',
    dataset: undefined,
    run: undefined,
    params: {},
    phaseIndex: 0,
    phaseDone: 0,
    phaseTotal: 0,
    phaseUnit: '',
    fraction01: 0,
    position: 0,
    createdAt: 1,
    startedAt: undefined,
    finishedAt: undefined,
    activeSeconds: 0,
    error: undefined,
    notes: [],
    device: undefined,
    result: undefined,
    leaseOwner: undefined,
    leaseAt: undefined,
    cancelKeeps: false,
    ...change
  }
}
