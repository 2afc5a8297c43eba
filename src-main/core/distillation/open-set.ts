// A finished tiny set opened for an export or a report: its numbers as students see them, its items
// as pictures, and what its method adds. Real items are read again from where they came from.
import { join } from 'node:path'
import { z } from 'zod'
import type { DistilResult } from '../../api/dto/distil.ts'
import { AppError } from '../../api/errors.ts'
import { openNpy } from '../features/npy.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type {
  DistillationMethod,
  ExportedFile,
  ViewTable
} from '../methods/distillation/distillation-method.ts'
import { changedOf } from '../methods/distillation/label-compression/changed-labels.ts'
import { viewTable } from '../methods/distillation/label-compression/view-table.ts'
import { inputSize, type NetworkSpec } from '../networks/network.ts'
import { labelledColumns, labelledPictures, toPixels } from '../networks/normalisation.ts'
import type { SelectFeatures } from '../selection/ready-features.ts'
import { encodePng, paintGrid } from './grid-picture.ts'
import { setFolder } from './make-set.ts'
import { loadFacts, type SetFacts } from './run-files.ts'
import { loadSet, type SavedSet } from './set-files.ts'
import { datasetRows, readOriginals, type ItemDeps } from './set-items.ts'

export interface OpenSetDeps extends ItemDeps {
  readonly methods: readonly DistillationMethod[]
  readonly features: SelectFeatures
}

/** A finished run: its folder, its result and its manifest as JSON text. */
export interface FinishedSet {
  readonly folder: string
  readonly result: DistilResult
  readonly manifest: string
}

/** A finished set with everything that can be read of it. */
export interface OpenSet extends Pick<
  SavedSet,
  'form' | 'count' | 'labels' | 'targets' | 'student' | 'consumer' | 'stored' | 'info'
> {
  readonly result: DistilResult
  /** The run's manifest, parsed. */
  readonly manifest: Readonly<Record<string, unknown>>
  readonly facts: SetFacts
  /** The network that students are. */
  readonly network: NetworkSpec
  /** Row of the dataset that each item is; undefined for items that are not real ones as they were. */
  readonly rows: Uint32Array | undefined
  /**
   * count x size numbers as students learn from them. Throws AppError "dataset-not-found" or
   * "file-not-readable" when real items are not where they were.
   */
  values(context: JobContext): Promise<Float32Array>
  /** PNGs of items as students see them; not for rows of numbers. Throws as `values`. */
  pictures(indices: readonly number[]): Promise<readonly Uint8Array[]>
  /** A grid of the first items of each label as a PNG; null for rows of numbers. */
  grid(values: Float32Array): Promise<Uint8Array | null>
  /** Labels of changed pictures with the changes; undefined where none are stored. */
  views(): ViewTable | undefined
  /** What the method adds to an export. */
  files(): Promise<readonly ExportedFile[]>
}

const Manifest = z.looseObject({
  student: z.looseObject({
    networkSpec: z.object({
      kind: z.enum(['convnet', 'mlp', 'resnet', 'linear']),
      width: z.number(),
      depth: z.number(),
      norm: z.enum(['instance', 'batch', 'none'])
    })
  })
})

/** Items read in one go. */
const readAtOnce = 256

/** Opens a finished set. Throws AppError "file-damaged" when a file of the run is not sound. */
export async function openSet(deps: OpenSetDeps, run: FinishedSet): Promise<OpenSet> {
  const { folder, result } = run
  const set = await loadSet(join(folder, setFolder))
  const facts = await loadFacts(folder)
  const manifest = parseManifest(run.manifest)
  const { form, count, labels, targets, student, consumer, stored, info } = set
  return {
    ...{ form, count, labels, targets, student, consumer, stored, info },
    ...{ result, manifest, facts },
    network: manifest.student.networkSpec,
    rows: await datasetRows(folder, set),
    async values(context) {
      if (set.values !== undefined) return set.values
      return result.picture === null
        ? readNumbers(deps, run, set, facts, context)
        : readPixels(deps, run, set, facts, context)
    },
    pictures: (indices) => picturesOf(deps, run, set, facts, indices),
    async grid(values) {
      const { classNames } = result
      return (await paintGrid({ values, labels }, { ...facts, classNames })).png
    },
    views() {
      const changed = changedOf(targets)
      return changed?.kind === 'views' ? viewTable(changed, count, facts.shape) : undefined
    },
    async files() {
      const method = deps.methods.find(({ id }) => id === result.method)
      const known = stored.flatMap(({ values, ...array }) =>
        values === undefined ? [] : [{ ...array, values }]
      )
      return (await method?.exportFiles?.({ ...set, stored: known }, facts)) ?? []
    }
  }
}

