// The small-network check model: one hidden layer on fingerprints, trained anew for every arm and
// repeat. It can draw curved borders between labels where the linear model draws straight ones.
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../compute/devices/device.ts'
import { enableGradients } from '../../compute/devices/gradients.ts'
import { fitScaling, scaleRowInto } from '../../compute/kernels/scaling.ts'
import { createRandom } from '../../compute/random.ts'
import { uniformNumbers } from '../../networks/initial-values.ts'
import { makeVariable } from '../../networks/optimizers.ts'
import { trainingOps } from '../../networks/training-ops.ts'
import { labelledPositions, type CheckModelCode, type FingerprintInputs } from './check-model.ts'
import {
  createBatches,
  createTrainer,
  finishTraining,
  networkAccuracy,
  oneHot,
  type Network,
  type NetworkRecipe,
  type Training
} from './train-network.ts'

/** Hidden numbers. */
export const hiddenWidth = 128

/** Fixed for every data set; never tuned on test items. */
export const mlpRecipe: NetworkRecipe = { steps: 1500, batch: 128, rate: 2e-3, decay: 0.05 }

/** One hidden layer of {@link hiddenWidth} ReLUs. */
export const mlpModel: CheckModelCode<FingerprintInputs> = {
  async score(inputs, { tf }, signal) {
    if (!inputs.trainLabels.some((label) => label >= 0)) return 0
    await enableGradients()
    return finishTraining(startMlp(tf, inputs), signal)
  }
}

/**
 * A small network before its first step. First weights and order depend on the seed and on the
 * number of training items alone, so that the arms of a repeat start alike. At least one training
 * item must have a label; `enableGradients` comes first.
 */
export function startMlp(
  tf: TensorFlow,
  inputs: FingerprintInputs,
  recipe: NetworkRecipe = mlpRecipe
): Training {
  const { columns, classes, trainFeatures, trainLabels, testFeatures, testLabels } = inputs
  const random = createRandom(inputs.seed).fork('small network')
  const rows = labelledPositions(trainLabels)
  const scaling = fitScaling(trainFeatures, columns, rows, 'centre')
  // Scaled rows end with a 1, whose weights are the biases of the hidden layer.
  const width = columns + 1
  const load = (features: Float32Array, items: Uint32Array): Tensor2D => {
    const values = new Float32Array(items.length * width)
    items.forEach((row, i) => scaleRowInto(features, row * columns, scaling, values, i * width))
    return tf.tensor2d(values, [items.length, width])
  }
  const network = createMlp(tf, width, classes, (count, bound) =>
    uniformNumbers(random, count, bound)
  )
  const trainer = createTrainer(tf, trainingOps(tf), network, recipe)
  const nextBatch = createBatches(rows, recipe.batch, random.fork('order'))
  return {
    steps: recipe.steps,
    step(index) {
      const items = nextBatch()
      const x = load(trainFeatures, items)
      const y = oneHot(tf, items, trainLabels, classes)
      const loss = trainer.step(index, x, y)
      tf.dispose([x, y])
      return loss
    },
    accuracy: (signal) =>
      networkAccuracy(
        tf,
        network,
        labelledPositions(testLabels),
        testLabels,
        (items) => load(testFeatures, items),
        signal
      ),
    dispose() {
      trainer.dispose()
      tf.dispose([...network.variables])
    }
  }
}

function createMlp(
  tf: TensorFlow,
  width: number,
  classes: number,
  numbers: (count: number, bound: number) => Float32Array
): Network {
  // Uniform with variance 2 / inputs (He et al. 2015), and 1 / inputs for the last layer.
  const first = makeVariable(tf, numbers(width * hiddenWidth, Math.sqrt(6 / width)), [
    width,
    hiddenWidth
  ])
  const second = makeVariable(tf, numbers(hiddenWidth * classes, Math.sqrt(3 / hiddenWidth)), [
    hiddenWidth,
    classes
  ])
  const biases = makeVariable(tf, new Float32Array(classes), [classes])
  return {
    variables: [first, second, biases],
    logits(x) {
      // Made above and by load() as tables of numbers.
      const [rows, hidden, last] = [x, first, second] as Tensor[] as Tensor2D[]
      return tf.add(tf.matMul(tf.relu(tf.matMul(rows, hidden)), last), biases)
    }
  }
}
