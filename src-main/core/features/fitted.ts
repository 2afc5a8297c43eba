// What an extractor learnt from a dataset, stored beside the matrices so that other data can be
// described the same way: small .npy arrays and one JSON file that vouches for them.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../api/errors.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import { sha256Hex } from '../files/hashes.ts'
import { decodeNpy, encodeNpy, type NpyValues } from './npy.ts'

export interface FitArray {
  readonly shape: readonly number[]
  readonly values: NpyValues
}

/** Numbers learnt from data. `facts` are the extractor's own settings and counts. */
export interface Fit {
  readonly extractor: string
  readonly extractorVersion: number
  readonly device: string
  readonly facts: Readonly<Record<string, number | string | readonly string[]>>
  readonly arrays: Readonly<Record<string, FitArray>>
}

const FitFile = z.strictObject({
  format: z.literal(1),
  extractor: z.string(),
  extractorVersion: z.int(),
  device: z.string(),
  facts: z.record(z.string(), z.union([z.number(), z.string(), z.array(z.string())])),
  arrays: z.record(z.string().regex(/^[a-z]{1,20}$/), z.strictObject({ sha256: z.string() }))
})

const describing = (folder: string, key: string): string => join(folder, `${key}.fit.json`)
const arrayFile = (folder: string, key: string, name: string): string =>
  join(folder, `${key}.${name}.npy`)

/** Writes the arrays, then the file that makes them count. Throws AppError as writeFileAtomic. */
export async function saveFit(folder: string, key: string, fit: Fit): Promise<void> {
  const arrays: Record<string, { sha256: string }> = {}
  for (const [name, { shape, values }] of Object.entries(fit.arrays)) {
    const bytes = encodeNpy(values, shape)
    await writeFileAtomic(arrayFile(folder, key, name), bytes)
    arrays[name] = { sha256: sha256Hex(bytes) }
  }
  const { extractor, extractorVersion, device, facts } = fit
  const file = { format: 1, extractor, extractorVersion, device, facts, arrays }
  await writeFileAtomic(describing(folder, key), `${JSON.stringify(file, null, 2)}\n`)
}

/** The fit with this key; undefined when there is none or its files are not what was written. */
export async function loadFit(folder: string, key: string): Promise<Fit | undefined> {
  const text = await readFile(describing(folder, key), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const parsed = FitFile.safeParse(parseJson(text))
  if (!parsed.success) return undefined
  const arrays: Record<string, FitArray> = {}
  for (const [name, { sha256 }] of Object.entries(parsed.data.arrays)) {
    const bytes = await readFile(arrayFile(folder, key, name)).catch(() => undefined)
    if (bytes === undefined || sha256Hex(bytes) !== sha256) return undefined
    const { shape, values } = decodeNpy(bytes)
    arrays[name] = { shape, values }
  }
  const { extractor, extractorVersion, device, facts } = parsed.data
  return { extractor, extractorVersion, device, facts, arrays }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** A float32 array of a fit. Throws AppError "file-damaged" when it is not there. */
export function fitFloats(fit: Fit, name: string): Float32Array {
  const values = fit.arrays[name]?.values
  if (!(values instanceof Float32Array)) throw new AppError('file-damaged')
  return values
}

/** A float64 array of a fit. Throws AppError "file-damaged" when it is not there. */
export function fitDoubles(fit: Fit, name: string): Float64Array {
  const values = fit.arrays[name]?.values
  if (!(values instanceof Float64Array)) throw new AppError('file-damaged')
  return values
}

/** A number among the facts of a fit. Throws AppError "file-damaged" when it is not there. */
export function fitNumber(fit: Fit, name: string): number {
  const value = fit.facts[name]
  if (typeof value !== 'number') throw new AppError('file-damaged')
  return value
}
