// Labels of every view of an item (one soft label per item and pass, with the view's crop, mirror
// and mixture) take more room than the pictures. LPLD (Xiao and He 2024) keeps a random part of them
// and lets students go through that part again and again.
import type { Random } from '../../../compute/random.ts'

/** What per-view labels hold: passes x batches, each batch with its items' labels. */
export interface ViewLabels {
  readonly passes: number
  readonly batchesPerPass: number
  readonly itemsPerBatch: number
  readonly classes: number
  /** Numbers besides the label of one view: crop box, mirror, mixing share and partner. */
  readonly viewNumbers: number
  readonly bytesEach: number
}

/** Which batches are kept, and in which order a student meets them. */
export interface KeptViews {
  /** Kept batches as pass * batchesPerPass + batch, ascending. */
  readonly kept: Uint32Array
  /** For every step of a training of `passes` passes, the place in `kept` of the batch it takes. */
  readonly schedule: Uint32Array
  readonly bytes: number
  readonly bytesBefore: number
}

/**
 * Keeps 1 / `times` of all batches by lot. Half of the reduction drops whole passes and half drops
 * batches of the kept passes (both as evenly as whole numbers allow), as the paper's random pruning
 * on two levels; a training of full length then draws from a new shuffle of what is kept whenever it
 * has seen all of it. Throws a RangeError unless 1 <= times <= number of batches.
 */
export function pruneViews(views: ViewLabels, times: number, random: Random): KeptViews {
  const all = views.passes * views.batchesPerPass
  if (!(times >= 1 && times <= all)) throw new RangeError(`cannot keep 1 of ${times} batches`)
  const need = Math.max(1, Math.round(all / times))
  const passes = Math.min(
    views.passes,
    Math.max(Math.ceil(need / views.batchesPerPass), Math.round(views.passes / Math.sqrt(times)))
  )
  const keptPasses = random.fork('passes').sample(views.passes, passes).sort()
  const within = random.fork('batches').sample(passes * views.batchesPerPass, need)
  const kept = within
    .map((at) => {
      const pass = keptPasses[Math.floor(at / views.batchesPerPass)]
      return pass * views.batchesPerPass + (at % views.batchesPerPass)
    })
    .sort()
  const bytesPerBatch = views.itemsPerBatch * (views.classes + views.viewNumbers) * views.bytesEach
  return {
    kept,
    schedule: shuffledPasses(all, kept.length, random.fork('schedule')),
    bytes: kept.length * bytesPerBatch,
    bytesBefore: all * bytesPerBatch
  }
}

/** `steps` places of `size`, every place once before any comes again. */
function shuffledPasses(steps: number, size: number, random: Random): Uint32Array {
  const schedule = new Uint32Array(steps)
  const order = Uint32Array.from({ length: size }, (_, i) => i)
  for (let at = 0; at < steps; at++) {
    if (at % size === 0) random.shuffle(order)
    schedule[at] = order[at % size]
  }
  return schedule
}
