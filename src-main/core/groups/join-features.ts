// Learned features as a matrix that items are compared by: joined as one that was made elsewhere is, so
// that every method, map and order by likeness uses it.
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { GroupsResult } from '../../api/dto/groups.ts'
import { AppError } from '../../api/errors.ts'
import { requireDataset } from '../datasets/datasets.ts'
import { syncFolder } from '../files/atomic-write.ts'
import { sha256Hex } from '../files/hashes.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import { matrixFolder } from '../matrices/matrix-job.ts'
import { matrixStamp } from '../matrices/matrix-rows.ts'
import {
  copiedArray,
  matrixCheckTask,
  matrixCopyTask,
  type MatrixCheck,
  type MatrixCheckInput,
  type MatrixCopyInput,
  type MatrixProgress
} from '../matrices/matrix-tasks.ts'
import type { Store } from '../store/records.ts'
import { featuresPath } from './learn-files.ts'

export interface JoinDeps {
  readonly store: Store
  /** media/ of the project. */
  readonly mediaFolder: string
  readonly pool: ComputePool
  now(): number
}

/**
 * Joins the features of a learning to its dataset; the id of the matrix. Joined already, it is found
 * again. Throws AppError "method-not-possible" where simpler features were measured to be better, or
 * the data is not what was learned from.
 */
export async function joinFeatures(
  { store, mediaFolder, pool, now }: JoinDeps,
  folder: string,
  result: Pick<GroupsResult, 'plan' | 'items' | 'mayReplace' | 'modelSha256' | 'measures'>,
  signal: AbortSignal
): Promise<string> {
  const { dataset } = result.plan
  if (!result.mayReplace)
    throw new AppError(
      'method-not-possible',
      'What the app uses already was measured to be better, so items are not compared by this.'
    )
  const record = requireDataset(store, dataset)
  if (record.items !== result.items)
    throw new AppError('method-not-possible', 'The data has changed since this was learned.', {
      hint: 'Learn again.'
    })
  const path = featuresPath(folder)
  const asked: MatrixCheckInput = { path, array: '', items: record.items }
  const check = await pool.run<MatrixCheckInput, MatrixProgress, MatrixCheck>(
    matrixCheckTask,
    asked,
    { signal }
  )
  const id = sha256Hex(JSON.stringify(['groups', dataset, result.modelSha256, check.sha256])).slice(
    0,
    32
  )
  if (store.matrices.get(id) !== undefined) return id
  const draft = join(folder, 'joined.safetensors')
  await rm(draft, { force: true })
  await pool.run<MatrixCopyInput, MatrixProgress, { readonly bytes: number }>(
    matrixCopyTask,
    { path, array: '', items: record.items, target: draft, sha256: check.sha256 },
    { signal }
  )
  const place = matrixFolder(mediaFolder, dataset)
  const target = join(place, `${id}.safetensors`)
  await mkdir(place, { recursive: true })
  await rename(draft, target)
  await syncFolder(place)
  store.matrices.insert({
    id,
    dataset,
    name: nameOf(result),
    use: 'fingerprints',
    task: undefined,
    rows: record.items,
    columns: check.columns,
    dtype: check.dtype,
    sizeBytes: check.sizeBytes,
    createdAt: now(),
    path: `media/matrices/${dataset}/${id}.safetensors`,
    array: copiedArray,
    storage: 'copy',
    stamp: matrixStamp(await stat(target), 'copy', check.sha256)
  })
  return id
}

/** Name with what was measured, for lists of what items can be compared by. */
function nameOf({ measures }: Pick<GroupsResult, 'measures'>): string {
  const of = (features: 'learned' | 'built-in'): string | undefined => {
    const found = measures.find((measure) => measure.features === features)
    return found && `${(100 * found.probe01).toFixed(1)} %`
  }
  const [learned, builtIn] = [of('learned'), of('built-in')]
  const told =
    learned === undefined || builtIn === undefined
      ? 'not measured'
      : `${learned} right, built-in ${builtIn}`
  return `What belongs together (${told})`
}
