// Reads all rows once and asks every helper model about them: difficulty, right or wrong, best guess.
// Memory is one block of rows plus nine bytes per row.
import { headLogits } from '../../compute/head-logits.ts'
import { softmaxInPlace } from '../../compute/kernels/softmax.ts'
import type { MethodContext, SelectionInputs } from '../method.ts'
import type { Measure } from './measures.ts'
import type { HeadRuns } from './train.ts'

/** What the helper models say about N rows. */
export interface ReadOut {
  /** Mean over runs; NaN = no label, or numbers that are not finite. */
  readonly difficulty: Float32Array
  /** Runs whose opinion is the given label. */
  readonly right: Uint8Array
  /** Class with the highest mean opinion. */
  readonly guess: Uint32Array
  /** 0 = judged, 1 = numbers that are not finite, 2 = no label. */
  readonly flags: Uint8Array
}

/** Yields the rows done after each block. */
export async function* readOut(
  context: Pick<MethodContext, 'device' | 'signal'>,
  inputs: Pick<SelectionInputs, 'features' | 'labels'>,
  { runs, kept }: HeadRuns,
  classes: number,
  measure: Measure,
  blockRows?: number
): AsyncGenerator<number, ReadOut, void> {
  const { rows } = inputs.features
  const out: ReadOut = {
    difficulty: new Float32Array(rows).fill(NaN),
    right: new Uint8Array(rows),
    guess: new Uint32Array(rows),
    flags: new Uint8Array(rows)
  }
  const probabilities = new Float64Array(kept * classes)
  const belief = new Float64Array(classes)
  const mean = new Float64Array(classes)
  const { tf } = context.device
  const blocks = headLogits(tf, inputs.features, runs, context.signal, blockRows)
  for await (const { first, count, logits, lengths } of blocks) {
    for (let i = 0; i < count; i++) {
      const row = first + i
      const label = inputs.labels[row]
      const isBad = lengths.some((of) => Number.isNaN(of[i]))
      out.flags[row] = isBad ? 1 : label < 0 ? 2 : 0
      if (isBad) continue
      let sum = 0
      mean.fill(0)
      runs.forEach((_, run) => {
        fillProbabilities(logits[run], i * kept * classes, classes, probabilities)
        const view = { probabilities, kept, classes, label: Math.max(0, label) }
        sum += measure({ ...view, length: lengths[run][i] }, belief)
        let best = 0
        for (let c = 0; c < classes; c++) {
          mean[c] += belief[c]
          if (belief[c] > belief[best]) best = c
        }
        if (best === label) out.right[row]++
      })
      for (let c = 1; c < classes; c++) if (mean[c] > mean[out.guess[row]]) out.guess[row] = c
      // Numbers too large for float32 products end here.
      if (!Number.isFinite(Math.fround(sum))) out.flags[row] = 1
      else if (label >= 0) out.difficulty[row] = sum / runs.length
    }
    yield first + count
  }
  return out
}

/** Softmax of every pass's logits. */
function fillProbabilities(
  logits: Float32Array,
  at: number,
  classes: number,
  out: Float64Array
): void {
  for (let i = 0; i < out.length; i++) out[i] = logits[at + i]
  for (let from = 0; from < out.length; from += classes)
    softmaxInPlace(out.subarray(from, from + classes))
}
