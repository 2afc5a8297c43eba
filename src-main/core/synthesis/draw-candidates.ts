// New latents, one for each picture to make, each from a stream of its own: picture 17 of a plan is the
// same whether it is drawn alone or with all others, before a pause or after one.
import { createRandom, hashString } from '../compute/random.ts'
import { createCandidates, type CandidateRule } from './candidates.ts'
import { geometryOf, isWithin, latentAt, measureRanges, type Latents } from './latent-geometry.ts'

/** Sources of a label below which the geometry of places says nothing. */
export const leastForGeometry = 100
/** Places drawn for one picture until one lies as real ones do. */
const mostTries = 20
const spreads = 2
const references = 10

/** A place to make a picture of. */
export interface DrawnPlace {
  readonly latent: Float32Array
  /** Places among all sources. */
  readonly parents: readonly number[]
  readonly weight: number | null
  readonly label: number
  /** Of its stream. */
  readonly seed: number
}

export interface DrawnPlaces {
  readonly places: readonly DrawnPlace[]
  /** Share of drawn places that lay as real ones do; null where nothing was held against them. */
  readonly kept01: number | null
}

/** What is drawn. */
export interface DrawPlan {
  readonly rule: CandidateRule
  readonly make: number
  readonly seed: number
}

/** Seed of the stream of picture `at`. */
export const seedOfPicture = (seed: number, at: number): number => hashString(`picture ${at}`, seed)

/**
 * Draws a place for each picture: labels take turns as often as they have sources. Throws a RangeError
 * where no label has two sources.
 */
export function drawPlaces(
  latents: Latents,
  labels: Int32Array,
  { rule, make, seed }: DrawPlan
): DrawnPlaces {
  const groups = [...new Set(labels)]
    .toSorted((a, b) => a - b)
    .map((label) => {
      const rows = [...labels.keys()].filter((row) => labels[row] === label)
      const values = new Float32Array(rows.length * latents.size)
      rows.forEach((row, at) => values.set(latentAt(latents, row), at * latents.size))
      const own: Latents = { values, count: rows.length, size: latents.size }
      const isHeld = rows.length >= leastForGeometry
      const random = createRandom(hashString(`geometry ${label}`, seed))
      return {
        label,
        rows,
        own,
        ranges: isHeld ? measureRanges(own, random, references) : undefined
      }
    })
    .filter(({ rows }) => rows.length >= 2)
  if (groups.length === 0) throw new RangeError('no label has two pictures')
  const turns = turnsOf(groups.map(({ rows }) => rows.length))
  let [tried, kept] = [0, 0]
  const places = Array.from({ length: make }, (_, at) => {
    const { label, rows, own, ranges } = groups[turns[at % turns.length]]
    const ownSeed = seedOfPicture(seed, at)
    const random = createRandom(ownSeed)
    const next = createCandidates(rule, own, random)
    let candidate = next()
    for (let tries = 1; ranges !== undefined && tries <= mostTries; tries++) {
      tried++
      const beside = random.sample(own.count, Math.min(references, own.count))
      if (isWithin(geometryOf(candidate.latent, own, beside), ranges, spreads)) {
        kept++
        break
      }
      if (tries < mostTries) candidate = next()
    }
    return {
      latent: candidate.latent,
      parents: candidate.parents.map((parent) => rows[parent]),
      weight: candidate.weight ?? null,
      label,
      seed: ownSeed
    }
  })
  return { places, kept01: tried === 0 ? null : kept / tried }
}

/** Turns of groups, evenly mixed: each as often as it has members, none longer than needed. */
function turnsOf(sizes: readonly number[]): number[] {
  const all = sizes.reduce((sum, size) => sum + size, 0)
  const given = sizes.map(() => 0)
  return Array.from({ length: all }, (_, at) => {
    const owed = sizes.map((size, group) => ((at + 1) * size) / all - given[group])
    const group = owed.indexOf(Math.max(...owed))
    given[group]++
    return group
  })
}
