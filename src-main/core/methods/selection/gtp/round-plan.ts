// How large the choice may be in each round of a pursuit, and how many columns come in: it grows by
// a share per round until the budget is filled, then columns are exchanged, fewer and fewer of them.
// Settings were chosen on Fashion-MNIST (docs/methods/gtp.md).

/** One round. */
export interface RoundPlan {
  /** Columns that are left after it at most. */
  readonly size: number
  /** Columns that come in at most, and how many are compared for it. */
  readonly width: number
  readonly candidates: number
}

/** Where a plan stands between two rounds. */
export interface RoundPlanState {
  /** Rounds so far, and how large the choice may have been in the last one. */
  readonly round: number
  readonly size: number
  /** Columns that are exchanged when the choice is full. */
  readonly exchanged: number
}

export interface RoundPlanner {
  /** undefined when it is time to stop. */
  next(): RoundPlan | undefined
  /** The error before the round and after it, as shares of the target's length. */
  tell(before: number, after: number): void
  /** To go on from later, see `from`. */
  state(): RoundPlanState
}

/** Columns of the first choice: so many, or this share of the budget. */
const firstSize = 2
const firstShare = 1 / 64
/** How much the choice grows per round. */
const growth = 1.3
/** New columns per round as a share of the choice: while it grows, and when it is full. */
const shareGrowing = 0.3
const shareExchanged = 0.15
/** In small choices up to so many, and up to twice the budget (the classic form), are exchanged. */
const fewExchanged = 64
/** When an exchange does not lower the error by this share, one so many times narrower is tried. */
const leastShare = 0.02
const narrower = 4
/** Columns compared for one that comes in: while the choice grows, when it is full, and at least. */
const comparedGrowing = 12
const comparedExchanged = 8
const comparedLeast = 512

/** Rounds for a budget of columns, from a state on. */
export function planRounds(
  {
    budget,
    rounds,
    leastGain
  }: { readonly budget: number; readonly rounds: number; readonly leastGain: number },
  from?: RoundPlanState
): RoundPlanner {
  // Where few rounds are allowed, the choice must be full after three quarters of them.
  const fewest = Math.max(1, Math.floor(0.75 * rounds))
  const first = Math.min(budget, Math.max(firstSize, Math.ceil(firstShare * budget)))
  const factor = Math.max(growth, (budget / first) ** (1 / fewest))
  let size = from?.size ?? 0
  let round = from?.round ?? 0
  let isFull = false
  let exchanged =
    from?.exchanged ??
    Math.max(Math.ceil(shareExchanged * budget), Math.min(2 * budget, fewExchanged))
  return {
    next() {
      if (round >= rounds || exchanged < 1) return undefined
      round++
      isFull = size === budget
      const isLast = round === rounds
      const larger = size === 0 ? first : Math.ceil(factor * size)
      const before = size
      size = isLast ? budget : Math.min(budget, larger)
      const width = isFull ? exchanged : Math.max(size - before, Math.ceil(shareGrowing * size))
      const each = isFull ? comparedExchanged : comparedGrowing
      return { size, width, candidates: Math.max(comparedLeast, each * width) }
    },
    tell(before, after) {
      if (!isFull || before - after > Math.max(leastGain, leastShare * before)) return
      const next = Math.floor(exchanged / narrower)
      exchanged = next < budget / 64 ? 0 : next
    },
    state: () => ({ round, size, exchanged })
  }
}
