// Where an item came from, in words: beside its source, or in the project where it was copied.
import { describe, expect, it } from 'vitest'
import type { DatasetRecord } from '../store/records.ts'
import { originOf } from './origins.ts'

const record = (kind: 'images' | 'text', storage: 'copy' | 'reference'): DatasetRecord =>
  ({ kind, storage, sourcePath: '/data/birds', addedSources: [] }) as unknown as DatasetRecord

describe('originOf', () => {
  it.each([
    ['images', 'reference', 'a/1.png', 'a/1.png in /data/birds'],
    ['images', 'copy', 'a/1.png', 'a/1.png, copied into the project'],
    ['text', 'reference', '12', 'row 12 of /data/birds'],
    ['text', 'copy', '12', 'row 12, copied into the project'],
    ['text', 'copy', 'x', 'The name, copied into the project']
  ] as const)('of %s kept as %s, at %s', (kind, storage, locator, said) => {
    expect(originOf(record(kind, storage), { locator, name: 'The name' })).toBe(said)
  })
})
