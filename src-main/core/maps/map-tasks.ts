// Compute tasks of the map: first overview, near landmarks, links of all items, refinement, words.
import type { MapWord } from '../../api/dto/maps.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import { breathe } from '../features/breathe.ts'
import { fitSquare } from './fit-square.ts'
import type { Likeness } from './map-plan.ts'
import { mapProbeTask } from './map-probe.ts'
import { openMapRows } from './map-rows.ts'
import { mapWords, type WordsInput } from './map-words.ts'
import { createSearchSet, nearest, type Nearest } from './nearest.ts'
import { drawOverview, onAxes } from './overview.ts'
import { refineMap, type MapFrame, type RefineInput, type RefineStep } from './refine.ts'
import { countWords } from './typical-words.ts'

/** Rows of one product; the same for any split of the work, so that the result is too. */
const blockRows = 512

interface FileInput {
  /** Finished fingerprints. */
  readonly path: string
  readonly likeness: Likeness
  readonly device: string
}

export interface OverviewInput extends FileInput {
  readonly landmarks: Uint32Array
  readonly seed: number
}

export interface OverviewOutput {
  /** On the first two axes, as they are. */
  readonly x: Float32Array
  readonly y: Float32Array
  readonly blank: Uint8Array
  readonly mean: Float32Array
  /** Width of the rows x axes. */
  readonly axes: Float32Array
  readonly axisCount: number
}

/** The first map; yields rows placed. */
export const overviewTask: ComputeTask<OverviewInput, { readonly done: number }, OverviewOutput> = {
  name: 'maps.overview',
  async *run(input, context) {
    const { tf } = await context.device(input.device)
    const rows = await openMapRows(input.path, input.likeness)
    try {
      const drawing = drawOverview(tf, rows, input.landmarks, input.seed, context.signal)
      for (;;) {
        const step = await drawing.next()
        if (step.done !== true) {
          yield { done: step.value }
          continue
        }
        const { x, y, blank, axes } = step.value
        return { x, y, blank, mean: axes.mean, axes: axes.axes, axisCount: axes.columns }
      }
    } finally {
      await rows.close()
    }
  }
}

export interface NearInput extends FileInput {
  readonly landmarks: Uint32Array
  /** Landmarks searched for: positions from .. from+count-1. */
  readonly from: number
  readonly count: number
  readonly k: number
}

/** The near landmarks of some landmarks, exactly; yields how many are through. */
export const nearTask: ComputeTask<NearInput, { readonly done: number }, Nearest> = {
  name: 'maps.near',
  async *run(input, context) {
    const { tf } = await context.device(input.device)
    const { landmarks, from, count } = input
    const rows = await openMapRows(input.path, input.likeness)
    try {
      const all = await rows.readRows(landmarks)
      const set = createSearchSet(tf, all, rows.columns)
      const k = Math.min(input.k, landmarks.length - 1)
      const out = emptyNearest(count * k)
      try {
        for (let done = 0; done < count; done += blockRows) {
          await breathe(context.signal)
          const size = Math.min(blockRows, count - done)
          const block = all.subarray(
            (from + done) * rows.columns,
            (from + done + size) * rows.columns
          )
          put(out, nearest(tf, set, block, k, from + done), done * k)
          yield { done: done + size }
        }
      } finally {
        set.dispose()
      }
      return out
    } finally {
      await rows.close()
    }
  }
}

export interface LinksInput extends FileInput {
  readonly landmarks: Uint32Array
  /** Items searched for: rows from .. from+count-1. */
  readonly from: number
  readonly count: number
  readonly k: number
  readonly mean: Float32Array
  readonly axes: Float32Array
  readonly axisCount: number
}

/** The nearest landmarks of some items, along the main axes; yields how many are through. */
export const linksTask: ComputeTask<LinksInput, { readonly done: number }, Nearest> = {
  name: 'maps.links',
  async *run(input, context) {
    const { tf } = await context.device(input.device)
    const { landmarks, from, count, mean, axisCount } = input
    const rows = await openMapRows(input.path, input.likeness)
    const axes = tf.tensor2d(input.axes, [rows.columns, axisCount])
    try {
      const own = onAxes(tf, await rows.readRows(landmarks), mean, axes)
      const set = createSearchSet(tf, own, axisCount)
      const k = Math.min(input.k, landmarks.length)
      const out = emptyNearest(count * k)
      try {
        for (let done = 0; done < count; done += blockRows) {
          await breathe(context.signal)
          const size = Math.min(blockRows, count - done)
          const block = onAxes(tf, await rows.readBlock(from + done, size), mean, axes)
          put(out, nearest(tf, set, block, k), done * k)
          yield { done: done + size }
        }
      } finally {
        set.dispose()
      }
      return out
    } finally {
      axes.dispose()
      await rows.close()
    }
  }
}

function emptyNearest(length: number): Nearest {
  return { near: new Uint32Array(length), distance: new Float32Array(length) }
}

function put(out: Nearest, part: Nearest, at: number): void {
  out.near.set(part.near, at)
  out.distance.set(part.distance, at)
}

/** The refined map; yields passes done, now and then with a partial map. */
export const refineTask: ComputeTask<RefineInput, RefineStep, MapFrame> = {
  name: 'maps.refine',
  run: (input, context) => refineMap(input, context.signal)
}

export interface FitInput extends MapFrame {
  readonly blank: Uint8Array
}

/** Brings raw positions into the square of a map. */
export const fitTask: ComputeTask<FitInput, never, MapFrame> = {
  name: 'maps.fit',
  // eslint-disable-next-line require-yield -- one pass over the points; its result is its only event
  async *run({ x, y, blank }) {
    fitSquare(x, y, blank)
    return { x, y }
  }
}

export interface MapWordsInput extends WordsInput {
  /** Some texts of the dataset and their rows; null for other data. */
  readonly texts: { readonly rows: Uint32Array; readonly texts: readonly string[] } | null
}

/** Words for the places of a map. */
export const wordsTask: ComputeTask<MapWordsInput, never, { readonly words: MapWord[] }> = {
  name: 'maps.words',
  // eslint-disable-next-line require-yield -- a second at most; its result is its only event
  async *run({ texts, ...input }) {
    const sampled =
      texts === null ? undefined : { rows: texts.rows, counts: countWords(texts.texts) }
    return { words: mapWords(input, sampled) }
  }
}

/** All tasks of this folder. */
export const mapTasks = [
  overviewTask,
  nearTask,
  linksTask,
  refineTask,
  fitTask,
  wordsTask,
  mapProbeTask
] as const
