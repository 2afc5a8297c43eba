// New latents from those of real pictures, by the rules of the published work (Zhu et al. 2023 and its
// code's three generations; specs of the product, A2.2). Each candidate says what it was made of, so
// that it can be made again.
import type { Random } from '../compute/random.ts'
import { latentAt, meanAndSpread, type Latents } from './latent-geometry.ts'

/** How a new latent is drawn. */
export type CandidateRule =
  /** The mean of all with one spread for every number: lands on what the model knows instead. */
  | 'one-spread'
  /** Along the directions in which real latents differ. */
  | 'directions'
  /** On the arc between two real latents. */
  | 'between-two'
  /** On the arc from a real latent towards chance. */
  | 'towards-chance'

export const candidateRules: readonly CandidateRule[] = [
  'between-two',
  'towards-chance',
  'directions',
  'one-spread'
]

/** A new latent and what it was made of. */
export interface Candidate {
  readonly latent: Float32Array
  /** Rows of real latents it was made of; empty where all took part. */
  readonly parents: readonly number[]
  /** How far from the first parent to the second, or to chance; absent where all took part. */
  readonly weight?: number
}

/** Weights of a place between two: not at the ends, which would be copies. */
const nearest = 0.1
const furthest = 0.9
/** Furthest towards chance. */
const mostChance = 0.5

/** Prepares a rule for these latents; every call draws one candidate. Throws a RangeError for fewer than two. */
export function createCandidates(
  rule: CandidateRule,
  latents: Latents,
  random: Random
): () => Candidate {
  if (latents.count < 2) throw new RangeError('two latents at least are needed')
  switch (rule) {
    case 'between-two':
      return () => {
        const [first, second] = random.sample(latents.count, 2)
        const weight = nearest + (furthest - nearest) * random.uniform()
        const latent = slerp(latentAt(latents, first), latentAt(latents, second), weight)
        return { latent, parents: [first, second], weight }
      }
    case 'towards-chance':
      return () => {
        const parent = random.below(latents.count)
        const weight = nearest + (mostChance - nearest) * random.uniform()
        const chance = Float32Array.from({ length: latents.size }, () => random.normal())
        return {
          latent: slerp(latentAt(latents, parent), chance, weight),
          parents: [parent],
          weight
        }
      }
    case 'one-spread': {
      const { mean, sd } = meanAndSpread(latents)
      return () => ({
        latent: Float32Array.from(mean, (value) => value + sd * random.normal()),
        parents: []
      })
    }
    case 'directions': {
      const { mean } = meanAndSpread(latents)
      const scale = 1 / Math.sqrt(Math.max(1, latents.count - 1))
      return () => {
        // A sum of all deviations with random weights has their covariance, whatever its rank.
        const latent = Float32Array.from(mean)
        for (let row = 0; row < latents.count; row++) {
          const weight = scale * random.normal()
          const values = latentAt(latents, row)
          for (let at = 0; at < latent.length; at++) latent[at] += weight * (values[at] - mean[at])
        }
        return { latent, parents: [] }
      }
    }
  }
}

/**
 * On the arc from one latent to another (Shoemake 1985), its length going evenly from the one's to the
 * other's. Straight where they point the same way, or one of them is nothing.
 */
export function slerp(from: Float32Array, to: Float32Array, weight: number): Float32Array {
  let [dot, a, b] = [0, 0, 0]
  for (let at = 0; at < from.length; at++) {
    dot += from[at] * to[at]
    a += from[at] * from[at]
    b += to[at] * to[at]
  }
  const [first, second] = [Math.sqrt(a), Math.sqrt(b)]
  const angle = Math.acos(Math.min(1, Math.max(-1, dot / (first * second || 1))))
  const sine = Math.sin(angle)
  const isStraight = sine < 1e-6 || first === 0 || second === 0
  const length = first + (second - first) * weight
  const [x, y] = isStraight
    ? [1 - weight, weight]
    : [
        (length * Math.sin((1 - weight) * angle)) / (sine * first),
        (length * Math.sin(weight * angle)) / (sine * second)
      ]
  return Float32Array.from(from, (value, at) => x * value + y * to[at])
}
