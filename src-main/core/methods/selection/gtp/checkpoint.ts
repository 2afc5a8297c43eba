// What a run stores to be gone on from: the warmed-up heads, where there are some, and what has been
// chosen so far, with the pursuit under way as far as it has come.
import type { MethodCheckpoint } from '../../method.ts'
import { freshState, type Doubts, type PieceReport, type PiecesState } from './pieces.ts'
import type { GradientKind } from './kind.ts'
import { packPursuit, unpackPursuit } from './pursuit-state.ts'

/**
 * The state after the warm-up (nothing chosen yet), after a round or after a pursuit.
 * @param doubts items whose label looks wrong; absent while it is not known
 */
export function packRun(
  kind: Pick<GradientKind, 'pack'>,
  state: PiecesState | undefined,
  doubts?: Doubts
): MethodCheckpoint {
  const own = kind.pack()
  const arrays = doubts === undefined ? own.arrays : { ...own.arrays, doubts: doubts.rows }
  const values = doubts?.rule === 'unknown' ? { ...own.values, labelsUnknown: 1 } : own.values
  if (state === undefined) return { step: 'warm-up', arrays, values }
  const pursuit = state.pursuit === undefined ? undefined : packPursuit(state.pursuit)
  return {
    step: 'chosen',
    arrays: {
      ...arrays,
      ...pursuit?.arrays,
      chosen: Uint32Array.from(state.chosen),
      weights: Float32Array.from(state.weights),
      pieceOf: Uint32Array.from(state.pieceOf),
      proposed: Uint32Array.from(state.proposed)
    },
    values: {
      ...values,
      ...pursuit?.values,
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
  const pursuit = unpackPursuit(arrays, values)
  return {
    chosen: [...arrays['chosen']],
    weights: [...arrays['weights']],
    pieceOf: [...arrays['pieceOf']],
    proposed: [...arrays['proposed']],
    // Written by packRun.
    reports: JSON.parse(String(values['reports'])) as PieceReport[],
    plan: Number(values['plan']),
    planFrom: Number(values['planFrom']),
    next: Number(values['next']),
    ...(pursuit === undefined ? {} : { pursuit })
  }
}
