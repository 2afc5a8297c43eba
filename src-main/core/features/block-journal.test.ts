// The journal of finished blocks: marks outlive the process, marks of other work do not count, and
// a torn file is no reason to stop or to trust it.
import { readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../store/store.test-support.ts'
import { openBlockJournal } from './block-journal.ts'

let folder: ReturnType<typeof temporaryFolder>
let path = ''
beforeEach(() => {
  folder = temporaryFolder()
  path = join(folder.path, 'a.journal')
})
afterEach(() => folder.remove())

interface Seen {
  readonly isResumed: boolean
  readonly done: readonly boolean[]
  readonly failed: number
}

/** Opens, marks, closes; what was found at the opening. */
async function visit(
  work: string,
  blocks: number,
  marks: readonly (readonly [number, number])[] = []
): Promise<Seen> {
  const journal = await openBlockJournal(path, work, blocks)
  const done = Array.from({ length: blocks }, (_, block) => journal.isDone(block))
  expect(journal.done()).toBe(done.filter(Boolean).length)
  const seen = { isResumed: journal.isResumed, done, failed: journal.failed() }
  for (const [block, failed] of marks) await journal.mark(block, failed)
  await journal.close()
  return seen
}

describe('block journal', () => {
  it('goes on with its marks and their counts', async () => {
    expect(
      await visit('w', 4, [
        [2, 0],
        [0, 5]
      ])
    ).toEqual({ isResumed: false, done: [false, false, false, false], failed: 0 })
    expect(await visit('w', 4, [[3, 1]])).toEqual({
      isResumed: true,
      done: [true, false, true, false],
      failed: 5
    })
    expect(await visit('w', 4)).toEqual({
      isResumed: true,
      done: [true, false, true, true],
      failed: 6
    })
  })

  it('starts anew for other work and for another number of blocks', async () => {
    const fresh = { isResumed: false, done: [false, false], failed: 0 }
    await visit('w', 2, [[0, 0]])
    expect(await visit('other', 2, [[1, 3]])).toEqual(fresh)
    expect(await visit('w', 2, [[0, 0]])).toEqual(fresh)
    expect((await visit('w', 3)).isResumed).toBe(false)
    expect(await visit('w', 2)).toEqual(fresh)
  })

  it('starts anew for work whose name only begins alike', async () => {
    await visit('work', 1, [[0, 0]])
    expect((await visit('work 2', 1)).isResumed).toBe(false)
  })

  it('with no blocks is empty', async () => {
    expect(await visit('w', 0)).toEqual({ isResumed: false, done: [], failed: 0 })
  })

  it('refuses a description that does not fit, and leaves no file', async () => {
    await expect(openBlockJournal(path, 'x'.repeat(2000), 1)).rejects.toThrow(RangeError)
    await expect(readFile(path)).rejects.toThrow()
  })

  it('in a folder that is gone says so', async () => {
    await expect(openBlockJournal(join(folder.path, 'gone', 'a'), 'w', 1)).rejects.toMatchObject({
      code: 'destination-not-writable'
    })
  })

  it('cut off anywhere starts anew; a file of any other content never counts as finished', async () => {
    await visit('w', 6, [
      [0, 1],
      [1, 1],
      [5, 0]
    ])
    const whole = await readFile(path)
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (size) => {
        await writeFile(path, whole)
        await truncate(path, size)
        const seen = await visit('w', 6)
        expect(seen.isResumed).toBe(false)
        expect(seen.done).not.toContain(true)
      }),
      { numRuns: 40 }
    )
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: whole.length, maxLength: whole.length }),
        async (bytes) => {
          await writeFile(path, bytes)
          expect((await visit('w', 6)).done).not.toContain(true)
        }
      ),
      { numRuns: 20 }
    )
  })
})
