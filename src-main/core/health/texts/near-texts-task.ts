// Compute task: groups of near-duplicate texts. Texts whose signatures agree in a band are compared
// by their shingles; what is alike enough is grouped around the text to keep.
import { sortStable } from '../../compute/kernels/ranking.ts'
import { breathe } from '../../features/breathe.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { groupAlike, type AlikeGroups } from '../likeness/groups.ts'
import { openRecords } from '../record-file.ts'
import { textKeys } from './read-text.ts'
import { openShingles, type ShingleFiles, type ShingleReader } from './shingle-file.ts'
import { alikeTexts01, bands, jaccard } from './shingles.ts'

export interface NearTextsInput {
  readonly keys: string
  readonly shingles: ShingleFiles
  /** Rows that take part, ascending. */
  readonly rows: Uint32Array
  /** Rank per row of the dataset, the lower the better. */
  readonly ranks: Uint32Array
}

/** Finds near-duplicate texts; yields bands done. */
export const nearTextsTask: ComputeTask<NearTextsInput, { readonly done: number }, AlikeGroups> = {
  name: 'health.near-texts',
  async *run(input, context) {
    const shingles = await openShingles(input.shingles)
    try {
      const alike = new AlikeTexts(input, shingles, context.signal)
      for (let band = 0; band < bands; band++) {
        await alike.addBand(band)
        yield { done: band + 1 }
      }
      return await alike.groups()
    } finally {
      await shingles.close()
    }
  }
}

class AlikeTexts {
  readonly #input: NearTextsInput
  readonly #shingles: ShingleReader
  readonly #signal: AbortSignal
  /** Position of the leader of each position's connected part. */
  readonly #leader: Uint32Array
  readonly #pairs: number[] = []
  readonly #likeness: number[] = []
  #keys: Uint32Array | undefined

  constructor(input: NearTextsInput, shingles: ShingleReader, signal: AbortSignal) {
    this.#input = input
    this.#shingles = shingles
    this.#signal = signal
    this.#leader = Uint32Array.from({ length: input.rows.length }, (_, i) => i)
  }

  /** Keys of one band at the rows that take part. */
  async #band(band: number): Promise<Uint32Array> {
    if (this.#keys === undefined) {
      const records = await openRecords(this.#input.keys, 4 * textKeys)
      try {
        this.#keys = new Uint32Array((await records.range(0, records.rows)).buffer)
      } finally {
        await records.close()
      }
    }
    const keys = this.#keys
    return this.#input.rows.map((row) => keys[row * textKeys + band])
  }

  /** Compares texts that agree in a band: each with the first of its bucket and the one before. */
  async addBand(band: number): Promise<void> {
    const keys = await this.#band(band)
    const all = Uint32Array.from({ length: keys.length }, (_, i) => i)
    const order = sortStable(all, keys)
    let first = 0
    for (let at = 0; at < order.length; at++) {
      if ((at & 4095) === 0) await breathe(this.#signal)
      const isNew = at === 0 || keys[order[at]] !== keys[order[at - 1]]
      if (isNew) first = at
      // Key 0: a text without words.
      if (isNew || keys[order[at]] === 0) continue
      await this.#compare(order[first], order[at])
      if (at - 1 > first) await this.#compare(order[at - 1], order[at])
    }
  }

  #find(position: number): number {
    let at = position
    while (this.#leader[at] !== at) {
      this.#leader[at] = this.#leader[this.#leader[at]]
      at = this.#leader[at]
    }
    return at
  }

  async #compare(a: number, b: number): Promise<void> {
    const [x, y] = [this.#find(a), this.#find(b)]
    // Already in one part: the grouping compares its members itself.
    if (x === y) return
    const { rows } = this.#input
    const likeness = jaccard(await this.#shingles.of(rows[a]), await this.#shingles.of(rows[b]))
    if (likeness < alikeTexts01) return
    this.#leader[Math.max(x, y)] = Math.min(x, y)
    this.#pairs.push(rows[a], rows[b])
    this.#likeness.push(likeness)
  }

  groups(): Promise<AlikeGroups> {
    const { ranks } = this.#input
    return groupAlike(
      { rows: Uint32Array.from(this.#pairs), likeness: Float32Array.from(this.#likeness) },
      (row) => ranks[row],
      alikeTexts01,
      async (row, others) => {
        await breathe(this.#signal)
        const own = await this.#shingles.of(row)
        const out = new Float32Array(others.length)
        for (const [i, other] of others.entries())
          out[i] = jaccard(own, await this.#shingles.of(other))
        return out
      }
    )
  }
}
