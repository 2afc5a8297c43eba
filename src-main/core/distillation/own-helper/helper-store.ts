// Helper models of the analyst's own in the project folder: one copy of each file under its hash, with
// what it takes and gives beside it, so that a draft, a recipe and a resumed run find the same model.
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { HelperFile } from '../../../api/dto/distil.ts'
import { AppError } from '../../../api/errors.ts'
import { writeFileAtomic } from '../../files/atomic-write.ts'
import type { HelperFacts } from './helper-facts.ts'

const Kept = HelperFile.extend({
  inputName: z.string(),
  outputName: z.string(),
  batch: z.int().nullable(),
  outputTail: z.array(z.int()),
  gives: z.enum(['shares', 'scores']).nullable(),
  secondsPerItem: z.number(),
  addedAt: z.number()
})

/** A kept helper model: what the window sees, and what running it needs. */
export type KeptHelper = HelperFile &
  HelperFacts & {
    /** Milliseconds since 1970. */
    readonly addedAt: number
    /** Measured when it was added, on one processor core; 0 when its file left too much open for that. */
    readonly secondsPerItem: number
  }

/** Path of the model within helpers/ of the project. */
export function helperPath(folder: string, file: string): string {
  return join(folder, `${hashOnly(file)}.onnx`)
}

/** The hash is part of a path: nothing else may be. */
function hashOnly(file: string): string {
  if (!/^[0-9a-f]{64}$/.test(file)) throw new AppError('invalid-input')
  return file
}

/** Says what a file is; written after the file, so that only whole ones are found. */
export async function describeHelper(folder: string, helper: KeptHelper): Promise<void> {
  const kept: z.infer<typeof Kept> = {
    ...helper,
    outputTail: [...helper.outputTail],
    gives: helper.gives ?? null
  }
  await writeFileAtomic(join(folder, `${hashOnly(helper.file)}.json`), JSON.stringify(kept))
}

/** The helper model of this hash; undefined when it is not in the project. */
export async function findHelper(folder: string, file: string): Promise<KeptHelper | undefined> {
  const text = await readFile(join(folder, `${hashOnly(file)}.json`), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const there = await stat(helperPath(folder, file)).catch(() => undefined)
  if (there === undefined) return undefined
  const kept = parseKept(text)
  return kept === undefined ? undefined : { ...kept, gives: kept.gives ?? undefined }
}

function parseKept(text: string): z.infer<typeof Kept> | undefined {
  try {
    return Kept.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** All helper models of the project, the last added first. */
export async function listHelpers(folder: string): Promise<KeptHelper[]> {
  const names = await readdir(folder).catch(() => [])
  const found: KeptHelper[] = []
  for (const name of names) {
    const hash = /^([0-9a-f]{64})\.json$/.exec(name)?.[1]
    const helper = hash === undefined ? undefined : await findHelper(folder, hash)
    if (helper !== undefined) found.push(helper)
  }
  return found.sort((a, b) => b.addedAt - a.addedAt || (a.file < b.file ? -1 : 1))
}

/** The part of a kept helper model that the window sees. */
export function toHelperFile({ file, name, bytes, data, input, outputs }: KeptHelper): HelperFile {
  return { file, name, bytes, data, input, outputs }
}

/** Takes a helper model out of the project. */
export async function removeHelper(folder: string, file: string): Promise<void> {
  await rm(join(folder, `${hashOnly(file)}.json`), { force: true })
  await rm(helperPath(folder, file), { force: true })
}
