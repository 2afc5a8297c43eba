// A drop on its way: announced as it is, sent piece by piece and one message at a time, asked about
// when it is large, and given up whole when it is cancelled or fails.
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { AppError } from '@api/errors.ts'
import { drop as words } from '../text/add-data.ts'
import { startApp, type TestApp } from '../views/view.test-support.ts'
import { useAdding } from './adding.ts'
import { askAboveBytes, chunkBytes, useDrops } from './drops.ts'
import { fileEntry, folderEntry } from './dropped-entries.test-support.ts'
import type { DropSource } from './dropped-files.ts'
import { useProject } from './project.ts'
import { deferred, type Answers, type Deferred } from './run-fixtures.test-support.ts'

const grant = { id: 'g1', kind: 'folder', name: 'Flowers', place: 'Flowers' } as const
interface Chunk {
  readonly drop: string
  readonly file: number
  readonly bytes: Uint8Array
}

async function start(answers: Answers = {}): Promise<TestApp> {
  return startApp({
    'files.dropStart': () => ({ drop: 'x' }),
    'files.dropChunk': () => ({}),
    'files.dropEnd': ({ keep }) => ({ grant: keep ? grant : null }),
    ...answers
  })
}
const source = (...entries: FileSystemEntry[]): DropSource => ({ entries, files: [] })
const flowers = (): DropSource =>
  source(folderEntry('Flowers', { 'a.txt': 'abc', sub: { 'empty.txt': '', 'b.txt': 'de' } }))
/** A file of a size that is only read in parts. */
function largeFile(size: number): DropSource {
  const file = {
    name: 'large.bin',
    size,
    webkitRelativePath: '',
    slice: (from: number, to: number) => new Blob([new Uint8Array(Math.min(to, size) - from)])
  }
  // Only these members are read.
  return { entries: [], files: [file as unknown as File] }
}

describe('a drop', () => {
  it('is announced, sent in order and chosen for adding', async () => {
    const app = await start()
    expect(await useDrops().take(flowers())).toBe(true)
    expect(app.inputs('files.dropStart')).toEqual([
      {
        name: 'Flowers',
        isFolder: true,
        files: [
          { path: 'a.txt', size: 3 },
          { path: 'sub/b.txt', size: 2 },
          { path: 'sub/empty.txt', size: 0 }
        ]
      }
    ])
    const chunks = app.inputs('files.dropChunk') as Chunk[]
    expect(chunks.map(({ file, bytes }) => [file, new TextDecoder().decode(bytes)])).toEqual([
      // The bytes of small files travel together.
      [0, 'abcde']
    ])
    expect(app.inputs('files.dropEnd')).toEqual([{ drop: 'x', keep: true }])
    expect(useAdding().grant).toEqual(grant)
    expect(useAdding().options.storage).toBe('copy')
    expect(useDrops().isBusy).toBe(false)
  })

  it('sends one message at a time, none larger than a piece, and says how far it is', async () => {
    const waiting: Deferred<Record<string, never>>[] = []
    const app = await start({
      'files.dropChunk': () => {
        const answer = deferred<Record<string, never>>()
        waiting.push(answer)
        return answer.promise
      }
    })
    const drops = useDrops()
    const taken = drops.take(largeFile(chunkBytes * 2 + 5))
    await flushPromises()
    expect(waiting).toHaveLength(1)
    expect(drops.state).toMatchObject({ kind: 'copying', bytes: 0 })
    waiting[0]?.resolve({})
    await flushPromises()
    expect(waiting).toHaveLength(2)
    expect(drops.state).toMatchObject({ bytes: chunkBytes, files: 0 })
    waiting[1]?.resolve({})
    await flushPromises()
    waiting[2]?.resolve({})
    expect(await taken).toBe(true)
    expect((app.inputs('files.dropChunk') as Chunk[]).map(({ bytes }) => bytes.length)).toEqual([
      chunkBytes,
      chunkBytes,
      5
    ])
  })

  it('that is cancelled keeps nothing, and frees the way for the next', async () => {
    const slow = deferred<Record<string, never>>()
    const app = await start({ 'files.dropChunk': () => slow.promise })
    const drops = useDrops()
    const taken = drops.take(flowers())
    await flushPromises()
    expect(await drops.take(flowers())).toBe(false)
    drops.cancel()
    slow.resolve({})
    expect(await taken).toBe(false)
    expect(app.inputs('files.dropEnd')).toEqual([{ drop: 'x', keep: false }])
    expect(drops.problem).toBeUndefined()
    expect(drops.isBusy).toBe(false)
    expect(useAdding().grant).toBeUndefined()
  })

  it('that fails keeps nothing and says why', async () => {
    const app = await start({
      'files.dropChunk': () => {
        throw new AppError('disk-full')
      }
    })
    const drops = useDrops()
    expect(await drops.take(flowers())).toBe(false)
    expect(app.inputs('files.dropEnd')).toEqual([{ drop: 'x', keep: false }])
    expect(drops.problem?.code).toBe('disk-full')
    expect(await drops.take(source(fileEntry('a', '', new Error('gone'))))).toBe(false)
    expect(drops.problem?.message).toBe(words.notReadable('a'))
  })

  it('whose file changed while it was read is named', async () => {
    await start()
    const changed = new DOMException('changed', 'NotReadableError')
    const read = vi.spyOn(Blob.prototype, 'arrayBuffer').mockRejectedValue(changed)
    const file = new File(['abc'], 'a.csv')
    expect(await useDrops().take({ entries: [], files: [file] })).toBe(false)
    read.mockRestore()
    expect(useDrops().problem).toMatchObject({
      message: words.notReadable('a.csv'),
      hint: words.failedHint
    })
  })

  it('of very many bytes is asked about first', async () => {
    const slow = deferred<Record<string, never>>()
    const app = await start({ 'files.dropChunk': () => slow.promise })
    const drops = useDrops()
    const refused = drops.take(largeFile(askAboveBytes + 1))
    await flushPromises()
    expect(drops.state?.kind).toBe('asking')
    drops.answer(false)
    expect(await refused).toBe(false)
    expect(app.inputs('files.dropStart')).toEqual([])
    expect(drops.isBusy).toBe(false)
    const taken = drops.take(largeFile(askAboveBytes + 1))
    await flushPromises()
    drops.answer(true)
    await flushPromises()
    expect(app.inputs('files.dropStart')).toHaveLength(1)
    drops.cancel()
    slow.resolve({})
    expect(await taken).toBe(false)
  })

  it('replaces one that was dropped before, and ends with its project', async () => {
    const slow = deferred<{ drop: string }>()
    await start({ 'files.dropStart': () => slow.promise })
    const adding = useAdding()
    adding.choose(grant, { hidden: 0 })
    const drops = useDrops()
    const taken = drops.take(flowers())
    await flushPromises()
    expect(adding.grant).toBeUndefined()
    adding.choose({ ...grant, id: 'picked' })
    useProject().generation += 1
    slow.resolve({ drop: 'x' })
    expect(await taken).toBe(false)
    expect(adding.grant).toBeUndefined()
  })
})

it('a source picked with the button stays chosen while another is dropped', async () => {
  const slow = deferred<{ drop: string }>()
  await start({ 'files.dropStart': () => slow.promise })
  const adding = useAdding()
  adding.choose({ ...grant, id: 'picked' })
  adding.name = 'Mine'
  const drops = useDrops()
  const taken = drops.take(flowers())
  await flushPromises()
  expect(adding.name).toBe('Mine')
  drops.cancel()
  slow.resolve({ drop: 'x' })
  await taken
  expect(adding.grant?.id).toBe('picked')
})
