// The check of a project file over a connection of its own: sound while the app has it open, damaged,
// gone.
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createInProcessPool } from '../datasets/testing/in-process-pool.ts'
import { openStore } from '../store/open-store.ts'
import { datasetRecord, newItem, temporaryFolder } from '../store/store.test-support.ts'
import { checkProjectTask, type CheckInput } from './check-project-task.ts'

let folder: ReturnType<typeof temporaryFolder>
const path = (): string => join(folder.path, 'project.sqlite')
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

function check(): Promise<readonly string[]> {
  return createInProcessPool([checkProjectTask]).run<CheckInput, never, readonly string[]>(
    checkProjectTask,
    { path: path() },
    { signal: new AbortController().signal, isLight: true }
  )
}

function fill(): ReturnType<typeof openStore> {
  const store = openStore(path())
  store.datasets.insert(datasetRecord('d', { items: 2000, kind: 'text' }))
  store.items.append(
    'd',
    Array.from({ length: 2000 }, (_, row) => newItem(row, `text ${row}`))
  )
  return store
}

test('a file the app has open is sound, and tells of what was written last', async () => {
  const store = fill()
  try {
    expect(await check()).toEqual([])
    // Not in the file itself yet: the connection sees the log beside it.
    expect(statSync(`${path()}-wal`).size).toBeGreaterThan(0)
  } finally {
    store.dispose()
  }
})

/** Spoils places of cells on the last page that holds rows, not the page's own head. */
function spoil(): void {
  const bytes = readFileSync(path())
  const pageSize = bytes.readUInt16BE(16)
  let at = bytes.length - pageSize
  while (bytes[at] !== 0x0d) at -= pageSize
  bytes.fill(0xff, at + 8, at + 24)
  writeFileSync(path(), bytes)
}

test('damage is told in a sentence, a missing file is refused', async () => {
  fill().dispose()
  spoil()
  const [sentence] = await check()
  expect(sentence).toMatch(/^The project file is damaged/)
  folder.remove()
  await expect(check()).rejects.toMatchObject({ code: 'project-not-found' })
})
