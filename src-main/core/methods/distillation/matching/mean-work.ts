// What matching class averages costs.
import type { DistillationShape, NetworkWork } from '../distillation-method.ts'
import { formationOf } from './mean-run.ts'

/** Everything the cost depends on. */
export interface MeanWorkParams {
  readonly iterations: number
  readonly realPerClass: number
  readonly tiles: number
  readonly mirror: boolean
}

/** Seconds of an iteration outside networks: new weights, reading real items. */
const otherSeconds = 0.01

/** Real items go forward only; made ones forward and back. */
export function meanMatchingWork(shape: DistillationShape, params: MeanWorkParams): NetworkWork {
  const { factor, isMirrored } = formationOf(shape, params)
  const copies = factor * factor * (isMirrored ? 2 : 1)
  const real = Math.min(shape.trainItems, shape.classes * params.realPerClass)
  const made = shape.classes * shape.perClass
  const { height, width, channels } = shape.shape
  return {
    forward: params.iterations * real,
    trained: params.iterations * made * copies,
    second: 0,
    otherSeconds: params.iterations * otherSeconds,
    megabytes: 300 + Math.ceil((made * (2 + copies) * height * width * channels * 4) / 1e6)
  }
}
