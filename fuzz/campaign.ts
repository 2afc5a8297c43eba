// Runs cases of one target one after the other, each from a stream of its own, and notes what came of
// them. Used by a campaign's process and by the short versions in the unit suite.
import { createRandom, hashString } from '../src-main/core/compute/random.ts'
import { Broken, type FuzzTarget } from './target.ts'

/** A case that broke something. */
export interface Finding {
  readonly index: number
  readonly message: string
  readonly stack: string
  readonly input: string | Uint8Array | undefined
}

export interface CampaignOptions {
  readonly folder: string
  readonly seed: number
  /** Number of the first case. */
  readonly from: number
  /** True while cases are to go on. */
  goOn(index: number): boolean
  /** A case is about to run. */
  onCase?(index: number): void
  onOutcome?(outcome: string): void
  onFinding(finding: Finding): void
  now(): number
}

/** Runs cases until `goOn` says no; how many were run. */
export async function runCases(target: FuzzTarget, options: CampaignOptions): Promise<number> {
  const open = await target.open(options.folder)
  let index = options.from
  const stray: unknown[] = []
  const onStray = (reason: unknown): void => void stray.push(reason)
  process.on('unhandledRejection', onStray)
  try {
    for (; options.goOn(index); index++) {
      options.onCase?.(index)
      const began = options.now()
      try {
        const outcome = await open.run(createRandom(caseSeed(target.name, options.seed, index)))
        options.onOutcome?.(outcome)
        const took = options.now() - began
        if (took > target.limitMs) throw new Broken(`a case took ${Math.round(took)} ms`)
        if (stray.length > 0) throw new Broken('a rejection nobody handled', { cause: stray[0] })
      } catch (error) {
        stray.length = 0
        options.onFinding(findingOf(error, index))
      }
    }
  } finally {
    process.off('unhandledRejection', onStray)
    await open.close()
  }
  return index - options.from
}

/** Seed of one case. */
export function caseSeed(target: string, seed: number, index: number): number {
  return hashString(`${target} ${seed} ${index}`)
}

function findingOf(error: unknown, index: number): Finding {
  const message = error instanceof Error ? error.message : String(error)
  const input = error instanceof Broken ? error.input : undefined
  const stacks: string[] = []
  for (let at = error; at instanceof Error && stacks.length < 4; at = at.cause)
    stacks.push(at.stack ?? at.message)
  return { index, message, stack: stacks.join('\ncaused by '), input }
}

/** What tells findings apart: their words without numbers and names, and where they were thrown. */
export function signatureOf({ message, stack }: Finding): string {
  const place = /(src-main\/[\w./-]+\.ts:\d+)/.exec(
    stack.slice(stack.lastIndexOf('caused by'))
  )?.[1]
  const words = message.replaceAll(/[“"'][^”"']*[”"']/g, '“”').replaceAll(/\d+/g, 'n')
  return `${words.slice(0, 160)} @ ${place ?? ''}`
}
