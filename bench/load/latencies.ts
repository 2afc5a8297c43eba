// How long calls take, by name.
import { quantile } from './growth.ts'

/** What is told of the times of one call. */
export interface LatencyRow {
  readonly name: string
  readonly count: number
  readonly medianMs: number
  readonly p95Ms: number
  readonly mostMs: number
}

/** Row of a list of times. */
export function latencyRow(name: string, times: readonly number[]): LatencyRow {
  const sorted = [...times].sort((a, b) => a - b)
  return {
    name,
    count: sorted.length,
    medianMs: quantile(sorted, 0.5),
    p95Ms: quantile(sorted, 0.95),
    mostMs: sorted.at(-1) ?? Number.NaN
  }
}

/** Times of calls since the last look, and since the beginning. */
export class Latencies {
  readonly #all = new Map<string, number[]>()
  #recent = new Map<string, number[]>()

  add(name: string, ms: number): void {
    for (const times of [this.#all, this.#recent]) {
      const known = times.get(name)
      if (known === undefined) times.set(name, [ms])
      else known.push(ms)
    }
  }

  /** Rows since the last call of this. */
  takeRecent(): LatencyRow[] {
    const rows = [...this.#recent].map(([name, times]) => latencyRow(name, times))
    this.#recent = new Map()
    return rows
  }

  /** Rows of everything, by name. */
  rows(): LatencyRow[] {
    return [...this.#all]
      .map(([name, times]) => latencyRow(name, times))
      .sort((a, b) => a.name.localeCompare(b.name, 'en'))
  }
}
