// Gathers what the report shows, and builds it: examples with small pictures, problems of the data.
import sharp from 'sharp'
import type { RunItem, SelectionResult } from '../../api/dto/runs.ts'
import { pictureLocators } from '../datasets/item-pictures.ts'
import { describeSource, openItemSource, type ItemSource } from '../datasets/item-source.ts'
import { pixelLimit } from '../datasets/readers/image-header.ts'
import { crispPixels } from '../datasets/thumbnails.ts'
import type { DatasetRecord } from '../store/records.ts'
import { datasetOf, storedOf, type ExportDeps } from './export-work.ts'
import { reportHtml, type ReportExample } from './report-html.ts'

const examplesShown = 24
/** Longer side of a shown picture: sharp on paper at the size it is shown in. */
const pictureSize = 256

/** report.html of a finished run, also shown inside the app. */
export async function buildReport(
  deps: ExportDeps,
  result: SelectionResult,
  asked: string,
  createdAt: string,
  opened?: ItemSource
): Promise<string> {
  const record = datasetOf(deps.project, result.dataset)
  const source = opened ?? (await openItemSource(describeSource(record, deps.project.mediaFolder)))
  try {
    const counts = deps.project.store.datasets.counts(record.id)
    const facts = await deps.reportFacts?.(result)
    return reportHtml({
      result,
      asked,
      kept: await examples(deps, record, source, result.run, 'chosen'),
      leftOut: await examples(deps, record, source, result.run, 'left-out'),
      createdAt,
      appVersion: deps.appVersion,
      problems: {
        skipped: record.skipped,
        duplicates: counts.exactDuplicates,
        sizeBytes: record.sizeBytes,
        issues: facts?.issues
      },
      coverage: facts?.coverage,
      map: facts?.map
    })
  } finally {
    if (!opened) await source.close()
  }
}

async function examples(
  deps: ExportDeps,
  record: DatasetRecord,
  source: ItemSource,
  run: string,
  part: 'chosen' | 'left-out'
): Promise<ReportExample[]> {
  const page = await deps.selection.items({
    run,
    part,
    label: null,
    reasonCode: null,
    votes: null,
    window: { first: 0, limit: examplesShown }
  })
  const found: ReportExample[] = []
  for (const item of page.items)
    found.push({ item, picture: await smallPicture(deps, record, source, item) })
  return found
}

/**
 * The item's first picture, made anew and small: nothing else of the original (its place, its date,
 * its size) leaves with a report. Undefined when there is none that can be read.
 */
async function smallPicture(
  deps: ExportDeps,
  record: DatasetRecord,
  source: ItemSource,
  item: RunItem
): Promise<ReportExample['picture']> {
  if (!item.item.hasPicture) return undefined
  const [locator] = pictureLocators(record, storedOf(deps.project, record, item))
  if (locator === undefined) return undefined
  try {
    const { bytes } = await source.readImageBytes(locator)
    const picture = sharp(bytes, { limitInputPixels: pixelLimit, failOn: 'none' }).autoOrient()
    const { width = 0, height = 0 } = await picture.metadata()
    if (Math.max(width, height) <= crispPixels)
      return { mime: 'image/png', bytes: await picture.png().toBuffer() }
    const small = picture.flatten({ background: '#ffffff' }).resize(pictureSize, pictureSize, {
      fit: 'inside',
      withoutEnlargement: true
    })
    return { mime: 'image/jpeg', bytes: await small.jpeg({ quality: 80 }).toBuffer() }
  } catch {
    // A picture that cannot be read is named instead of shown.
    return undefined
  }
}
