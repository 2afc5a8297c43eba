// Refines a map: UMAP on the landmarks in slices of a few milliseconds, all items placed anew every
// few passes, so that the picture settles before the eyes of whoever waits.
import { breathe } from '../features/breathe.ts'
import { fitSquare } from './fit-square.ts'
import { placeItems, spacings, type Links } from './place.ts'
import { bondGraph } from './umap-graph.ts'
import { createLayout } from './umap-layout.ts'

export interface RefineInput {
  readonly items: number
  /** Rows of the landmarks, ascending; all rows for small sets. */
  readonly landmarks: Uint32Array
  /** Near landmarks of each landmark, `nearCount` each, nearest first, and their distances. */
  readonly near: Uint32Array
  readonly distance: Float32Array
  readonly nearCount: number
  /** Nearest landmarks of every item; undefined when all items are landmarks. */
  readonly links: Links | undefined
  /** Where all items are on the first map. */
  readonly startX: Float32Array
  readonly startY: Float32Array
  /** 1 = an item like nothing. */
  readonly blank: Uint8Array
  readonly passes: number
  readonly seed: number
  /** Partial maps on the way, besides the last one. */
  readonly frames: number
}

/** How far it is; with the points when a partial map is due. */
export interface RefineStep {
  readonly pass: number
  readonly frame: MapFrame | undefined
}

export interface MapFrame {
  readonly x: Float32Array
  readonly y: Float32Array
}

/** Yields after every pass. Deterministic for a seed. */
export async function* refineMap(
  input: RefineInput,
  signal: AbortSignal
): AsyncGenerator<RefineStep, MapFrame, void> {
  const { landmarks, near, nearCount, passes, frames } = input
  const own = <T extends Float32Array | Uint8Array>(values: T): T =>
    // A view of all rows or a copy of some: the same kind of array.
    values.length === landmarks.length ? values : (picked(values, landmarks) as T)
  const lonely = own(input.blank)
  const graph = bondGraph(landmarks.length, nearCount, near, input.distance, lonely)
  const startX = own(input.startX)
  const startY = own(input.startY)
  const layout = createLayout(graph, startX, startY, passes, input.seed)
  const every = Math.max(1, Math.round(passes / (frames + 1)))
  while (layout.done < passes) {
    await breathe(signal)
    layout.pass()
    const isDue = layout.done % every === 0 && layout.done < passes
    yield { pass: layout.done, frame: isDue ? frameOf(input, layout.x, layout.y) : undefined }
  }
  return frameOf(input, layout.x, layout.y)
}

function picked(values: Float32Array | Uint8Array, rows: Uint32Array): Float32Array | Uint8Array {
  const out =
    values instanceof Float32Array ? new Float32Array(rows.length) : new Uint8Array(rows.length)
  rows.forEach((row, i) => {
    out[i] = values[row]
  })
  return out
}

function frameOf(input: RefineInput, x: Float32Array, y: Float32Array): MapFrame {
  const { links, landmarks, near, nearCount } = input
  const frame =
    links === undefined
      ? { x: x.slice(), y: y.slice() }
      : placeItems(input.items, links, landmarks, { x, y }, spacings(near, nearCount, x, y))
  fitSquare(frame.x, frame.y, input.blank)
  return frame
}
