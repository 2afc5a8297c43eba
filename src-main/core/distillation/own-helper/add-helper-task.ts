// Compute task: reads an ONNX file, judges whether it can label items, and copies it into the project.
import { createHash } from 'node:crypto'
import { mkdir, readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { HelperFile } from '../../../api/dto/distil.ts'
import { AppError } from '../../../api/errors.ts'
import { writeFileAtomic } from '../../files/atomic-write.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { inputSize } from '../../networks/network.ts'
import { askHelper } from './helper-answers.ts'
import { helperBytesMax, helperFacts } from './helper-facts.ts'
import { describeHelper, helperPath, toHelperFile, type KeptHelper } from './helper-store.ts'

export interface AddHelperInput {
  readonly path: string
  /** helpers/ of the project. */
  readonly folder: string
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Throws AppError "file-not-readable", "too-large" or "file-not-recognised"; nothing is kept then. */
export const addHelperTask: ComputeTask<AddHelperInput, never, HelperFile> = {
  name: 'add-helper',
  // eslint-disable-next-line require-yield -- one file: its result is its only event
  async *run({ path, folder, now }, context) {
    const name = basename(path)
    const bytes = await readModel(path, name, context.signal)
    const facts = helperFacts(bytes, path)
    const file = createHash('sha256').update(bytes).digest('hex')
    const described = { ...facts, file, name, bytes: bytes.length, addedAt: now, secondsPerItem: 0 }
    // It runs once before it is kept: a file that cannot is refused where it was chosen.
    const helper = { ...described, secondsPerItem: await tryOut(described, path, context.signal) }
    await mkdir(folder, { recursive: true })
    await writeFileAtomic(helperPath(folder, file), bytes, { signal: context.signal })
    await describeHelper(folder, helper)
    return toHelperFile(helper)
  }
}

/** A side for models that take any, and items asked to see how long one takes. */
const triedSide = 32
const triedItems = 8

/** Seconds for one item; 0 where the file does not say how many numbers it answers with. */
async function tryOut(helper: KeptHelper, path: string, signal: AbortSignal): Promise<number> {
  const { outputs, input } = helper
  if (outputs === null) return 0
  const shape = {
    height: input.height ?? triedSide,
    width: input.width ?? triedSide,
    channels: input.channels
  }
  const normalisation = {
    mean: new Array<number>(input.channels).fill(0),
    sd: new Array<number>(input.channels).fill(1)
  }
  const question = {
    ...{ helper, path, input, shape, normalisation, outputs, outputOf: [0], cores: 1 },
    values: 'shares' as const
  }
  const seconds = async (count: number): Promise<number> => {
    const rows = { count, read: (wanted: Uint32Array) => blank(wanted.length * inputSize(shape)) }
    const start = performance.now()
    await askHelper(question, rows, signal)
    return (performance.now() - start) / 1000
  }
  const first = await seconds(1)
  return Math.max(
    1e-6,
    ((await seconds(1 + triedItems)) - Math.min(first, await seconds(1))) / triedItems
  )
}

function blank(length: number): Float32Array {
  return new Float32Array(length).fill(0.5)
}

async function readModel(path: string, name: string, signal: AbortSignal): Promise<Uint8Array> {
  try {
    const { size } = await stat(path)
    if (size > helperBytesMax)
      throw new AppError(
        'too-large',
        `\u201c${name}\u201d is larger than ${helperBytesMax / 1024 ** 3} GB, the most that a helper model may be.`
      )
    return await readFile(path, { signal })
  } catch (error) {
    if (error instanceof AppError) throw error
    if (signal.aborted) throw new AppError('cancelled')
    throw new AppError('file-not-readable', `\u201c${name}\u201d could not be opened.`, {
      cause: error
    })
  }
}
