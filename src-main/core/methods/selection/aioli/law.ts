// Aioli's linear mixing law: how the falls of the losses on a few smoothed mixtures become a matrix
// of who lowers whose loss, and that matrix the next mixture (Chen et al. 2025 and the published code).
import { sharesFromLogs } from '../../mixtures/probe-run.ts'

/** Share of the source in focus in its mixture; the others divide the rest evenly. */
export const focus = 0.625

/** The mixture with source `of` in focus. */
export function focusMix(sources: number, of: number): number[] {
  return Array.from({ length: sources }, (_, i) => (i === of ? focus : (1 - focus) / (sources - 1)))
}

/**
 * Solves loss fall = sum_j A_ij p_j for A, row by row.
 * @param falls falls[i][s]: how far loss i fell while source s was in focus
 */
export function solveLaw(falls: readonly (readonly number[])[]): number[][] {
  return falls.map((row) => {
    const rest = (1 - focus) / (row.length - 1)
    // The mixtures are (focus - rest) I + rest, with rows in sum 1: the inverse is known in closed form.
    const sum = row.reduce((total, fall) => total + fall, 0)
    return row.map((fall) => (fall - rest * sum) / (focus - rest))
  })
}

/** Shifts A so that nothing is below 0 and divides it by its sum; zeros stay zeros. */
export function normaliseLaw(law: readonly (readonly number[])[]): number[][] {
  const least = Math.min(0, ...law.flat())
  const shifted = law.map((row) => row.map((value) => value - least))
  const sum = shifted.flat().reduce((total, value) => total + value, 0)
  return shifted.map((row) => row.map((value) => (sum > 0 ? value / sum : 0)))
}

/**
 * The next mixture: p_j ~ base_j * exp(eta * sum_i f_i A_ij).
 * @param factors how much every loss counts; 1 = as published
 */
export function nextMix(
  base: readonly number[],
  law: readonly (readonly number[])[],
  factors: readonly number[],
  eta: number
): number[] {
  return sharesFromLogs(
    base.map((share, j) => {
      const help = law.reduce((sum, row, i) => sum + factors[i] * row[j], 0)
      return Math.log(share) + eta * help
    })
  )
}

/** Running average of matrices: (1 - ema) of the new one. */
export function averageLaw(
  before: readonly (readonly number[])[],
  now: readonly (readonly number[])[],
  ema: number
): number[][] {
  return now.map((row, i) => row.map((value, j) => (1 - ema) * value + ema * before[i][j]))
}
