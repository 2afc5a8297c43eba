// The job kind "matrix": looks at every value of a matrix, copies it into the project when asked,
// and joins it to its dataset.
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { MatrixUse } from '../../api/dto/matrices.ts'
import { AppError } from '../../api/errors.ts'
import { requireDataset } from '../datasets/datasets.ts'
import { fileStamp } from '../datasets/readers/arrays/array-file.ts'
import { removeLeftovers, syncFolder } from '../files/atomic-write.ts'
import { sha256Hex } from '../files/hashes.ts'
import type { JobContext, JobKind } from '../jobs/job-kind.ts'
import type { MatrixRecord, Store } from '../store/records.ts'
import { matrixStamp } from './matrix-rows.ts'
import {
  copiedArray,
  matrixCheckTask,
  matrixCopyTask,
  type MatrixCheck,
  type MatrixCheckInput,
  type MatrixCopyInput,
  type MatrixProgress
} from './matrix-tasks.ts'

/** Parameters of a job that joins a matrix. */
export const MatrixParams = z.strictObject({
  dataset: z.string().min(1).max(64),
  /** Absolute path of the file. */
  path: z.string().min(1),
  array: z.string(),
  name: z.string().min(1).max(80),
  use: MatrixUse,
  task: z.string().max(80).nullable(),
  storage: z.enum(['link', 'copy'])
})
export type MatrixParams = z.infer<typeof MatrixParams>

export interface MatrixResult {
  readonly matrix: string
  readonly name: string
  readonly rows: number
  readonly columns: number
  readonly badValues: number
}

export interface MatrixDeps {
  readonly store: Store
  /** media/ of the project. */
  readonly mediaFolder: string
  now(): number
}

const phases = [
  { name: 'Checking all values', weight: 0.7 },
  { name: 'Joining', weight: 0.3 }
] as const

/** Folder of the copied matrices of a dataset, inside media/. */
export function matrixFolder(mediaFolder: string, dataset: string): string {
  return join(mediaFolder, 'matrices', dataset)
}

/** The job kind "matrix". Errors as its tasks throw them; also "invalid-input" for a second join. */
export function createMatrixJob(deps: MatrixDeps): JobKind<MatrixParams, MatrixResult> {
  return {
    kind: 'matrix',
    params: MatrixParams,
    canPause: true,
    canResume: true,
    phases,
    isHeavy: true,
    run: (context, params) => runMatrix(deps, context, params)
  }
}

async function runMatrix(
  deps: MatrixDeps,
  context: JobContext,
  params: MatrixParams
): Promise<MatrixResult> {
  const { store } = deps
  const { items } = requireDataset(store, params.dataset)
  const check = await checkAll(context, params, items)
  if (check.badRows === items)
    throw new AppError('file-damaged', 'Every row of the matrix holds values that are no numbers.')
  const id = idOf(params, check)
  const known = store.matrices.get(id)
  if (known !== undefined)
    throw new AppError('invalid-input', `This matrix is joined already, as “${known.name}”.`)
  context.phase(1, params.storage === 'copy' ? items : 0, 'rows')
  const place = await bringIn(deps, context, params, check, id, items)
  // The dataset may have been taken out of the project meanwhile.
  requireDataset(store, params.dataset)
  store.matrices.insert({
    id,
    dataset: params.dataset,
    name: params.name,
    use: params.use,
    task: params.task ?? undefined,
    rows: items,
    columns: check.columns,
    dtype: check.dtype,
    sizeBytes: check.sizeBytes,
    createdAt: deps.now(),
    ...place
  })
  tell(context, check)
  return {
    matrix: id,
    name: params.name,
    rows: items,
    columns: check.columns,
    badValues: check.badValues
  }
}

/** Looks at every value, unless an interrupted run has done so and the file is still the same. */
async function checkAll(
  context: JobContext,
  params: MatrixParams,
  items: number
): Promise<MatrixCheck> {
  context.phase(0, items, 'rows')
  // Written by this function below.
  const known = context.checkpoint as MatrixCheck | undefined
  if (known !== undefined && known.stamp === (await fileStamp(params.path))) {
    context.progress(items)
    return known
  }
  const input: MatrixCheckInput = { path: params.path, array: params.array, items }
  const check = await context.pool.run<MatrixCheckInput, MatrixProgress, MatrixCheck>(
    matrixCheckTask,
    input,
    { signal: context.signal, onEvent: (event) => follow(context, event) }
  )
  context.saveCheckpoint(check)
  return check
}

async function follow(context: JobContext, { done }: MatrixProgress): Promise<void> {
  context.progress(done)
  await context.breathe()
}

// The id names the numbers, so that whatever is made of them is never taken for something else.
function idOf({ dataset, use, task }: MatrixParams, { sha256 }: MatrixCheck): string {
  return sha256Hex(JSON.stringify(['matrix', dataset, use, task, sha256])).slice(0, 32)
}

async function bringIn(
  deps: MatrixDeps,
  context: JobContext,
  params: MatrixParams,
  check: MatrixCheck,
  id: string,
  items: number
): Promise<Pick<MatrixRecord, 'path' | 'array' | 'storage' | 'stamp'>> {
  const { path, array } = params
  if (params.storage === 'link' && !check.isPacked) {
    const stamp = matrixStamp(await stat(path), 'link', check.sha256)
    if (!stamp.startsWith(`${check.stamp}:`))
      throw new AppError('file-not-readable', 'The file was changed while it was read.')
    return { path, array, storage: 'link', stamp }
  }
  if (params.storage === 'link')
    context.note('The array is packed in its file, so its rows were copied into the project.')
  context.total(items)
  // Made in the job's own folder, which goes with the job; moved when it is complete.
  const draft = join(await context.folder(), 'rows.safetensors')
  await rm(draft, { force: true })
  await removeLeftovers(draft)
  const input: MatrixCopyInput = { path, array, items, target: draft, sha256: check.sha256 }
  await context.pool.run<MatrixCopyInput, MatrixProgress, { bytes: number }>(
    matrixCopyTask,
    input,
    { signal: context.signal, onEvent: (event) => follow(context, event) }
  )
  const folder = matrixFolder(deps.mediaFolder, params.dataset)
  const target = join(folder, `${id}.safetensors`)
  await mkdir(folder, { recursive: true })
  await rename(draft, target)
  await syncFolder(folder)
  return {
    path: `media/matrices/${params.dataset}/${id}.safetensors`,
    array: copiedArray,
    storage: 'copy',
    stamp: matrixStamp(await stat(target), 'copy', check.sha256)
  }
}

function tell(context: JobContext, { badValues, badRows, emptyRows }: MatrixCheck): void {
  const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`
  if (badValues > 0)
    context.note(
      `${count(badValues, 'value is', 'values are')} infinite or no number, in ${count(badRows, 'row', 'rows')}.`
    )
  if (emptyRows > 0)
    context.note(`${count(emptyRows, 'row holds', 'rows hold')} nothing but zeros.`)
}
