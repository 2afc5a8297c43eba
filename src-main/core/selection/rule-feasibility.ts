// Whether limits can hold together, worked out on counts alone: how many items there are of every
// pair of label and source. Used for the live review, where walking the data would take too long.

/** Items by label and source; the first row and column stand for "none". */
export interface CellCounts {
  readonly classes: number
  readonly sources: number
  /** Key (class + 1) * (sources + 1) + (source + 1) -> items. */
  readonly cells: ReadonlyMap<number, number>
}

/** Counts candidate rows by label and source; ids of -1 = none. */
export function countCells(
  rows: Uint32Array,
  classIds: Int32Array,
  classes: number,
  sourceIds: Int32Array | undefined,
  sources: number
): CellCounts {
  const cells = new Map<number, number>()
  for (const row of rows) {
    const key =
      (classIds[row] + 1) * (sources + 1) + (sourceIds === undefined ? 0 : sourceIds[row] + 1)
    cells.set(key, (cells.get(key) ?? 0) + 1)
  }
  return { classes, sources, cells }
}

/** Items per source, in source order. */
export function sourceTotals({ sources, cells }: CellCounts): number[] {
  const totals = new Array<number>(sources).fill(0)
  for (const [key, items] of cells) {
    const source = (key % (sources + 1)) - 1
    if (source >= 0) totals[source] += items
  }
  return totals
}

/**
 * Most items that can be kept when no label and no source goes over its maximum (Infinity = none):
 * the greatest flow from labels through the pairs to sources. Items without a label or source are
 * free of limits on that side.
 */
export function mostKept(
  counts: CellCounts,
  classMax: readonly number[],
  sourceMax: readonly number[]
): number {
  return greatestFlow(counts, [Infinity, ...classMax], [Infinity, ...sourceMax])
}

/**
 * Fewest items that meet the minimums of labels and of sources at once. Every item counts for at
 * most one of each, so what is saved is what one item can serve on both sides: again a flow.
 */
export function leastNeeded(
  counts: CellCounts,
  classMin: readonly number[],
  sourceMin: readonly number[]
): number {
  const sum = (list: readonly number[]): number => list.reduce((total, value) => total + value, 0)
  const shared = greatestFlow(counts, [0, ...classMin], [0, ...sourceMin])
  return sum(classMin) + sum(sourceMin) - shared
}

/** Greatest flow left -> cells -> right (Dinic 1970: shortest augmenting paths, level by level). */
function greatestFlow(
  { sources, cells }: CellCounts,
  left: readonly number[],
  right: readonly number[]
): number {
  const total = [...cells.values()].reduce((sum, items) => sum + items, 0)
  const graph = new FlowGraph(left.length + right.length + 2)
  const [start, end] = [left.length + right.length, left.length + right.length + 1]
  left.forEach((limit, i) => graph.link(start, i, Math.min(limit, total)))
  right.forEach((limit, i) => graph.link(left.length + i, end, Math.min(limit, total)))
  for (const [key, items] of cells) {
    const from = Math.floor(key / (sources + 1))
    graph.link(from, left.length + (key % (sources + 1)), items)
  }
  return graph.flow(start, end)
}

/** A small network: links stored in pairs, the second of each being the way back. */
class FlowGraph {
  readonly #links: number[][]
  readonly #to: number[] = []
  readonly #free: number[] = []
  #level: Int32Array
  #next: Int32Array

  constructor(nodes: number) {
    this.#links = Array.from({ length: nodes }, () => [])
    this.#level = new Int32Array(nodes)
    this.#next = new Int32Array(nodes)
  }

  link(from: number, to: number, capacity: number): void {
    this.#links[from].push(this.#to.length)
    this.#to.push(to)
    this.#free.push(capacity)
    this.#links[to].push(this.#to.length)
    this.#to.push(from)
    this.#free.push(0)
  }

  flow(start: number, end: number): number {
    let sum = 0
    while (this.#findLevels(start, end)) {
      this.#next.fill(0)
      for (;;) {
        const pushed = this.#push(start, end, Infinity)
        if (pushed === 0) break
        sum += pushed
      }
    }
    return sum
  }

  #findLevels(start: number, end: number): boolean {
    this.#level.fill(-1)
    this.#level[start] = 0
    const queue = [start]
    for (const node of queue) {
      for (const link of this.#links[node]) {
        const to = this.#to[link]
        if (this.#free[link] === 0 || this.#level[to] >= 0) continue
        this.#level[to] = this.#level[node] + 1
        queue.push(to)
      }
    }
    return this.#level[end] >= 0
  }

  #push(node: number, end: number, most: number): number {
    if (node === end) return most
    const links = this.#links[node]
    for (; this.#next[node] < links.length; this.#next[node]++) {
      const link = links[this.#next[node]]
      const to = this.#to[link]
      if (this.#free[link] === 0 || this.#level[to] !== this.#level[node] + 1) continue
      const pushed = this.#push(to, end, Math.min(most, this.#free[link]))
      if (pushed === 0) continue
      this.#free[link] -= pushed
      this.#free[link ^ 1] += pushed
      return pushed
    }
    return 0
  }
}
