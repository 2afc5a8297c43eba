// The sample project's data, made from the bundled originals with a fixed seed: a pool of fashion
// pictures as real pools are, small clean example sets, and a set of dictionary definitions.
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ImportOptions } from '../../api/dto/datasets.ts'
import type { ExampleSet } from '../../api/dto/runs.ts'
import { createRandom } from '../compute/random.ts'
import { replaceFolderAtomic, writeFileAtomic } from '../files/atomic-write.ts'
import { plantPool, type RawPictures } from './plant-pool.ts'
import { openIdx, readWholeNumbers } from './readers/idx-file.ts'
import { writeIdxPair } from './write-idx.ts'

export interface SampleDataset {
  readonly name: string
  /** Absolute path to import. */
  readonly path: string
  readonly purpose: 'pool' | 'examples'
  readonly options: ImportOptions
}

/** Names of the datasets {@link prepareSamples} makes. */
export const sampleNames = {
  pool: 'Fashion pictures',
  examples: 'Fashion examples',
  text: 'Definitions'
} as const

/** The bundled agent traces: 40 attempts of an airline's helper, read as they are. */
export const sampleTraces = {
  name: 'Airline helper (sample)',
  /** Inside the app's resources/. */
  file: join('samples', 'traces', 'airline-helper.json.gz')
} as const

/** Seed of everything planted in the samples. */
export const sampleSeed = 20_260
const testPerClass = 200
const examplesPerClass = 25
// Pool rows per class, an imbalance as real collections have; 6,000 in all.
const poolPerClass = [775, 740, 700, 660, 620, 580, 540, 500, 460, 425]

/** Four overlapping uses of the pictures, together covering all ten classes. */
export const sampleTasks: readonly Pick<ExampleSet, 'name' | 'importance' | 'labels'>[] = [
  { name: 'Footwear', importance: 'normal', labels: ['Sandal', 'Sneaker', 'Ankle boot'] },
  { name: 'Tops', importance: 'normal', labels: ['T-shirt/top', 'Pullover', 'Shirt', 'Coat'] },
  {
    name: 'Warm clothes',
    importance: 'normal',
    labels: ['Pullover', 'Coat', 'Ankle boot', 'Trouser']
  },
  { name: 'Going out', importance: 'normal', labels: ['Dress', 'Bag', 'Sandal', 'Shirt'] }
]

/** The example sets of {@link sampleTasks} over the imported examples dataset. */
export function sampleExampleSets(examplesDataset: string): ExampleSet[] {
  return sampleTasks.map((task) => ({
    ...task,
    labels: [...task.labels],
    dataset: examplesDataset,
    keys: [],
    parts: []
  }))
}

export interface LabelledPictures {
  readonly images: RawPictures
  readonly labels: Uint8Array
}

/** Reads an IDX pair of grey pictures (plain or .gz). Errors as openIdx throws them. */
export async function loadIdxPair(
  imagesPath: string,
  labelsPath: string
): Promise<LabelledPictures> {
  const images = await openIdx(imagesPath)
  const labels = await openIdx(labelsPath)
  try {
    const [count, height, width] = images.header.shape
    const pixels = new Uint8Array(await images.read(0, count))
    return {
      images: { count, height, width, pixels },
      labels: Uint8Array.from(await readWholeNumbers(labels, 'labels'))
    }
  } finally {
    await images.close()
    await labels.close()
  }
}

/** The pictures at `rows`, in that order. */
export function takeRows(set: LabelledPictures, rows: ArrayLike<number>): LabelledPictures {
  const { height, width } = set.images
  const each = height * width
  const pixels = new Uint8Array(rows.length * each)
  const labels = new Uint8Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    pixels.set(set.images.pixels.subarray(rows[i] * each, (rows[i] + 1) * each), i * each)
    labels[i] = set.labels[rows[i]]
  }
  return { images: { count: rows.length, height, width, pixels }, labels }
}

export interface SampleParts {
  readonly test: LabelledPictures
  readonly examples: LabelledPictures
  /** The part the pool is planted in. */
  readonly clean: LabelledPictures
}

