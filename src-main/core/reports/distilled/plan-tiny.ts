// What an export of a tiny set would write, and whether it fits, before it starts.
import { join } from 'node:path'
import type { ExportPlan } from '../../../api/dto/exports.ts'
import { safeName } from '../export-folder.ts'
import { exists, freeBytesAt } from '../export-place.ts'
import { bytesText, countText } from '../words.ts'
import { pictureBytes, tinyLayoutChoices } from './tiny-layouts.ts'
import { isPictures, type TinySet } from './tiny-set.ts'

/** The report, the cards and the lists. */
const wordsBytes = 150_000

/** The plan. `canMakePdf` says whether the host can print. */
export async function planTiny(
  set: TinySet,
  request: { readonly place: string | undefined; readonly name: string | null },
  canMakePdf: boolean
): Promise<ExportPlan> {
  const { result } = set
  const suggestedName = safeName(result.name) || 'Tiny set'
  const name = request.name ?? suggestedName
  const { place } = request
  const sizeBytes = Math.round(pictureBytes(set) + wordsBytes)
  return {
    items: set.count,
    totalItems: result.trainItems,
    sizeBytes,
    freeBytes: await freeBytesAt(place),
    suggestedName,
    nameTaken: place !== undefined && (await exists(join(place, name))),
    layouts: tinyLayoutChoices(set),
    canMakePdf,
    layout: isPictures(set)
      ? 'One picture for each item, and a table of labels'
      : 'A table of labels, and numbers in the forms chosen above',
    sentence: `You are about to export ${countText(set.count)} items that stand for ${countText(result.trainItems)} (tiny training set “${result.name}”, about ${bytesText(sizeBytes)}).`
  }
}
