// Real items chosen for being typical of their label: the cheap rival of a tiny set. Picks follow the
// average of the label (herding, as exemplars are chosen in Rebuffi et al. 2017, algorithm 4), in the
// numbers that networks read.
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import { drawPerClass } from './random-items.ts'

/** Items of a label that are looked at, at most; drawn at random where there are more. */
const mostCandidates = 5000

/** What {@link chooseTypical} reads. */
export interface TypicalSource {
  readonly labels: Int32Array
  readonly classes: number
  /** Rows of the named positions one after the other, float32, rows x columns. */
  read(positions: Uint32Array): Float32Array
}

/**
 * Positions among the training items, class by class: `perClass` of each, or all of a class that has
 * fewer. The same for every repeat: nothing is drawn but candidates of very large classes. Throws the
 * signal's reason.
 */
export async function chooseTypical(
  { labels, classes, read }: TypicalSource,
  perClass: number,
  signal: AbortSignal
): Promise<Uint32Array> {
  const candidates = drawPerClass(labels, classes, mostCandidates, 0)
  const byClass = Array.from({ length: classes }, (): number[] => [])
  for (const position of candidates) byClass[labels[position]].push(position)
  const chosen: number[] = []
  for (const positions of byClass) {
    // A class of thousands takes some tenths of a second: cancelling waits no longer.
    await letMessagesIn()
    signal.throwIfAborted()
    if (positions.length === 0) continue
    const ordered = Uint32Array.from(positions).sort()
    const picks = herd(read(ordered), ordered.length, perClass)
    chosen.push(...picks.map((pick) => ordered[pick]))
  }
  return Uint32Array.from(chosen)
}

/**
 * Rows whose running average stays closest to the average of all, in the order they are picked.
 * @param values rows x columns
 * @param count rows
 */
export function herd(values: Float32Array, count: number, wanted: number): number[] {
  const columns = values.length / count
  const mean = new Float64Array(columns)
  for (let at = 0; at < values.length; at++) mean[at % columns] += values[at] / count
  const squares = new Float64Array(count)
  for (let row = 0; row < count; row++)
    squares[row] = dot(values, row * columns, values.subarray(row * columns, (row + 1) * columns))
  const sum = new Float64Array(columns)
  const isTaken = new Uint8Array(count)
  const picks: number[] = []
  while (picks.length < Math.min(wanted, count)) {
    // The next row should be what is missing to (picks + 1) averages.
    const missing = mean.map((value, column) => (picks.length + 1) * value - sum[column])
    let best = -1
    let least = Infinity
    for (let row = 0; row < count; row++) {
      if (isTaken[row] === 1) continue
      const distance = squares[row] - 2 * dot(values, row * columns, missing)
      if (distance < least) {
        least = distance
        best = row
      }
    }
    isTaken[best] = 1
    picks.push(best)
    for (let column = 0; column < columns; column++) sum[column] += values[best * columns + column]
  }
  return picks
}

function dot(values: Float32Array, from: number, other: ArrayLike<number>): number {
  let sum = 0
  for (let column = 0; column < other.length; column++) sum += values[from + column] * other[column]
  return sum
}
