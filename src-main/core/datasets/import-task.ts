// The reading half of an import, in a compute thread: recognises, plans, then sends batches of
// items. Back-pressure comes from the pool: nothing is read ahead of a slow consumer.
import { createReadStream } from 'node:fs'
import { constants, copyFile, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ImportOptions } from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import { containedPath } from '../files/contain.ts'
import { draftFolder, writeError, writeFileAtomic } from '../files/atomic-write.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import {
  startPosition,
  type ImportPlan,
  type ReadBatch,
  type ReadPosition
} from './readers/reader.ts'
import { recognise } from './recognise.ts'

export interface ImportInput {
  /** Absolute. */
  readonly path: string
  readonly options: ImportOptions
  /** Plan and position of an interrupted import of the same source. */
  readonly resume?: { readonly plan: ImportPlan; readonly position: ReadPosition } | undefined
}

export type ImportEvent =
  | { readonly kind: 'scan'; readonly done: number; readonly total: number }
  /** `isResumed` is false when reading starts over, because the source changed meanwhile. */
  | { readonly kind: 'plan'; readonly plan: ImportPlan; readonly isResumed: boolean }
  | ({ readonly kind: 'batch' } & ReadBatch)

/** Reads a source. Returns the last position. */
export const importTask: ComputeTask<ImportInput, ImportEvent, ReadPosition> = {
  name: 'datasets.import',
  async *run(input, { signal }) {
    const found = await recognise(input.path, input.options)
    const reader = await found.openReader(input.options)
    try {
      const scan = reader.plan()
      let step = await scan.next()
      for (; step.done !== true; step = await scan.next()) {
        signal.throwIfAborted()
        yield { kind: 'scan', ...step.value }
      }
      const plan = step.value
      // A changed source gets a new plan, and its rows from the start.
      const isResumed = input.resume !== undefined && input.resume.plan.stamp === plan.stamp
      yield { kind: 'plan', plan, isResumed }
      let position = isResumed && input.resume !== undefined ? input.resume.position : startPosition
      for await (const batch of reader.read(plan, position)) {
        signal.throwIfAborted()
        position = batch.position
        yield { kind: 'batch', ...batch }
      }
      return position
    } finally {
      await reader.close()
    }
  }
}

export interface CopyInput {
  readonly path: string
  readonly options: ImportOptions
  /** Absolute folder to make; replaced when an earlier try left it. */
  readonly target: string
}

export interface CopyProgress {
  readonly done: number
  readonly total: number
}

/** Copies a source's files into a new folder that appears only when it is complete. */
export const copyTask: ComputeTask<CopyInput, CopyProgress, { readonly isSingle: boolean }> = {
  name: 'datasets.copy',
  async *run({ path, options, target }, { signal }) {
    const found = await recognise(path, options)
    const { folder, names } = await found.filesToCopy(options)
    if (names.length === 0) throw new AppError('nothing-to-import')
    await mkdir(dirname(target), { recursive: true })
    const draft = await draftFolder(target, { replace: true })
    try {
      const made = new Set<string>()
      for (const [i, name] of names.entries()) {
        signal.throwIfAborted()
        const place = containedPath(draft.folder, name)
        if (!made.has(dirname(place))) await mkdir(dirname(place), { recursive: true })
        made.add(dirname(place))
        await copyOne(join(folder, name), place, names.length === 1, signal)
        yield { done: i + 1, total: names.length }
      }
      await draft.commit()
    } catch (error) {
      throw writeError(error)
    } finally {
      await draft.abort()
    }
    return { isSingle: found.isFile }
  }
}

// One large file is flushed and can be stopped in the middle. Thousands of small ones are not
// flushed one by one, which would take minutes: a power cut shows as files that cannot be read.
async function copyOne(
  from: string,
  to: string,
  isOnly: boolean,
  signal: AbortSignal
): Promise<void> {
  if (isOnly)
    return writeFileAtomic(to, createReadStream(from, { highWaterMark: 1 << 20 }), { signal })
  await copyFile(from, to, constants.COPYFILE_FICLONE)
}
