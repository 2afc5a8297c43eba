// The gradients a run works on: those of the app's own head along its warm-up, or matrices made
// elsewhere (matrix-kind.ts). The pursuits, the targets and the result see only this.
import type { FeatureScaling } from '../../../compute/kernels/scaling.ts'
import type { MethodCheckpoint, SelectionInputs } from '../../method.ts'
import { openGradients, type GradientDictionary, type GradientOptions } from './gradients.ts'
import { candidateRows, exampleTargets, type Targets } from './target.ts'
import { packTrajectory, trajectoryRank, type Trajectory } from './trajectory.ts'

/** Where gradients came from, for the record and the notes. */
export type Origin =
  | { readonly kind: 'head'; readonly trajectory: Trajectory }
  | {
      readonly kind: 'given'
      /** Names of the checkpoints. */
      readonly checkpoints: readonly string[]
      /** Examples that could not be read; known once the targets have been made. */
      skipped: number
    }

export interface GradientKind {
  readonly origin: Origin
  /** Numbers of one trajectory that can differ. */
  readonly rank: number
  readonly signal: AbortSignal
  /** Dictionary of some candidates, in this order. Yields rows measured. */
  open(rows: Uint32Array): AsyncGenerator<number, GradientDictionary, void>
  /** What the examples ask for. Throws AppError "method-not-possible" without a usable one. */
  exampleTargets(): Promise<Targets>
  /** How fingerprints are scaled where places are filled by variety. */
  scaling(fingerprints: Float32Array): FeatureScaling
  /** What a checkpoint holds of it. */
  pack(): Pick<MethodCheckpoint, 'arrays' | 'values'>
}

/** Gradients of the head along its warm-up. */
export function headKind(
  inputs: SelectionInputs,
  trajectory: Trajectory,
  options: GradientOptions
): GradientKind {
  return {
    origin: { kind: 'head', trajectory },
    rank: trajectoryRank(trajectory),
    signal: options.signal,
    open: (rows) => openGradients(candidateRows(inputs, rows), trajectory, options),
    exampleTargets: () => exampleTargets(inputs, trajectory, options),
    scaling: () => trajectory.scaling,
    pack: () => packTrajectory(trajectory)
  }
}
