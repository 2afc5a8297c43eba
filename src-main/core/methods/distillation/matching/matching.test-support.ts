// Small inputs and whole runs for the tests of matching methods.
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import type { NetworkSpec } from '../../../networks/network.ts'
import { smallPictures } from '../../../networks/picture-sample.test-support.ts'
import type { MethodCheckpoint } from '../../method.ts'
import type {
  DistillationContext,
  DistillationInputs,
  DistillationProgress,
  DistilledSet
} from '../distillation-method.ts'

export const smallConvnet: NetworkSpec = { kind: 'convnet', width: 6, depth: 2, norm: 'instance' }

/** Bars, poles, boxes and crosses. */
export function smallInputs(
  perClass: number,
  change: Partial<DistillationInputs> = {},
  side = 12
): DistillationInputs {
  const sample = smallPictures(3, { train: 30, validation: 12, test: 20, side })
  return {
    data: 'pictures',
    shape: sample.shape,
    normalisation: sample.normalisation,
    classNames: sample.classNames,
    train: sample.train,
    validation: sample.validation,
    perClass,
    network: smallConvnet,
    ...change
  }
}

export function contextOn(
  device: Device,
  resume?: MethodCheckpoint,
  signal = new AbortController().signal
): DistillationContext {
  return { device, resume, signal, seed: 5, random: createRandom(5) }
}

/** A whole run with everything it said on the way. */
export interface Ran {
  readonly progress: readonly DistillationProgress[]
  readonly set: DistilledSet
}

export async function runToEnd(
  run: AsyncGenerator<DistillationProgress, DistilledSet, void>,
  each: (progress: DistillationProgress) => void = () => undefined
): Promise<Ran> {
  const progress: DistillationProgress[] = []
  for (;;) {
    const next = await run.next()
    if (next.done === true) return { progress, set: next.value }
    progress.push(next.value)
    each(next.value)
  }
}
