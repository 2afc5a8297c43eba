// Picture problems: unreadable, tiny, too dark, too bright, blurry, of odd shape. Naturally dark, soft
// or small data is not flagged wholesale: most tests are absolute and relative to the data.
import { look, lookColumns } from '../pictures/look.ts'
import { unreadable } from './copies.ts'
import { flatFinding, type CheckData, type FindingDraft, type FlatRow } from './draft.ts'
import { deviation, strengthBeyond, usualOf } from './robust.ts'

/** Darker (brighter) than this on average and hardly any contrast: nothing can be seen. */
const darkMean = 32
const brightMean = 223
const littleContrast = 24
/** Less contrast than this: an empty picture. */
const blankContrast = 4
/** A share of the data that looks like that is how the data is. */
const naturalShare01 = 0.2

/** Findings about pictures. */
export function pictureProblems(data: CheckData): readonly FindingDraft[] {
  const { looks } = data
  if (looks === undefined) return []
  const fact = (row: number, what: number): number => looks[row * lookColumns + what]
  const failed = Array.from(data.plan.rows).filter((row) => fact(row, look.failed) === 1)
  const rows = data.plan.rows.filter((row) => fact(row, look.failed) === 0)
  const dark = darkRows(rows, fact)
  const bright = brightRows(rows, fact)
  const unclear = new Set([...dark, ...bright].map((it) => it.row))
  return [
    unreadable(data, failed),
    flatFinding('tiny-pictures', tinyRows(data, rows)),
    flatFinding('dark-pictures', dark),
    flatFinding('bright-pictures', bright),
    flatFinding(
      'blurry-pictures',
      blurryRows(
        rows.filter((row) => !unclear.has(row)),
        fact
      )
    ),
    flatFinding('odd-shapes', oddRows(data, rows))
  ]
}

type Fact = (row: number, what: number) => number

function darkRows(rows: Uint32Array, fact: Fact): FlatRow[] {
  return unseen(
    rows,
    fact,
    (mean) => mean < darkMean,
    (mean) => mean < 128,
    (mean) => 1 - mean / 255
  )
}

function brightRows(rows: Uint32Array, fact: Fact): FlatRow[] {
  return unseen(
    rows,
    fact,
    (mean) => mean > brightMean,
    (mean) => mean >= 128,
    (mean) => mean / 255
  )
}

function unseen(
  rows: Uint32Array,
  fact: Fact,
  isExtreme: (mean: number) => boolean,
  isSide: (mean: number) => boolean,
  strength: (mean: number) => number
): FlatRow[] {
  const test = (contrast: number): FlatRow[] =>
    Array.from(rows).flatMap((row) => {
      const mean = fact(row, look.brightness)
      const spread = fact(row, look.contrast)
      const isHidden = isExtreme(mean) && spread < contrast
      const isBlank = spread < blankContrast && isSide(mean)
      return isHidden || isBlank
        ? [{ row, score01: strength(mean), reason: [mean / 255, spread] }]
        : []
    })
  const found = test(littleContrast)
  return found.length > naturalShare01 * rows.length ? test(blankContrast) : found
}

/** Smaller than 16 pixels, or under 64 and a quarter of what is usual here. */
function tinyRows(data: CheckData, rows: Uint32Array): FlatRow[] {
  const { widths, heights } = data.columns
  const side = (row: number): number => Math.min(widths[row], heights[row])
  const known = rows.filter((row) => side(row) > 0)
  const { median } = usualOf(Array.from(known, side))
  const cut = Math.max(Math.min(16, median), Math.min(64, median / 4))
  return Array.from(known)
    .filter((row) => side(row) < cut)
    .map((row) => ({
      row,
      score01: strengthBeyond(cut, side(row)),
      reason: [widths[row], heights[row], median]
    }))
}

/** Sharpness (log scale) this far below the usual, and below an absolute floor by side looked at. */
const blurDeviation = -3
const sharpFloor = (side: number): number => (side >= 128 ? 60 : side >= 64 ? 100 : 160)
const blurRowsLeast = 30

function blurryRows(rows: Uint32Array, fact: Fact): FlatRow[] {
  const sides = new Map<number, number[]>()
  for (const row of rows) {
    const side = fact(row, look.side)
    const known = sides.get(side)
    if (known === undefined) sides.set(side, [row])
    else known.push(row)
  }
  return [...sides].flatMap(([side, members]) => {
    if (members.length < blurRowsLeast) return []
    const logs = members.map((row) => Math.log(1 + fact(row, look.sharpness)))
    const usual = usualOf(logs)
    return members.flatMap((row, i) => {
      const off = deviation(logs[i], usual, 0.1)
      const isSoft = fact(row, look.sharpness) < sharpFloor(side)
      if (off > blurDeviation || !isSoft) return []
      const share = Math.exp(logs[i] - usual.median)
      return [{ row, score01: strengthBeyond(-off, -blurDeviation), reason: [share] }]
    })
  })
}

/** Three times wider or taller than usual, or twenty times smaller or larger in area. */
const oddAspect = Math.log(3)
const oddArea = Math.log(20)

function oddRows(data: CheckData, rows: Uint32Array): FlatRow[] {
  const { widths, heights } = data.columns
  const known = rows.filter((row) => widths[row] > 0 && heights[row] > 0)
  const aspects = Array.from(known, (row) => Math.log(widths[row] / heights[row]))
  const areas = Array.from(known, (row) => Math.log(widths[row] * heights[row]))
  const aspect = usualOf(aspects)
  const area = usualOf(areas)
  return Array.from(known).flatMap((row, i) => {
    const wide = Math.abs(deviation(aspects[i], aspect, oddAspect / 4))
    const large = Math.abs(deviation(areas[i], area, oddArea / 4))
    // Four spreads, where a spread is at least a quarter of the absolute limit.
    if (wide < 4 && large < 4) return []
    return [
      {
        row,
        score01: strengthBeyond(Math.max(wide, large), 4),
        reason: [widths[row], heights[row]]
      }
    ]
  })
}
