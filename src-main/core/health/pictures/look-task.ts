// Compute task: decodes a block of pictures and looks at each.
import type { SourceDescription } from '../../datasets/item-source.ts'
import { createSourceKeeper } from '../../datasets/open-sources.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { look, lookAt, lookColumns, lookSide, smallBytes } from './look.ts'

export interface LookInput {
  readonly source: SourceDescription
  readonly locators: readonly string[]
  /** Sizes as imported, 0 when unknown. */
  readonly widths: Uint32Array
  readonly heights: Uint32Array
}

export interface LookOutput {
  /** count x lookColumns. */
  readonly numbers: Float32Array
  /** count x smallBytes. */
  readonly small: Uint8Array
}

// Lives as long as the thread, as in datasets/thumbnails.ts.
const sources = createSourceKeeper()
// Decoded in one go: 64 pictures of 256 x 256 are 13 MB, and cancelling waits for one such group.
const decodedAtOnce = 64

/** Looks at pictures; one that cannot be decoded is marked as failed. */
export const lookTask: ComputeTask<LookInput, { readonly done: number }, LookOutput> = {
  name: 'health.look',
  async *run(input, context) {
    const count = input.locators.length
    const numbers = new Float32Array(count * lookColumns)
    const small = new Uint8Array(count * smallBytes)
    let done = 0
    for (const [side, places] of bySide(input)) {
      for (let from = 0; from < places.length; from += decodedAtOnce) {
        context.signal.throwIfAborted()
        const part = places.slice(from, from + decodedAtOnce)
        const locators = part.map((place) => input.locators[place])
        const { pixels, failed } = await sources.use(input.source, (open) =>
          open.readPixels(locators, { size: side, channels: 3 })
        )
        const lost = new Set(failed)
        part.forEach((place, i) => {
          const row = numbers.subarray(place * lookColumns, (place + 1) * lookColumns)
          if (lost.has(i)) row[look.failed] = 1
          else {
            const bytes = 3 * side * side
            lookAt(
              pixels.subarray(i * bytes, (i + 1) * bytes),
              side,
              row,
              small.subarray(place * smallBytes, (place + 1) * smallBytes)
            )
          }
        })
        done += part.length
        yield { done }
      }
    }
    context.transfer(numbers.buffer, small.buffer)
    return { numbers, small }
  }
}

/** Places in the block by the side they are looked at. */
function bySide(input: LookInput): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>()
  for (let place = 0; place < input.locators.length; place++) {
    const side = lookSide(input.widths[place], input.heights[place])
    const group = groups.get(side)
    if (group === undefined) groups.set(side, [place])
    else group.push(place)
  }
  return groups
}
