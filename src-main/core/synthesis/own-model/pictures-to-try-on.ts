// Which pictures of a dataset a model file is tried on.
import { noFilter } from '../../../api/dto/browse.ts'
import { AppError } from '../../../api/errors.ts'
import { createRandom } from '../../compute/random.ts'
import type { DatasetRecord } from '../../store/records.ts'
import type { ChooseDeps } from '../choose-pictures.ts'
import type { Picked } from '../expand-files.ts'
import { triedPictures } from './try-own-model.ts'

/** A few of all that are not set aside. Throws AppError "method-not-possible" where there are none. */
export async function picturesToTryOn(
  { store, items }: ChooseDeps,
  dataset: DatasetRecord
): Promise<Picked[]> {
  const rows = dataset.kind === 'images' ? await items.rows(dataset.id, noFilter) : []
  if (rows.length === 0)
    throw new AppError('method-not-possible', 'There are no pictures to try the model on.')
  const count = Math.min(triedPictures, rows.length)
  const taken = [...createRandom(1).sample(rows.length, count)].map((at) => rows[at])
  return store.items
    .rows(dataset.id, taken)
    .map(({ row, name, locator }) => ({ row, name, locator, label: 0 }))
}
