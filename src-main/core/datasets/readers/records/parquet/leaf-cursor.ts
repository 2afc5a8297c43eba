// Goes through one column of one row group row by row, holding about a page of it.
import { assembleLists } from 'hyparquet/src/assemble.js'
import type { ColumnChunk, PageValues } from './column-chunk.ts'
import type { LeafValue } from './leaf-values.ts'

/** A value of a row: lists and missing values of nested columns are put together later. */
type RowValue = unknown

/** Reads rows in order. */
export class LeafCursor {
  readonly #chunk: ColumnChunk
  #rows: RowValue[] = []
  #used = 0
  #page = 0
  #isDone = false

  constructor(chunk: ColumnChunk) {
    this.#chunk = chunk
  }

  /** The next `count` rows. Throws RangeError when there are not that many. */
  async take(count: number): Promise<RowValue[]> {
    // The last row of a list column may go on in the next page.
    const more = this.#chunk.leaf.maxRepetition > 0 ? 1 : 0
    while (!this.#isDone && this.#rows.length - this.#used < count + more) await this.#nextPage()
    if (this.#rows.length - this.#used < count) throw new RangeError('rows of a column')
    const rows = this.#rows.slice(this.#used, this.#used + count)
    this.#used += count
    if (this.#used > this.#rows.length / 2) {
      this.#rows = this.#rows.slice(this.#used)
      this.#used = 0
    }
    return rows
  }

  /** Passes over rows; pages that hold none of the others are not read. */
  async skip(count: number): Promise<void> {
    let left = count
    while (left > 0) {
      const page = await this.#chunk.page(this.#page)
      const isNew = this.#rows.length === this.#used
      if (isNew && page?.rows !== undefined && page.rows <= left) {
        left -= page.rows
        this.#page++
        continue
      }
      const some = Math.min(left, 1000)
      await this.take(some)
      left -= some
    }
  }

  /** True when every row was taken. */
  async isAtEnd(): Promise<boolean> {
    while (!this.#isDone && this.#rows.length === this.#used) await this.#nextPage()
    return this.#rows.length === this.#used
  }

  async #nextPage(): Promise<void> {
    const page = await this.#chunk.page(this.#page)
    if (page === undefined) {
      this.#isDone = true
      return
    }
    this.#page++
    const values = await this.#chunk.read(page)
    if (this.#chunk.leaf.path.length === 1 && values.repetition === undefined) this.#addFlat(values)
    else this.#addNested(values)
  }

  #addFlat({ definition, values }: PageValues): void {
    if (definition === undefined) {
      for (const value of values) this.#rows.push(value)
      return
    }
    const { maxDefinition } = this.#chunk.leaf
    let next = 0
    for (const level of definition)
      this.#rows.push(level === maxDefinition ? values[next++] : undefined)
  }

  #addNested({ definition, repetition, values }: PageValues): void {
    const { maxRepetition, nodes } = this.#chunk.leaf
    if (repetition?.some((level) => level > maxRepetition) === true) throw new RangeError('level')
    if (this.#rows.length === 0 && (repetition?.[0] ?? 0) > 0) throw new RangeError('level')
    const isEmpty = (definition ?? repetition ?? values).length === 0
    if (isEmpty) return
    const added = assembleLists(
      this.#rows,
      definition === undefined ? undefined : Array.from(definition),
      repetition === undefined ? [] : Array.from(repetition),
      // Positions are all it looks at; what stands there is ours.
      values as LeafValue[] as never,
      [...nodes]
    )
    // Without levels the values are the rows.
    if (added !== this.#rows) for (const value of values) this.#rows.push(value)
  }
}
