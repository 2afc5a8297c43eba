// Attempts like those that were marked as failed or flagged: by task, tools and checks that are more
// frequent among the marked ones than among all.
import type { Candidate } from './candidate.ts'
import { nameOf } from './reasons.ts'

/** True for an attempt that others are to be like. */
export function isMarked({ verdict, isFlagged }: Candidate): boolean {
  return verdict === 'fail' || isFlagged
}

/** How like the marked ones attempts are. */
export interface Likeness {
  /** 0 = not at all. */
  score(candidate: Candidate): number
  /** In what, most telling first. */
  words(candidate: Candidate): readonly string[]
}

type Weights = ReadonlyMap<string, number>

/** What attempts have in common, and how to say it. */
const aspects: readonly {
  valuesOf(candidate: Candidate): readonly string[]
  words(value: string): string
}[] = [
  { valuesOf: ({ task }) => [task], words: () => 'the same task' },
  { valuesOf: ({ detectors }) => detectors, words: nameOf },
  { valuesOf: ({ tools }) => tools, words: (tool) => `uses “${tool}”` }
]

/**
 * Measures likeness to the marked attempts: the sum, over what an attempt has, of how much more
 * frequent it is among them than among all (logarithm of the ratio, one added to each count).
 */
export function likenessTo(marked: readonly Candidate[], all: readonly Candidate[]): Likeness {
  const weights = aspects.map(({ valuesOf }) => weightsOf(marked, all, valuesOf))
  return {
    score: (candidate) =>
      aspects.reduce(
        (sum, { valuesOf }, i) =>
          valuesOf(candidate).reduce((part, value) => part + (weights[i].get(value) ?? 0), sum),
        0
      ),
    words: (candidate) =>
      aspects
        .flatMap(({ valuesOf, words }, i) =>
          valuesOf(candidate).map((value) => ({
            words: words(value),
            weight: weights[i].get(value) ?? 0
          }))
        )
        .filter(({ weight }) => weight > 0)
        .sort((a, b) => b.weight - a.weight)
        .map(({ words }) => words)
  }
}

function weightsOf(
  marked: readonly Candidate[],
  all: readonly Candidate[],
  valuesOf: (candidate: Candidate) => readonly string[]
): Weights {
  const count = (candidates: readonly Candidate[], wanted?: Weights): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const candidate of candidates)
      for (const value of valuesOf(candidate))
        if (wanted?.has(value) !== false) counts.set(value, (counts.get(value) ?? 0) + 1)
    return counts
  }
  const amongMarked = count(marked)
  const amongAll = count(all, amongMarked)
  return new Map(
    [...amongMarked].map(([value, times]) => {
      const share = (times + 1) / (marked.length + 2)
      const usual = ((amongAll.get(value) ?? 0) + 1) / (all.length + 2)
      return [value, Math.max(0, Math.log(share / usual))]
    })
  )
}
