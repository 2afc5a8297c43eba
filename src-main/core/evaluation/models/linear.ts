// The fast linear check model: softmax regression on fingerprints, solved to its optimum from zero,
// so that there is no luck in it.
import { accuracy, checkRecipe, trainHead } from '../../compute/softmax-head.ts'
import type { CheckModelCode, FingerprintInputs } from './check-model.ts'

/** Softmax regression by L-BFGS (compute/softmax-head.ts, "check" recipe). */
export const linearModel: CheckModelCode<FingerprintInputs> = {
  async score(inputs, device, signal) {
    if (!inputs.trainLabels.some((label) => label >= 0)) return 0
    const head = await trainHead(
      device.tf,
      {
        features: inputs.trainFeatures,
        columns: inputs.columns,
        labels: inputs.trainLabels,
        classes: inputs.classes
      },
      checkRecipe(inputs.seed),
      signal
    )
    return accuracy(head, inputs.testFeatures, inputs.testLabels)
  }
}
