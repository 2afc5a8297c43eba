// Where the latents of real pictures lie: distances and angles, the measure that new latents are held
// against (Zhu et al. 2023, "Unseen Image Synthesis with Diffusion Models", geometric properties; the
// bounds are measured on the data, as numbers of one model fit no other).
import type { Random } from '../compute/random.ts'

/** Latents one after the other, count x size. */
export interface Latents {
  readonly values: Float32Array
  readonly count: number
  readonly size: number
}

/** One latent of many, not copied. */
export function latentAt({ values, size }: Latents, row: number): Float32Array {
  return values.subarray(row * size, (row + 1) * size)
}

/** What is measured of a latent beside several others. */
export interface GeometryScores {
  /** Mean distance to the others. */
  readonly distance: number
  /** Mean angle with the others seen from the origin, in degrees. */
  readonly origin: number
  /** Mean angle at the latent between one other and the next, in degrees. */
  readonly triangle: number
}

export const geometryParts = ['distance', 'origin', 'triangle'] as const

/** Others that a latent is measured beside. */
export const usualReferences = 10

/** Scores of `point` beside the latents of these rows. */
export function geometryOf(
  point: Float32Array,
  latents: Latents,
  rows: ArrayLike<number>
): GeometryScores {
  let [distance, origin, triangle] = [0, 0, 0]
  const own = Math.sqrt(product(point, point))
  for (let at = 0; at < rows.length; at++) {
    const other = latentAt(latents, rows[at])
    distance += Math.sqrt(betweenSquared(point, other))
    origin += degrees(product(point, other) / (own * Math.sqrt(product(other, other))))
    const next = latentAt(latents, rows[(at + 1) % rows.length])
    triangle += angleAt(point, other, next)
  }
  const count = rows.length
  return { distance: distance / count, origin: origin / count, triangle: triangle / count }
}

/** The usual range of a score among real latents. */
export interface ScoreRange {
  readonly mean: number
  readonly sd: number
}

export type GeometryRanges = Readonly<Record<(typeof geometryParts)[number], ScoreRange>>

/**
 * Ranges of the scores of real latents, each beside others drawn at random (leave one out). Throws a
 * RangeError for fewer than three latents.
 */
export function measureRanges(
  latents: Latents,
  random: Random,
  references = usualReferences
): GeometryRanges {
  if (latents.count < 3) throw new RangeError('three latents at least are needed')
  const scores = Array.from({ length: latents.count }, (_, row) => {
    const others = random
      .sample(latents.count - 1, Math.min(references, latents.count - 1))
      .map((other) => (other >= row ? other + 1 : other))
    return geometryOf(latentAt(latents, row), latents, others)
  })
  const range = (part: (typeof geometryParts)[number]): ScoreRange => {
    const mean = scores.reduce((sum, score) => sum + score[part], 0) / scores.length
    const squares = scores.reduce((sum, score) => sum + (score[part] - mean) ** 2, 0)
    return { mean, sd: Math.sqrt(squares / Math.max(1, scores.length - 1)) }
  }
  return { distance: range('distance'), origin: range('origin'), triangle: range('triangle') }
}

/** Whether every score lies within so many spreads of the usual one. */
export function isWithin(scores: GeometryScores, ranges: GeometryRanges, spreads: number): boolean {
  return geometryParts.every(
    (part) => Math.abs(scores[part] - ranges[part].mean) <= spreads * ranges[part].sd
  )
}

/** Mean of all numbers of all latents' deviation: the one spread of the oldest sampling rule. */
export function meanAndSpread({ values, count, size }: Latents): {
  readonly mean: Float64Array
  readonly sd: number
} {
  const mean = new Float64Array(size)
  for (let at = 0; at < values.length; at++) mean[at % size] += values[at] / count
  let squares = 0
  for (let at = 0; at < values.length; at++) squares += (values[at] - mean[at % size]) ** 2
  return { mean, sd: Math.sqrt(squares / Math.max(1, values.length)) }
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at]
  return sum
}

function betweenSquared(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += (a[at] - b[at]) ** 2
  return sum
}

/** The angle at `point` between two others, in degrees; 0 where one of them is the point. */
function angleAt(point: Float32Array, first: Float32Array, second: Float32Array): number {
  let [dot, a, b] = [0, 0, 0]
  for (let at = 0; at < point.length; at++) {
    const [x, y] = [first[at] - point[at], second[at] - point[at]]
    dot += x * y
    a += x * x
    b += y * y
  }
  return a === 0 || b === 0 ? 0 : degrees(dot / Math.sqrt(a * b))
}

function degrees(cosine: number): number {
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI
}
