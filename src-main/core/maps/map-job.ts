// The "map" kind of job: fingerprints, a first map at once, then the refined one. Every stage is
// saved whole before it is announced, so that a stopped or killed job leaves the last map in place.
import { z } from 'zod'
import type { MapWord } from '../../api/dto/maps.ts'
import { AppError } from '../../api/errors.ts'
import type { JobContext, JobKind } from '../jobs/job-kind.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { saveMap } from './map-file.ts'
import {
  landmarksMax,
  likenessOf,
  linkCount,
  mapKey,
  mapRevision,
  mapSeed,
  nearCount,
  passesFor,
  type MapFeatures
} from './map-plan.ts'
import { fillParts } from './map-parts.ts'
import { overviewSentence, refinedSentence } from './map-sentences.ts'
import {
  fitTask,
  linksTask,
  nearTask,
  overviewTask,
  refineTask,
  wordsTask,
  type FitInput,
  type LinksInput,
  type MapWordsInput,
  type NearInput,
  type OverviewInput,
  type OverviewOutput
} from './map-tasks.ts'
import { chooseLandmarks } from './landmarks.ts'
import type { Nearest } from './nearest.ts'
import type { MapFrame, RefineInput, RefineStep } from './refine.ts'
import { sampleTexts, type TextSample } from './text-sample.ts'

export interface MapJobDeps {
  readonly store: Store
  /** Folder of the project's recomputable files. */
  readonly cacheFolder: string
  /** Fingerprints, made where missing; shows the job's first two phases. */
  ensure(context: JobContext, dataset: DatasetRecord, firstPhase: number): Promise<MapFeatures>
  /** Landmarks of a large set; `landmarksMax` unless told. */
  readonly landmarks?: number
  /** The phases of making fingerprints. */
  readonly featurePhases: readonly { readonly name: string; readonly weight: number }[]
}

const MapParams = z.strictObject({ dataset: z.string() })

/** Partial maps shown while refining; a small map is done before many could be looked at. */
const framesOf = (items: number): number => (items <= 2000 ? 2 : 8)

/** Result of a map job: the stage reached and the revision of its points. */
export interface MadeMap {
  readonly key: string
  readonly revision: string
}

/** The kind of job that `maps.start` queues. */
export function createMapJob(deps: MapJobDeps): JobKind<z.infer<typeof MapParams>, MadeMap> {
  return {
    kind: 'map',
    params: MapParams,
    canPause: true,
    canResume: true,
    isHeavy: true,
    phases: [
      ...deps.featurePhases,
      { name: 'Drawing the first map', weight: 0.05 },
      { name: 'Finding what is alike', weight: 0.25 },
      { name: 'Refining the map', weight: 0.35 }
    ],
    async run(context, params) {
      const dataset = deps.store.datasets.get(params.dataset)
      if (dataset?.state !== 'ready') throw new AppError('dataset-not-found')
      const features = await deps.ensure(context, dataset, 0)
      return new MapRun(deps, context, dataset, features).run()
    }
  }
}

