// Rows of a matrix that was computed elsewhere and joined to a dataset, streamed from its file. Its
// stamp, shape and kind of numbers are asserted at every opening: a changed file is never read.
import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { MatrixDtype } from '../../api/dto/matrices.ts'
import { AppError } from '../../api/errors.ts'
import { openArrayFile } from '../datasets/readers/arrays/array-file.ts'
import type { FeatureSource } from '../features/feature-matrix.ts'
import { readScattered } from '../features/read-rows.ts'
import { containedPath } from '../files/contain.ts'
import type { MatrixRecord } from '../store/records.ts'

/** Where a matrix lies and what was found there when it was joined. Plain and cloneable. */
export interface MatrixPlace {
  readonly name: string
  /** Absolute. */
  readonly path: string
  readonly array: string
  readonly rows: number
  readonly columns: number
  readonly dtype: MatrixDtype
  readonly storage: 'link' | 'copy'
  readonly stamp: string
}

/** Rows as float32, and what they are stored as. */
export interface MatrixRows extends FeatureSource {
  readonly dtype: MatrixDtype
}

/** The place of a stored matrix. Throws AppError "invalid-input" for a copy outside the project. */
export function placeOfMatrix(record: MatrixRecord, mediaFolder: string): MatrixPlace {
  const { name, array, rows, columns, dtype, storage, stamp } = record
  const path = storage === 'copy' ? containedPath(dirname(mediaFolder), record.path) : record.path
  return { name, path, array, rows, columns, dtype, storage, stamp }
}

/**
 * What a file is known by: its size, its time when it is linked (a copied project folder may lose
 * the times of its files), and the SHA-256 of the matrix's numbers.
 */
export function matrixStamp(
  facts: { readonly size: number; readonly mtimeMs: number },
  storage: 'link' | 'copy',
  sha256: string
): string {
  return storage === 'copy' ? `${facts.size}:${sha256}` : `${facts.size}:${facts.mtimeMs}:${sha256}`
}

/** True when the file is where it was and as it was. */
export async function isMatrixReachable(place: MatrixPlace): Promise<boolean> {
  return (await stateOf(place)) === 'same'
}

async function stateOf(place: MatrixPlace): Promise<'same' | 'changed' | 'gone'> {
  const facts = await stat(place.path).catch(() => undefined)
  if (facts === undefined || !facts.isFile()) return 'gone'
  const sha256 = place.stamp.slice(place.stamp.lastIndexOf(':') + 1)
  return matrixStamp(facts, place.storage, sha256) === place.stamp ? 'same' : 'changed'
}

/**
 * Opens the rows. Any number of rows can be read at a time, in any order; only those are in memory.
 * Throws AppError "file-not-readable" when the file is gone or has changed since it was joined.
 */
export async function openMatrixRows(place: MatrixPlace): Promise<MatrixRows> {
  const state = await stateOf(place)
  if (state === 'gone') throw changed(place, 'is not where it was')
  if (state === 'changed') throw changed(place, 'has changed since it was joined')
  const file = await openArrayFile(place.path)
  try {
    const tensor = file.tensors.find(({ name }) => name === place.array)
    if (tensor?.type !== place.dtype || tensor.shape[0] !== place.rows)
      throw changed(place, 'does not hold what it held when it was joined')
    const rows = await file.rows(place.array)
    if (rows.columns !== place.columns) {
      await rows.close()
      throw changed(place, 'does not hold what it held when it was joined')
    }
    const { columns, rowBytes } = rows
    const readBlock = (start: number, count: number): Promise<Float32Array> =>
      rows.readFloats(start, count)
    return {
      rows: rows.rows,
      columns,
      dtype: place.dtype,
      readBlock,
      readRows: (wanted) => readScattered({ columns, rowBytes, readBlock }, wanted),
      ...(place.dtype === 'float16' || place.dtype === 'float32'
        ? { raw: { type: place.dtype, readInto: rows.readInto } }
        : {}),
      async close() {
        await rows.close()
        await file.close()
      }
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

function changed(place: MatrixPlace, what: string): AppError {
  return new AppError(
    'file-not-readable',
    `The file “${basename(place.path)}” of the matrix “${place.name}” ${what}.`,
    { hint: 'Put the file back as it was, or remove the matrix and join it again.' }
  )
}
