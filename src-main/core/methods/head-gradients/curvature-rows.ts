// The rows a curvature is measured on: a seeded sample of the labelled candidates, scaled like the
// head's, with the trailing 1.
import type { MethodContext, SelectionInputs } from '../method.ts'
import type { CurvatureRows } from './curvature.ts'
import { labelledRows, readTraining, type HeadSet } from './head-set.ts'

/** Labelled positions, ascending: all of them up to `most`, otherwise drawn by lot. */
export function sampledRows(
  context: MethodContext,
  inputs: SelectionInputs,
  most: number
): Uint32Array {
  const able = labelledRows(inputs.labels)
  if (able.length <= most) return able
  const drawn = context.random.fork('curvature').sample(able.length, most)
  return drawn.map((at) => able[at]).sort()
}

/** Reads the rows; those with a number that is not finite are left out. */
export async function readCurvatureRows(
  inputs: SelectionInputs,
  picked: Uint32Array,
  set: HeadSet
): Promise<CurvatureRows & { readonly labels: Int32Array }> {
  const { rows } = await readTraining(inputs, picked, set.scaling)
  const { columns } = set
  const width = columns + 1
  const usable = Uint32Array.from(rows.labels.keys()).filter((row) => rows.labels[row] >= 0)
  const h = new Float32Array(usable.length * width)
  usable.forEach((row, at) => {
    h.set(rows.features.subarray(row * columns, (row + 1) * columns), at * width)
    h[at * width + columns] = 1
  })
  const labels = Int32Array.from(usable, (row) => rows.labels[row])
  return { h, width, count: usable.length, labels }
}
