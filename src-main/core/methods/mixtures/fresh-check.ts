// The test every learned mixture has to stand: fresh helper models with the shares found, with shares
// by size and with equal shares, on the same lots.
import { mean, pairedInterval } from '../../compute/statistics.ts'
import type { MethodContext, SelectionInputs } from '../method.ts'
import { drawMix, joined, trainOnMix, type LossMeter } from './helper-models.ts'
import type { ProbeData } from './probe-data.ts'
import { placesFor, priorOf, shownLoss } from './probe-run.ts'
import { capShares, type SourceGroups } from './source-groups.ts'

/** Pairs of helper models; each pair draws anew. */
export const checkRounds = 5

/** Losses that count, one per round. */
export interface FreshCheck {
  readonly found: readonly number[]
  readonly bySize: readonly number[]
  readonly even: readonly number[]
}

export const noCheck: FreshCheck = { found: [], bySize: [], even: [] }

/** How the models of the check learn. */
export interface CheckSize {
  readonly items: number
  readonly passes: number
}

export const usualCheck: CheckSize = { items: 400, passes: 8 }

/** What methods with helper models work on. */
export interface Trial {
  readonly groups: SourceGroups
  readonly data: ProbeData
  readonly meter: LossMeter
}

/** Trains one more round: three models on the same lot. */
export async function checkOnce(
  context: MethodContext,
  inputs: SelectionInputs,
  { groups, data, meter }: Trial,
  shares: readonly number[],
  before: FreshCheck,
  { items, passes }: CheckSize
): Promise<FreshCheck> {
  const { sources } = data
  const sizes = sources.map((source) => groups.sizes[source])
  const places = placesFor(inputs.budget, groups, sources)
  const count = Math.min(items, data.labels.length)
  const loss = async (wanted: readonly number[]): Promise<number> => {
    const random = context.random.fork(`check ${before.found.length}`)
    const rows = drawMix(data, capShares(wanted, sizes, places), count, random)
    const weights = await trainOnMix(context.device.tf, data, rows, passes, context.signal)
    return joined(data, await meter.losses(weights))
  }
  return {
    found: [...before.found, await loss(shares)],
    bySize: [...before.bySize, await loss(priorOf(groups, sources))],
    even: [...before.even, await loss(sources.map(() => 1 / sources.length))]
  }
}

/** What the check says, in one sentence or two. */
export function checkNotes({ found, bySize, even }: FreshCheck): string[] {
  const verdict = (other: readonly number[]): 'lower' | 'higher' | 'unclear' => {
    const { low, high } = pairedInterval(other, found)
    if (low > 0) return 'lower'
    return high < 0 ? 'higher' : 'unclear'
  }
  const words = {
    lower: 'clearly lower than',
    higher: 'clearly higher than',
    unclear: 'not clearly different from'
  }
  const [size, equal] = [verdict(bySize), verdict(even)]
  const note =
    `Fresh helper models (${found.length} each) have a loss of ${shownLoss(mean(found))} with these shares: ` +
    `${words[size]} shares by size (${shownLoss(mean(bySize))}), ${words[equal]} equal shares (${shownLoss(mean(even))}).`
  if (size === 'higher') return [note, 'Prefer "Sources by size".']
  if (equal === 'higher') return [note, 'Prefer "Same from every source".']
  return [note]
}
