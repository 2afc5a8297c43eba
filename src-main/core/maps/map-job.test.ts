// The map job over real files and tasks: its stages on disk, the same map however it was made, and
// what is left when it is stopped.
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../api/errors.ts'
import { writeNpy } from '../features/npy.ts'
import { openStore } from '../store/open-store.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { datasetRecord, newItem } from '../store/store.test-support.ts'
import { readMap, removeMap, type ReadMap } from './map-file.ts'
import { createMapJob } from './map-job.ts'
import { mapKey } from './map-plan.ts'
import { clouds, poolHere, purity, watchedJob, type WatchedJob } from './maps.test-support.ts'
import { createMaps, type Maps } from './maps.ts'

let folder: string
let store: Store
let labels: Int32Array
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'map-job-'))
  store = openStore(join(folder, 'project.sqlite'))
})
afterEach(async () => {
  store.dispose()
  await rm(folder, { recursive: true, force: true })
})

const columns = 12
const path = (): string => join(folder, 'features.npy')

async function addDataset(items: number): Promise<DatasetRecord> {
  const made = clouds(items, columns, 4)
  labels = made.labels
  // The second item could not be read.
  if (items > 8) made.values.fill(0, columns, 2 * columns)
  await writeNpy(path(), made.values, items, columns)
  const record = datasetRecord('d1', {
    kind: 'images',
    items,
    classNames: ['a', 'b', 'c', 'd'],
    contentHash: 'hash'
  })
  store.datasets.insert({ ...record, state: 'building' })
  store.items.append(
    'd1',
    Array.from(labels, (label, row) => newItem(row, `content ${row}`, { label }))
  )
  store.datasets.update('d1', { state: 'ready' })
  return record
}

interface Run {
  readonly job: WatchedJob
  readonly ended: Promise<unknown>
}

function start(landmarks?: number, threads = 2, onCall?: (name: string) => void): Run {
  const job = watchedJob(poolHere(threads, onCall))
  const kind = createMapJob({
    store,
    cacheFolder: folder,
    featurePhases: [{ name: 'Learning', weight: 0.1 }],
    ensure: async (context, dataset) => {
      context.phase(0, dataset.items, 'items')
      return { path: path(), key: 'f1', rows: dataset.items, columns, extractor: 'image-small' }
    },
    ...(landmarks === undefined ? {} : { landmarks })
  })
  return { job, ended: kind.run(job.context, { dataset: 'd1' }) }
}

const saved = async (): Promise<ReadMap> => {
  const map = await readMap(folder, mapKey('hash', 'f1'))
  if (map === undefined) throw new Error('no map')
  return map
}

