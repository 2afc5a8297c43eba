// The split of a run as files of its folder: what is done to the data later changes nothing.
import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../api/errors.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import { readArrayOf, writeArray } from '../selection/array-files.ts'
import type { DraftSplit } from './draft-split.ts'

const SplitFile = z.strictObject({
  classNames: z.array(z.string()),
  hasTestSplit: z.boolean(),
  sentence: z.string(),
  /** What the result has to say about it; absent = nothing. */
  notes: z.array(z.string()).optional(),
  /** SHA-256 over rows and labels of all parts. */
  hash: z.string()
})

/** Rows of the dataset with their classes, in three parts. */
export interface FrozenSplit extends z.infer<typeof SplitFile> {
  readonly train: Uint32Array
  readonly validation: Uint32Array
  readonly test: Uint32Array
  readonly trainLabels: Int32Array
  readonly validationLabels: Int32Array
  readonly testLabels: Int32Array
}

const parts = ['train', 'validation', 'test'] as const

/** The split as it is kept. `sentence` says what was asked, in plain words. */
export function freezeSplit(
  split: DraftSplit,
  sentence: string,
  notes: readonly string[] = []
): FrozenSplit {
  const labelsOf = (rows: Uint32Array): Int32Array =>
    Int32Array.from(rows, (row) => split.labels[row])
  const frozen = {
    train: split.train,
    validation: split.validation,
    test: split.test,
    trainLabels: labelsOf(split.train),
    validationLabels: labelsOf(split.validation),
    testLabels: labelsOf(split.test)
  }
  const hash = createHash('sha256')
  hash.update(JSON.stringify(split.classNames))
  for (const part of parts)
    for (const array of [frozen[part], frozen[`${part}Labels`]])
      hash.update(`${array.length};`).update(new Uint8Array(array.buffer))
  return {
    ...frozen,
    classNames: [...split.classNames],
    hasTestSplit: split.hasTestSplit,
    sentence,
    ...(notes.length === 0 ? {} : { notes: [...notes] }),
    hash: hash.digest('hex')
  }
}

/** Writes the split durably into `folder`, which is made when needed. */
export async function saveSplit(folder: string, split: FrozenSplit): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const part of parts) {
    await writeArray(join(folder, `${part}.npy`), split[part])
    await writeArray(join(folder, `${part}-labels.npy`), split[`${part}Labels`])
  }
  const { classNames, hasTestSplit, sentence, notes, hash } = split
  const file: z.infer<typeof SplitFile> = {
    ...{ classNames, hasTestSplit, sentence, hash },
    ...(notes === undefined ? {} : { notes })
  }
  await writeFileAtomic(join(folder, 'split.json'), JSON.stringify(file))
}

/** Reads what {@link saveSplit} wrote. Throws AppError "file-damaged" when a file is not sound. */
export async function loadSplit(folder: string): Promise<FrozenSplit> {
  const rows = (part: string) => readArrayOf(join(folder, `${part}.npy`), 'u4')
  const labels = (part: string) => readArrayOf(join(folder, `${part}-labels.npy`), 'i4')
  return {
    ...(await readJson(join(folder, 'split.json'), SplitFile)),
    train: await rows('train'),
    validation: await rows('validation'),
    test: await rows('test'),
    trainLabels: await labels('train'),
    validationLabels: await labels('validation'),
    testLabels: await labels('test')
  }
}

/** Reads a small JSON file of a run. Throws AppError "file-damaged" when it is not as written. */
export async function readJson<T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    throw new AppError('file-damaged', 'A file of this run is damaged. Run it again.', { cause })
  }
}
