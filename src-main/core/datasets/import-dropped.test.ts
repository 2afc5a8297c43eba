// Importing what was dropped: the inbox's files become the dataset's copy without a second one, also
// as the next version, and a stopped import finds them where they were moved to.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createInbox } from '../files/inbox.ts'
import { createImportFixture, type ImportFixture } from './testing/import-fixture.ts'
import { pngOf } from './testing/fixtures.ts'

let fixture: ImportFixture
beforeEach(async () => {
  fixture = await createImportFixture()
})
afterEach(() => fixture.dispose())

/** Brings files into the inbox as the window does; the place they lie in. */
async function drop(
  name: string,
  files: Readonly<Record<string, Uint8Array>>,
  isFolder = true
): Promise<string> {
  const inbox = createInbox({
    projectFolder: join(fixture.media, '..'),
    mediaFolder: fixture.media,
    freeBytes: async () => 1e12,
    pathsInUse: () => []
  })
  const entries = Object.entries(files)
  const id = await inbox.start({
    name,
    isFolder,
    files: entries.map(([path, bytes]) => ({ path, size: bytes.length }))
  })
  for (const [i, [, bytes]] of entries.entries()) await inbox.chunk(id, i, bytes)
  return (await inbox.end(id, true))?.path ?? ''
}
const csv = (rows: readonly string[]): Uint8Array =>
  new TextEncoder().encode(
    `label,note\n${rows.map((row) => `cat,a note about ${row}`).join('\n')}\n`
  )
const inboxNow = (): Promise<string[]> => readdir(join(fixture.media, 'inbox'))

describe('what was dropped', () => {
  it('is the copy of its dataset, whatever was asked for', async () => {
    const place = await drop('Pets', { 'cat/1.png': await pngOf(1), 'dog/2.png': await pngOf(2) })
    await fixture.run(place)
    const record = fixture.store.datasets.get('d1')
    expect(record).toMatchObject({ storage: 'copy', sourcePath: 'media/d1/Pets', items: 2 })
    expect(await inboxNow()).toEqual([])
    expect((await readdir(join(fixture.media, 'd1', 'Pets'))).sort()).toEqual(['cat', 'dog'])
    expect(await fixture.queries.summary('d1')).toMatchObject({ isReachable: true })
  })

  it('can be the next version, and goes with it when that is removed', async () => {
    await fixture.run(await drop('first.csv', { 'first.csv': csv(['a', 'b', 'c']) }, false))
    const second = await drop('more.csv', { 'more.csv': csv(['d', 'e']) }, false)
    await fixture.run(second, { dataset: 'd2', addTo: 'd1' })
    expect(fixture.store.datasets.get('d2')).toMatchObject({ items: 5, version: 2 })
    expect(await readFile(join(fixture.media, 'd2', 'more.csv'), 'utf8')).toContain('about d')
    await fixture.queries.remove('d2')
    expect((await readdir(fixture.media)).sort()).toEqual(['d1', 'inbox'])
  })

  it('is found where it was moved to when a stopped import goes on', async () => {
    const place = await drop('notes.csv', { 'notes.csv': csv(['a', 'b', 'c']) }, false)
    await expect(fixture.run(place, {}, { stopAt: (phase) => phase === 2 })).rejects.toMatchObject({
      code: 'cancelled'
    })
    expect(await inboxNow()).toEqual([])
    await fixture.run(place, {}, { goOn: true })
    expect(fixture.store.datasets.get('d1')).toMatchObject({ state: 'ready', items: 3 })
  })

  it('that holds nothing to import leaves nothing behind', async () => {
    const place = await drop('empty.csv', { 'empty.csv': csv([]).slice(0, 11) }, false)
    await expect(fixture.run(place)).rejects.toMatchObject({ name: 'AppError' })
    expect(fixture.store.datasets.get('d1')).toBeUndefined()
    expect(await readdir(fixture.media)).toEqual(['inbox'])
    expect(await inboxNow()).toEqual([])
  })
})
