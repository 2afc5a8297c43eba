// When a matching run shows its items and when it can be gone on from: after fixed numbers of steps,
// never by the clock, so that every run with the same settings offers the same sets.

/** Sets offered in a run. */
const candidates = 10

/**
 * Numbers of steps after which the set is offered, ascending, the last is `total`: denser at the
 * start, where most is gained (specs/distillation.md 10.4).
 */
export function candidateSteps(total: number): readonly number[] {
  const steps = new Set<number>()
  for (let k = 1; k <= candidates; k++)
    steps.add(Math.max(1, Math.round(total * (k / candidates) ** 2)))
  return [...steps]
}

/** Passes of one item, times filters, that take some seconds on two cores. */
const workBetween = 1_500_000

/** Steps between two checkpoints for steps of this many passes through a network of this width. */
export function checkpointEvery(passes: number, width: number): number {
  return Math.max(1, Math.floor(workBetween / (passes * Math.max(1, width))))
}
