// What an extractor learnt from a dataset, on disk beside the fingerprints: one .npy vector and a
// JSON file that says which part is which.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomic } from '../files/atomic-write.ts'
import type { ImageFit } from './extractors/image-small.ts'
import { openNpy, writeNpy } from './npy.ts'

const FitFile = z.object({
  size: z.number(),
  channels: z.union([z.literal(1), z.literal(3)]),
  columns: z.number(),
  scale: z.number(),
  lengths: z.object({
    patchMean: z.number(),
    filters: z.number(),
    pooledMean: z.number(),
    axes: z.number()
  })
})

const parts = ['patchMean', 'filters', 'pooledMean', 'axes'] as const

/** Writes `<key>.fit.npy` and `<key>.fit.json`. */
export async function writeImageFit(folder: string, key: string, fit: ImageFit): Promise<void> {
  const total = parts.reduce((sum, part) => sum + fit[part].length, 0)
  const values = new Float32Array(total)
  let at = 0
  for (const part of parts) {
    values.set(fit[part], at)
    at += fit[part].length
  }
  await writeNpy(join(folder, `${key}.fit.npy`), values, total, 1)
  const lengths = Object.fromEntries(parts.map((part) => [part, fit[part].length]))
  const { size, channels, columns, scale } = fit
  const text = JSON.stringify({ size, channels, columns, scale, lengths })
  await writeFileAtomic(join(folder, `${key}.fit.json`), text)
}

/** Reads it back; undefined when there is none. */
export async function readImageFit(folder: string, key: string): Promise<ImageFit | undefined> {
  const text = await readFile(join(folder, `${key}.fit.json`), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const file = FitFile.parse(JSON.parse(text))
  const source = await openNpy(join(folder, `${key}.fit.npy`))
  try {
    const values = await source.readBlock(0, source.rows)
    let at = 0
    const take = (length: number): Float32Array => values.slice(at, (at += length))
    const patchMean = take(file.lengths.patchMean)
    const filters = take(file.lengths.filters)
    const pooledMean = take(file.lengths.pooledMean)
    const axes = take(file.lengths.axes)
    const { size, channels, columns, scale } = file
    return { size, channels, columns, scale, patchMean, filters, pooledMean, axes }
  } finally {
    await source.close()
  }
}
