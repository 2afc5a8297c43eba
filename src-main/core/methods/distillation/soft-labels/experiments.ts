// Changes of soft labels that show what in them teaches ("A Label is Worth a Thousand Images",
// section on structured information): only the largest shares, two ranks exchanged, one class never
// shown or never named, and everything but the largest share shuffled.
import type { Random } from '../../../compute/random.ts'
import { rankedClasses } from '../label-compression/shares.ts'

/**
 * The k largest shares of every row; the others become 0 and nothing is scaled up. k = 0 gives 1 for
 * the largest share alone.
 */
export function keepLargest(shares: Float32Array, classes: number, k: number): Float32Array {
  return mapRows(shares, classes, (row, ranked) => {
    const kept = new Float32Array(classes)
    if (k === 0) kept[ranked[0]] = 1
    else for (const c of ranked.subarray(0, k)) kept[c] = row[c]
    return kept
  })
}

/** Every row with its k-th largest share (1 = the largest) and its smallest exchanged. */
export function swapRank(shares: Float32Array, classes: number, k: number): Float32Array {
  if (!(k >= 1 && k <= classes)) throw new RangeError(`there is no rank ${k} among ${classes}`)
  return mapRows(shares, classes, (row, ranked) => {
    const swapped = row.slice()
    const [a, b] = [ranked[k - 1], ranked[classes - 1]]
    swapped[a] = row[b]
    swapped[b] = row[a]
    return swapped
  })
}

/**
 * All shares but the largest of every row in a random order: rows stay as smooth, but no longer say
 * which other classes are near.
 */
export function shuffleOthers(shares: Float32Array, classes: number, random: Random): Float32Array {
  return mapRows(shares, classes, (row, ranked) => {
    const shuffled = row.slice()
    const order = random.shuffle(ranked.slice(1))
    ranked.subarray(1).forEach((c, at) => (shuffled[order[at]] = row[c]))
    return shuffled
  })
}

/** Every row with all but its largest share made equal: label smoothing of the same strength. */
export function smoothOthers(shares: Float32Array, classes: number): Float32Array {
  return mapRows(shares, classes, (row, ranked) => {
    const rest = ranked.subarray(1).reduce((sum, c) => sum + row[c], 0)
    const smooth = new Float32Array(classes).fill(rest / Math.max(1, classes - 1))
    smooth[ranked[0]] = row[ranked[0]]
    return smooth
  })
}

/** Places of the items that are not of the class: the students never see one of it. */
export function withoutClass(labels: Int32Array, label: number): Uint32Array {
  return Uint32Array.from(labels.keys()).filter((i) => labels[i] !== label)
}

/** The shares of one class become 0 in the labels of all other classes' items. */
export function hideClass(
  shares: Float32Array,
  labels: Int32Array,
  classes: number,
  label: number
): Float32Array {
  return shares.map((share, i) =>
    i % classes === label && labels[Math.floor(i / classes)] !== label ? 0 : share
  )
}

function mapRows(
  shares: Float32Array,
  classes: number,
  change: (row: Float32Array, ranked: Uint32Array) => Float32Array
): Float32Array {
  const result = new Float32Array(shares.length)
  for (let at = 0; at < shares.length; at += classes) {
    const row = shares.subarray(at, at + classes)
    result.set(change(row, rankedClasses(row)), at)
  }
  return result
}
