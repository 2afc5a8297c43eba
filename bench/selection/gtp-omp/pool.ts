// The pool of the pursuit benchmark: Fashion-MNIST's training pictures as the product's own
// fingerprints, with the heads of GTP's warm-up. Fingerprints are kept in a temporary file, as they
// take longer than what is measured.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Device } from '../../../src-main/core/compute/devices/device.ts'
import { createRandom } from '../../../src-main/core/compute/random.ts'
import {
  describeImages,
  fitImages
} from '../../../src-main/core/features/extractors/image-small/extractor.ts'
import {
  greyShape,
  imageExtractor
} from '../../../src-main/core/features/extractors/image-small/shape.ts'
import { factorsOf, type Factors } from '../../../src-main/core/methods/selection/gtp/factors.ts'
import {
  openGradients,
  type GradientDictionary
} from '../../../src-main/core/methods/selection/gtp/gradients.ts'
import { defaultKnobs } from '../../../src-main/core/methods/selection/gtp/method-knobs.ts'
import { last } from '../../../src-main/core/methods/selection/gtp/target.ts'
import { fitTrajectory } from '../../../src-main/core/methods/selection/gtp/trajectory.ts'
import { fashionMnist } from '../../features/fashion-mnist.ts'
import { memorySource } from '../grid/measure.ts'

const fitPictures = 4000
const pixelsEach = 28 * 28
const warmUp = { warmUpPercent: 5, epochs: 4 }

/** A dictionary of gradient trajectories and the mean of all as the target. */
export interface PursuitPool {
  readonly dictionary: GradientDictionary
  readonly target: Float64Array
  /** Features of a row with the trailing 1, and errors of a row over all passes. */
  readonly width: number
  readonly outputs: number
  /** The factors of all trajectories as NumPy reads them. */
  factors(): Promise<Factors>
}

/** Fingerprints of the first `rows` training pictures, rows x columns. */
async function fingerprints(
  { tf }: Device,
  rows: number,
  signal: AbortSignal
): Promise<{ values: Float32Array; labels: Int32Array; columns: number }> {
  const { pixels, labels } = fashionMnist('train', rows)
  const folder = join(tmpdir(), 'winnow-bench-gtp-omp')
  const path = join(folder, `fashion-${rows}-v${imageExtractor.version}.f32`)
  if (!existsSync(path)) {
    const some = pixels.subarray(0, Math.min(rows, fitPictures) * pixelsEach)
    const fit = await fitImages(tf, some, greyShape(28), 0, signal)
    const values = await describeImages(tf, pixels, fit, signal)
    mkdirSync(folder, { recursive: true })
    writeFileSync(`${path}.part`, values)
    renameSync(`${path}.part`, path)
  }
  const bytes = readFileSync(path)
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  return { values, labels, columns: values.length / rows }
}

/** The product's warm-up and dictionary over the first `rows` training pictures, all in memory. */
export async function pursuitPool(
  device: Device,
  rows: number,
  signal: AbortSignal
): Promise<PursuitPool> {
  const { values, labels, columns } = await fingerprints(device, rows, signal)
  const features = memorySource({ values, labels }, columns)
  const context = { random: createRandom(0), seed: 0, signal, device, resume: undefined }
  const inputs = {
    features,
    labels,
    classNames: Array.from({ length: 10 }, (_, label) => `class ${label}`),
    tasks: [],
    budget: rows,
    rowIds: Uint32Array.from({ length: rows }, (_, row) => row)
  }
  const { trajectory } = await fitTrajectory(context, inputs, warmUp)
  const labelled = {
    count: rows,
    readBlock: features.readBlock,
    readSome: features.readRows,
    label: (row: number) => labels[row]
  }
  const { blockRows, keepBytes } = defaultKnobs
  const options = { device, signal, blockRows, keepBytes, isUnit: false }
  const dictionary = await last(openGradients(labelled, trajectory, options))
  const all = Uint32Array.from({ length: rows }, (_, row) => row)
  const target = await dictionary.combine(all, new Float64Array(rows).fill(1 / rows))
  return {
    dictionary,
    target,
    width: columns + 1,
    outputs: trajectory.shares.length * trajectory.classes,
    factors: () => factorsOf(device, values, (row) => labels[row], trajectory)
  }
}
