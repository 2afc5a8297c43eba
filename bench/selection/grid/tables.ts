// The grid as Markdown: accuracy with its spread for every method, beside random and stratified
// random, and how the wizard's recommendation compares with stratified random in every cell.
import { mean, pairedInterval, sd } from '../../../src-main/core/compute/statistics.ts'
import { selectionMethods } from '../../../src-main/core/methods/registry.ts'
import type { Cell } from './measure.ts'
import { recommend } from '../../../src-main/core/selection/recommend.ts'
import type { PoolKind } from './pools.ts'

export interface MeasuredPool {
  readonly kind: PoolKind
  readonly cells: readonly Cell[]
}

const versions = new Map(selectionMethods.map(({ id, version }) => [id, version]))

/** Accuracies in percent by seed; cells of older versions of a method do not count. */
export function valuesOf(
  cells: readonly Cell[],
  method: string,
  percent: number
): readonly number[] {
  return cells
    .filter(
      (cell) =>
        cell.method === method &&
        cell.percent === percent &&
        cell.version === (versions.get(method) ?? 1)
    )
    .sort((a, b) => a.seed - b.seed)
    .map((cell) => 100 * cell.accuracy01)
}

const spread = (values: readonly number[]): string =>
  values.length === 0 ? '\u2013' : `${mean(values).toFixed(1)} \u00b1 ${sd(values).toFixed(1)}`

function row(name: string, cells: readonly string[]): void {
  console.log(`| ${name} | ${cells.join(' | ')} |`)
}

/** Prints one table per pool. */
export function printTables(pools: readonly MeasuredPool[], budgets: readonly number[]): void {
  for (const { kind, cells } of pools) {
    if (cells.length === 0) continue
    const all = valuesOf(cells, 'all', 100)
    console.log(`\n### ${kind.name}\n\n${kind.about}; all rows: ${spread(all)} %.\n`)
    row(
      'kept',
      budgets.map((percent) => `${percent} %`)
    )
    console.log(`|---|${'---|'.repeat(budgets.length)}`)
    const names = ['random of all', 'stratified of all', ...selectionMethods.map(({ id }) => id)]
    for (const name of names) {
      const values = budgets.map((percent) => {
        const own = valuesOf(cells, name, percent)
        // A mean over fewer seeds than the others have would not compare.
        return own.length === valuesOf(cells, 'random of all', percent).length ? own : []
      })
      if (values.some((list) => list.length > 0)) row(name, values.map(spread))
    }
  }
}

/**
 * Paired difference to stratified random of all rows, in points: the mean over the seeds and its
 * 95 % interval (pool, choice and random draw are all made anew for each seed).
 */
export function gain(
  cells: readonly Cell[],
  method: string,
  percent: number
): { readonly mean: number; readonly low: number; readonly high: number } | undefined {
  const own = valuesOf(cells, method, percent)
  const base = valuesOf(cells, 'stratified of all', percent)
  return own.length < 2 || own.length !== base.length ? undefined : pairedInterval(own, base)
}

/** What the wizard would recommend for this pool and share. */
export function recommendedFor(
  kind: PoolKind,
  percent: number,
  keep: number,
  isHealthChecked = false
): string {
  const { choice } = recommend({
    hasLabels: true,
    tasks: (kind.tasks ?? []).map((group, i) => ({
      name: `Task ${i + 1}`,
      importance: 'normal',
      parts: [
        {
          name: 'examples',
          dataset: '',
          rows: Uint32Array.from(group),
          labels: Int32Array.from(group)
        }
      ]
    })),
    taskKind: kind.tasks === undefined ? 'labels' : 'sets',
    keptShare01: percent / 100,
    keep,
    goal: 'train-images',
    hasTexts: false,
    gradients: 0,
    hasList: false,
    // Planted wrong labels are 20 %; the check finds some nine of ten (Data health).
    wrongLabels01: isHealthChecked && kind.hasWrongLabels === true ? 0.18 : 0
  })
  return choice.id
}

/** How many rows of a pool this share is. */
function keptOf(cells: readonly Cell[], percent: number): number {
  return (
    cells.find((cell) => cell.percent === percent && cell.method === 'random of all')?.kept ?? 0
  )
}

const signed = (value: number): string =>
  `${value < 0 ? '\u2212' : '+'}${Math.abs(value).toFixed(1)}`

/** The recommendation beside stratified random draws of all rows, and beside the best method. */
export function printRecommended(pools: readonly MeasuredPool[], budgets: readonly number[]): void {
  console.log('\n### What is recommended\n')
  row('pool', [
    'kept',
    'recommended',
    'its accuracy minus stratified (95 % interval)',
    'best of all methods'
  ])
  console.log('|---|---|---|---|---|')
  for (const { kind, cells } of pools) {
    const methodsOf = (percent: number): string[] => [
      ...new Set(
        [false, true].map((isChecked) =>
          recommendedFor(kind, percent, keptOf(cells, percent), isChecked)
        )
      )
    ]
    for (const [percent, method, isSecond] of budgets.flatMap((budget) =>
      methodsOf(budget).map((id, i) => [budget, id, i > 0] as const)
    )) {
      const found = gain(cells, method, percent)
      if (found === undefined) continue
      const best = selectionMethods
        .map(({ id }) => ({ id, values: valuesOf(cells, id, percent) }))
        .filter(({ values }) => values.length > 0)
        .sort((a, b) => mean(b.values) - mean(a.values))[0]
      row(kind.name, [
        `${percent} %`,
        isSecond ? `${method} (after a health check)` : method,
        `${signed(found.mean)} (${signed(found.low)} to ${signed(found.high)})`,
        `${best.id}, ${mean(best.values).toFixed(1)} % (recommended ${mean(valuesOf(cells, method, percent)).toFixed(1)} %)`
      ])
    }
  }
}
