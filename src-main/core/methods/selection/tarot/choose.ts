// From layers to an order: whole layers as long as they fit, the dual potentials inside the layer that
// does not, then the rest by closeness.
import { rankDescending } from '../../../compute/kernels/ranking.ts'
import type { OverflowRule } from './params.ts'

export interface LayerChoice {
  /** All rows, best first. */
  readonly order: Uint32Array
  /** Layers taken whole. */
  readonly whole: number
  /** Layer that did not fit; 0 when the budget ended with a layer or beyond the last one. */
  readonly cutLayer: number
  /** Rows of that layer, and how many of them were taken. */
  readonly cutRows: number
  readonly cutTaken: number
  /** Places filled from beyond the last layer. */
  readonly filled: number
  /** Potential of the rows of the cut layer, 0 elsewhere. */
  readonly potential: Float32Array
}

/**
 * @param layer 1-based layer per row, 0 = beyond the last one
 * @param closeness cosine with the nearest example; NaN comes last
 * @param decide dual potentials f of a layer's rows against the examples
 */
export async function chooseByLayers(
  layer: Uint32Array,
  closeness: Float32Array,
  ties: Uint32Array,
  budget: number,
  rule: OverflowRule,
  decide: (rows: readonly number[]) => Promise<Float64Array>
): Promise<LayerChoice> {
  // Closest first within each layer; layers keep that order.
  const ranked = rankDescending(closeness, ties)
  const deepest = layer.reduce((most, value) => Math.max(most, value), 0)
  const layers: number[][] = Array.from({ length: deepest + 1 }, () => [])
  for (const row of ranked) layers[layer[row]].push(row)
  const potential = new Float32Array(layer.length)
  const order: number[] = []
  let cut = { whole: deepest, cutLayer: 0, cutRows: 0, cutTaken: 0 }
  for (let at = 1; at <= deepest; at++) {
    const room = budget - order.length
    if (room <= 0 || layers[at].length <= room) {
      for (const row of layers[at]) order.push(row)
      if (room > 0 && room === layers[at].length) cut = { ...cut, whole: at }
      continue
    }
    const f = await decide(layers[at])
    layers[at].forEach((row, i) => (potential[row] = f[i]))
    const sign = rule === 'closer' ? 1 : -1
    const places = layers[at].map((row, i) => ({ row, i }))
    places.sort((a, b) => sign * (f[a.i] - f[b.i]) || a.i - b.i)
    for (const { row } of places) order.push(row)
    cut = { whole: at - 1, cutLayer: at, cutRows: layers[at].length, cutTaken: room }
  }
  const filled = Math.max(0, budget - order.length)
  for (const row of layers[0]) order.push(row)
  return { order: Uint32Array.from(order), ...cut, filled, potential }
}
