// Words for places of the map. Places are the hills of the crowd: a grid of counts, smoothed ever
// less from level to level, every cell belonging to the top it leads up to. A place is named by its
// commonest label or, for texts, by the words that are usual there and rare elsewhere.
import type { MapWord } from '../../api/dto/maps.ts'
import { typicalWords, type WordCounts } from './typical-words.ts'

/** Texts of some of the rows. */
export interface SampledTexts {
  readonly rows: Uint32Array
  readonly counts: WordCounts
}

export interface WordsInput {
  readonly x: Float32Array
  readonly y: Float32Array
  /** Label index per row, -1 = none. */
  readonly labels: Int32Array
  readonly labelNames: readonly string[]
  /** 1 = an item like nothing: it belongs to no place. */
  readonly blank: Uint8Array
}

const side = 96
/** Smoothing of each level in cells, and the share of all items a place needs at least. */
const levels = [
  { cells: 5, share: 0.012 },
  { cells: 2.5, share: 0.004 },
  { cells: 1.2, share: 0.0015 }
] as const
const leastItems = 8
const wordsPerLevel = 60
/** A word is not said again closer than this. */
const sameWordApart = 0.25

/** Words of all levels, the most telling first within each. */
export function mapWords(input: WordsInput, texts: SampledTexts | undefined): MapWord[] {
  const hasLabels = input.labelNames.length > 1
  if (!hasLabels && texts === undefined) return []
  const cells = cellsOf(input)
  const counts = new Float32Array(side * side)
  for (const cell of cells) if (cell >= 0) counts[cell]++
  const total = counts.reduce((sum, count) => sum + count, 0)
  const words: MapWord[] = []
  levels.forEach(({ cells: spread, share }, level) => {
    const hills = hillsOf(smoothed(counts, spread))
    const places = placesOf(input, cells, hills)
    const least = Math.max(leastItems, share * total)
    const large = places.filter((place) => place.count >= least).slice(0, wordsPerLevel)
    // Labels first; finer places of texts tell more by their own words.
    const byWords =
      texts !== undefined && (level > 0 || !hasLabels)
        ? typicalWords(texts.counts, groupsOf(texts.rows, cells, hills, large), large.length)
        : undefined
    large.forEach((place, i) => {
      const text =
        byWords === undefined ? labelText(place, input.labelNames) : byWords[i].join(', ')
      const word = { x: place.x, y: place.y, text, weight: place.count, level }
      if (text !== '' && !isSaid(words, word)) words.push(word)
    })
  })
  return words
}

/** Cell of each row, -1 for rows like nothing. */
function cellsOf({ x, y, blank }: WordsInput): Int32Array {
  const at = (value: number): number =>
    Math.min(side - 1, Math.max(0, Math.floor(((value + 1) / 2) * side)))
  return Int32Array.from(x, (value, row) => (blank[row] === 1 ? -1 : at(y[row]) * side + at(value)))
}

/** Gaussian blur of the grid, one direction after the other. */
function smoothed(counts: Float32Array, spread: number): Float32Array {
  const reach = Math.ceil(3 * spread)
  const weights = Float32Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * spread * spread))
  )
  const along = (from: Float32Array, step: number, across: number): Float32Array => {
    const out = new Float32Array(from.length)
    for (let line = 0; line < side; line++) {
      for (let i = 0; i < side; i++) {
        let sum = 0
        for (let k = Math.max(-reach, -i); k <= Math.min(reach, side - 1 - i); k++)
          sum += weights[k + reach] * from[line * across + (i + k) * step]
        out[line * across + i * step] = sum
      }
    }
    return out
  }
  return along(along(counts, 1, side), side, 1)
}

/** For each cell the top that the steepest way up leads to. */
function hillsOf(height: Float32Array): Int32Array {
  const up = Int32Array.from(height, (_, cell) => highestAround(height, cell))
  const top = new Int32Array(height.length).fill(-1)
  for (let cell = 0; cell < top.length; cell++) {
    let at = cell
    while (up[at] !== at && top[at] < 0) at = up[at]
    const found = top[at] < 0 ? at : top[at]
    for (let walk = cell; top[walk] < 0; walk = up[walk]) {
      top[walk] = found
      if (up[walk] === walk) break
    }
  }
  return top
}

function highestAround(height: Float32Array, cell: number): number {
  const cx = cell % side
  const cy = Math.floor(cell / side)
  let best = cell
  for (let y = Math.max(0, cy - 1); y <= Math.min(side - 1, cy + 1); y++)
    for (let x = Math.max(0, cx - 1); x <= Math.min(side - 1, cx + 1); x++)
      if (height[y * side + x] > height[best]) best = y * side + x
  return best
}

interface Place {
  readonly top: number
  readonly count: number
  readonly x: number
  readonly y: number
  /** Items per label index; at -1 those without one. */
  readonly labels: ReadonlyMap<number, number>
}

/** Places with their middle, most items first. */
function placesOf(input: WordsInput, cells: Int32Array, hills: Int32Array): Place[] {
  const found = new Map<
    number,
    { count: number; x: number; y: number; labels: Map<number, number> }
  >()
  cells.forEach((cell, row) => {
    if (cell < 0) return
    const top = hills[cell]
    let place = found.get(top)
    if (place === undefined) found.set(top, (place = { count: 0, x: 0, y: 0, labels: new Map() }))
    place.count++
    place.x += input.x[row]
    place.y += input.y[row]
    const label = input.labels[row]
    place.labels.set(label, (place.labels.get(label) ?? 0) + 1)
  })
  return [...found]
    .map(([top, place]) => ({
      ...place,
      top,
      x: place.x / place.count,
      y: place.y / place.count
    }))
    .sort((one, other) => other.count - one.count || one.top - other.top)
}

/** Place number (position in `large`) of each sampled text, -1 for others. */
function groupsOf(
  rows: Uint32Array,
  cells: Int32Array,
  hills: Int32Array,
  large: readonly Place[]
): Int32Array {
  const numbers = new Map(large.map((place, i) => [place.top, i]))
  return Int32Array.from(rows, (row) =>
    cells[row] < 0 ? -1 : (numbers.get(hills[cells[row]]) ?? -1)
  )
}

/** "Sneaker 84 %", "Sneaker" where nearly all are; empty when no label is common enough to stand for the place. */
function labelText(place: Place, names: readonly string[]): string {
  let best = -1
  for (const [label, count] of place.labels)
    if (label >= 0 && count > (place.labels.get(best) ?? 0)) best = label
  const share = (place.labels.get(best) ?? 0) / place.count
  if (best < 0 || share < 0.3) return ''
  const percent = Math.round(share * 100)
  return percent === 100 ? names[best] : `${names[best]} ${percent} %`
}

function isSaid(words: readonly MapWord[], word: MapWord): boolean {
  const name = word.text.replace(/ \d+ %$/, '')
  return words.some(
    (other) =>
      other.text.replace(/ \d+ %$/, '') === name &&
      Math.hypot(other.x - word.x, other.y - word.y) < sameWordApart
  )
}
