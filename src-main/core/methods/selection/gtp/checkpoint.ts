// What a run stores to be gone on from: the warmed-up heads, where there are some, and what has been
// chosen so far.
import type { MethodCheckpoint } from '../../method.ts'
import { freshState, type PieceReport, type PiecesState } from './pieces.ts'
import type { GradientKind } from './kind.ts'

/** The state after the warm-up (nothing chosen yet) or after a pursuit. */
export function packRun(
  kind: Pick<GradientKind, 'pack'>,
  state: PiecesState | undefined
): MethodCheckpoint {
  const { arrays, values } = kind.pack()
  if (state === undefined) return { step: 'warm-up', arrays, values }
  return {
    step: 'chosen',
    arrays: {
      ...arrays,
      chosen: Uint32Array.from(state.chosen),
      weights: Float32Array.from(state.weights),
      pieceOf: Uint32Array.from(state.pieceOf),
      proposed: Uint32Array.from(state.proposed)
    },
    values: {
      ...values,
      plan: state.plan,
      planFrom: state.planFrom,
      next: state.next,
      reports: JSON.stringify(state.reports)
    }
  }
}

/** The state a checkpoint of {@link packRun} holds. */
export function unpackState({ step, arrays, values }: MethodCheckpoint): PiecesState {
  if (step !== 'chosen') return freshState
  return {
    chosen: [...arrays['chosen']],
    weights: [...arrays['weights']],
    pieceOf: [...arrays['pieceOf']],
    proposed: [...arrays['proposed']],
    // Written by packRun.
    reports: JSON.parse(String(values['reports'])) as PieceReport[],
    plan: Number(values['plan']),
    planFrom: Number(values['planFrom']),
    next: Number(values['next'])
  }
}
