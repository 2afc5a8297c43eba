// Small pairs for the tests of this folder.
import { rotatedPairs } from '../../../evaluation/pairs/pairs.test-support.ts'
import type { DistillationInputs } from '../distillation-method.ts'
import { labelledValues } from '../../../networks/normalisation.ts'

/** Columns of the halves. */
export const smallHalves = { pictureColumns: 6, textColumns: 5 } as const

/** 150 pairs to learn from and 60 to choose by. */
export function smallPairs(perClass: number): DistillationInputs {
  const { values, rows } = rotatedPairs(smallHalves, 150, 60)
  const channels = smallHalves.pictureColumns + smallHalves.textColumns
  return {
    data: 'vectors',
    shape: { height: 1, width: 1, channels },
    normalisation: { mean: Array(channels).fill(0), sd: Array(channels).fill(1) },
    classNames: ['Pairs'],
    train: labelledValues(values, new Int32Array(150)),
    validation: rows,
    perClass,
    network: { kind: 'mlp', width: 4, depth: 1, norm: 'none' },
    pairs: { pictureColumns: smallHalves.pictureColumns }
  }
}
