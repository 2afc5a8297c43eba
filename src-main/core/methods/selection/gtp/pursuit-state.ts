// Where a pursuit stands after a round, in so few numbers that it can be stored after each one: the
// weights, the place in the round plan, and which columns came and went. The products of the columns
// with each other (16 MB for 2,000) are not stored but made again the way they were made, so that
// they have the same bits.
import { cutOut, widen } from './columns.ts'
import type { Dictionary } from './dictionary.ts'
import type { RoundPlanState } from './round-plan.ts'

/** A round that stood: columns that came in, and those that left at its end. */
export interface PursuitStep {
  readonly found: Uint32Array
  readonly gone: Uint32Array
}

/** What {@link pursue} goes on from with the same bits. */
export interface PursuitState {
  readonly plan: RoundPlanState
  readonly steps: readonly PursuitStep[]
  /** Of the columns in use, in the order in which the steps leave them. */
  readonly weights: Float64Array
  /** Columns whose group is known, by group: which are put together decides on the last bits. */
  readonly known: readonly Uint32Array[]
}

/** The first list, then the second. */
export function joined(first: Uint32Array, second: Uint32Array): Uint32Array {
  const out = new Uint32Array(first.length + second.length)
  out.set(first)
  out.set(second, first.length)
  return out
}

/** The step from some columns by others to what is left of both. */
export function stepTo(before: Uint32Array, found: Uint32Array, after: Uint32Array): PursuitStep {
  const stays = new Set(after)
  return { found, gone: joined(before, found).filter((column) => !stays.has(column)) }
}

/** Takes in new columns: all of them with their products, the old ones first. */
export async function takeUp(
  dictionary: Dictionary,
  { columns, gram }: InUse,
  found: Uint32Array
): Promise<InUse> {
  const all = joined(columns, found)
  const lines = await dictionary.gram(found, all)
  return { columns: all, gram: widen(gram, lines, columns.length, found.length) }
}

/** Columns with their products with each other. */
export interface InUse {
  readonly columns: Uint32Array
  readonly gram: Float32Array | Float64Array
}

/** Columns and products after some steps. Yields after each step; throws the signal's reason. */
export async function* repeatSteps(
  dictionary: Dictionary,
  none: InUse,
  steps: readonly PursuitStep[],
  signal: AbortSignal
): AsyncGenerator<undefined, InUse, void> {
  let now = none
  for (const { found, gone } of steps) {
    signal.throwIfAborted()
    const { columns, gram } = await takeUp(dictionary, now, found)
    const leaves = new Set(gone)
    const places = Uint32Array.from(columns.keys()).filter((place) => !leaves.has(columns[place]))
    now = {
      columns: places.map((place) => columns[place]),
      gram: cutOut(gram, columns.length, places)
    }
    yield undefined
  }
  return now
}

type Arrays = Readonly<Record<string, Float32Array | Uint32Array | Int32Array | Uint8Array>>

/** A pursuit's state as arrays and values of a checkpoint. */
export function packPursuit({ plan, steps, weights, known }: PursuitState): {
  readonly arrays: Arrays
  readonly values: Readonly<Record<string, number>>
} {
  return {
    arrays: {
      pursuitSteps: packLists(steps.flatMap(({ found, gone }) => [found, gone])),
      pursuitKnown: packLists(known),
      // Weights have 64 bits, and all of them count.
      pursuitWeights: new Uint8Array(weights.slice().buffer)
    },
    values: {
      pursuitRound: plan.round,
      pursuitSize: plan.size,
      pursuitExchanged: plan.exchanged
    }
  }
}

/** What {@link packPursuit} packed; undefined where there is none. */
export function unpackPursuit(
  arrays: Arrays,
  values: Readonly<Record<string, number | string>>
): PursuitState | undefined {
  if (values['pursuitRound'] === undefined) return undefined
  const lists = unpackLists(arrays['pursuitSteps'])
  const steps = Array.from({ length: lists.length / 2 }, (_, i): PursuitStep => ({
    found: lists[2 * i],
    gone: lists[2 * i + 1]
  }))
  return {
    plan: {
      round: Number(values['pursuitRound']),
      size: Number(values['pursuitSize']),
      exchanged: Number(values['pursuitExchanged'])
    },
    steps,
    weights: new Float64Array(Uint8Array.from(arrays['pursuitWeights']).buffer),
    known: unpackLists(arrays['pursuitKnown'])
  }
}

/** Lists one after the other, each with its length before it. */
function packLists(lists: readonly Uint32Array[]): Uint32Array {
  const out = new Uint32Array(lists.reduce((sum, list) => sum + 1 + list.length, 0))
  let at = 0
  for (const list of lists) {
    out[at] = list.length
    out.set(list, at + 1)
    at += 1 + list.length
  }
  return out
}

function unpackLists(packed: ArrayLike<number>): Uint32Array[] {
  const lists: Uint32Array[] = []
  const all = Uint32Array.from(packed)
  for (let at = 0; at < all.length; at += 1 + all[at])
    lists.push(all.slice(at + 1, at + 1 + all[at]))
  return lists
}
