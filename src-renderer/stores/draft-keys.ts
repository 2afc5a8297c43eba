// Turns a pasted list of items into item keys: by key, by name, or by file name. Names are looked
// up by walking the dataset page by page, so that a list of any length costs one walk.
import { defineStore } from 'pinia'
import type { OutputOf } from '@api/contract.ts'
import { useConnection } from './connection.ts'

const pageItems = 1000
/** A key: 16 hex digits of the fingerprint, then a repeat counter. */
const keyPattern = /^[0-9a-f]{16}(?:[^0-9a-z].*)?$/i

/** What a pasted list came to. */
export interface FoundKeys {
  readonly keys: readonly string[]
  /** Lines of the list that named something. */
  readonly lines: number
  readonly unknown: readonly string[]
}

/** The lines of a list: trimmed, without empty ones and repeats; quotes of a spreadsheet removed. */
export function linesOf(text: string): string[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) =>
      line
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .trim()
    )
    .filter((line) => line !== '')
  return [...new Set(lines)]
}

function lastPart(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
}

/** Looks up item keys. */
export const useDraftKeys = defineStore('draft-keys', () => {
  const connection = useConnection()

  /**
   * Finds the items a list names. Lines that look like keys are taken as they are: the review says
   * which of them the dataset does not have.
   */
  async function find(
    dataset: string,
    text: string,
    onProgress: (done: number, total: number) => void,
    isWanted: () => boolean
  ): Promise<FoundKeys> {
    const lines = linesOf(text)
    const keys = new Set(
      lines.filter((line) => keyPattern.test(line)).map((line) => line.toLowerCase())
    )
    const names = lines.filter((line) => !keyPattern.test(line))
    const found = new Set<string>()
    const wanted = new Set(names)
    let done = 0
    while (wanted.size > 0 && isWanted()) {
      const page = await readPage(dataset, done)
      for (const item of page.items) {
        const last = lastPart(item.name)
        const name = wanted.has(item.name) ? item.name : wanted.has(last) ? last : undefined
        if (name === undefined) continue
        keys.add(item.key)
        found.add(name)
      }
      done += page.items.length
      onProgress(done, page.total)
      if (page.items.length === 0 || done >= page.total) break
    }
    return {
      keys: [...keys],
      lines: lines.length,
      unknown: names.filter((name) => !found.has(name))
    }
  }
  function readPage(dataset: string, first: number): Promise<OutputOf<'datasets.items'>> {
    return connection.call('datasets.items', {
      dataset,
      filter: { aside: 'show' },
      window: { first, limit: pageItems }
    })
  }
  return { find }
})
