// Directions that are nothing but the mean gradients of the examples (LESS, TracIn).
import type { MethodProgress } from '../method.ts'
import { meanGradient } from './parts.ts'
import type { TargetScene, TargetSpec } from './target-run.ts'

/** The `aim` of a method that compares gradients as they are. */
export function aimAtMeans(isUnit: boolean): TargetSpec['aim'] {
  return async function* aim({ context }: TargetScene, set, parts) {
    const total = set.weights.length
    const directions: Float32Array[][] = []
    for (let head = 0; head < total; head++) {
      context.signal.throwIfAborted()
      directions.push(
        parts.map((part) => Float32Array.from(meanGradient(set, head, part, 'error', isUnit)))
      )
      const step: MethodProgress = { phase: 'Examples', done: head + 1, total, unit: 'checkpoints' }
      yield step
    }
    return directions
  }
}