describe('a map job', () => {
  it('makes a refined map that keeps alike items together', async () => {
    await addDataset(400)
    const { job, ended } = start()
    await ended
    const { header, x, y } = await saved()
    expect(header).toMatchObject({ stage: 'umap', points: 400 })
    expect(header.sentence).not.toMatch(/landmark/)
    expect(purity(x, y, labels)).toBeGreaterThan(0.95)
    expect([...x, ...y].every((value) => value >= -1 && value <= 1)).toBe(true)
    // The unreadable item lies in its corner.
    expect(Math.max(x[1], y[1])).toBeLessThan(-0.9)
    expect(header.words.map(({ text }) => text.split(' ')[0]).sort()).toEqual(['a', 'b', 'c', 'd'])
    expect(job.phases).toEqual(['0: 400 items', '1: 400 items', '2: 400 items', '3: 400 passes'])
  })

  it('places items between landmarks, the same for any number of threads', async () => {
    await addDataset(900)
    await start(150, 1).ended
    const first = await saved()
    await start(150, 3).ended
    const second = await saved()
    expect(second).toEqual(first)
    expect(first.header.sentence).toMatch(/150 landmark items/)
    expect(purity(first.x, first.y, labels)).toBeGreaterThan(0.9)
    // Items do not hide one another.
    expect(new Set(Array.from(first.x)).size).toBeGreaterThan(850)
  })

  it('has a map to show before it refines it', async () => {
    await addDataset(200)
    const tasks: string[] = []
    await start(undefined, 1, (name) => void tasks.push(name)).ended
    expect(tasks).toEqual([
      'maps.overview',
      'maps.fit',
      'maps.words',
      'maps.near',
      'maps.refine',
      'maps.words'
    ])
  })

  it('leaves the last whole map when it is stopped, and goes on to the same end', async () => {
    await addDataset(300)
    await start().ended
    const whole = await saved()
    await removeMap(folder, mapKey('hash', 'f1'))
    const early: Run = start(undefined, 1, (name) => {
      if (name === 'maps.refine') early.job.abort.abort(new AppError('cancelled'))
    })
    await expect(early.ended).rejects.toMatchObject({ code: 'cancelled' })
    expect((await saved()).header.stage).toBe('pca')
    const late = start(undefined, 1)
    late.job.onProgress((done) => {
      if (done === 301) late.job.abort.abort(new AppError('cancelled'))
    })
    await expect(late.ended).rejects.toMatchObject({ code: 'cancelled' })
    const partial = await saved()
    expect(partial.header).toMatchObject({ stage: 'umap-partial', words: [] })
    expect(partial.header.sentence).toBe(whole.header.sentence)
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
    await start().ended
    expect(await saved()).toEqual(whole)
  })

  it.each([1, 2, 3, 4, 6])('makes a map of %i items', async (items) => {
    await addDataset(items)
    await start().ended
    const { header, x, y } = await saved()
    expect(header).toMatchObject({ stage: 'umap', points: items })
    expect([...x, ...y].every(Number.isFinite)).toBe(true)
  })

  it('is refused for data that is not there', async () => {
    await expect(start().ended).rejects.toMatchObject({ code: 'dataset-not-found' })
  })
})

describe('the maps of a project', () => {
  let active: string | undefined
  let submitted: number
  function mapsOf(hasFeatures = true): Maps {
    active = undefined
    submitted = 0
    return createMaps({
      cacheFolder: folder,
      cached: async (dataset) =>
        hasFeatures
          ? { path: path(), key: 'f1', rows: dataset.items, columns, extractor: 'image-small' }
          : undefined,
      estimate: async () => 125,
      activeJob: () => active,
      submit: () => {
        submitted++
        active = 'j1'
        return active
      }
    })
  }

  it('say that there is none, and what one takes when asked again', async () => {
    const dataset = await addDataset(20)
    for (const maps of [mapsOf(false), mapsOf(true)]) {
      const first = await maps.points(dataset, null)
      expect(first).toMatchObject({ stage: 'none', words: [], job: null })
      expect(first.sentence).not.toMatch(/min/)
      const second = await maps.points(dataset, first.revision)
      expect(second.sentence).toMatch(/about 2 min on this computer/)
      expect(second.revision).not.toBe(first.revision)
      expect((await maps.points(dataset, second.revision)).revision).toBe(second.revision)
    }
  })

  it('send points once for each revision', async () => {
    const dataset = await addDataset(60)
    await start().ended
    const maps = mapsOf()
    const first = await maps.points(dataset, null)
    expect(first.x.length).toBe(60)
    const again = await maps.points(dataset, first.revision)
    expect(again).toEqual({ ...first, x: new Float32Array(0), y: new Float32Array(0) })
  })

  it('start one job at a time and none for a finished map', async () => {
    const dataset = await addDataset(60)
    const maps = mapsOf()
    expect(await Promise.all([maps.start(dataset), maps.start(dataset)])).toEqual(['j1', 'j1'])
    expect(submitted).toBe(1)
    active = undefined
    await start().ended
    expect(await maps.start(dataset)).toBeNull()
    expect(submitted).toBe(1)
  })

  it('are others for other fingerprints or other data', () => {
    expect(new Set([mapKey('a', 'b'), mapKey('a', 'c'), mapKey('b', 'b')]).size).toBe(3)
  })
})
