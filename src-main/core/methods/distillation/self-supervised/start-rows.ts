// Which real items the made ones begin as: for each label or group, those nearest to the centres of
// what varies in their targets.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { normaliseRows } from '../../../compute/kernels/row-normalise.ts'
import { nearestCentroids, sphericalKMeans } from '../../../compute/kernels/spherical-k-means.ts'
import type { Random } from '../../../compute/random.ts'
import type { TargetRows } from '../distillation-method.ts'
import { drawRows } from '../matching/class-rows.ts'

/** Items of a label that centres are looked for among, at most. */
const mostLookedAt = 2000

export interface StartRowsInputs {
  readonly tf: TensorFlow
  readonly targets: TargetRows
  /** Training rows of each label or group; none is empty. */
  readonly byClass: readonly Uint32Array[]
  readonly perClass: number
  readonly random: Random
  readonly signal: AbortSignal
}

/**
 * classes x perClass training rows, one class after the other; a class with fewer rows has some of
 * them again. "random": by lot.
 */
export async function startRows(
  inputs: StartRowsInputs,
  rule: 'central' | 'random'
): Promise<Uint32Array> {
  const { byClass, perClass, random } = inputs
  const out = new Uint32Array(byClass.length * perClass)
  for (const [c, rows] of byClass.entries()) {
    const stream = random.fork(`class ${c}`)
    const chosen =
      rule === 'random' || perClass >= rows.length
        ? drawRows(stream, rows, perClass)
        : await centralRows(inputs, rows, stream)
    for (let i = 0; i < perClass; i++) out[c * perClass + i] = chosen[i % chosen.length]
  }
  return out
}

/** For each of perClass centres the row nearest to it. */
async function centralRows(
  { tf, targets, perClass, signal }: StartRowsInputs,
  rows: Uint32Array,
  random: Random
): Promise<Uint32Array> {
  const taken = drawRows(random, rows, mostLookedAt)
  const directions = targets.train(taken)
  const { columns } = targets
  normaliseRows(directions, columns)
  const centres = await sphericalKMeans(tf, directions, columns, perClass, random, signal)
  const { cluster, cosine } = await nearestCentroids(tf, directions, centres, columns, signal)
  const best = new Int32Array(perClass).fill(-1)
  cluster.forEach((centre, i) => {
    if (best[centre] < 0 || cosine[i] > cosine[best[centre]]) best[centre] = i
  })
  // A centre that nothing is nearest to takes a row by its place.
  return Uint32Array.from(best, (at, centre) => taken[at < 0 ? centre : at])
}
