// The compute-thread half of joining a matrix: looking at every value once, and copying its rows
// into the project as a safetensors file of one array, whatever it came in.
import { mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { basename, dirname } from 'node:path'
import type { MatrixDtype } from '../../api/dto/matrices.ts'
import { AppError } from '../../api/errors.ts'
import { fileStamp, openArrayFile } from '../datasets/readers/arrays/array-file.ts'
import { countNonFinite } from '../datasets/readers/arrays/array-types.ts'
import type { TensorRows } from '../datasets/readers/arrays/tensor-rows.ts'
import { syncFolder, temporaryBeside, writeError, writeWhole } from '../files/atomic-write.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import { requireFit } from './matrix-fit.ts'

/** Name of the only array in a copy. */
export const copiedArray = 'rows'

// Bytes read at once: cancelling waits for one such block.
const blockBytes = 8 << 20

/** Rows done so far. */
export interface MatrixProgress {
  readonly done: number
}

export interface MatrixCheckInput {
  readonly path: string
  readonly array: string
  /** Rows it must have. */
  readonly items: number
}

/** What looking at every value showed. Plain and cloneable. */
export interface MatrixCheck {
  readonly columns: number
  readonly dtype: MatrixDtype
  /** Bytes of all values. */
  readonly sizeBytes: number
  /** True when rows cannot be read where they are. */
  readonly isPacked: boolean
  /** Of the values, row by row, as little-endian numbers: the same in every container. */
  readonly sha256: string
  readonly badValues: number
  /** Rows with a value that is infinite or no number. */
  readonly badRows: number
  /** Rows of nothing but zeros. */
  readonly emptyRows: number
  /** Size and time of the file that was looked at. */
  readonly stamp: string
}

/**
 * Looks at every value. Throws AppError "column-not-found", "method-not-possible" when the array
 * does not fit, "file-damaged" or "file-not-readable".
 */
export const matrixCheckTask: ComputeTask<MatrixCheckInput, MatrixProgress, MatrixCheck> = {
  name: 'matrices.check',
  async *run({ path, array, items }, { signal }) {
    const stamp = await fileStamp(path)
    const file = await openArrayFile(path)
    try {
      const fit = requireFit(file.tensors, array, items, path)
      const rows = await file.rows(array, signal)
      try {
        const found = yield* lookAtAll(rows, signal)
        if ((await fileStamp(path)) !== stamp) throw changedMeanwhile(path)
        return { ...fit, ...found, stamp }
      } finally {
        await rows.close()
      }
    } finally {
      await file.close()
    }
  }
}

function changedMeanwhile(path: string): AppError {
  return new AppError('file-not-readable', `“${basename(path)}” was changed while it was read.`, {
    hint: 'Wait until it is written completely, then try again.'
  })
}

/** Blocks of whole rows, from the first to the last. */
async function* blocksOf(
  rows: TensorRows,
  signal: AbortSignal
): AsyncGenerator<{ readonly bytes: Uint8Array; readonly done: number }, void, void> {
  const step = Math.max(1, Math.floor(blockBytes / rows.rowBytes))
  for (let start = 0; start < rows.rows; start += step) {
    signal.throwIfAborted()
    const count = Math.min(step, rows.rows - start)
    yield { bytes: await rows.readRaw(start, count), done: start + count }
  }
}

async function* lookAtAll(
  rows: TensorRows,
  signal: AbortSignal
): AsyncGenerator<
  MatrixProgress,
  Pick<MatrixCheck, 'sha256' | 'badValues' | 'badRows' | 'emptyRows'>,
  void
> {
  const digest = createHash('sha256')
  const zeros = Buffer.alloc(rows.rowBytes)
  let [badValues, badRows, emptyRows] = [0, 0, 0]
  for await (const { bytes, done } of blocksOf(rows, signal)) {
    digest.update(bytes)
    const bad = countNonFinite(bytes, rows.type)
    badValues += bad
    for (let at = 0; at < bytes.length; at += rows.rowBytes) {
      const row = bytes.subarray(at, at + rows.rowBytes)
      if (bad > 0 && countNonFinite(row, rows.type) > 0) badRows++
      // Comparing stops at the first byte that differs.
      if (zeros.equals(row)) emptyRows++
    }
    yield { done }
  }
  return { sha256: digest.digest('hex'), badValues, badRows, emptyRows }
}

export interface MatrixCopyInput {
  readonly path: string
  readonly array: string
  readonly items: number
  /** Absolute path of the new file; appears only when it is complete. */
  readonly target: string
  /** What the values must still be. */
  readonly sha256: string
}

const kinds: Readonly<Record<MatrixDtype, string>> = {
  float16: 'F16',
  bfloat16: 'BF16',
  float32: 'F32',
  float64: 'F64',
  int8: 'I8',
  uint8: 'U8',
  int16: 'I16',
  int32: 'I32'
}

/** Copies the rows into a file of their own. Throws AppError as the check, and "disk-full". */
export const matrixCopyTask: ComputeTask<
  MatrixCopyInput,
  MatrixProgress,
  { readonly bytes: number }
> = {
  name: 'matrices.copy',
  async *run({ path, array, items, target, sha256 }, { signal }) {
    const file = await openArrayFile(path)
    try {
      const { columns, dtype, sizeBytes } = requireFit(file.tensors, array, items, path)
      const rows = await file.rows(array, signal)
      try {
        const head = copyHead([items, columns], dtype, sizeBytes)
        const written = yield* writeCopy(rows, head, sizeBytes, target, signal)
        if (written !== sha256) {
          await rm(target, { force: true })
          throw changedMeanwhile(path)
        }
        return { bytes: (await stat(target)).size }
      } finally {
        await rows.close()
      }
    } finally {
      await file.close()
    }
  }
}

/** The start of a safetensors file of one array, padded so that its values lie at a multiple of 8. */
function copyHead(shape: readonly number[], dtype: MatrixDtype, sizeBytes: number): Buffer {
  const description = {
    [copiedArray]: { dtype: kinds[dtype], shape, data_offsets: [0, sizeBytes] }
  }
  const text = JSON.stringify(description)
  const padded = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8))
  const head = Buffer.alloc(8)
  head.writeBigUInt64LE(BigInt(padded.length))
  return Buffer.concat([head, padded])
}

async function* writeCopy(
  rows: TensorRows,
  head: Buffer,
  sizeBytes: number,
  target: string,
  signal: AbortSignal
): AsyncGenerator<MatrixProgress, string, void> {
  await mkdir(dirname(target), { recursive: true })
  const disk = await statfs(dirname(target))
  if (head.length + sizeBytes > disk.bavail * disk.bsize) throw new AppError('disk-full')
  const draft = temporaryBeside(target)
  const digest = createHash('sha256')
  try {
    const file = await open(draft, 'wx')
    try {
      await writeWhole(file, head)
      for await (const { bytes, done } of blocksOf(rows, signal)) {
        await writeWhole(file, bytes)
        digest.update(bytes)
        yield { done }
      }
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, target)
    await syncFolder(dirname(target))
    return digest.digest('hex')
  } catch (error) {
    throw writeError(error)
  } finally {
    // Nothing is left of a copy that was stopped; after the rename there is nothing to remove.
    await rm(draft, { force: true })
  }
}

/** Every task of this folder but the preview, for the list in core/app. */
export const matrixTasks = [matrixCheckTask, matrixCopyTask] as const
