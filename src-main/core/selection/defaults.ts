// The recommended draft for a dataset: what pressing Next until Start would run.
import { z } from 'zod'
import { ExampleSet, SelectDraft } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { askedItems } from './budget.ts'
import { resolveDraft, type DraftSource } from './draft-scope.ts'
import { goalOfData, recommendFor } from './recommend.ts'

/** Budget recommended for a number of candidates: 10 %, at least 20 per class, never under 50. */
export function recommendedBudget(candidates: number, classes: number): SelectDraft['budget'] {
  const least = Math.min(candidates, Math.max(50, 20 * classes))
  return Math.floor(candidates / 10) >= least || candidates === 0
    ? { kind: 'percent', percent: 10 }
    : { kind: 'count', count: Math.max(1, least) }
}

/** Example sets the project keeps for its data (project fact "exampleSets"). */
function storedSets(store: Store): ExampleSet[] {
  const parsed = z.array(ExampleSet).safeParse(store.fact('exampleSets'))
  return parsed.success
    ? parsed.data.filter((set) => store.datasets.get(set.dataset) !== undefined)
    : []
}

/** Example datasets of the project that share classes with the pool, one task each. */
function exampleDatasets(store: Store, pool: DatasetRecord): ExampleSet[] {
  const names = new Set(pool.classNames)
  return store.datasets
    .list()
    .filter(
      (record) =>
        record.purpose === 'examples' &&
        record.id !== pool.id &&
        record.classNames.some((name) => names.has(name))
    )
    .map((record) => ExampleSet.parse({ name: record.name.slice(0, 80), dataset: record.id }))
}

function defaultTasks(store: Store, pool: DatasetRecord): SelectDraft['tasks'] {
  const names = new Set(pool.classNames)
  const fits = (set: ExampleSet): boolean =>
    (store.datasets.get(set.dataset)?.classNames ?? []).some((name) => names.has(name))
  const stored = storedSets(store).filter(fits)
  const sets = stored.length > 0 ? stored : exampleDatasets(store, pool)
  return sets.length > 0
    ? { kind: 'sets', sets: sets.slice(0, 64) }
    : { kind: 'labels', perTask: 20 }
}

/** The recommended draft. Throws AppError "dataset-not-found". */
export async function defaultDraft(source: DraftSource, dataset: string): Promise<SelectDraft> {
  const { store } = source
  const record = store.datasets.get(dataset)
  if (record === undefined) throw new AppError('dataset-not-found')
  const hasLabels = record.classNames.length > 0
  const first = SelectDraft.parse({
    dataset,
    goal: goalOfData(record, hasLabels),
    tasks: defaultTasks(store, record),
    budget: { kind: 'percent', percent: 10 },
    rules: {},
    method: { id: 'icons' },
    check: { isOn: hasLabels }
  })
  const scope = await resolveDraft(source, first)
  const budget = recommendedBudget(scope.candidates.length, record.classNames.length)
  const keep = askedItems(budget, scope.candidates.length, { bytes: 0, characters: 0 })
  const { choice } = recommendFor(store, first, scope, hasLabels, keep)
  return { ...first, budget, method: choice }
}
