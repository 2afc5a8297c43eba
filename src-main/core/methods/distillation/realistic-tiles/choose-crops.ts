// The parts of real pictures that a helper model finds most like their class (RDED, Sun et al. 2024,
// section 3): of each picture its best crop, of each class the best of these.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import type { Random } from '../../../compute/random.ts'
import { inputSize, type InputShape } from '../../../networks/network.ts'
import { labelledValues } from '../../../networks/normalisation.ts'
import type { LabelledRows } from '../distillation-method.ts'
import type { ExpertSource } from '../../../networks/experts.ts'
import { createExpertLabels } from '../soft-labels/expert-labels.ts'
import { drawCrop, resizeCrop, tileBoxes, type CropBox } from './crops.ts'

/** A part of a training picture and how surely the helper models name its class. */
export interface ScoredCrop {
  readonly row: number
  readonly box: CropBox
  /** Cross-entropy with the class, in nats; low = easy to name. */
  readonly loss: number
}

export interface CropRules {
  /** Crops of each picture. */
  readonly crops: number
  /** Least share of a picture's area in a crop. */
  readonly leastArea: number
  /** Tiles beside each other. */
  readonly factor: number
}

/** What crops are scored with. */
export interface CropJudge {
  readonly tf: TensorFlow
  readonly experts: ExpertSource
  readonly moment: number
  readonly shape: InputShape
  readonly classes: number
  readonly signal: AbortSignal
}

/**
 * `crops` random crops of each row, scored as students will see them: shrunk to a tile and brought
 * back to the size the helper models know. In the order of the rows, crop by crop.
 */
export async function scoreCrops(
  judge: CropJudge,
  train: LabelledRows,
  rows: Uint32Array,
  label: number,
  { crops, leastArea, factor }: CropRules,
  random: Random
): Promise<ScoredCrop[]> {
  const { tf, experts, moment, shape, classes, signal } = judge
  const size = inputSize(shape)
  const [tile] = tileBoxes(shape, factor)
  const tileShape = { ...tile, channels: shape.channels }
  const values = new Float32Array(rows.length * crops * size)
  const boxes: CropBox[] = []
  const pictures = train.read(rows)
  for (let i = 0; i < rows.length; i++)
    for (let crop = 0; crop < crops; crop++) {
      const box = drawCrop(random, shape, leastArea)
      const small = resizeCrop(pictures.subarray(i * size, (i + 1) * size), shape, box, tile)
      const whole = { ...tile, top: 0, left: 0 }
      values.set(resizeCrop(small, tileShape, whole, shape), boxes.length * size)
      boxes.push(box)
    }
  const seen = labelledValues(values, new Int32Array(boxes.length).fill(label))
  const logits = await createExpertLabels(tf, experts, shape, classes, seen, signal).logitsAt(
    moment
  )
  return boxes.map((box, i) => ({
    row: rows[Math.floor(i / crops)],
    box,
    loss: crossEntropyOf(logits.subarray(i * classes, (i + 1) * classes), label)
  }))
}

function crossEntropyOf(logits: Float32Array, label: number): number {
  const top = Math.max(...logits)
  return Math.log(logits.reduce((sum, z) => sum + Math.exp(z - top), 0)) + top - logits[label]
}

/**
 * The `need` best crops, lowest loss first: the best one of each picture; the second best ones only
 * where there are too few pictures, and so on.
 */
export function bestCrops(scored: readonly ScoredCrop[], need: number): ScoredCrop[] {
  const taken = new Map<number, number>()
  const byLoss = [...scored].sort((a, b) => a.loss - b.loss)
  const ranked = byLoss.map((crop) => {
    const turn = taken.get(crop.row) ?? 0
    taken.set(crop.row, turn + 1)
    return { crop, turn }
  })
  return ranked
    .sort((a, b) => a.turn - b.turn)
    .slice(0, need)
    .map(({ crop }) => crop)
    .sort((a, b) => a.loss - b.loss)
}
