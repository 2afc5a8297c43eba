// What makes an item hard for one helper model: one function per lens, from the probabilities the
// model gave after each of its passes (specs 6.1 and 6.3).

/** One row as one run saw it. */
export interface RunView {
  /** kept x classes probabilities, pass after pass; the last line is the finished run's. */
  readonly probabilities: Float64Array
  readonly kept: number
  readonly classes: number
  /** Class index, 0 or more. */
  readonly label: number
  /** Length of the scaled features with their trailing 1. */
  readonly length: number
}

/** Difficulty of one row in one run; larger = harder. Fills `belief` (classes) with its opinion. */
export type Measure = (view: RunView, belief: Float64Array) => number

/** The finished run's probabilities. */
function lastBelief({ probabilities, kept, classes }: RunView, belief: Float64Array): void {
  for (let c = 0; c < classes; c++) belief[c] = probabilities[(kept - 1) * classes + c]
}

/** |p - y|, with the label's part as the sum of the others so that sure rows keep their digits. */
function errorLength(p: Float64Array, label: number): number {
  let others = 0
  let squares = 0
  for (let c = 0; c < p.length; c++) {
    if (c === label) continue
    others += p[c]
    squares += p[c] * p[c]
  }
  return Math.sqrt(squares + others * others)
}

/** Length of the error p - y (Paul et al. 2021, definition 3.2): 0 = sure and right, at most sqrt(2). */
export const measureEl2n: Measure = (view, belief) => {
  lastBelief(view, belief)
  return errorLength(belief, view.label)
}

/** Length of the head's gradient (Paul et al. 2021, definition 2.1): |p - y| times |h|, exact. */
export const measureGrand: Measure = (view, belief) => {
  lastBelief(view, belief)
  return errorLength(belief, view.label) * view.length
}

/** Largest probability of another class minus the label's, from -1..1 to 0..1. */
function lackOf(belief: Float64Array, label: number): number {
  let top = 0
  for (let c = 0; c < belief.length; c++) if (c !== label && belief[c] > top) top = belief[c]
  return 0.5 * (1 + top - belief[label])
}

/** How far the label is behind (above 0.5) or ahead of (below) the strongest other class. */
export const measureMargin: Measure = (view, belief) => {
  lastBelief(view, belief)
  return lackOf(belief, view.label)
}

/** Index of the largest of `size` numbers from `at`; the first of equal ones. */
function argMax(values: Float64Array, at: number, size: number): number {
  let best = 0
  for (let c = 1; c < size; c++) if (values[at + c] > values[at + best]) best = c
  return best
}

/**
 * Times a row went from right to wrong between two passes (Toneva et al. 2019, definition of a
 * forgetting event, looked at after every pass). A row that was never right counts as many as there
 * are passes, more than any other can have: the paper gives such rows an infinite count.
 */
export const measureForgetting: Measure = (view, belief) => {
  const { probabilities, kept, classes, label } = view
  lastBelief(view, belief)
  let events = 0
  let wasRight = false
  let everRight = false
  for (let pass = 0; pass < kept; pass++) {
    const isRight = argMax(probabilities, pass * classes, classes) === label
    if (wasRight && !isRight) events++
    wasRight = isRight
    everRight ||= isRight
  }
  return everRight ? events : kept
}

/** Keeps probabilities away from 0 and 1 before they are averaged, as the paper's code does. */
const floor = 1e-4

/**
 * Moves the running target: t <- beta t + (1 - beta) p with p clamped and made to sum to 1 (Liu et
 * al. 2020, equation 9).
 */
export function moveTarget(
  target: Float64Array | Float32Array,
  at: number,
  probabilities: Float64Array,
  from: number,
  classes: number,
  beta: number
): void {
  let sum = 0
  for (let c = 0; c < classes; c++)
    sum += Math.min(1 - floor, Math.max(floor, probabilities[from + c]))
  for (let c = 0; c < classes; c++) {
    const p = Math.min(1 - floor, Math.max(floor, probabilities[from + c])) / sum
    target[at + c] = beta * target[at + c] + (1 - beta) * p
  }
}

/**
 * How far the running target speaks against the label: above 0.5 it names another class (specs 6.3:
 * flagged when argmax t is not y). The target is followed over all passes from zero and divided by
 * the share 1 - beta^passes that has come in, so that it sums to 1.
 * @param classShares shares of the labels, 0..1. Where given, the target is judged as if all labels
 *   were as frequent (logit adjustment, Menon et al. 2021, section 4.1): a model that has seen little
 *   of a label takes its items for those of a frequent one, which says nothing against the label.
 */
export const measureEarlyLearning =
  (beta: number, classShares?: Float64Array): Measure =>
  ({ probabilities, kept, classes, label }, belief) => {
    belief.fill(0)
    for (let pass = 0; pass < kept; pass++)
      moveTarget(belief, 0, probabilities, pass * classes, classes, beta)
    const share = 1 - beta ** kept
    for (let c = 0; c < classes; c++) belief[c] /= share
    if (classShares !== undefined) evenOut(belief, classShares)
    return lackOf(belief, label)
  }

/** Shares as they would be were all classes as frequent; they sum to 1 again. */
function evenOut(belief: Float64Array, classShares: Float64Array): void {
  let sum = 0
  for (let c = 0; c < belief.length; c++) {
    belief[c] = classShares[c] > 0 ? belief[c] / classShares[c] : 0
    sum += belief[c]
  }
  if (sum > 0) for (let c = 0; c < belief.length; c++) belief[c] /= sum
}

/** Share of the labelled rows that each class has; -1 = no label. */
export function sharesOf(labels: Int32Array, classes: number): Float64Array {
  const counts = new Float64Array(classes)
  let labelled = 0
  for (const label of labels) {
    if (label < 0) continue
    counts[label]++
    labelled++
  }
  return counts.map((count) => count / Math.max(1, labelled))
}
