// How plausible a decision is by what successful attempts did: counts with back-off. The attempt that
// is judged never counts for itself.
import { placeValue } from '../first-wrong/prefix-tree.ts'
import type { Move, StateWalk } from './state-keys.ts'

/** One decision of one attempt. */
export interface StepScore {
  readonly step: number
  /** Natural logarithm of its probability among successful attempts. */
  readonly logp: number
  /** Place among decisions that other successful attempts made in the same state, from 1; null where none made it. */
  readonly rank: number | null
  /** Value of the state after it less that of the state before; from other attempts alone. */
  readonly advantage: number
  /** True when another successful attempt was in the same state. */
  readonly isKnown: boolean
}

/** Weight of the coarser counts beside the finer ones. */
const kappa = 1
/** Decisions that were never made still have a little, as if ten had half a count each. */
const unseen = 0.5
const unseenKinds = 10

/** Counts over successful attempts, to be taken with and without one of them. */
export class CountsPlanner {
  readonly #walks: readonly StateWalk[]
  readonly #fine = new Map<string, Map<string, number>>()
  readonly #coarse = new Map<string, Map<string, number>>()
  readonly #all = new Map<string, number>()
  #total = 0
  readonly #through = new Map<string, { visits: number; passes: number }>()

  constructor(walks: readonly StateWalk[]) {
    this.#walks = walks
    for (const walk of walks) {
      if (walk.outcome === 'pass') this.#count(walk, 1)
      this.#visit(walk, 1)
    }
  }

  /** Scores of the decisions of one of the walks, with that walk left out. */
  score(walk: StateWalk): StepScore[] {
    return this.without(walk, () => {
      const others = this.#walks.filter(({ trace }) => trace !== walk.trace)
      const prior =
        others.filter(({ outcome }) => outcome === 'pass').length / Math.max(1, others.length)
      const value = (state: string): number => {
        const { visits, passes } = this.#through.get(state) ?? { visits: 0, passes: 0 }
        return placeValue(passes, visits, prior)
      }
      return walk.moves.map((move, at) => ({
        step: move.step,
        logp: Math.log(this.probability(move.from, before(walk, at), move.action)),
        rank: this.#rank(move),
        advantage: value(move.to) - value(move.from),
        isKnown: this.#fine.has(move.from)
      }))
    })
  }

  /** Calls `use` while a walk is left out of all counts. */
  without<T>(walk: StateWalk, use: () => T): T {
    if (walk.outcome === 'pass') this.#count(walk, -1)
    this.#visit(walk, -1)
    try {
      return use()
    } finally {
      if (walk.outcome === 'pass') this.#count(walk, 1)
      this.#visit(walk, 1)
    }
  }

  /**
   * p(a | s) = (c(s, a) + k p(a | last)) / (c(s) + k), where p(a | last) backs off in the same way
   * from the decision made before to all decisions of the task.
   */
  probability(state: string, last: string, action: string): number {
    const all = ((this.#all.get(action) ?? 0) + unseen) / (this.#total + unseen * unseenKinds)
    const coarse = backOff(this.#coarse.get(last), action, all)
    return backOff(this.#fine.get(state), action, coarse)
  }

  /** Decisions that successful attempts made in a state, most frequent first. */
  choices(state: string): readonly (readonly [action: string, count: number])[] {
    return [...(this.#fine.get(state) ?? [])].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  }

  /** The decisions that successful attempts made most often, anywhere in the task. */
  frequent(most: number): string[] {
    return [...this.#all]
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, most)
      .map(([action]) => action)
  }

  #rank({ from, action }: Move): number | null {
    const counts = this.#fine.get(from)
    const own = counts?.get(action)
    if (counts === undefined || own === undefined) return null
    return 1 + [...counts.values()].filter((count) => count > own).length
  }

  #count(walk: StateWalk, sign: 1 | -1): void {
    walk.moves.forEach(({ from, action }, at) => {
      bump(this.#fine, from, action, sign)
      bump(this.#coarse, before(walk, at), action, sign)
      const all = (this.#all.get(action) ?? 0) + sign
      if (all === 0) this.#all.delete(action)
      else this.#all.set(action, all)
      this.#total += sign
    })
  }

  #visit(walk: StateWalk, sign: 1 | -1): void {
    for (const state of new Set([walk.start, ...walk.moves.map(({ to }) => to)])) {
      const through = this.#through.get(state) ?? { visits: 0, passes: 0 }
      through.visits += sign
      if (walk.outcome === 'pass') through.passes += sign
      this.#through.set(state, through)
    }
  }
}

/** The decision before one, which coarser counts go by. */
function before({ moves }: StateWalk, at: number): string {
  return at === 0 ? 'start' : moves[at - 1].action
}

function backOff(
  counts: ReadonlyMap<string, number> | undefined,
  action: string,
  coarser: number
): number {
  const total =
    counts === undefined ? 0 : [...counts.values()].reduce((sum, count) => sum + count, 0)
  return ((counts?.get(action) ?? 0) + kappa * coarser) / (total + kappa)
}

function bump(
  table: Map<string, Map<string, number>>,
  key: string,
  action: string,
  by: number
): void {
  const counts = table.get(key) ?? new Map<string, number>()
  const count = (counts.get(action) ?? 0) + by
  if (count === 0) counts.delete(action)
  else counts.set(action, count)
  if (counts.size === 0) table.delete(key)
  else table.set(key, counts)
}
