// Whether the values of an id column name one row each: lists made elsewhere rely on it. Only digests
// are kept, of a bounded number of rows.
import { hashString } from '../../../compute/random.ts'
import { cellText } from '../column-stats.ts'
import type { Cell } from '../raw-row.ts'

/** Rows looked at: their digests take some 60 MB. */
const mostRows = 1_000_000
const longestShown = 40

export interface IdCheck {
  add(value: Cell): void
  /** What the analyst should know, undefined when every id is another one. */
  note(column: string): string | undefined
}

/** Looks at ids one after the other. */
export function createIdCheck(): IdCheck {
  const seen = new Set<number>()
  let repeated = 0
  let first: string | undefined
  return {
    add(value) {
      if (value === undefined || value === null || seen.size >= mostRows) return
      const text = cellText(value)
      if (text === '') return
      // 53 bits: among a million ids two digests agree by chance once in some 20,000 files.
      const digest = hashString(text) * 2 ** 21 + (hashString(text, 1) >>> 11)
      if (seen.has(digest)) {
        repeated++
        first ??= text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
      } else seen.add(digest)
    },
    note(column) {
      if (first === undefined) return undefined
      const rows = repeated === 1 ? 'One row has' : `${repeated.toLocaleString('en')} rows have`
      return `${rows} the same “${column}” as an earlier row, such as “${first}”. A list of ids will mean all of them; choose another column as the id if there is one.`
    }
  }
}
