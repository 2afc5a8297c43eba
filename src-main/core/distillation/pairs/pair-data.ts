// The pairs of a run as students take them: a row is the fingerprint of a picture and then that of its
// text, each column scaled by what the training pairs look like.
import { openNpy } from '../../features/npy.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { columnNormalisation, labelledColumns } from '../../networks/normalisation.ts'
import type { DataPlace, DistilData } from '../distil-data.ts'

/** Where the second half of every row is. Plain data: it travels to compute threads. */
export interface PairPlace {
  /** The .npy file of the texts' fingerprints; the place's own path is that of the pictures. */
  readonly texts: string
}

interface JoinedRows {
  readonly values: Float32Array
  readonly pictureColumns: number
  readonly columns: number
}

/** Rows of both files side by side: rows x (picture columns + text columns). */
async function readJoined(pictures: string, texts: string, rows: Uint32Array): Promise<JoinedRows> {
  const [left, right] = [await openNpy(pictures), await openNpy(texts)]
  try {
    const columns = left.columns + right.columns
    const values = new Float32Array(rows.length * columns)
    for (const [source, at] of [[left, 0] as const, [right, left.columns] as const]) {
      const own = await source.readRows(rows)
      for (let i = 0; i < rows.length; i++)
        values.set(own.subarray(i * source.columns, (i + 1) * source.columns), i * columns + at)
    }
    return { values, pictureColumns: left.columns, columns }
  } finally {
    await left.close()
    await right.close()
  }
}

/** Opens the pairs of a run. Close it when done. */
export async function openPairs(place: DataPlace, { texts }: PairPlace): Promise<DistilData> {
  const train = await readJoined(place.path, texts, place.train.rows)
  const { pictureColumns, columns } = train
  const normalisation = columnNormalisation(train.values, columns)
  return {
    shape: { height: 1, width: 1, channels: columns },
    normalisation,
    classNames: place.classNames,
    train: labelledColumns(train.values, place.train.labels, normalisation),
    pairs: { pictureColumns },
    async part(name) {
      const { rows, labels } = place[name]
      const { values } = await readJoined(place.path, texts, rows)
      return labelledColumns(values, labels, normalisation)
    },
    close: () => Promise.resolve()
  }
}

export interface MissingHalvesInput {
  readonly pictures: string
  readonly texts: string
  /** Rows of the dataset. */
  readonly rows: Uint32Array
}

/** For each row: 0 whole, 1 without a picture, 2 without a text, 3 without both. */
export interface MissingHalvesOutput {
  readonly missing: Uint8Array
}

/** Rows looked at in one go. */
const blockRows = 2048

/**
 * Compute task: which rows lack a half. A picture that cannot be read and a text without words have
 * fingerprints of zeros alone.
 */
export const missingHalvesTask: ComputeTask<MissingHalvesInput, never, MissingHalvesOutput> = {
  name: 'distil-missing-halves',
  // eslint-disable-next-line require-yield -- one pass over the rows: its result is its only event
  async *run({ pictures, texts, rows }, { signal }) {
    const missing = new Uint8Array(rows.length)
    for (let from = 0; from < rows.length; from += blockRows) {
      signal.throwIfAborted()
      const part = rows.slice(from, from + blockRows)
      const { values, pictureColumns, columns } = await readJoined(pictures, texts, part)
      for (let i = 0; i < part.length; i++) {
        const row = values.subarray(i * columns, (i + 1) * columns)
        const isNone = (half: Float32Array): boolean => half.every((value) => value === 0)
        missing[from + i] =
          (isNone(row.subarray(0, pictureColumns)) ? 1 : 0) +
          (isNone(row.subarray(pictureColumns)) ? 2 : 0)
      }
    }
    return { missing }
  }
}
