// The matrices joined to the datasets of a project: listed, put to use, removed.
import { rm } from 'node:fs/promises'
import type { JoinedMatrix } from '../../api/dto/matrices.ts'
import { AppError } from '../../api/errors.ts'
import { requireDataset } from '../datasets/datasets.ts'
import { placeForDisplay } from '../files/grants.ts'
import type { MatrixRecord, Store } from '../store/records.ts'
import { isMatrixReachable, openMatrixRows, placeOfMatrix } from './matrix-rows.ts'

/** All below throw AppError "dataset-not-found", and "invalid-input" for an unknown matrix. */
export interface Matrices {
  list(dataset: string): Promise<JoinedMatrix[]>
  /**
   * Compares the dataset's items by this matrix from now on; null goes back to the app's own
   * fingerprints. Throws AppError "method-not-possible" for gradients, "file-not-readable" when the
   * file is gone or has changed.
   */
  use(dataset: string, matrix: string | null): Promise<void>
  /** Takes a matrix out of the project; a linked file stays where it is. */
  remove(dataset: string, matrix: string): Promise<void>
}

export interface MatricesDeps {
  readonly store: Store
  /** media/ of the project. */
  readonly mediaFolder: string
  /** Called when the items of a dataset are compared by something else. */
  onChange(dataset: string): void
}

/** Matrices of one open project. */
export function createMatrices({ store, mediaFolder, onChange }: MatricesDeps): Matrices {
  function find(dataset: string, id: string): MatrixRecord {
    requireDataset(store, dataset)
    const record = store.matrices.get(id)
    if (record?.dataset !== dataset)
      throw new AppError('invalid-input', 'This matrix is not joined to the dataset any more.')
    return record
  }

  return {
    async list(id) {
      const dataset = requireDataset(store, id)
      return Promise.all(
        store.matrices.list(id).map(async (record): Promise<JoinedMatrix> => ({
          id: record.id,
          name: record.name,
          use: record.use,
          task: record.task ?? null,
          rows: record.rows,
          columns: record.columns,
          dtype: record.dtype,
          sizeBytes: record.sizeBytes,
          place: record.storage === 'copy' ? 'in the project' : placeForDisplay(record.path),
          storage: record.storage,
          isReachable: await isMatrixReachable(placeOfMatrix(record, mediaFolder)),
          isInUse: dataset.matrix === record.id,
          createdAt: record.createdAt
        }))
      )
    },
    async use(dataset, id) {
      requireDataset(store, dataset)
      if (id !== null) {
        const record = find(dataset, id)
        if (record.use !== 'fingerprints')
          throw new AppError(
            'method-not-possible',
            `“${record.name}” holds gradients; items are compared by similarity fingerprints.`
          )
        await (await openMatrixRows(placeOfMatrix(record, mediaFolder))).close()
      }
      store.datasets.update(dataset, { matrix: id ?? undefined })
      onChange(dataset)
    },
    async remove(id, matrix) {
      const record = find(id, matrix)
      const isInUse = requireDataset(store, id).matrix === matrix
      if (isInUse) store.datasets.update(id, { matrix: undefined })
      store.matrices.remove(matrix)
      if (record.storage === 'copy')
        await rm(placeOfMatrix(record, mediaFolder).path, { force: true })
      if (isInUse) onChange(id)
    }
  }
}
