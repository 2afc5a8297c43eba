// What restoring a backup would lose and bring back: two states of a project compared by what a person
// made in them. Counts and names only.
import type { RestoreLoss } from '../../api/dto/projects.ts'
import type { Store } from '../store/records.ts'

/** What a person made in a project, by ids that stay. */
export interface Made {
  readonly datasets: ReadonlyMap<string, string>
  readonly runs: ReadonlyMap<string, string>
  readonly traceSets: ReadonlyMap<string, string>
  /** Dataset, number and time of each step. */
  readonly steps: ReadonlySet<string>
  readonly reviews: ReadonlySet<string>
}

type Differing = NonNullable<RestoreLoss['lost']>

/** Names told in one sentence; the rest is counted. */
const namesMax = 20

/** Reads what was made in a project. */
export function madeIn(store: Store): Made {
  const datasets = store.datasets.list()
  const sets = store.traces.sets('ready')
  return {
    datasets: new Map(datasets.map(({ id, name }) => [id, name])),
    runs: new Map(store.runs.list().map(({ id, name }) => [id, name])),
    traceSets: new Map(sets.map(({ id, name }) => [id, name])),
    steps: new Set(
      datasets.flatMap(({ id }) =>
        store.edits
          .list(id)
          .filter(({ isUndone }) => !isUndone)
          .map(({ number, at }) => `${id} ${number} ${at}`)
      )
    ),
    reviews: new Set(
      sets.flatMap(({ id }) => store.reviews.finished(id, null).map((review) => review.id))
    )
  }
}

/** What is in `here` and not in `there`. */
export function onlyIn(here: Made, there: Made): Differing {
  const names = (of: 'datasets' | 'runs' | 'traceSets'): string[] =>
    [...here[of]].flatMap(([id, name]) => (there[of].has(id) ? [] : [name]))
  const count = (of: 'steps' | 'reviews'): number =>
    [...here[of]].filter((id) => !there[of].has(id)).length
  const [datasets, runs, traceSets] = [names('datasets'), names('runs'), names('traceSets')]
  return {
    datasets: datasets.slice(0, namesMax),
    datasetCount: datasets.length,
    runs: runs.slice(0, namesMax),
    runCount: runs.length,
    traceSets: traceSets.slice(0, namesMax),
    traceSetCount: traceSets.length,
    steps: count('steps'),
    reviews: count('reviews')
  }
}
