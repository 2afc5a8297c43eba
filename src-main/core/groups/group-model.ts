// A learned tokenizer in its job's folder: what it is made of as JSON, its numbers as .npy files with
// their hash.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../api/errors.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import { sha256Hex } from '../files/hashes.ts'
import type { Normalisation } from '../methods/distillation/distillation-method.ts'
import { createGrouping, type GroupingNetwork } from '../networks/grouping/grouping-spec.ts'
import { readArrayOf, writeArray } from '../selection/array-files.ts'

const Facts = z.strictObject({
  version: z.literal(1),
  spec: z.strictObject({
    patch: z.int().min(1),
    width: z.int().min(1),
    layers: z.int().min(1),
    heads: z.int().min(1),
    headWidth: z.int().min(1),
    ratio: z.number()
  }),
  input: z.strictObject({ height: z.int(), width: z.int(), channels: z.int() }),
  normalisation: z.strictObject({ mean: z.array(z.number()), sd: z.array(z.number()) }),
  learnsFrom: z.enum(['labels', 'pictures']),
  seed: z.int(),
  sha256: z.string()
})

/** What a learned tokenizer needs to be used. */
export interface GroupModel {
  readonly network: GroupingNetwork
  readonly parameters: readonly Float32Array[]
  readonly normalisation: Normalisation
  readonly learnsFrom: 'labels' | 'pictures'
  /** Draws the starts of groups: the same for the same picture. */
  readonly seed: number
  readonly sha256: string
}

const factsPath = (folder: string): string => join(folder, 'model.json')
const numbersPath = (folder: string): string => join(folder, 'model.npy')

/** Writes a model durably; returns the hash of its numbers. */
export async function saveGroupModel(
  folder: string,
  { network, parameters, normalisation, learnsFrom, seed }: Omit<GroupModel, 'sha256'>
): Promise<string> {
  const numbers = joined(parameters)
  const sha256 = hashOf(numbers)
  const facts: z.input<typeof Facts> = {
    version: 1,
    spec: network.spec,
    input: network.input,
    normalisation: { mean: [...normalisation.mean], sd: [...normalisation.sd] },
    learnsFrom,
    seed,
    sha256
  }
  await writeArray(numbersPath(folder), numbers)
  await writeFileAtomic(factsPath(folder), JSON.stringify(facts))
  return sha256
}

/** Reads a model. Throws AppError "file-damaged" when it is not there or not as written. */
export async function loadGroupModel(folder: string): Promise<GroupModel> {
  const numbers = await readArrayOf(numbersPath(folder), 'f4')
  const facts = await readFacts(factsPath(folder))
  const { spec, input, normalisation, learnsFrom, seed, sha256 } = facts
  const network = createGrouping(spec, input)
  const parameters = split(
    numbers,
    network.parameters.map(({ shape }) => sizeOf(shape))
  )
  if (parameters === undefined || hashOf(numbers) !== sha256) throw damaged()
  return { network, parameters, normalisation, learnsFrom, seed, sha256 }
}

async function readFacts(path: string): Promise<z.infer<typeof Facts>> {
  try {
    return Facts.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    throw damaged(cause)
  }
}

/** Numbers of a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1)
}

/** Several arrays as one. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** One array as several of these sizes; undefined where they do not fill it. */
export function split(
  numbers: Float32Array,
  sizes: readonly number[]
): readonly Float32Array[] | undefined {
  if (sizes.reduce((sum, size) => sum + size, 0) !== numbers.length) return undefined
  let at = 0
  return sizes.map((size) => numbers.slice(at, (at += size)))
}

function hashOf(numbers: Float32Array): string {
  return sha256Hex(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength))
}

function damaged(cause?: unknown): AppError {
  return new AppError('file-damaged', 'What was learned here cannot be read any more.', {
    hint: 'Learn again with the same repeat code to get the same.',
    cause
  })
}
