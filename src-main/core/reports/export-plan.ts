// What an export would write, and whether it fits, before it starts.
import { join } from 'node:path'
import type { ExportPlan } from '../../api/dto/exports.ts'
import { safeName } from './export-folder.ts'
import { exists, freeBytesAt } from './export-place.ts'
import { datasetOf, layoutFacts, type ExportDeps } from './export-work.ts'
import { planTiny } from './distilled/plan-tiny.ts'
import { layoutChoices } from './layouts/layouts.ts'
import { bytesText, countText } from './words.ts'

// Pictures whose size is looked at while planning; the export compares all of them.
const sizesPlanned = 500

/** What an export would write and whether it fits, before it starts. */
export async function planExport(
  deps: ExportDeps,
  request: {
    readonly run: string
    readonly place: string | undefined
    readonly name: string | null
  }
): Promise<ExportPlan> {
  if (deps.tiny?.has(request.run) === true)
    return planTiny(await deps.tiny.open(request.run), request, deps.printPdf !== undefined)
  const result = deps.selection.result(request.run)
  const record = datasetOf(deps.project, result.dataset)
  const suggestedName = safeName(result.name) || 'Chosen set'
  const name = request.name ?? suggestedName
  const perItem = record.items === 0 ? 0 : record.sizeBytes / record.items
  const sizeBytes = Math.round(perItem * result.got)
  return {
    items: result.got,
    totalItems: record.items,
    sizeBytes,
    freeBytes: await freeBytesAt(request.place),
    suggestedName,
    nameTaken: request.place !== undefined && (await exists(join(request.place, name))),
    layouts: layoutChoices(await layoutFacts(deps, result, record, sizesPlanned)),
    canMakePdf: deps.printPdf !== undefined,
    layout:
      record.kind === 'images'
        ? 'One folder per group, pictures as they are'
        : 'One table and one JSON list',
    sentence: `You are about to export ${countText(result.got)} of ${countText(record.items)} items (chosen set “${result.name}”, about ${bytesText(sizeBytes)}).`
  }
}
