// How far two reviewers' first mistakes lie apart. Pure.

/** Two marks of one attempt: step numbers, null = none marked. */
export type MarkPair = readonly [number | null, number | null]

/** Shares of attempts that at least one of two marked. */
export interface MarkAgreement {
  readonly pairs: number
  readonly exact01: number
  readonly within1of01: number
  readonly within3of01: number
}

/** Steps between two marks; 0 for none against none, Infinity for a mark against none. */
export function markDistance([first, second]: MarkPair): number {
  if (first === null || second === null) return first === second ? 0 : Infinity
  return Math.abs(first - second)
}

/**
 * Agreement on the first mistake: the same step, one apart, three apart. Attempts that neither
 * marked are left out: that there is no mistake is what the verdict says. Shares are NaN of none.
 */
export function markAgreement(all: readonly MarkPair[]): MarkAgreement {
  const distances = all
    .filter(([first, second]) => first !== null || second !== null)
    .map(markDistance)
  const within = (most: number): number =>
    distances.filter((distance) => distance <= most).length / distances.length
  return {
    pairs: distances.length,
    exact01: within(0),
    within1of01: within(1),
    within3of01: within(3)
  }
}
