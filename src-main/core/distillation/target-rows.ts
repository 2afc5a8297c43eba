// What items are learned as where it is not their label: rows of a matrix beside the data, such as
// similarity fingerprints or the fingerprints of texts, one for each item of the dataset.
import { openNpy } from '../features/npy.ts'
import type { TargetRows } from '../methods/distillation/distillation-method.ts'
import type { DataPlace, PartRows } from './distil-data.ts'

/** Where targets are. Plain data: it travels to compute threads. */
export interface TargetPlace {
  /** A .npy matrix with one row for each item of the dataset. */
  readonly path: string
  /**
   * "centred": less the mean of the training rows, and divided by one number so that their squares
   * are 1 on average over all columns. "none": as they lie.
   */
  readonly scale: 'centred' | 'none'
}

/** Reads the targets of a run; those of the training rows stay in memory. */
export async function openTargetRows(
  { path, scale }: TargetPlace,
  place: Pick<DataPlace, 'train' | 'validation' | 'test'>
): Promise<TargetRows> {
  const read = async ({ rows }: PartRows): Promise<{ values: Float32Array; columns: number }> => {
    const source = await openNpy(path)
    try {
      // A copy: blocks of a file may share memory.
      return { values: Float32Array.from(await source.readRows(rows)), columns: source.columns }
    } finally {
      await source.close()
    }
  }
  const { values, columns } = await read(place.train)
  const { mean, factor } =
    scale === 'centred' ? centring(values, columns) : { mean: undefined, factor: 1 }
  const scaled = (raw: Float32Array): Float32Array =>
    mean === undefined ? raw : raw.map((value, i) => (value - mean[i % columns]) * factor)
  const train = scaled(values)
  return {
    columns,
    train(rows) {
      const out = new Float32Array(rows.length * columns)
      rows.forEach((row, i) =>
        out.set(train.subarray(row * columns, (row + 1) * columns), i * columns)
      )
      return out
    },
    part: async (name) => scaled((await read(place[name])).values)
  }
}

/** Mean of each column, and what brings the squares around it to 1 on average. */
export function centring(
  values: Float32Array,
  columns: number
): { readonly mean: Float64Array; readonly factor: number } {
  const mean = new Float64Array(columns)
  const rows = Math.max(1, values.length / columns)
  for (let i = 0; i < values.length; i++) mean[i % columns] += values[i] / rows
  let squares = 0
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean[i % columns]) ** 2
  const average = squares / Math.max(1, values.length)
  return { mean, factor: average > 1e-20 ? 1 / Math.sqrt(average) : 1 }
}
