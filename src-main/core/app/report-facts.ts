// What a report says of a run's data beside the run itself: how the chosen set covers it, where it
// lies on the map, and what the last check of the data found.
import type { SelectionResult } from '../../api/dto/runs.ts'
import type { Browse } from '../datasets/browse/browse.ts'
import { requireDataset } from '../datasets/datasets.ts'
import { healthReport } from '../health/report.ts'
import type { Maps } from '../maps/maps.ts'
import type { OpenProject } from '../projects/open-project.ts'
import type { ReportFacts } from '../reports/export-work.ts'
import type { ReportCoverage, ReportMap } from '../reports/report-coverage.ts'
import type { SelectionArea } from '../selection/selection.ts'
import type { DatasetRecord } from '../store/records.ts'

export interface ReportFactsDeps {
  readonly project: Pick<OpenProject, 'store'>
  readonly browse: Pick<Browse, 'columns'>
  readonly maps: Pick<Maps, 'points'>
  readonly selection: Pick<SelectionArea, 'coverage'>
}

/** Gathers the facts; what cannot be told is left out, never invented. */
export async function reportFacts(
  deps: ReportFactsDeps,
  result: SelectionResult
): Promise<ReportFacts> {
  const { store } = deps.project
  const record = requireDataset(store, result.dataset)
  // Older runs without fingerprints have no regions.
  const coverage = await deps.selection.coverage(result.run).catch(() => undefined)
  return {
    coverage: coverage && { ...coverage, ...regionsOf(coverage.regions) },
    map: coverage && (await mapOf(deps, record, coverage.chosen)),
    issues: await issuesOf(deps, record)
  }
}

type Regions = Awaited<ReturnType<SelectionArea['coverage']>>['regions']

function regionsOf(regions: Regions): Pick<ReportCoverage, 'regions' | 'rows'> {
  return {
    regions: regions.length,
    rows: regions.map(({ pool, chosen, expected, label, examples, region }) => ({
      ...{ pool, chosen, expected },
      name:
        label === null
          ? (examples[0]?.item.name ?? `Region ${region + 1}`)
          : `Mostly “${label.name}” (${Math.round(label.share01 * 100)} %), like ${examples[0]?.item.name ?? 'each other'}`
    }))
  }
}

async function mapOf(
  { maps }: ReportFactsDeps,
  record: DatasetRecord,
  chosen: Uint32Array
): Promise<ReportMap | undefined> {
  const { stage, x, y, sentence } = await maps.points(record, null)
  if (stage === 'none') return undefined
  const isChosen = new Uint8Array(x.length)
  for (const row of chosen) isChosen[row] = 1
  return { x, y, isChosen, sentence }
}

async function issuesOf(
  { project, browse }: ReportFactsDeps,
  record: DatasetRecord
): Promise<ReportFacts['issues']> {
  if (project.store.health.check(record.id) === undefined) return undefined
  const columns = await browse.columns(record.id)
  return healthReport(project.store, record, columns, undefined)
    .findings.filter(({ severity }) => severity !== 'fine')
    .map(({ title, sentence }) => ({ title, sentence }))
}
