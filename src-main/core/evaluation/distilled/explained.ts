// The measure of sets that teach a representation: how much of what varies in it a student foretells
// for items it has not seen (R squared over all columns together), between 0 and 1.
import type { Scorer } from './judge.ts'
import { enableGradients } from '../../compute/devices/gradients.ts'
import { createRandom } from '../../compute/random.ts'
import { predictLogits } from '../../networks/predict.ts'
import { trainStudent } from '../../networks/train-student.ts'

/**
 * 1 - |truth - foretold|^2 / |truth - mean of the truth|^2, at least 0; 0 where nothing varies.
 * Both are rows x columns; the squares are summed over all columns, so wide ones count more.
 */
export function explainedShare(
  truth: ArrayLike<number>,
  foretold: ArrayLike<number>,
  columns: number
): number {
  const rows = truth.length / columns
  const mean = new Float64Array(columns)
  for (let i = 0; i < truth.length; i++) mean[i % columns] += truth[i] / rows
  let varied = 0
  let missed = 0
  for (let i = 0; i < truth.length; i++) {
    varied += (truth[i] - mean[i % columns]) ** 2
    missed += (truth[i] - foretold[i]) ** 2
  }
  return varied > 0 ? Math.max(0, 1 - missed / varied) : 0
}

/** Scores students by the truth about the rows they are asked about: rows x outputs of the network. */
export function explainedScorer(truth: Float32Array): Scorer {
  return async (device, { items, recipe, network, seed, rows }, signal) => {
    await enableGradients()
    const random = createRandom(seed).fork('student')
    const { tf } = device
    const { parameters, statistics } = await trainStudent(
      tf,
      network,
      items,
      recipe,
      random,
      signal
    )
    const foretold = await predictLogits(tf, network, parameters, rows, signal, statistics)
    return explainedShare(truth, foretold, network.classes)
  }
}
