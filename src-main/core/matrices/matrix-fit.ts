// Which arrays of a file can be joined to a dataset: one row per item, several numbers per row.
import { basename } from 'node:path'
import { MatrixDtype, type FoundArray } from '../../api/dto/matrices.ts'
import { AppError } from '../../api/errors.ts'
import { openArrayFile, type FoundTensor } from '../datasets/readers/arrays/array-file.ts'
import { valuesOf } from '../datasets/readers/arrays/array-types.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'

/** Widest row that is joined; a row of float32 then takes 4 MB. */
export const mostColumns = 1_000_000

const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`

/** Why an array cannot be joined to a dataset of `items` items, undefined when it can. */
export function joinProblem(tensor: FoundTensor, items: number): string | undefined {
  if (tensor.problem !== undefined) return tensor.problem
  const [rows] = tensor.shape
  if (rows !== items)
    return `It has ${counted(rows ?? 0, 'row')}, but the dataset has ${counted(items, 'item')}.`
  const columns = valuesOf(tensor.shape.slice(1))
  if (tensor.shape.length === 1 || columns === 1)
    return 'It has one number for each row; several are needed.'
  if (!(columns > 0 && columns <= mostColumns))
    return `Its rows are too wide: up to ${mostColumns} numbers are read.`
  if (!MatrixDtype.safeParse(tensor.type).success)
    return `It holds numbers of type ${tensor.dtype}. Save it as float32 or float16.`
  return undefined
}

export interface MatrixPreviewInput {
  /** Absolute. */
  readonly path: string
  readonly items: number
}

export interface MatrixPreview {
  readonly arrays: FoundArray[]
  readonly sentence: string
}

/** Looks at the arrays of a file, without reading their values. Errors as openArrayFile. */
export const matrixPreviewTask: ComputeTask<MatrixPreviewInput, never, MatrixPreview> = {
  name: 'matrices.preview',
  // eslint-disable-next-line require-yield -- reads only the descriptions
  async *run({ path, items }) {
    const file = await openArrayFile(path)
    await file.close()
    const arrays = file.tensors.map((tensor): FoundArray => ({
      name: tensor.name,
      shape: [...tensor.shape],
      dtype: tensor.dtype,
      sizeBytes: tensor.sizeBytes,
      problem: joinProblem(tensor, items) ?? null
    }))
    return { arrays, sentence: describe(arrays, items) }
  }
}

function describe(arrays: readonly FoundArray[], items: number): string {
  const fitting = arrays.filter(({ problem }) => problem === null)
  if (arrays.length === 0) return 'This file holds no arrays.'
  if (fitting.length === 0)
    return arrays.length === 1
      ? `This array cannot be joined. ${arrays[0].problem}`
      : `None of the ${arrays.length} arrays can be joined: a row for each of the ${items.toLocaleString('en')} items is needed.`
  const [{ name, shape, dtype }] = fitting
  if (fitting.length > 1)
    return `${fitting.length} of ${arrays.length} arrays have one row for each of the ${items.toLocaleString('en')} items.`
  const which = name === '' ? 'The array' : `“${name}”`
  return `${which} has one row of ${valuesOf(shape.slice(1))} numbers (${dtype}) for each of the ${items.toLocaleString('en')} items.`
}

/** The array to join. Throws AppError "column-not-found", or "method-not-possible" with the reason. */
export function requireFit(
  tensors: readonly FoundTensor[],
  array: string,
  items: number,
  path: string
): {
  readonly columns: number
  readonly dtype: MatrixDtype
  readonly sizeBytes: number
  readonly isPacked: boolean
} {
  const tensor = tensors.find(({ name }) => name === array)
  if (tensor === undefined)
    throw new AppError('column-not-found', `“${basename(path)}” has no array “${array}”.`)
  const problem = joinProblem(tensor, items)
  if (problem !== undefined)
    throw new AppError('method-not-possible', `The matrix cannot be joined. ${problem}`)
  return {
    columns: valuesOf(tensor.shape.slice(1)),
    dtype: MatrixDtype.parse(tensor.type),
    sizeBytes: tensor.sizeBytes,
    isPacked: tensor.isPacked
  }
}