/** One running map: its lifetime is one call of the job. */
class MapRun {
  readonly #deps: MapJobDeps
  readonly #context: JobContext
  readonly #dataset: DatasetRecord
  readonly #features: MapFeatures
  readonly #key: string
  readonly #labels: Int32Array
  readonly #landmarks: Uint32Array
  readonly #file: {
    readonly path: string
    readonly likeness: 'direction' | 'distance'
    readonly device: string
  }
  #texts: TextSample | null = null

  constructor(
    deps: MapJobDeps,
    context: JobContext,
    dataset: DatasetRecord,
    features: MapFeatures
  ) {
    this.#deps = deps
    this.#context = context
    this.#dataset = dataset
    this.#features = features
    this.#key = mapKey(dataset.contentHash, features.key)
    // Labels as they were imported: the map is the same whatever was relabelled since.
    this.#labels = deps.store.items.columns(dataset.id).givenLabels
    this.#landmarks = chooseLandmarks(this.#labels, deps.landmarks ?? landmarksMax, mapSeed)
    this.#file = {
      path: features.path,
      likeness: likenessOf(features.extractor),
      device: context.deviceRequest
    }
  }

  async run(): Promise<MadeMap> {
    const overview = await this.#drawOverview()
    if (this.#landmarks.length < 4) {
      // Three items or fewer: there is nothing to refine.
      return this.#save('umap', await this.#fitted(overview), overview.blank, 0, overviewSentence)
    }
    await this.#save('pca', await this.#fitted(overview), overview.blank, 0, overviewSentence)
    const { near, links } = await this.#findAlike(overview)
    return this.#refine(overview, near, links)
  }

  get #isWhole(): boolean {
    return this.#landmarks.length === this.#features.rows
  }

  #firstPhase(): number {
    return this.#deps.featurePhases.length
  }

  async #drawOverview(): Promise<OverviewOutput> {
    const { store } = this.#deps
    this.#context.phase(this.#firstPhase(), this.#features.rows, 'items')
    this.#texts = await sampleTexts(store.items, this.#dataset, () => this.#context.breathe())
    return this.#context.pool.run<OverviewInput, { readonly done: number }, OverviewOutput>(
      overviewTask,
      { ...this.#file, landmarks: this.#landmarks, seed: mapSeed },
      {
        signal: this.#context.signal,
        cores: 'all',
        onEvent: async ({ done }) => {
          this.#context.progress(done)
          await this.#context.breathe()
        }
      }
    )
  }

  #fitted({ x, y, blank }: OverviewOutput): Promise<MapFrame> {
    const input = { x, y, blank }
    return this.#context.pool.run<FitInput, never, MapFrame>(fitTask, input, {
      signal: this.#context.signal
    })
  }

  /** Near landmarks of the landmarks, and of all items when those are more. */
  async #findAlike(
    overview: OverviewOutput
  ): Promise<{ near: Nearest; links: Nearest | undefined }> {
    const count = this.#landmarks.length
    const others = this.#isWhole ? 0 : this.#features.rows
    this.#context.phase(this.#firstPhase() + 1, count + others, 'items')
    const common = { ...this.#file, landmarks: this.#landmarks }
    const k = Math.min(nearCount, count - 1)
    const near = await fillParts<NearInput>(this.#context, nearTask, {
      rows: count,
      perRow: k,
      before: 0,
      inputOf: (from, size) => ({ ...common, from, count: size, k })
    })
    if (this.#isWhole) return { near, links: undefined }
    const { mean, axes, axisCount } = overview
    const links = await fillParts<LinksInput>(this.#context, linksTask, {
      rows: this.#features.rows,
      perRow: Math.min(linkCount, count),
      before: count,
      inputOf: (from, size) => ({
        ...common,
        from,
        count: size,
        k: linkCount,
        mean,
        axes,
        axisCount
      })
    })
    return { near, links }
  }

  async #refine(
    overview: OverviewOutput,
    { near, distance }: Nearest,
    links: Nearest | undefined
  ): Promise<MadeMap> {
    const count = this.#landmarks.length
    const passes = passesFor(count)
    const sentence = refinedSentence(this.#isWhole ? undefined : count)
    this.#context.phase(this.#firstPhase() + 2, passes, 'passes')
    const input: RefineInput = {
      items: this.#features.rows,
      landmarks: this.#landmarks,
      near,
      distance,
      nearCount: Math.min(nearCount, count - 1),
      links: links === undefined ? undefined : { ...links, k: Math.min(linkCount, count) },
      startX: overview.x,
      startY: overview.y,
      blank: overview.blank,
      passes,
      seed: mapSeed,
      frames: framesOf(this.#features.rows)
    }
    const last = await this.#context.pool.run<RefineInput, RefineStep, MapFrame>(
      refineTask,
      input,
      {
        signal: this.#context.signal,
        onEvent: async ({ pass, frame }) => {
          if (frame !== undefined)
            await this.#save('umap-partial', frame, overview.blank, pass, sentence)
          this.#context.progress(pass)
          await this.#context.breathe()
        }
      }
    )
    return this.#save('umap', last, overview.blank, passes, sentence)
  }

  async #save(
    stage: 'pca' | 'umap-partial' | 'umap',
    frame: MapFrame,
    blank: Uint8Array,
    pass: number,
    sentence: string
  ): Promise<MadeMap> {
    const revision = mapRevision(this.#key, stage, pass)
    // Places still move while the map is refined; their words come with the last points.
    const words = stage === 'umap-partial' ? [] : await this.#words(frame, blank)
    const header = { stage, revision, sentence, words, points: frame.x.length }
    await saveMap(this.#deps.cacheFolder, this.#key, { header, ...frame })
    return { key: this.#key, revision }
  }

  async #words({ x, y }: MapFrame, blank: Uint8Array): Promise<MapWord[]> {
    const { words } = await this.#context.pool.run<
      MapWordsInput,
      never,
      { readonly words: MapWord[] }
    >(
      wordsTask,
      {
        x,
        y,
        blank,
        labels: this.#labels,
        labelNames: this.#dataset.classNames,
        texts: this.#texts
      },
      { signal: this.#context.signal }
    )
    return words
  }
}
