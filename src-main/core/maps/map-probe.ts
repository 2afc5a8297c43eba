// How fast this computer makes a map: the searches and the layout, tried for a moment on made-up rows
// of the data's width.
import type { ComputeTask } from '../jobs/compute-task.ts'
import type { TensorFlow } from '../compute/devices/device.ts'
import { createRandom } from '../compute/random.ts'
import { landmarksMax, linkCount, nearCount, passesFor } from './map-plan.ts'
import { foldedColumns } from './map-rows.ts'
import { createSearchSet, nearest } from './nearest.ts'
import { searchAxes } from './overview.ts'
import { bondGraph } from './umap-graph.ts'
import { createLayout } from './umap-layout.ts'

export interface MapProbeInput {
  /** Width of the fingerprints. */
  readonly columns: number
  readonly device: string
}

/** Seconds of one unit of each step, on one thread. */
export interface MapSpeed {
  /** One item looked for among one landmark, over the whole width. */
  readonly nearSeconds: number
  /** The same along the search axes. */
  readonly linkSeconds: number
  /** One landmark in one pass of the layout. */
  readonly passSeconds: number
}

const blockRows = 512
const landmarks = 2048
const layoutPoints = 1500
const layoutPasses = 6

/** Tries each step twice and measures the second time. */
export const mapProbeTask: ComputeTask<MapProbeInput, never, MapSpeed> = {
  name: 'maps.probe',
  // eslint-disable-next-line require-yield -- a fraction of a second; its result is its only event
  async *run(input, context) {
    const { tf } = await context.device(input.device)
    const width = Math.min(input.columns, foldedColumns)
    return {
      nearSeconds: searchSeconds(tf, width, nearCount),
      linkSeconds: searchSeconds(tf, Math.min(width, searchAxes), linkCount),
      passSeconds: passSeconds()
    }
  }
}

function searchSeconds(tf: TensorFlow, width: number, k: number): number {
  const random = createRandom(1)
  const rows = Float32Array.from({ length: landmarks * width }, () => random.normal())
  const set = createSearchSet(tf, rows, width)
  const block = rows.subarray(0, blockRows * width)
  nearest(tf, set, block, k)
  const began = performance.now()
  nearest(tf, set, block, k)
  const seconds = (performance.now() - began) / 1000
  set.dispose()
  return seconds / (blockRows * landmarks)
}

function passSeconds(): number {
  const random = createRandom(2)
  const draw = (): number => random.below(layoutPoints)
  const near = Uint32Array.from({ length: layoutPoints * nearCount }, draw)
  const distance = Float32Array.from(near, (_, p) => 1 + (p % nearCount) / nearCount)
  const graph = bondGraph(layoutPoints, nearCount, near, distance, new Uint8Array(layoutPoints))
  const x = Float32Array.from({ length: layoutPoints }, () => random.normal())
  const layout = createLayout(graph, x, x.slice().reverse(), 2 * layoutPasses, 3)
  while (layout.done < layoutPasses) layout.pass()
  const began = performance.now()
  while (layout.done < 2 * layoutPasses) layout.pass()
  return (performance.now() - began) / 1000 / layoutPasses / layoutPoints
}

/**
 * Seconds a map of `items` takes on `threads` threads.
 * @param secondsPerItem for new fingerprints; 0 when they are there
 */
export function mapSeconds(
  items: number,
  speed: MapSpeed,
  threads: number,
  secondsPerItem: number
): number {
  const count = Math.min(items, landmarksMax)
  const near = count * count * speed.nearSeconds
  const links = items > count ? items * count * speed.linkSeconds : 0
  const layout = count * passesFor(count) * speed.passSeconds
  return items * secondsPerItem + (near + links) / Math.max(1, threads) + layout
}
