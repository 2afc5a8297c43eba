// How attempts of a run went, as lines in the run's folder: written as they end, read on from where the last
// reading stopped.
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { TrialNews } from '../../../api/dto/trace-runner.ts'

/** The file of a run's folder. */
export function newsPath(folder: string): string {
  return join(folder, 'attempts.jsonl')
}

/** Reads a run's news. */
export interface NewsReader {
  /** All attempts so far; a line that is still being written is left for the next time. */
  read(): Promise<readonly TrialNews[]>
}

/** Bytes that are read and checked before others get a turn. */
const blockBytes = 256 * 1024

/** A reader of a run's folder, which need not be there yet. */
export function createNewsReader(folder: string): NewsReader {
  const news: TrialNews[] = []
  let position = 0
  let reading: Promise<void> = Promise.resolve()

  async function readOn(): Promise<void> {
    const file = await open(newsPath(folder), 'r').catch(() => undefined)
    if (file === undefined) return
    try {
      const block = Buffer.alloc(blockBytes)
      for (;;) {
        const { bytesRead } = await file.read(block, 0, blockBytes, position)
        const end = block.lastIndexOf(0x0a, bytesRead - 1) + 1
        if (bytesRead === 0 || end === 0) return
        news.push(...newsIn(block.toString('utf8', 0, end)))
        position += end
      }
    } finally {
      await file.close()
    }
  }

  return {
    async read() {
      // One reading at a time: two would take the same lines twice.
      reading = reading.catch(() => undefined).then(readOn)
      await reading
      return news
    }
  }
}

function newsIn(text: string): TrialNews[] {
  return text.split('\n').flatMap((line) => {
    if (line === '') return []
    try {
      const found = TrialNews.safeParse(JSON.parse(line))
      return found.success ? [found.data] : []
    } catch {
      return []
    }
  })
}
