// Where a dataset's originals are, for people, and whether they are still there.
import { stat } from 'node:fs/promises'
import { placeForDisplay } from '../files/grants.ts'
import type { AddedSource, DatasetRecord, StoredItem } from '../store/records.ts'
import { describeSource } from './item-source.ts'
import { splitLocator } from './locators.ts'

const inProject = 'in the project'

/** The place of a dataset's first source. */
export function placeOf(source: Pick<AddedSource, 'storage' | 'sourcePath'>): string {
  return source.storage === 'copy' ? inProject : placeForDisplay(source.sourcePath)
}

/** Where one item's original is: "cats/1.jpg in ~/photos", "row 12 of ~/data.csv". */
export function originOf(
  record: DatasetRecord,
  item: Pick<StoredItem, 'locator' | 'name'>
): string {
  const { source, locator } = splitLocator(item.locator)
  const found = source === 0 ? record : record.addedSources[source - 1]
  const place = found === undefined ? inProject : placeOf(found)
  const isPicture = record.kind === 'images'
  const what = isPicture ? locator : /^\d+$/.test(locator) ? `row ${locator}` : item.name
  if (place === inProject) return `${what}, copied into the project`
  return isPicture ? `${what} in ${place}` : `${what} of ${place}`
}

/** True when all originals are where they were. */
export async function isReachable(record: DatasetRecord, mediaFolder: string): Promise<boolean> {
  const { added, ...first } = describeSource(record, mediaFolder)
  try {
    for (const { path } of [first, ...added]) await stat(path)
    return true
  } catch {
    return false
  }
}
