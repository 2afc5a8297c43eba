// Keeps the last few item sources of a thread open between tasks, so that a zip's directory is
// read once and not for every page of thumbnails. They close after a while unused.
import { stat } from 'node:fs/promises'
import { openItemSource, type ItemSource, type SourceDescription } from './item-source.ts'

interface Kept {
  readonly source: Promise<ItemSource>
  users: number
  timer: NodeJS.Timeout | undefined
}

export interface SourceKeeper {
  /** Runs `work` with the opened source. */
  use<T>(description: SourceDescription, work: (source: ItemSource) => Promise<T>): Promise<T>
  dispose(): Promise<void>
}

/** Sources close `idleMs` after their last use. */
export function createSourceKeeper(idleMs = 30_000): SourceKeeper {
  const kept = new Map<string, Kept>()

  async function drop(key: string): Promise<void> {
    const entry = kept.get(key)
    if (entry === undefined || entry.users > 0) return
    kept.delete(key)
    clearTimeout(entry.timer)
    await entry.source.then((source) => source.close()).catch(() => {})
  }

  return {
    async use(description, work) {
      const key = await keyOf(description)
      let entry = kept.get(key)
      if (entry === undefined) {
        entry = { source: openItemSource(description), users: 0, timer: undefined }
        kept.set(key, entry)
      }
      clearTimeout(entry.timer)
      entry.users++
      try {
        return await work(await entry.source)
      } catch (error) {
        // A source that failed to open is opened anew the next time.
        await entry.source.catch(() => kept.delete(key))
        throw error
      } finally {
        entry.users--
        entry.timer = setTimeout(() => void drop(key), idleMs)
        entry.timer.unref()
      }
    },
    async dispose() {
      for (const key of [...kept.keys()]) await drop(key)
    }
  }
}

// A file that changed on disk is another source.
async function keyOf(description: SourceDescription): Promise<string> {
  const parts: unknown[] = [description]
  for (const { path } of [description, ...(description.added ?? [])]) {
    const facts = await stat(path).catch(() => undefined)
    parts.push(facts?.size, facts?.mtimeMs)
  }
  return JSON.stringify(parts)
}
