// A project with imported data, and lists to read against it.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReadList } from '../../api/dto/runs.ts'
import { createImportFixture, type ImportFixture } from '../datasets/testing/import-fixture.ts'
import { createInProcessPool } from '../datasets/testing/in-process-pool.ts'
import { readList, type ReadListRequest } from './read-list.ts'
import { readListTask } from './read-list-task.ts'

export interface ListFixture extends ImportFixture {
  /** Writes a file and returns its path. */
  file(name: string, content: string | Uint8Array): Promise<string>
  /** Imports a file as the dataset "d1". */
  pool(name: string, content: string | Uint8Array): Promise<void>
  /** Reads a list against "d1". */
  list(
    name: string,
    content: string | Uint8Array,
    request?: Partial<ReadListRequest>
  ): Promise<ReadList>
  /** Rows of keys. */
  rowsOf(keys: readonly string[]): number[]
}

/** A fresh project. */
export async function createListFixture(): Promise<ListFixture> {
  const fixture = await createImportFixture()
  const { store, folder } = fixture
  const pool = createInProcessPool([readListTask])
  const file = async (name: string, content: string | Uint8Array): Promise<string> => {
    const path = join(folder, name)
    await writeFile(path, content)
    return path
  }
  return {
    ...fixture,
    file,
    async pool(name, content) {
      await fixture.run(await file(name, content))
    },
    async list(name, content, request = {}) {
      const path = await file(name, content)
      return readList({ store, pool }, { path, dataset: 'd1', as: null, order: null, ...request })
    },
    rowsOf: (keys) => [...store.items.rowsOfKeys('d1', keys).rows]
  }
}

/** LLaVA records: ids and pictures repeat, as in LLaVA-665K. */
export function llavaRecords(count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, n) => ({
    id: String(n % 7).padStart(12, '0'),
    image: `coco/train2017/${String(n % 5).padStart(12, '0')}.jpg`,
    conversations: [
      { from: 'human', value: `<image>\nWhat stands at place ${n}?` },
      { from: 'gpt', value: `Thing number ${n * 31}, "quoted", é.` }
    ]
  }))
}
