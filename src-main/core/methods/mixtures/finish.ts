// How every method with helper models ends: the shares it found are checked by fresh models, and the
// set is drawn.
import type {
  MethodCheckpoint,
  MethodContext,
  MethodProgress,
  Selection,
  SelectionInputs
} from '../method.ts'
import {
  checkNotes,
  checkOnce,
  checkRounds,
  usualCheck,
  type CheckSize,
  type FreshCheck,
  type Trial
} from './fresh-check.ts'
import { absentNotes, completeShares, keep, stepProgress } from './probe-run.ts'
import { toSelection } from './result.ts'

/** What a method found out. */
export interface Learned {
  /** Of the sources that took part, in sum 1. */
  readonly shares: readonly number[]
  readonly summary: Selection['summary']
  readonly details: Readonly<Record<string, unknown>>
  readonly notes: readonly string[]
  /** What its checkpoints hold; rounds of the check already done come back in `check`. */
  readonly state: { readonly check: FreshCheck }
  readonly arrays?: MethodCheckpoint['arrays']
  /** Steps of progress before the check. */
  readonly steps: number
  readonly size?: CheckSize
}

/** Checks the shares, draws, and puts the result together. */
export async function* finishLearned(
  context: MethodContext,
  inputs: SelectionInputs,
  trial: Trial,
  learned: Learned
): AsyncGenerator<MethodProgress, Selection, void> {
  const { shares, state, arrays, steps, size = usualCheck } = learned
  const { data, groups } = trial
  let { check } = state
  while (check.found.length < checkRounds) {
    check = await checkOnce(context, inputs, trial, shares, check, size)
    const rounds = check.found.length
    const checkpoint = keep('checks', { ...state, check }, arrays)
    const total = steps + checkRounds
    const loss = check.found[rounds - 1]
    yield stepProgress(inputs.features.rows, steps + rounds, total, loss, checkpoint)
  }
  const details = {
    ...learned.details,
    isCompared: true,
    // Sources that took part, in the order of all that is told per source.
    compared: data.sources.map((source) => groups.names[source]),
    check
  }
  return toSelection(context, inputs, {
    groups,
    shares: completeShares(groups, data.sources, shares),
    summary: learned.summary,
    details,
    notes: [...absentNotes(groups, data.sources), ...learned.notes, ...checkNotes(check)]
  })
}

/** Names and weights of what is measured, for the read-out. */
export function toldMeasures({ data }: Trial): readonly { name: string; weight: number }[] {
  return data.measures.map(({ name, weight }) => ({ name, weight }))
}
