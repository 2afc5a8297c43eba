// Reads all rows once and asks the planned helper models about them after each of their passes: the
// mean loss, how often the plan would have visited the row, and what the finished models say.
import { headLogits } from '../../../compute/head-logits.ts'
import { softmaxInPlace } from '../../../compute/kernels/softmax.ts'
import type { FeatureScaling } from '../../../compute/kernels/scaling.ts'
import type { MethodContext, SelectionInputs } from '../../method.ts'
import { isInside, type PassRule } from './schedule.ts'

/** The heads of one repeat, and the rules its passes went by. */
export interface PlannedHeads {
  /** passes x classes x width */
  readonly heads: Float32Array
  readonly rules: readonly PassRule[]
}

/** What is known of N rows. */
export interface LossReadOut {
  /** Mean cross-entropy over passes and repeats; NaN = no label, or numbers that cannot be read. */
  readonly loss: Float32Array
  /** Share of the passes that would have visited the row, mean over repeats. */
  readonly visits: Float32Array
  /** Repeats whose finished model says the label. */
  readonly right: Uint8Array
  /** Class the finished models together find likeliest. */
  readonly guess: Uint32Array
  /** 0 = judged, 1 = numbers that cannot be read, 2 = no label. */
  readonly flags: Uint8Array
}

/**
 * Yields the rows done after each block. A pass decides by the loss under the head before it, so
 * that rows that were trained on and rows that were not are judged alike.
 */
export async function* readLosses(
  { device, signal }: Pick<MethodContext, 'device' | 'signal'>,
  { features, labels }: Pick<SelectionInputs, 'features' | 'labels'>,
  trials: readonly PlannedHeads[],
  classes: number,
  scaling: FeatureScaling
): AsyncGenerator<number, LossReadOut, void> {
  const { rows } = features
  const out: LossReadOut = {
    loss: new Float32Array(rows).fill(NaN),
    visits: new Float32Array(rows),
    right: new Uint8Array(rows),
    guess: new Uint32Array(rows),
    flags: new Uint8Array(rows)
  }
  const passes = trials[0].rules.length
  const heads = trials.map((trial) => ({
    scaling,
    weights: trial.heads,
    outputs: passes * classes
  }))
  const p = new Float64Array(classes)
  const mean = new Float64Array(classes)
  for await (const block of headLogits(device.tf, features, heads, signal)) {
    for (let i = 0; i < block.count; i++) {
      const row = block.first + i
      const label = labels[row]
      const isBad = block.lengths.some((of) => Number.isNaN(of[i]))
      out.flags[row] = isBad ? 1 : label < 0 ? 2 : 0
      if (isBad) continue
      let sum = 0
      let visits = 0
      mean.fill(0)
      trials.forEach(({ rules }, trial) => {
        let before = 0
        for (let pass = 0; pass < passes; pass++) {
          const rule = rules[pass]
          visits += pass > 0 && !isInside(rule, before) ? rule.outside : rule.inside
          const at = (i * passes + pass) * classes
          for (let c = 0; c < classes; c++) p[c] = block.logits[trial][at + c]
          softmaxInPlace(p)
          before = label < 0 ? 0 : -Math.log(Math.max(1e-300, p[label]))
          sum += before
        }
        let best = 0
        for (let c = 0; c < classes; c++) {
          mean[c] += p[c]
          if (p[c] > p[best]) best = c
        }
        if (best === label) out.right[row]++
      })
      for (let c = 1; c < classes; c++) if (mean[c] > mean[out.guess[row]]) out.guess[row] = c
      // Numbers too large for float32 products end here.
      if (!Number.isFinite(Math.fround(sum))) out.flags[row] = 1
      else if (label >= 0) {
        out.loss[row] = sum / (trials.length * passes)
        out.visits[row] = visits / (trials.length * passes)
      }
    }
    yield block.first + block.count
  }
  return out
}
