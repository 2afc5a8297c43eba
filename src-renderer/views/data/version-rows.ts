// The rows of the list of datasets: the latest version of each, and its older ones below it while
// they are unfolded.
import type { DatasetSummary } from '@api/dto/datasets.ts'

/** A row of the list. */
export interface VersionRow {
  readonly dataset: DatasetSummary
  /** Latest version it belongs to: what rows are sorted by, so that versions stay together. */
  readonly latest: DatasetSummary
  readonly isOlder: boolean
  /** Older versions still in the project, newest first; empty for older rows. */
  readonly older: readonly DatasetSummary[]
}

/** Rows for a list of datasets in any order; the order of latest versions is kept. */
export function versionRows(
  datasets: readonly DatasetSummary[],
  unfolded: ReadonlySet<string>
): VersionRow[] {
  const byId = new Map(datasets.map((dataset) => [dataset.id, dataset]))
  const olderOf = (dataset: DatasetSummary): DatasetSummary[] => {
    const older: DatasetSummary[] = []
    for (let id = dataset.previous; id !== null;) {
      const found = byId.get(id)
      // A version removed in between ends the line; a damaged one must not run in circles.
      if (found === undefined || older.includes(found) || found === dataset) break
      older.push(found)
      id = found.previous
    }
    return older
  }
  const heads = datasets.filter((dataset) => dataset.isLatest)
  const lines = heads.map((latest) => ({ latest, older: olderOf(latest) }))
  const placed = new Set(lines.flatMap(({ latest, older }) => [latest, ...older]))
  // What belongs to no line (its newer version is half removed) stands for itself.
  for (const dataset of datasets)
    if (!placed.has(dataset)) lines.push({ latest: dataset, older: [] })
  return lines.flatMap(({ latest, older }) => [
    { dataset: latest, latest, isOlder: false, older },
    ...(unfolded.has(latest.id)
      ? older.map((dataset) => ({ dataset, latest, isOlder: true, older: [] }))
      : [])
  ])
}
