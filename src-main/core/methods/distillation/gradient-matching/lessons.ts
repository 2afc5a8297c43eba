// What the network learns between two comparisons: passes over the made items (DC, DSA), or batches
// of real ones (IDC).
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { letMessagesIn } from '../../../compute/let-messages-in.ts'
import type { Random } from '../../../compute/random.ts'
import { inputSize, type NetworkCode } from '../../../networks/network.ts'
import { oneHotShares } from '../../../networks/normalisation.ts'
import type { Augmentation } from '../../../networks/siamese-augmentation.ts'
import { augmentBatch, gather } from '../../../networks/train-student.ts'
import { createTrainer, type TrainerRules, type TrainerState } from '../../../networks/trainer.ts'
import type { LabelledRows } from '../distillation-method.ts'

/** A network between two comparisons. */
export type Learned = Pick<TrainerState, 'parameters'> & Partial<TrainerState>

/** Items, all of them read at once. */
export interface MadeLesson {
  readonly kind: 'made'
  readonly values: Float32Array
  readonly labels: Int32Array
  readonly augment: Augmentation | null
}

/** Batches drawn from many. */
export interface RealLesson {
  readonly kind: 'real'
  readonly rows: LabelledRows
  readonly augment: Augmentation | null
}

const rate = 0.01
const batchSize = 256
const plain: TrainerRules = {
  optimizer: 'sgd',
  momentum: 0,
  decay: 0,
  loss: 'cross-entropy',
  temperature: 1,
  sharpness: 0
}
const withMomentum: TrainerRules = { ...plain, momentum: 0.9, decay: 5e-4 }

/**
 * `passes` over the made items, or as many batches of real ones. Made lessons are plain SGD as in
 * DC's code; real ones have IDC's momentum and decay. Every pass may be stopped.
 */
export async function learn(
  tf: TensorFlow,
  network: NetworkCode,
  from: Learned,
  lesson: MadeLesson | RealLesson,
  passes: number,
  random: Random,
  signal: AbortSignal
): Promise<Learned> {
  const trainer = createTrainer(tf, network, lesson.kind === 'made' ? plain : withMomentum, from)
  try {
    for (let pass = 0; pass < passes; pass++) {
      const stream = random.fork(`pass ${pass}`)
      for (const { values, labels } of batchesOf(lesson, network, stream)) {
        await letMessagesIn()
        signal.throwIfAborted()
        augmentBatch(values, lesson, network.input, stream.fork('changes'))
        trainer.step(values, oneHotShares(labels, network.classes), rate)
      }
    }
    return trainer.state()
  } finally {
    trainer.dispose()
  }
}

interface Batch {
  readonly values: Float32Array
  readonly labels: Int32Array
}

function* batchesOf(
  lesson: MadeLesson | RealLesson,
  { input }: NetworkCode,
  random: Random
): Generator<Batch, void, void> {
  if (lesson.kind === 'real') {
    const { rows } = lesson
    const taken = random.sample(rows.count, Math.min(batchSize, rows.count))
    yield { values: rows.read(taken), labels: Int32Array.from(taken, (row) => rows.labels[row]) }
    return
  }
  const { values, labels } = lesson
  const order = random.sample(labels.length, labels.length)
  for (let at = 0; at < order.length; at += batchSize) {
    const taken = order.subarray(at, at + batchSize)
    yield {
      values: gather(values, taken, inputSize(input)),
      labels: Int32Array.from(taken, (item) => labels[item])
    }
  }
}
