// The draw of DSIR: weights with Gumbel noise, the largest keys of every target in turn (sampling
// without putting back), and one order of all rows from them.
import { shareOut } from '../../../compute/kernels/largest-remainder.ts'
import { placesOf, rankDescending, tieOrder } from '../../../compute/kernels/ranking.ts'
import { hashString, tieKey } from '../../../compute/random.ts'
import type { LengthRule } from './params.ts'
import { notTaken, type Weighed } from './passes.ts'

/** Power of the length that a text's sum is divided by. */
const powers: Readonly<Record<LengthRule, number>> = { 'per-word': 1, root: 0.5, total: 0 }

/** Words and pairs of a text with so many words. */
const ngrams = (words: number): number => Math.max(0, 2 * words - 1)

/** A standard Gumbel number for a row, the same wherever the row stands. */
function gumbel(salt: number, rowId: number): number {
  const [high, low] = tieKey(salt, rowId)
  const uniform = (high * 2 ** 32 + low + 0.5) / 2 ** 64
  // Rounding could make it 1.
  return -Math.log(-Math.log(Math.min(uniform, 1 - 2 ** -53)))
}

/** What is drawn from. */
export interface DrawInputs {
  readonly weighed: Weighed
  readonly targets: number
  /** 1 = can be drawn. */
  readonly able: Uint8Array
  readonly rowIds: Uint32Array
  readonly seed: number
  readonly length: LengthRule
  readonly chance: number
}

/**
 * Key of every row under one target: weight + chance x Gumbel. The weight is the text's sum divided
 * by a power of its length and multiplied by the same power of the mean length, so that the noise
 * means the same under every rule. -Infinity for rows that cannot be drawn.
 */
export function keysOf(inputs: DrawInputs, target: number): Float32Array {
  const { weighed, able, rowIds, seed, chance } = inputs
  const rows = able.length
  const power = powers[inputs.length]
  const salt = hashString(`dsir ${target}`, seed)
  let total = 0
  let count = 0
  for (let row = 0; row < rows; row++) {
    if (able[row] === 0) continue
    total += ngrams(weighed.words[row])
    count++
  }
  const mean = count === 0 ? 1 : total / count
  return Float32Array.from(able, (isAble, row) => {
    if (isAble === 0) return -Infinity
    const sum = weighed.sums[target * rows + row]
    const scaled = power === 0 ? sum : sum * (mean / ngrams(weighed.words[row])) ** power
    return scaled + (chance === 0 ? 0 : chance * gumbel(salt, rowIds[row]))
  })
}

export interface Drawn {
  /** All rows, best first. */
  readonly order: Uint32Array
  readonly takenBy: Uint8Array
  /** Places of each target. */
  readonly quotas: readonly number[]
}

/**
 * Draws `got` rows: every target in turn takes its share, and what one took no other takes. The
 * kept rows of the targets are mixed in proportion, so that each first part of the order has about
 * the same shares; the others follow by their best key.
 */
export function drawRows(inputs: DrawInputs, weights: readonly number[], got: number): Drawn {
  const { targets, able, rowIds, seed } = inputs
  const rows = able.length
  const ties = tieOrder(seed, rowIds)
  const quotas = shareOut(
    got,
    weights,
    weights.map((weight) => (weight > 0 ? got : 0))
  )
  const takenBy = new Uint8Array(rows).fill(notTaken)
  const top = new Float32Array(rows).fill(-Infinity)
  /** Earlier = smaller; kept rows only. */
  const turn = new Float32Array(rows)
  for (let target = 0; target < targets; target++) {
    if (weights[target] === 0) continue
    const keys = keysOf(inputs, target)
    keys.forEach((key, row) => (top[row] = Math.max(top[row], key)))
    let taken = 0
    for (const row of rankDescending(keys, ties)) {
      if (taken === quotas[target]) break
      if (takenBy[row] !== notTaken) continue
      takenBy[row] = target
      turn[row] = (taken++ + 0.5) / quotas[target]
    }
  }
  const isKept = (row: number): boolean => takenBy[row] !== notTaken
  const places = placesOf(ties)
  const kept = ties.filter(isKept)
  kept.sort((a, b) => turn[a] - turn[b] || takenBy[a] - takenBy[b] || places[a] - places[b])
  const others = rankDescending(top, ties).filter((row) => !isKept(row))
  const order = new Uint32Array(rows)
  order.set(kept)
  order.set(others, kept.length)
  return { order, takenBy, quotas }
}
