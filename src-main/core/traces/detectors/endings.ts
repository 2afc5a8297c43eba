// How an attempt ends: cut off, with nothing done, never declared done, or far too long.
import type { Detector, Finding } from './detector.ts'

function atEnd(
  detector: string,
  severity: Finding['severity'],
  last: number,
  evidence = {}
): Finding[] {
  return last < 0 ? [] : [{ detector, severity, step: last, to: last, evidence }]
}

/** The log says that a limit ended it. */
export const budgetDetector: Detector = {
  id: 'budget',
  name: 'Ended by a limit',
  version: 1,
  find: ({ steps, endReason }) =>
    endReason !== null && /limit|budget|max|timeout|timed out|exceeded|context/i.test(endReason)
      ? atEnd('budget', 2, steps.length - 1, { reason: endReason })
      : []
}

/** The last turn neither says nor does anything. */
export const emptyDetector: Detector = {
  id: 'empty',
  name: 'Nothing in the last turn',
  version: 1,
  find: ({ steps }) =>
    steps.at(-1)?.actions.length === 0 ? atEnd('empty', 1, steps.length - 1) : []
}

/** Successful attempts declare that they are done; this one does not. */
export const noEndDetector: Detector = {
  id: 'no-end',
  name: 'Never declared done',
  version: 1,
  find({ steps }, { passes }) {
    const ends = (each: { readonly steps: typeof steps }): boolean =>
      each.steps.some(({ actions }) => actions.some(({ effect }) => effect === 'end'))
    return passes.length > 0 && passes.every(ends) && !ends({ steps })
      ? atEnd('no-end', 1, steps.length - 1)
      : []
  }
}

/** Attempts that quartiles are taken of at least. */
const leastPasses = 4

/** Longer than successful attempts at the task nearly ever are (Tukey's fence); at any task where few passed. */
export const longDetector: Detector = {
  id: 'long',
  name: 'Unusually long',
  version: 1,
  find({ steps }, { passes, passLengths }) {
    const own = passes.map((pass) => pass.steps.length)
    const lengths = own.length >= leastPasses ? own : passLengths
    if (lengths.length < leastPasses) return []
    const low = quantile(lengths, 0.25)
    const high = quantile(lengths, 0.75)
    const limit = high + 1.5 * (high - low)
    return steps.length > limit
      ? atEnd('long', 1, steps.length - 1, { steps: steps.length, limit })
      : []
  }
}

/** Quantile by linear interpolation between order statistics. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = share * (sorted.length - 1)
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (at - below) * (sorted[above] - sorted[below])
}
