// Compute task: one unit of a check, one model trained and tested on rows of a fingerprint file or
// on the decoded pictures of the run.
import type { CheckModel } from '../../api/dto/runs.ts'
import type { Device } from '../compute/devices/device.ts'
import {
  fingerprintModels,
  pictureModels,
  type FingerprintModel
} from '../evaluation/train-and-test.ts'
import { openNpy } from '../features/npy.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import { openCheckPixels } from './check-pixels.ts'

export interface CheckTaskInput {
  readonly model: CheckModel
  readonly featuresPath: string
  /** Folder of decoded pictures; read by picture models only. */
  readonly pixelsFolder: string
  /** Rows to train on, ascending, and their classes. */
  readonly trainRows: Uint32Array
  readonly trainLabels: Int32Array
  readonly testRows: Uint32Array
  readonly testLabels: Int32Array
  readonly classes: number
  readonly seed: number
  readonly device: string
}

export interface CheckTaskOutput {
  /** Share of test items named rightly, 0..1. */
  readonly accuracy01: number
  readonly device: string
}

export const checkTask: ComputeTask<CheckTaskInput, never, CheckTaskOutput> = {
  name: 'check',
  // eslint-disable-next-line require-yield -- a unit is short: its result is its only event
  async *run(input, context) {
    const device = await context.device(input.device)
    const accuracy01 =
      input.model === 'convnet'
        ? await scorePictures(input, device, context.signal)
        : await scoreFingerprints(input, input.model, device, context.signal)
    return { accuracy01, device: device.name }
  }
}

async function scoreFingerprints(
  input: CheckTaskInput,
  model: FingerprintModel,
  device: Device,
  signal: AbortSignal
): Promise<number> {
  const source = await openNpy(input.featuresPath)
  try {
    const inputs = {
      trainFeatures: await source.readRows(input.trainRows),
      trainLabels: input.trainLabels,
      testFeatures: await source.readRows(input.testRows),
      testLabels: input.testLabels,
      columns: source.columns,
      classes: input.classes,
      seed: input.seed
    }
    return await fingerprintModels[model].score(inputs, device, signal)
  } finally {
    await source.close()
  }
}

async function scorePictures(
  input: CheckTaskInput,
  device: Device,
  signal: AbortSignal
): Promise<number> {
  const pixels = await openCheckPixels(input.pixelsFolder)
  try {
    const inputs = {
      trainPixels: await pixels.read(input.trainRows),
      trainLabels: pixels.readable(input.trainRows, input.trainLabels),
      testPixels: await pixels.read(input.testRows),
      testLabels: pixels.readable(input.testRows, input.testLabels),
      size: pixels.size,
      channels: pixels.channels,
      classes: input.classes,
      seed: input.seed
    }
    return await pictureModels.convnet.score(inputs, device, signal)
  } finally {
    await pixels.close()
  }
}
