// Small inputs for the tests of distillation methods over real items, and a run to its end.
import type { z } from 'zod'
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { trainExpertsInMemory } from '../../../networks/expert-memory.ts'
import type { NetworkSpec } from '../../../networks/network.ts'
import { columnNormalisation, labelledColumns } from '../../../networks/normalisation.ts'
import { smallPictures } from '../../../networks/picture-sample.test-support.ts'
import type { MethodCheckpoint, ParamsSchema } from '../../method.ts'
import type {
  DistillationInputs,
  DistillationMethod,
  DistillationProgress,
  DistillationShape,
  DistilledSet
} from '../distillation-method.ts'

export const smallConvnet: NetworkSpec = {
  kind: 'convnet',
  width: 6,
  depth: 2,
  norm: 'instance'
}

/** Pictures of four classes, 8 x 8. */
export function pictureInputs(
  perClass: number,
  network = smallConvnet,
  seed = 1
): DistillationInputs {
  const { train, validation, shape, classNames, normalisation } = smallPictures(seed, {
    train: 60,
    validation: 40,
    side: 8
  })
  return {
    data: 'pictures',
    shape,
    normalisation,
    classNames,
    train,
    validation,
    perClass,
    network
  }
}

/** Rows of eight numbers around six points on a ring, so that neighbours are alike. */
export function vectorInputs(perClass: number, network: NetworkSpec): DistillationInputs {
  const columns = 8
  const classes = 6
  const random = createRandom(9)
  const draw = (each: number): { values: Float32Array; labels: Int32Array } => {
    const labels = Int32Array.from({ length: classes * each }, (_, i) => i % classes)
    const values = Float32Array.from({ length: labels.length * columns }, (_, i) => {
      const angle = (2 * Math.PI * labels[Math.floor(i / columns)]) / classes
      const column = i % columns
      const centre = column === 0 ? Math.cos(angle) : column === 1 ? Math.sin(angle) : 0
      return 5 + 3 * centre + random.normal()
    })
    return { values, labels }
  }
  const [train, validation] = [draw(100), draw(80)]
  const normalisation = columnNormalisation(train.values, columns)
  return {
    data: 'vectors',
    shape: { height: 1, width: 1, channels: columns },
    normalisation,
    classNames: ['a', 'b', 'c', 'd', 'e', 'f'],
    train: labelledColumns(train.values, train.labels, normalisation),
    validation: labelledColumns(validation.values, validation.labels, normalisation),
    perClass,
    network
  }
}

/** What a method is asked about before a run. */
export function shapeOf(inputs: DistillationInputs): DistillationShape {
  const { data, shape, classNames, train, perClass, network } = inputs
  const asked = {
    data,
    shape,
    classes: classNames.length,
    trainItems: train.count,
    perClass,
    network
  }
  return inputs.labels === undefined ? asked : { ...asked, labels: inputs.labels }
}

/** The inputs with the helper models that the method asks for. */
export async function withExperts<S extends ParamsSchema>(
  device: Device,
  method: DistillationMethod<S>,
  inputs: DistillationInputs,
  params: z.input<S>
): Promise<DistillationInputs> {
  const request = method.experts(shapeOf(inputs), method.params.parse(params))
  if (request === undefined) return inputs
  const network = createNetwork(request.network, inputs.shape, inputs.classNames.length)
  const context = { random: createRandom(3), signal: new AbortController().signal, device }
  const { train, validation } = inputs
  const experts = await trainExpertsInMemory(context, network, request, train, validation)
  return { ...inputs, experts }
}

export interface FinishedRun {
  readonly set: DistilledSet
  readonly seen: readonly DistillationProgress[]
  readonly checkpoints: readonly MethodCheckpoint[]
}

/** Runs a method to its end. */
export async function runToEnd<S extends ParamsSchema>(
  device: Device,
  method: DistillationMethod<S>,
  inputs: DistillationInputs,
  params: z.input<S>,
  options: { readonly resume?: MethodCheckpoint; readonly signal?: AbortSignal } = {}
): Promise<FinishedRun> {
  const context = {
    random: createRandom(5),
    seed: 5,
    signal: options.signal ?? new AbortController().signal,
    device,
    resume: options.resume
  }
  const run = method.run(context, inputs, method.params.parse(params))
  const seen: DistillationProgress[] = []
  for (;;) {
    const step = await run.next()
    if (step.done === true)
      return { set: step.value, seen, checkpoints: seen.flatMap((s) => s.checkpoint ?? []) }
    seen.push(step.value)
  }
}
