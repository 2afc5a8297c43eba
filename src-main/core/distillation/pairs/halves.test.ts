// The fingerprints of both halves of real rows: pictures are those that the rows name, texts their own,
// and a row without one of them has zeros there.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fileLocator } from '../../datasets/readers/records/record-locator.ts'
import { cachedFeatures, ensureFeatures, type FeatureContext } from '../../features/extract.ts'
import { featureTasks } from '../../features/feature-tasks.ts'
import { openNpy } from '../../features/npy.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import type { OpenProject } from '../../projects/open-project.ts'
import { createFixture, inlinePool, type Fixture } from '../../selection/selection-fixture.ts'
import { halvesOf, pairedItems } from './halves.ts'
import { missingHalvesTask } from './pair-data.ts'
import { shapePairs } from './shapes.test-support.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await createFixture()
})
afterEach(() => fixture.dispose())

const count = 40
const lost = 5
const silent = 9

/** Drawn shapes as PNGs beside a file of captions. */
async function addShapes() {
  const source = join(fixture.folder, 'source')
  await mkdir(join(source, 'pictures'), { recursive: true })
  const { pixels, captions, side } = shapePairs(count, 3, 16)
  const each = side * side * 3
  for (let i = 0; i < count; i++)
    await sharp(pixels.subarray(i * each, (i + 1) * each), {
      raw: { width: side, height: side, channels: 3 }
    })
      .png()
      .toFile(join(source, 'pictures', `${i}.png`))
  await writeFile(join(source, 'captions.jsonl'), captions.join('\n'))
  return fixture.addDataset(
    'shapes',
    captions.map((text, i) => ({
      label: -1,
      trueLabel: -1,
      numbers: new Float32Array(1),
      content: `row ${i}`,
      text: i === silent ? '' : text,
      locator: `captions.jsonl#${i}`,
      ...(i === lost ? {} : { pictures: [fileLocator(`pictures/${i}.png`)] })
    })),
    { kind: 'text', format: 'jsonl', sourcePath: join(source, 'captions.jsonl') }
  )
}

it('describes the pictures that rows name and their texts, row by row', async () => {
  const dataset = await addShapes()
  expect(pairedItems(fixture.store, dataset)).toBe(count - 1)
  expect(pairedItems(fixture.store, { ...dataset, kind: 'table' })).toBe(0)
  const featuresFolder = join(fixture.folder, 'features')
  await mkdir(featuresFolder)
  // What making fingerprints reads of a project.
  const project = {
    store: fixture.store,
    featuresFolder,
    mediaFolder: join(fixture.folder, 'media')
  } as OpenProject
  const nothing = (): undefined => undefined
  const context: FeatureContext = {
    signal: new AbortController().signal,
    // The list of tasks forgets what each of them takes.
    pool: inlinePool([...featureTasks] as unknown as readonly ComputeTask<
      never,
      unknown,
      unknown
    >[]),
    deviceRequest: 'auto',
    progress: nothing,
    total: nothing,
    breathe: () => Promise.resolve(),
    log: nothing,
    note: nothing,
    device: nothing
  }
  const halves = halvesOf(dataset)
  const pictures = await ensureFeatures(context, project, { dataset: halves.pictures })
  const texts = await ensureFeatures(context, project, { dataset: halves.texts })
  expect(pictures.sidecar).toMatchObject({ rows: count, unreadable: 1, extractor: 'image-small' })
  expect(texts.sidecar).toMatchObject({ rows: count, unreadable: 1, extractor: 'text-sentences' })
  // The texts' are those that the dataset has anyway.
  expect((await cachedFeatures(featuresFolder, { dataset }))?.path).toBe(texts.path)
  const read = async (path: string): Promise<{ sums: number[]; columns: number }> => {
    const source = await openNpy(path)
    const values = await source.readRows(Uint32Array.from({ length: count }, (_, i) => i))
    const sums = Array.from({ length: count }, (_, i) =>
      values
        .subarray(i * source.columns, (i + 1) * source.columns)
        .reduce((sum, value) => sum + Math.abs(value), 0)
    )
    await source.close()
    return { sums, columns: source.columns }
  }
  const seen = await read(pictures.path)
  expect(seen.sums.flatMap((sum, row) => (sum === 0 ? [row] : []))).toEqual([lost])
  const rows = Uint32Array.from({ length: count }, (_, i) => i)
  const task = missingHalvesTask.run({ pictures: pictures.path, texts: texts.path, rows }, {
    signal: context.signal
  } as never)
  const { value } = await task.next()
  expect(
    [...(value?.missing ?? [])].flatMap((lack, row) => (lack > 0 ? [[row, lack]] : []))
  ).toEqual([
    [lost, 1],
    [silent, 2]
  ])
}, 120_000)
