// First wrong step by where the ways part: all attempts at a task are laid into one tree of actions,
// and the step that leaves the last place from which anybody still succeeded is the one.
import { decisions } from '../detectors/detector.ts'
import type { Trace } from '../model/trace.ts'

/** A place in the tree: what had been done so far. */
interface Node {
  readonly next: Map<string, Node>
  visits: number
  passes: number
}

/** Where an attempt leaves the ways that led to success. */
export interface PartingStep {
  /** Step of the trace; its last step when it ends on a way to success. */
  readonly step: number
  /** Decisions shared with an attempt that passed. */
  readonly shared: number
  /** Value of the place before the step and after it, 0..1; null when it took no such step. */
  readonly before: number
  readonly after: number | null
  /** One-sided Fisher probability that the branch fails by luck; null below 5 visits. */
  readonly p: number | null
}

/** Weight of the task's own rate of success in a place's value (section 5.4 of Deng et al.'s idea, sized for few attempts). */
const priorWeight = 2
const leastVisits = 5

/** Value of a place: the share of attempts through it that passed, drawn towards `prior`. */
export function placeValue(passes: number, visits: number, prior: number): number {
  return (passes + priorWeight * prior) / (visits + priorWeight)
}

/** The tree of some attempts, keyed by decisions. */
export class PrefixTree {
  readonly #root: Node = { next: new Map(), visits: 0, passes: 0 }

  constructor(traces: readonly Trace[]) {
    for (const trace of traces) {
      const passed = trace.outcome === 'pass' ? 1 : 0
      let node = this.#root
      node.visits++
      node.passes += passed
      for (const { key } of decisions(trace)) {
        let next = node.next.get(key)
        if (next === undefined)
          node.next.set(key, (next = { next: new Map(), visits: 0, passes: 0 }))
        node = next
        node.visits++
        node.passes += passed
      }
    }
  }

  /** Value of the place after these decisions; undefined when nobody was there. */
  value(keys: readonly string[], prior: number): number | undefined {
    const node = this.#at(keys)
    return node === undefined ? undefined : placeValue(node.passes, node.visits, prior)
  }

  /** Values of the places along a way from the beginning on; it ends where nobody went. */
  along(keys: readonly string[], prior: number): number[] {
    const values = [placeValue(this.#root.passes, this.#root.visits, prior)]
    let node: Node | undefined = this.#root
    for (const key of keys) {
      node = node.next.get(key)
      if (node === undefined) break
      values.push(placeValue(node.passes, node.visits, prior))
    }
    return values
  }

  /**
   * The step that leaves the last place with a success below it; the last step of an attempt that
   * leaves none. Undefined for an attempt without steps.
   */
  parting(trace: Trace, prior: number): PartingStep | undefined {
    const made = decisions(trace)
    if (trace.steps.length === 0) return undefined
    let node = this.#root
    let shared = 0
    for (const { key } of made) {
      const next = node.next.get(key)
      if (next === undefined || next.passes === 0) break
      node = next
      shared++
    }
    const taken = made[shared]
    const branch = taken === undefined ? undefined : node.next.get(taken.key)
    return {
      step: taken?.step.index ?? trace.steps.length - 1,
      shared,
      before: placeValue(node.passes, node.visits, prior),
      after: branch === undefined ? null : placeValue(branch.passes, branch.visits, prior),
      p:
        branch === undefined || node.visits < leastVisits
          ? null
          : fisherLess(
              branch.passes,
              branch.visits,
              node.passes - branch.passes,
              node.visits - branch.visits
            )
    }
  }

  #at(keys: readonly string[]): Node | undefined {
    let node: Node | undefined = this.#root
    for (const key of keys) node = node?.next.get(key)
    return node
  }
}

/**
 * One-sided Fisher exact test: the probability of at most `passes` successes among `visits` draws,
 * when `otherPasses` of `otherVisits` elsewhere passed.
 */
export function fisherLess(
  passes: number,
  visits: number,
  otherPasses: number,
  otherVisits: number
): number {
  const all = visits + otherVisits
  const good = passes + otherPasses
  let sum = 0
  for (let k = Math.max(0, visits - (all - good)); k <= passes; k++)
    sum += Math.exp(logChoose(good, k) + logChoose(all - good, visits - k) - logChoose(all, visits))
  return Math.min(1, sum)
}

function logChoose(n: number, k: number): number {
  let sum = 0
  for (let i = 1; i <= k; i++) sum += Math.log((n - k + i) / i)
  return sum
}
