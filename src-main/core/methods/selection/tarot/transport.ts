// Optimal transport between candidates and examples on the whitened distance sqrt(2 - 2 cos).
import { sinkhorn, type Transport } from '../../../compute/kernels/sinkhorn.ts'

/** Transport as TAROT uses it; `cosines` n x V, weights per example that sum to 1. */
export interface TransportTo {
  (cosines: Float32Array, weights: Float64Array, start?: Float64Array): Promise<Transport>
}

/** sqrt(2 - 2 cos) of every entry; rounding can put a cosine just above 1. */
export function distances(cosines: Float32Array): Float32Array {
  return cosines.map((cosine) => Math.sqrt(Math.max(0, 2 - 2 * cosine)))
}

/** All rows weigh the same. */
export function transportFor(temperature: number, signal: AbortSignal): TransportTo {
  return (cosines, weights, start) => {
    const count = cosines.length / weights.length
    const rows = new Float64Array(count).fill(1 / count)
    return sinkhorn(distances(cosines), rows, weights, {
      temperature,
      tolerance: 0.01,
      mostIterations: 300,
      signal,
      ...(start === undefined ? {} : { start })
    })
  }
}
