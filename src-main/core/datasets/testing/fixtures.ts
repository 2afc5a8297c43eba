// Small sources for tests: pictures, arrays and their folders.
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { ImportOptions } from '../../../api/dto/datasets.ts'
import type { RawPictures } from '../plant-pool.ts'
import { importTask } from '../import-task.ts'
import type { ImportPlan, ReadBatch, ReadPosition } from '../readers/reader.ts'

/** Import options with the defaults filled in. */
export function optionsOf(options: Partial<ImportOptions> = {}): ImportOptions {
  return ImportOptions.parse(options)
}

/** A PNG of one colour that differs for every `tint`. */
export function pngOf(tint: number, width = 8, height = 6): Promise<Buffer> {
  const background = { r: tint & 255, g: (tint >> 8) & 255, b: 77 }
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer()
}

/** Writes files below `root`, making folders. */
export async function writeTree(
  root: string,
  files: Readonly<Record<string, Buffer | string>>
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), content)
  }
}

/** Grey pictures whose pixels are a simple function of row and place. */
export function greyPictures(count: number, height = 4, width = 5): RawPictures {
  const pixels = new Uint8Array(count * height * width)
  for (let i = 0; i < pixels.length; i++)
    pixels[i] = (i * 31 + Math.floor(i / (height * width)) * 7) & 255
  return { count, height, width, pixels }
}

export interface ReadResult {
  readonly plan: ImportPlan
  readonly batches: readonly ReadBatch[]
  readonly items: readonly ReadBatch['items'][number][]
  readonly problems: readonly ReadBatch['problems'][number][]
}

/** Reads a whole source through the import task. */
export async function readAll(
  path: string,
  options: Partial<ImportOptions> = {},
  resume?: { plan: ImportPlan; position: ReadPosition }
): Promise<ReadResult> {
  const context = {
    signal: new AbortController().signal,
    device: () => Promise.reject(new Error('none')),
    transfer: () => {}
  }
  let plan: ImportPlan | undefined
  const batches: ReadBatch[] = []
  for await (const event of importTask.run(
    { path, options: optionsOf(options), resume },
    context
  )) {
    if (event.kind === 'plan') plan = event.plan
    else if (event.kind === 'batch') batches.push(event)
  }
  if (plan === undefined) throw new Error('the task made no plan')
  return {
    plan,
    batches,
    items: batches.flatMap((b) => b.items),
    problems: batches.flatMap((b) => b.problems)
  }
}
