// Compute task: asks a helper model of the analyst's own about the validation items, to say how often it
// is right and how sure it is, and leaves it where methods find helper models.
import { dirname } from 'node:path'
import { softmaxInPlace } from '../../compute/kernels/softmax.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { shareRight } from '../../networks/predict.ts'
import { openDistilData, type DataPlace } from '../distil-data.ts'
import { describeExperts, openExpertWriter } from '../expert-store.ts'
import { askHelper } from './helper-answers.ts'
import { openQuestion, type OwnHelper } from './own-experts.ts'

export interface AskHelperInput {
  readonly data: DataPlace
  /** Its folder in experts/. */
  readonly folder: string
  readonly own: Omit<OwnHelper, 'normalisation'>
}

export interface AskHelperOutput {
  readonly device: string
  readonly accuracy01: number
  /** In nats. */
  readonly entropy: number
}

/** Its answers come from the processor whatever device the run has. */
const askedOn = 'processor (native)'

export const askHelperTask: ComputeTask<
  AskHelperInput,
  { readonly done: number; readonly total: number },
  AskHelperOutput
> = {
  name: 'ask-helper',
  async *run({ data: place, folder, own: asked }, context) {
    const data = await openDistilData(place)
    try {
      const { mean, sd } = data.normalisation
      const own = { ...asked, normalisation: { mean: [...mean], sd: [...sd] } }
      const question = await openQuestion(dirname(folder), own, data.shape, context.cores ?? 1)
      const validation = await data.part('validation')
      yield { done: 0, total: validation.count }
      const logits = await askHelper(question, validation, context.signal)
      const classes = data.classNames.length
      const accuracy01 = shareRight(logits, validation.labels, classes)
      const entropy = meanEntropyOf(logits, classes)
      await describeExperts(folder, { shape: data.shape, classes, device: askedOn, own })
      const writer = await openExpertWriter(folder, 0)
      // One pass: there is one state of it, and it is a trained one.
      const moment = { epoch: 1, accuracy01, entropy, parameters: [], statistics: [] }
      await writer.moment(0, moment)
      await writer.finish(askedOn)
      yield { done: validation.count, total: validation.count }
      return { device: askedOn, accuracy01, entropy }
    } finally {
      await data.close()
    }
  }
}

function meanEntropyOf(logits: Float32Array, classes: number): number {
  const rows = logits.length / classes
  let sum = 0
  const row = new Float64Array(classes)
  for (let at = 0; at < logits.length; at += classes) {
    for (let c = 0; c < classes; c++) row[c] = logits[at + c]
    softmaxInPlace(row)
    for (const share of row) if (share > 0) sum -= share * Math.log(share)
  }
  return rows === 0 ? 0 : sum / rows
}
