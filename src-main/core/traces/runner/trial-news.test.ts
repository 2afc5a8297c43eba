// News of a run while it is being written, and lines on their way into a file.
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TrialNews } from '../../../api/dto/trace-runner.ts'
import { createLineQueue } from './line-queue.ts'
import { createNewsReader, newsPath } from './trial-news.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-news-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const newsOf = (seed: number): TrialNews => ({
  ...{ task: 't', seed, trial: 0, state: 'failed', reward: -1, steps: 1, ms: 1 },
  ...{ change: null, decisive: null }
})

describe('news', () => {
  it('are read on from where the last reading stopped; half a line waits', async () => {
    const reader = createNewsReader(folder)
    expect(await reader.read()).toEqual([])
    const whole = `${JSON.stringify(newsOf(1))}\n`
    const next = `${JSON.stringify(newsOf(2))}\n`
    await appendFile(newsPath(folder), whole + next.slice(0, 20))
    expect(await reader.read()).toEqual([newsOf(1)])
    await appendFile(newsPath(folder), next.slice(20))
    const [first, second] = await Promise.all([reader.read(), reader.read()])
    expect(first).toEqual([newsOf(1), newsOf(2)])
    expect(second).toEqual(first)
  })

  it('are many, and a line that is none is left out', async () => {
    const lines = Array.from({ length: 5000 }, (_, seed) => JSON.stringify(newsOf(seed)))
    await appendFile(newsPath(folder), `${lines.join('\n')}\n{"half\n${lines[0]}\n`)
    expect(await createNewsReader(folder).read()).toHaveLength(5001)
  })
})

describe('a queue of lines', () => {
  it('gives them in order, and the maker waits for each', async () => {
    const queue = createLineQueue()
    const taken: string[] = []
    const made = (async () => {
      for (const line of ['a', 'b', 'c']) {
        await queue.push(line)
        taken.push(line)
      }
      queue.end()
    })()
    let all = ''
    for await (const bytes of queue.lines) {
      expect(taken.length).toBe(all.length)
      all += Buffer.from(bytes).toString()
    }
    await made
    expect(all).toBe('abc')
  })

  it('passes an error on, and tells a maker whom nobody reads any more', async () => {
    const queue = createLineQueue()
    queue.end(new Error('the browser is gone'))
    await expect(
      (async () => {
        for await (const bytes of queue.lines) expect(bytes).toBeUndefined()
      })()
    ).rejects.toThrow('the browser is gone')
    await expect(queue.push('x')).rejects.toThrow('nobody writes')
  })

  it('that is never read lets nobody wait once it has ended', async () => {
    const queue = createLineQueue()
    const pushed = expect(queue.push('x')).rejects.toThrow('nobody writes')
    queue.end(new Error('the folder cannot be written to'))
    await pushed
    await expect(queue.push('y')).rejects.toThrow('nobody writes')
  })
})
