// The best rows of scores that arrive block by block, for each direction: exact, with k entries of
// memory per direction. Ties go to the lower row, whatever the order of the blocks.
import type { ScoredBlock } from './score-rows.ts'

/** The best rows of one direction, best first. */
export interface TopRows {
  readonly rows: Uint32Array
  readonly scores: Float32Array
}

/** Keeps the best rows of what is offered. */
export interface TopRowsKeeper {
  /** Rows whose score is no number are passed over. */
  offer(block: Pick<ScoredBlock, 'first' | 'count' | 'scores'>): void
  /** Best first, one entry per direction; fewer than k rows where fewer were offered. */
  best(): readonly TopRows[]
}

/** Keeps the best k (1 or more) of each of `directions` directions. */
export function createTopRows(directions: number, k: number): TopRowsKeeper {
  if (!(Number.isInteger(k) && k > 0)) throw new RangeError('k must be 1 or more')
  const heaps = Array.from({ length: directions }, () => createHeap(k))
  return {
    offer({ first, count, scores }) {
      heaps.forEach((heap, m) => {
        for (let i = 0; i < count; i++) heap.offer(scores[m * count + i], first + i)
      })
    },
    best: () => heaps.map((heap) => heap.sorted())
  }
}

interface Heap {
  offer(score: number, row: number): void
  sorted(): TopRows
}

/** A binary heap whose root is the worst of the kept rows; grows up to k entries. */
function createHeap(k: number): Heap {
  let scores = new Float32Array(Math.min(k, 1024))
  let rows = new Uint32Array(scores.length)
  let size = 0

  const isWorse = (score: number, row: number, at: number): boolean =>
    score < scores[at] || (score === scores[at] && row > rows[at])

  function put(at: number, score: number, row: number): void {
    scores[at] = score
    rows[at] = row
  }

  function add(score: number, row: number): void {
    if (size === scores.length) grow()
    let at = size++
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!isWorse(score, row, parent)) break
      put(at, scores[parent], rows[parent])
      at = parent
    }
    put(at, score, row)
  }

  function grow(): void {
    const length = Math.min(k, 2 * size)
    const [oldScores, oldRows] = [scores, rows]
    scores = new Float32Array(length)
    rows = new Uint32Array(length)
    scores.set(oldScores)
    rows.set(oldRows)
  }

  function replaceWorst(score: number, row: number): void {
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && isWorse(scores[child + 1], rows[child + 1], child)) child++
      if (isWorse(score, row, child)) break
      put(at, scores[child], rows[child])
      at = child
    }
    put(at, score, row)
  }

  return {
    offer(score, row) {
      if (Number.isNaN(score)) return
      if (size < k) add(score, row)
      // Most rows end here: one or two comparisons each.
      else if (!isWorse(score, row, 0)) replaceWorst(score, row)
    },
    sorted() {
      const order = Uint32Array.from({ length: size }, (_, i) => i)
      order.sort((a, b) => scores[b] - scores[a] || rows[a] - rows[b])
      return {
        rows: Uint32Array.from(order, (at) => rows[at]),
        scores: Float32Array.from(order, (at) => scores[at])
      }
    }
  }
}