function parseManifest(text: string): z.output<typeof Manifest> {
  try {
    return Manifest.parse(JSON.parse(text))
  } catch (cause) {
    throw new AppError('file-damaged', 'A file of this run is damaged. Run it again.', { cause })
  }
}

/** The pixels of real items. Throws AppError "file-not-readable" when one is not there. */
async function soundPixels(
  deps: OpenSetDeps,
  { folder, result }: FinishedSet,
  set: SavedSet,
  indices: readonly number[]
): Promise<Uint8Array> {
  const { pixels, failed } = await readOriginals(deps, folder, result, set, indices)
  if (failed.length > 0)
    throw new AppError(
      'file-not-readable',
      `${failed.length.toLocaleString('en')} of the pictures this set is made of cannot be read any more.`,
      { hint: 'Put the original files back to where they were.' }
    )
  return pixels
}

async function readPixels(
  deps: OpenSetDeps,
  run: FinishedSet,
  set: SavedSet,
  { shape, normalisation }: SetFacts,
  context: JobContext
): Promise<Float32Array> {
  const size = inputSize(shape)
  const out = new Float32Array(set.count * size)
  for (let from = 0; from < set.count; from += readAtOnce) {
    await context.breathe()
    const count = Math.min(readAtOnce, set.count - from)
    const indices = Array.from({ length: count }, (_, i) => from + i)
    const pixels = await soundPixels(deps, run, set, indices)
    const rows = labelledPictures(pixels, new Int32Array(count), shape, normalisation)
    out.set(rows.read(Uint32Array.from({ length: count }, (_, i) => i)), from * size)
  }
  return out
}

/** Fingerprints of real items, scaled as for students. */
async function readNumbers(
  deps: OpenSetDeps,
  { folder, result }: FinishedSet,
  set: SavedSet,
  { normalisation }: SetFacts,
  context: JobContext
): Promise<Float32Array> {
  const dataset = deps.store.datasets.get(result.dataset)
  const rows = await datasetRows(folder, set)
  if (dataset === undefined || rows === undefined)
    throw new AppError(
      'dataset-not-found',
      'The data this set was taken from is not in the project any more.'
    )
  const { path } = await deps.features.ensure(context, dataset, undefined)
  const source = await openNpy(path)
  try {
    const values = await source.readRows(rows)
    const every = Uint32Array.from(rows, (_, i) => i)
    return labelledColumns(values, new Int32Array(rows.length), normalisation).read(every)
  } finally {
    await source.close()
  }
}

async function picturesOf(
  deps: OpenSetDeps,
  run: FinishedSet,
  set: SavedSet,
  { shape, normalisation }: SetFacts,
  indices: readonly number[]
): Promise<readonly Uint8Array[]> {
  const { height, width, channels } = shape
  const size = inputSize(shape)
  const { values } = set
  const real = values === undefined ? await soundPixels(deps, run, set, indices) : new Uint8Array(0)
  const pixelsAt = (index: number, place: number): Uint8Array =>
    values === undefined
      ? real.subarray(place * size, (place + 1) * size)
      : toPixels(values.subarray(index * size, (index + 1) * size), channels, normalisation)
  const pngs: Uint8Array[] = []
  for (const [place, index] of indices.entries())
    pngs.push(await encodePng(pixelsAt(index, place), width, height, channels))
  return pngs
}
