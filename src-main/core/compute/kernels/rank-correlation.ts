// Whether two lists of numbers put things in the same order (Spearman's rank correlation).

/** Ranks from 1; equal numbers share the mean of their ranks. */
function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort(
    (a, b) => values[a] - values[b] || a - b
  )
  const out = new Float64Array(values.length)
  for (let from = 0; from < order.length;) {
    let to = from + 1
    while (to < order.length && values[order[to]] === values[order[from]]) to++
    for (let i = from; i < to; i++) out[order[i]] = (from + 1 + to) / 2
    from = to
  }
  return out
}

/**
 * Spearman's correlation: 1 = the same order, -1 = the reverse. NaN with fewer than two pairs or where
 * one list is all the same. Throws a RangeError on unequal lengths.
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError('both lists must be of one length')
  const [x, y] = [ranks(a), ranks(b)]
  const middle = (a.length + 1) / 2
  let both = 0
  let own = 0
  let other = 0
  for (let i = 0; i < x.length; i++) {
    both += (x[i] - middle) * (y[i] - middle)
    own += (x[i] - middle) ** 2
    other += (y[i] - middle) ** 2
  }
  return own > 0 && other > 0 ? both / Math.sqrt(own * other) : NaN
}
