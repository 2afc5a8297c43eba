// The real items of a tiny set in the dataset they came from.
import { AppError } from '../../../api/errors.ts'
import { describeSource, openItemSource } from '../../datasets/item-source.ts'
import type { OpenProject } from '../../projects/open-project.ts'
import type { TinyOriginals } from './tiny-files.ts'
import type { TinySet } from './tiny-set.ts'

/** Opened originals. Close them when done. */
export interface OpenOriginals extends TinyOriginals {
  close(): Promise<void>
}

/**
 * Opens the dataset of a set of real items; undefined for sets that need none. Throws AppError
 * "dataset-not-found" when it is gone, "file-not-readable" when its files are.
 */
export async function openOriginals(
  { store, mediaFolder }: OpenProject,
  { rows, result }: Pick<TinySet, 'rows' | 'result'>
): Promise<OpenOriginals | undefined> {
  if (rows === undefined) return undefined
  const record = store.datasets.get(result.dataset)
  if (record === undefined)
    throw new AppError(
      'dataset-not-found',
      'The data this set was taken from is not in the project any more.'
    )
  const stored: OpenOriginals['stored'] = (row) => {
    const item = store.items.get(record.id, row)
    if (item === undefined) throw new AppError('item-not-found')
    return item
  }
  const source = await openItemSource(describeSource(record, mediaFolder))
  return {
    record,
    stored,
    async original(row) {
      const { bytes, name } = await source.originalFile(stored(row))
      return { bytes, extension: name.split('.').at(-1) ?? '' }
    },
    close: () => source.close()
  }
}
