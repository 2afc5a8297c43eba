// Steps that the methods with helper models share: shares for all sources from those that took part,
// progress, and what happens where sources cannot be compared.
import { AppError } from '../../../api/errors.ts'
import type {
  MethodCheckpoint,
  MethodContext,
  MethodProgress,
  Selection,
  SelectionInputs
} from '../method.ts'
import { mostSources, type Measure, type NoProbes, type ProbeData } from './probe-data.ts'
import { toSelection } from './result.ts'
import { sizeShares, type SourceGroups } from './source-groups.ts'

/** Throws AppError where there are more sources than helper models can compare. */
export function checkSourceCount({ names }: SourceGroups): void {
  if (names.length <= mostSources) return
  throw new AppError(
    'method-not-possible',
    `Helper models can compare at most ${mostSources} sources; the data has ${names.length}.`,
    {
      hint: 'Use "Sources by size" or "Same from every source", or name a column with fewer values.'
    }
  )
}

/** Sizes of the sources that take part, as shares of their sum. */
export function priorOf({ sizes }: SourceGroups, sources: readonly number[]): number[] {
  const total = sources.reduce((sum, source) => sum + sizes[source], 0)
  return sources.map((source) => sizes[source] / total)
}

/**
 * Shares of all sources: one that took no part keeps its share by size, the others divide the rest in
 * the given proportion.
 */
export function completeShares(
  groups: SourceGroups,
  sources: readonly number[],
  own: readonly number[]
): number[] {
  const shares = sizeShares(groups)
  const room = sources.reduce((sum, source) => sum + shares[source], 0)
  sources.forEach((source, i) => {
    shares[source] = room * own[i]
  })
  return shares
}

/** Notes on sources that took no part. */
export function absentNotes({ names }: SourceGroups, sources: readonly number[]): string[] {
  const absent = names.filter((_, i) => !sources.includes(i))
  if (absent.length === 0) return []
  const list = absent.map((name) => `"${name}"`).join(', ')
  return [`Too few labelled items to be compared, so it keeps its share by size: ${list}.`]
}

/** By size, with the reason why. */
export function withoutProbes(
  context: MethodContext,
  inputs: SelectionInputs,
  groups: SourceGroups,
  { reason }: NoProbes
): Selection {
  return toSelection(context, inputs, {
    groups,
    shares: sizeShares(groups),
    summary: {
      value: inputs.budget / inputs.features.rows,
      meaning: 'Share kept of every source, up to rounding'
    },
    details: { isCompared: false },
    notes: [`${reason} Every source keeps the share it has.`]
  })
}

/**
 * The measures with the weights that count: all of them as given, or one alone. Throws AppError where
 * none has this name.
 * @param aimAt name of a measure; '' = all
 */
export function aimedAt(data: ProbeData, aimAt: string): ProbeData {
  const name = aimAt.trim()
  if (name === '') return data
  if (!data.measures.some((measure) => measure.name === name)) throw unknownAim(name, data.measures)
  const measures = data.measures.map((measure): Measure => ({
    ...measure,
    weight: measure.name === name ? 1 : 0
  }))
  return { ...data, measures }
}

/** No measure is called so. */
export function unknownAim(name: string, measures: readonly { readonly name: string }[]): AppError {
  return new AppError('method-not-possible', `No loss is measured on "${name}".`, {
    hint: `Leave "Aim at" empty, or use one of: ${measures.map((measure) => measure.name).join(', ')}.`
  })
}

/** Progress after `done` of `total` steps of about equal length. */
export function stepProgress(
  rows: number,
  done: number,
  total: number,
  loss?: number,
  checkpoint?: MethodCheckpoint
): MethodProgress {
  return {
    phase: 'Training helper models',
    done: Math.floor((rows * done) / total),
    total: rows,
    unit: 'items',
    ...(loss === undefined ? {} : { live: { series: 'Loss', x: done, y: loss } }),
    ...(checkpoint === undefined ? {} : { checkpoint })
  }
}

/** The state of a run so far; numbers survive JSON to the last bit. */
export function keep(
  step: string,
  state: unknown,
  arrays: MethodCheckpoint['arrays'] = {}
): MethodCheckpoint {
  return { step, arrays, values: { state: JSON.stringify(state) } }
}

/** The way back from {@link keep}. The caller says what it kept. */
export function kept<T>({ values }: MethodCheckpoint): T {
  // Written by `keep` of the same method and version.
  return JSON.parse(String(values['state'])) as T
}

/** "0.512": a loss as people read it. */
export function shownLoss(loss: number): string {
  return loss.toFixed(3)
}

/** Places of the budget that the sources that took part have together. */
export function placesFor(
  budget: number,
  { sizes }: SourceGroups,
  sources: readonly number[]
): number {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  return (budget * sources.reduce((sum, source) => sum + sizes[source], 0)) / total
}

/**
 * How much a measure counts beside the others: 1 where all count the same, 0 where it does not count.
 */
export function measureFactors({ measures }: ProbeData): number[] {
  const counting = measures.filter(({ weight }) => weight > 0).length
  return measures.map(({ weight }) => weight * counting)
}

/** Mean of several mixtures. */
export function meanShares(history: readonly (readonly number[])[]): number[] {
  return history[0].map((_, i) => history.reduce((sum, own) => sum + own[i], 0) / history.length)
}

/** Numbers above 0 as shares in sum 1, from their logarithms. */
export function sharesFromLogs(logs: readonly number[]): number[] {
  const top = Math.max(...logs)
  const parts = logs.map((value) => Math.exp(value - top))
  const sum = parts.reduce((total, part) => total + part, 0)
  return parts.map((part) => part / sum)
}
