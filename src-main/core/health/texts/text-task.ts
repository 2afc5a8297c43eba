// Compute task: reads a block of texts.
import { breathe } from '../../features/breathe.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { readText, textKeys, textNumbers, type TextFindings } from './read-text.ts'

export interface ReadTextsInput {
  readonly texts: readonly string[]
}

export interface ReadTextsOutput {
  /** count x textNumbers. */
  readonly numbers: Float32Array
  /** count x textKeys. */
  readonly keys: Uint32Array
  /** Shingles of all texts, one after the other, and how many each has. */
  readonly shingles: Uint32Array
  readonly lengths: Uint32Array
  /** Masked finds of the texts that have some, by place in the block. */
  readonly finds: readonly (readonly [number, TextFindings])[]
}

const charactersAtOnce = 200_000

/** Reads texts; stops between a few of them when cancelled. */
export const readTextsTask: ComputeTask<ReadTextsInput, never, ReadTextsOutput> = {
  name: 'health.read-texts',
  // eslint-disable-next-line require-yield -- a block is a second or so; its result is its only event
  async *run({ texts }, context) {
    const numbers = new Float32Array(texts.length * textNumbers)
    const keys = new Uint32Array(texts.length * textKeys)
    const lengths = new Uint32Array(texts.length)
    const sets: Uint32Array[] = []
    const finds: (readonly [number, TextFindings])[] = []
    let sinceBreath = 0
    for (const [i, text] of texts.entries()) {
      sinceBreath += text.length
      if (sinceBreath > charactersAtOnce) {
        await breathe(context.signal)
        sinceBreath = 0
      }
      const read = readText(text)
      numbers.set(read.numbers, i * textNumbers)
      keys.set(read.keys, i * textKeys)
      lengths[i] = read.shingles.length
      sets.push(read.shingles)
      if (read.finds !== undefined) finds.push([i, read.finds])
    }
    const shingles = new Uint32Array(sets.reduce((sum, set) => sum + set.length, 0))
    let at = 0
    for (const set of sets) {
      shingles.set(set, at)
      at += set.length
    }
    context.transfer(numbers.buffer, keys.buffer, shingles.buffer, lengths.buffer)
    return { numbers, keys, shingles, lengths, finds }
  }
}
