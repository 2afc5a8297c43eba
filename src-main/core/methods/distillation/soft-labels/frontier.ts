// The data-knowledge frontier: accuracy over the number of items per class, one curve for each epoch
// of the helper model. Early epochs win with few items and late ones with many; the best of all
// curves says how knowledge in labels and number of items trade for each other.

/** Measured accuracies (0..1), one row per epoch and one column per number of items per class. */
export interface FrontierGrid {
  readonly epochs: readonly number[]
  readonly perClass: readonly number[]
  readonly accuracy: readonly (readonly number[])[]
}

/** accuracy = limit - gap * n^-rate: for showing a curve only, no published law. */
export interface CurveFit {
  readonly limit: number
  readonly gap: number
  readonly rate: number
  /** Root of the mean squared difference to the measured points. */
  readonly error: number
}

export interface Frontier extends FrontierGrid {
  /** For each number of items: the best epoch (the earliest of equals) and its accuracy. */
  readonly best: readonly {
    readonly perClass: number
    readonly epoch: number
    readonly accuracy: number
  }[]
  /** One for each epoch; undefined with fewer than four points. */
  readonly fits: readonly (CurveFit | undefined)[]
  /**
   * Points that no cheaper one reaches, from cheap to dear: `numbers` are the label numbers stored
   * (items x classes).
   */
  readonly cheapest: readonly {
    readonly numbers: number
    readonly perClass: number
    readonly epoch: number
    readonly accuracy: number
  }[]
}

/**
 * Measures the grid, fewest items first; `measure` gets the place of the epoch in the list, and may
 * yield progress on the way.
 */
export async function* measureFrontier<P>(
  epochs: readonly number[],
  perClass: readonly number[],
  measure: (row: number, perClass: number) => AsyncGenerator<P, number, void>
): AsyncGenerator<P, FrontierGrid, void> {
  const accuracy = epochs.map(() => perClass.map(() => 0))
  for (const [column, items] of perClass.entries())
    for (const row of epochs.keys()) accuracy[row][column] = yield* measure(row, items)
  return { epochs, perClass, accuracy }
}

/** Reads the frontier off a measured grid. */
export function dataKnowledgeFrontier(grid: FrontierGrid, classes: number): Frontier {
  const { epochs, perClass, accuracy } = grid
  const best = perClass.map((items, column) => {
    let row = 0
    for (let r = 1; r < epochs.length; r++) if (accuracy[r][column] > accuracy[row][column]) row = r
    return { perClass: items, epoch: epochs[row], accuracy: accuracy[row][column] }
  })
  const byCost = best
    .map((point) => ({ numbers: point.perClass * classes * classes, ...point }))
    .sort((a, b) => a.numbers - b.numbers)
  let most = -Infinity
  const cheapest = byCost.filter((point) => {
    const isBetter = point.accuracy > most
    most = Math.max(most, point.accuracy)
    return isBetter
  })
  return { ...grid, best, cheapest, fits: accuracy.map((row) => fitCurve(perClass, row)) }
}

/** The smallest point of the frontier that reaches an accuracy; undefined when none does. */
export function cheapestFor(
  frontier: Pick<Frontier, 'cheapest'>,
  accuracy: number
): Frontier['cheapest'][number] | undefined {
  return frontier.cheapest.find((point) => point.accuracy >= accuracy)
}

/**
 * Least squares of a - b n^-c: for each of a row of rates c the best a and b are a straight line in
 * n^-c; the best of these is refined once more. Undefined with fewer than four points.
 */
export function fitCurve(
  counts: readonly number[],
  accuracy: readonly number[]
): CurveFit | undefined {
  if (counts.length < 4) return undefined
  const at = (rate: number): CurveFit => lineFor(counts, accuracy, rate)
  let best = at(0.05)
  for (let step = 1; step <= 60; step++) {
    const fit = at(0.05 + step * 0.05)
    if (fit.error < best.error) best = fit
  }
  const centre = best.rate
  for (let step = -50; step <= 50; step++) {
    const rate = centre + step * 0.001
    if (rate <= 0) continue
    const fit = at(rate)
    if (fit.error < best.error) best = fit
  }
  return best
}

function lineFor(counts: readonly number[], accuracy: readonly number[], rate: number): CurveFit {
  const x = counts.map((n) => n ** -rate)
  const n = x.length
  const meanX = x.reduce((a, b) => a + b, 0) / n
  const meanY = accuracy.reduce((a, b) => a + b, 0) / n
  let products = 0
  let squares = 0
  x.forEach((value, i) => {
    products += (value - meanX) * (accuracy[i] - meanY)
    squares += (value - meanX) ** 2
  })
  const slope = squares === 0 ? 0 : products / squares
  const limit = meanY - slope * meanX
  const rest = x.reduce((sum, value, i) => sum + (limit + slope * value - accuracy[i]) ** 2, 0)
  return { limit, gap: -slope, rate, error: Math.sqrt(rest / n) }
}
