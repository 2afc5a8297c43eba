// Rows of "Target tasks". Pure.
import type { DatasetSummary } from '@api/dto/datasets.ts'
import type { ExampleSet } from '@api/dto/runs.ts'
import { choose } from '../../text/choose.ts'

/** Most rows a draft can hold. */
export const mostSets = 64

/** Datasets that can give examples: those with labels the pool knows; the pool itself last. */
export function exampleSources(
  pool: string,
  datasets: readonly DatasetSummary[]
): readonly DatasetSummary[] {
  const own = datasets.find((dataset) => dataset.id === pool)
  const names = new Set(own?.classes.map((entry) => entry.name))
  const fits = (dataset: DatasetSummary): boolean =>
    dataset.classes.some((entry) => names.has(entry.name))
  const rank = (dataset: DatasetSummary): number =>
    dataset.id === pool ? 2 : dataset.purpose === 'examples' ? 0 : 1
  return datasets.filter(fits).sort((a, b) => rank(a) - rank(b))
}

/** The first row: all examples of an examples dataset, or the first label of the pool itself. */
export function firstSet(
  pool: string,
  own: DatasetSummary | undefined,
  datasets: readonly DatasetSummary[]
): ExampleSet {
  const source = exampleSources(pool, datasets)[0]
  if (source !== undefined && source.id !== pool) return newSet(source.name, source.id, [])
  return newSet(
    choose.goal.newSet(1),
    pool,
    own?.classes.slice(0, 1).map((entry) => entry.name) ?? []
  )
}

/** A row. */
export function newSet(name: string, dataset: string, labels: readonly string[]): ExampleSet {
  return {
    name: name.slice(0, 80),
    importance: 'normal',
    dataset,
    labels: [...labels],
    keys: [],
    parts: []
  }
}

/** A name no other row has. */
export function freeName(sets: readonly ExampleSet[]): string {
  const names = new Set(sets.map((set) => set.name))
  for (let index = sets.length + 1; ; index++) {
    const name = choose.goal.newSet(index)
    if (!names.has(name)) return name
  }
}
