// The maps of an open project, for the screens: points of a dataset's map, and starting one.
import type { MapPoints } from '../../api/dto/maps.ts'
import type { DatasetRecord } from '../store/records.ts'
import { readMap, readMapHeader } from './map-file.ts'
import { mapKey, type MapFeatures } from './map-plan.ts'
import { notMadeSentence } from './map-sentences.ts'

export interface MapsDeps {
  readonly cacheFolder: string
  /** Finished fingerprints, undefined while there are none. */
  cached(dataset: DatasetRecord): Promise<MapFeatures | undefined>
  /** Seconds a map takes here, as measured just now; undefined when the data cannot be read. */
  estimate(dataset: DatasetRecord): Promise<number | undefined>
  /** The job that is making or refining a dataset's map, waiting ones included. */
  activeJob(dataset: string): string | undefined
  /** Queues a map job and returns its id. */
  submit(dataset: DatasetRecord): string
}

export interface Maps {
  /** Points unless the caller has them already (`known` is their revision). */
  points(dataset: DatasetRecord, known: string | null): Promise<MapPoints>
  /** The job that makes the map; null when it is finished already. */
  start(dataset: DatasetRecord): Promise<string | null>
}

/** Revision of a dataset without a map; the second also carries an estimate. */
const nothing = 'none'
const nothingWithEstimate = 'none+'

/** The maps of one open project. */
export function createMaps(deps: MapsDeps): Maps {
  async function keyOf(dataset: DatasetRecord): Promise<string | undefined> {
    const features = await deps.cached(dataset)
    return features && mapKey(dataset.contentHash, features.key)
  }

  async function none(dataset: DatasetRecord, known: string | null): Promise<MapPoints> {
    // Measuring takes a moment: the first answer comes without.
    const isEstimated = known === nothing || known === nothingWithEstimate
    const seconds = isEstimated ? await deps.estimate(dataset) : undefined
    return {
      stage: 'none',
      revision: isEstimated ? nothingWithEstimate : nothing,
      x: new Float32Array(0),
      y: new Float32Array(0),
      words: [],
      sentence: notMadeSentence(seconds),
      job: deps.activeJob(dataset.id) ?? null
    }
  }

  return {
    async points(dataset, known) {
      const key = await keyOf(dataset)
      const header = key === undefined ? undefined : await readMapHeader(deps.cacheFolder, key)
      if (key === undefined || header === undefined) return none(dataset, known)
      const job = deps.activeJob(dataset.id) ?? null
      const empty = { x: new Float32Array(0), y: new Float32Array(0) }
      if (header.revision === known) return { ...said(header), ...empty, job }
      // Read together, in case a later stage has replaced the file in between.
      const map = await readMap(deps.cacheFolder, key)
      return map === undefined
        ? none(dataset, known)
        : { ...said(map.header), x: map.x, y: map.y, job }
    },
    async start(dataset) {
      const active = deps.activeJob(dataset.id)
      if (active !== undefined) return active
      const key = await keyOf(dataset)
      const header = key === undefined ? undefined : await readMapHeader(deps.cacheFolder, key)
      if (header?.stage === 'umap') return null
      // Two windows may ask at once; the answer above was awaited.
      return deps.activeJob(dataset.id) ?? deps.submit(dataset)
    }
  }
}

type Said = Pick<MapPoints, 'stage' | 'revision' | 'sentence' | 'words'>

function said({ stage, revision, sentence, words }: Said): Said {
  return { stage, revision, sentence, words: [...words] }
}
