// Compute task: how long the check models other than the linear one take on this computer, each
// measured by a few of its own steps on numbers of the data's shape.
import type { CheckModel } from '../../api/dto/runs.ts'
import type { Device } from '../compute/devices/device.ts'
import { enableGradients } from '../compute/devices/gradients.ts'
import { createRandom } from '../compute/random.ts'
import { openItemSource, type SourceDescription } from '../datasets/item-source.ts'
import type { FingerprintInputs, PictureInputs } from '../evaluation/models/check-model.ts'
import { startConvnet } from '../evaluation/models/convnet.ts'
import { knnModel } from '../evaluation/models/knn.ts'
import { startMlp } from '../evaluation/models/mlp.ts'
import { pictureSide } from '../evaluation/models/picture-side.ts'
import type { Training } from '../evaluation/models/train-network.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'

/** What the models of a check cost; undefined = not measured. */
export interface ModelSpeed {
  /** Seconds of a training that are the same for every set. */
  readonly perTraining: number
  /** Seconds for each test item. */
  readonly perTestItem: number
  /** Seconds for each pair of a test and a training item (k-NN). */
  readonly perPair: number
  /** Seconds to decode one picture, once per run; 0 for models that read none. */
  readonly perPicture: number
}

export interface CheckProbeInput {
  readonly model: Exclude<CheckModel, 'linear'>
  readonly columns: number
  readonly classes: number
  /** A few of the data's pictures, for the picture network. */
  readonly pictures:
    { readonly source: SourceDescription; readonly locators: readonly string[] } | undefined
  readonly device: string
}

export const checkProbeTask: ComputeTask<CheckProbeInput, never, ModelSpeed> = {
  name: 'probe-check',
  // eslint-disable-next-line require-yield -- a second or so: its result is its only event
  async *run(input, context) {
    const device = await context.device(input.device)
    switch (input.model) {
      case 'knn':
        return measureKnn(input, device, context.signal)
      case 'mlp': {
        await enableGradients()
        const inputs = madeUpRows(input, 512, 256)
        return measureTraining(startMlp(device.tf, inputs), 256, context.signal)
      }
      case 'convnet': {
        const perPicture = await decodingSeconds(input.pictures)
        await enableGradients()
        const training = startConvnet(device.tf, madeUpPictures(input, 64))
        return { ...(await measureTraining(training, 64, context.signal)), perPicture }
      }
    }
  }
}

const none: ModelSpeed = { perTraining: 0, perTestItem: 0, perPair: 0, perPicture: 0 }

function since(start: number): number {
  return Math.max(1e-6, (performance.now() - start) / 1000)
}

function madeUpLabels(count: number, classes: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i % Math.max(2, classes))
}

function madeUpRows(
  { columns, classes }: CheckProbeInput,
  trained: number,
  tested: number
): FingerprintInputs {
  const random = createRandom(1)
  const rows = (count: number): Float32Array =>
    Float32Array.from({ length: count * columns }, () => random.uniform() - 0.5)
  return {
    trainFeatures: rows(trained),
    trainLabels: madeUpLabels(trained, classes),
    testFeatures: rows(tested),
    testLabels: madeUpLabels(tested, classes),
    columns,
    classes: Math.max(2, classes),
    seed: 1
  }
}

/** Colour pictures: the dearer kind, since it is not yet known which the data has. */
function madeUpPictures({ classes }: CheckProbeInput, count: number): PictureInputs {
  const random = createRandom(1)
  const pixels = Uint8Array.from({ length: count * pictureSide * pictureSide * 3 }, () =>
    random.below(256)
  )
  const labels = madeUpLabels(count, classes)
  return {
    trainPixels: pixels,
    trainLabels: labels,
    testPixels: pixels,
    testLabels: labels,
    size: pictureSide,
    channels: 3,
    classes: Math.max(2, classes),
    seed: 1
  }
}

async function measureKnn(
  input: CheckProbeInput,
  device: Device,
  signal: AbortSignal
): Promise<ModelSpeed> {
  const inputs = madeUpRows(input, 1024, 512)
  // The first product pays for set-up and is not counted.
  await knnModel.score(inputs, device, signal)
  const start = performance.now()
  await knnModel.score(inputs, device, signal)
  return { ...none, perPair: since(start) / (1024 * 512) }
}

/** Steps that set things up, and the time that is spent on those counted. */
const firstSteps = 3
const measureSeconds = 0.3

/** Times steps and one naming of `tested` items; disposes the training. */
async function measureTraining(
  training: Training,
  tested: number,
  signal: AbortSignal
): Promise<ModelSpeed> {
  try {
    let step = 0
    while (step < firstSteps) training.step(step++)
    const start = performance.now()
    do {
      signal.throwIfAborted()
      training.step(step++)
    } while (since(start) < measureSeconds)
    const perStep = since(start) / (step - firstSteps)
    await training.accuracy(signal)
    const named = performance.now()
    await training.accuracy(signal)
    return {
      ...none,
      perTraining: perStep * training.steps,
      perTestItem: since(named) / tested
    }
  } finally {
    training.dispose()
  }
}

/** Seconds to decode one of the data's own pictures; 0 when they cannot be read. */
async function decodingSeconds(pictures: CheckProbeInput['pictures']): Promise<number> {
  if (pictures === undefined || pictures.locators.length === 0) return 0
  const source = await openItemSource(pictures.source)
  try {
    const start = performance.now()
    await source.readPixels(pictures.locators, { size: pictureSide, channels: 3 })
    return since(start) / pictures.locators.length
  } finally {
    await source.close()
  }
}