/** Disjoint test, example and pool parts of a set of ten classes, seeded. */
export function partSample(set: LabelledPictures, seed: number): SampleParts {
  const random = createRandom(seed).fork('sample parts')
  const byClass = poolPerClass.map(() => [] as number[])
  set.labels.forEach((label, row) => byClass[label].push(row))
  const parts = { test: [] as number[], examples: [] as number[], clean: [] as number[] }
  byClass.forEach((rows, label) => {
    const order = random.fork(`class ${label}`).sample(rows.length, rows.length)
    const ordered = Array.from(order, (i) => rows[i])
    const examplesEnd = testPerClass + examplesPerClass
    parts.test.push(...ordered.slice(0, testPerClass))
    parts.examples.push(...ordered.slice(testPerClass, examplesEnd))
    parts.clean.push(...ordered.slice(examplesEnd, examplesEnd + poolPerClass[label]))
  })
  const mixed = (rows: readonly number[], key: string): LabelledPictures =>
    takeRows(set, random.fork(key).shuffle(Uint32Array.from(rows)))
  return {
    test: mixed(parts.test, 'test'),
    examples: mixed(parts.examples, 'examples'),
    clean: mixed(parts.clean, 'pool')
  }
}

/**
 * Makes the sample data in `targetFolder` (absolute; replaced when it is there) from the bundled
 * originals in `resourcesFolder` (the app's resources/), which are not touched. Takes about a
 * second. Throws AppError "file-not-readable" when the originals are missing.
 */
export async function prepareSamples(
  resourcesFolder: string,
  targetFolder: string
): Promise<SampleDataset[]> {
  const fashion = join(resourcesFolder, 'samples', 'fashion')
  const set = await loadIdxPair(
    join(fashion, 't10k-images-idx3-ubyte.gz'),
    join(fashion, 't10k-labels-idx1-ubyte.gz')
  )
  const { test, examples, clean } = partSample(set, sampleSeed)
  const pool = plantPool({
    ...clean,
    seed: sampleSeed,
    wrongLabels01: 0.2,
    nearDuplicates01: 0.15,
    otherSource01: 0.15
  })
  await replaceFolderAtomic(
    targetFolder,
    async (folder) => {
      const [poolFolder, examplesFolder, textFolder] = await makeFolders(folder)
      await writeIdxPair(poolFolder, 'train', pool.images, pool.labels)
      await writeIdxPair(poolFolder, 't10k', test.images, test.labels)
      await writeFileAtomic(join(poolFolder, 'facts.json'), `${JSON.stringify(pool.facts)}\n`)
      await writeIdxPair(examplesFolder, 'examples', examples.images, examples.labels)
      for (const place of [poolFolder, examplesFolder]) {
        await copyFile(join(fashion, 'class-names.txt'), join(place, 'class-names.txt'))
        await copyFile(join(fashion, 'LICENSE.txt'), join(place, 'LICENSE.txt'))
      }
      const definitions = join(resourcesFolder, 'samples', 'definitions')
      for (const name of ['definitions.csv', 'LICENSE.txt'])
        await copyFile(join(definitions, name), join(textFolder, name))
    },
    { replace: true }
  )
  return sampleDatasets(targetFolder)
}

const folderNames = ['fashion-pictures', 'fashion-examples', 'definitions'] as const

async function makeFolders(folder: string): Promise<string[]> {
  const folders = folderNames.map((name) => join(folder, name))
  for (const path of folders) await mkdir(path)
  return folders
}

/** What to import of a prepared folder, and how. */
export function sampleDatasets(targetFolder: string): SampleDataset[] {
  const [pool, examples, text] = folderNames.map((name) => join(targetFolder, name))
  const options = ImportOptions.parse({})
  return [
    { name: sampleNames.pool, path: pool, purpose: 'pool', options },
    {
      name: sampleNames.examples,
      path: examples,
      purpose: 'examples',
      options: { ...options, split: { kind: 'none' } }
    },
    { name: sampleNames.text, path: join(text, 'definitions.csv'), purpose: 'pool', options }
  ]
}
