// Lazy greedy (Minoux 1978): picks what adds most, again and again, for gains that never grow. Old
// gains are upper bounds, so only the top of a heap is looked at again; the picks are those of plain
// greedy.

/** For column j: the rows i that j can stand for, and how well. */
export interface Similarities {
  readonly count: number
  /** What column j would add to what is covered. */
  gain(column: number, covered: Float32Array): number
  /** Raises `covered` to what column j covers. */
  cover(column: number, covered: Float32Array): void
}

/** The picks with what each of them added, and how well every row is covered by them. */
export interface GreedyPicks {
  /** Best first; equal gains go to the lower index. */
  readonly picks: Uint32Array
  readonly gains: Float64Array
  readonly covered: Float32Array
}

/** Looks at about this many similarities between two yields: some 20 ms. */
const workPerStep = 2e7

/**
 * Picks `need` columns, or fewer: it ends before a pick that would add less than `atLeast`. Yields
 * the number of picks so far, often enough to be stopped between.
 */
export function* lazyGreedy(
  similarities: Similarities,
  need: number,
  atLeast = -Infinity
): Generator<number, GreedyPicks, void> {
  const { count } = similarities
  const covered = new Float32Array(count)
  const bounds = new Float64Array(count)
  const looksPerStep = Math.max(16, Math.floor(workPerStep / Math.max(1, count)))
  let looks = 0
  for (let j = 0; j < count; j++) {
    bounds[j] = similarities.gain(j, covered)
    if (++looks % looksPerStep === 0) yield 0
  }
  const heap = createHeap(bounds)
  const picks = new Uint32Array(need)
  const gains = new Float64Array(need)
  let picked = 0
  while (picked < need) {
    const top = heap.top()
    const fresh = similarities.gain(top, covered)
    if (++looks % looksPerStep === 0) yield picked
    const isCurrent = fresh === bounds[top]
    bounds[top] = fresh
    if (!isCurrent) {
      heap.sinkTop()
      continue
    }
    if (fresh < atLeast) break
    similarities.cover(heap.pop(), covered)
    gains[picked] = fresh
    picks[picked++] = top
  }
  return { picks: picks.slice(0, picked), gains: gains.slice(0, picked), covered }
}

interface Heap {
  top(): number
  pop(): number
  sinkTop(): void
}

/** Binary heap of indices by (gain descending, index ascending). */
function createHeap(gains: Float64Array): Heap {
  const items = Uint32Array.from({ length: gains.length }, (_, i) => i)
  let size = items.length
  const isBefore = (a: number, b: number): boolean =>
    gains[a] > gains[b] || (gains[a] === gains[b] && a < b)
  function sink(from: number): void {
    let at = from
    const item = items[at]
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && isBefore(items[child + 1], items[child])) child++
      if (!isBefore(items[child], item)) break
      items[at] = items[child]
      at = child
    }
    items[at] = item
  }
  for (let at = (size >> 1) - 1; at >= 0; at--) sink(at)
  return {
    top: () => items[0],
    pop() {
      const best = items[0]
      items[0] = items[--size]
      if (size > 0) sink(0)
      return best
    },
    sinkTop: () => sink(0)
  }
}
