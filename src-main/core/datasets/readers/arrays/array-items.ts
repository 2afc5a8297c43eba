// The pictures of a dataset of arrays, one by one from their locators, for showing and describing
// them after the import.
import { AppError } from '../../../../api/errors.ts'
import { openItemArrays } from './array-store.ts'
import { parseArrayLocator, pictureLayout, readPixels, shownChannels } from './array-pictures.ts'

/** One decoded picture. */
export interface ArrayPicture {
  /** height x width x channels, 0..255, channels last. */
  readonly raw: Uint8Array
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
}

/** Pictures by locator; arrays stay open until closed. */
export interface ArrayPictures {
  /** Throws AppError "item-not-found", "invalid-input" or as reading the array does. */
  read(locator: string): Promise<ArrayPicture>
  close(): Promise<void>
}

/** Opens the arrays at a dataset's path. Throws AppError as openArrayFile. */
export async function openArrayPictures(path: string): Promise<ArrayPictures> {
  const arrays = await openItemArrays(path)
  return {
    async read(locator) {
      const { array, index, range } = parseArrayLocator(locator)
      const rows = await arrays.rows(array)
      const layout = pictureLayout(rows.shape)
      if (layout === undefined || index >= rows.rows)
        throw new AppError('item-not-found', 'This item is not in the array any more.')
      const { height, width } = layout
      const raw = await readPixels(rows, layout, range, index, 1)
      return { raw, height, width, channels: shownChannels(layout) }
    },
    close: () => arrays.close()
  }
}
