// Skill-It's two formulas: which source helps which (the skills graph), and the weights that follow
// from it and from the losses (Chen et al. 2023, section 3 and the published code).
import { mean, sd } from '../../../compute/statistics.ts'
import { sharesFromLogs } from '../../mixtures/probe-run.ts'

/** Rows: sources that are learned from. Columns: what is measured. */
export type SkillGraph = readonly (readonly number[])[]

export const edgeRules = ['half', 'learned'] as const
export type EdgeRule = (typeof edgeRules)[number]

/** Weight of an edge under the rule "half". */
const halfEdge = 0.5

/** How far the loss of every measure fell, per repeat. */
export interface Drops {
  /** alone[r][j][m]: by learning from source j alone. */
  readonly alone: readonly (readonly (readonly number[])[])[]
  /** pairs[r][i][j][m], i < j: by learning from i and j, half each. */
  readonly pairs: readonly (readonly (readonly (readonly number[])[])[])[]
}

/**
 * Edges between sources: i helps j when j's loss falls further with half of i than on j alone, by more
 * than the standard error over the repeats (with one repeat: by anything, as published).
 */
export function graphOfSources({ alone, pairs }: Drops, rule: EdgeRule): number[][] {
  const count = alone[0].length
  const both = (r: number, i: number, j: number): readonly number[] =>
    i < j ? pairs[r][i][j] : pairs[r][j][i]
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: count }, (_column, j) => {
      if (i === j) return 1
      const gains = alone.map((own, r) => both(r, i, j)[j] - own[j][j])
      const gain = mean(gains)
      const error = gains.length > 1 ? sd(gains) / Math.sqrt(gains.length) : 0
      if (!(gain > error)) return 0
      if (rule === 'half') return halfEdge
      const own = mean(alone.map((drops) => drops[j][j]))
      return own > 0 ? Math.min(1, gain / own) : 1
    })
  )
}

/**
 * Edges from sources to tasks: how far the task's loss falls by learning from the source alone, as a
 * share of the largest fall; 0 where it rises.
 */
export function graphOfTasks({ alone }: Pick<Drops, 'alone'>, tasks: number): number[][] {
  const falls = alone[0].map((_, i) =>
    Array.from({ length: tasks }, (_task, m) => Math.max(0, mean(alone.map((own) => own[i][m]))))
  )
  const most = Array.from({ length: tasks }, (_, m) => Math.max(...falls.map((own) => own[m])))
  return falls.map((own) => own.map((fall, m) => (most[m] > 0 ? fall / most[m] : 0)))
}

/**
 * Weights p_i ~ exp(eta * sum_j A_ij * f_j * L_j), where L_j is the sum of the losses in the window (their
 * mean where there are targets).
 * @param window the last evaluations, one loss per measure
 * @param factors how much every measure counts; 1 = as published
 */
export function skillWeights(
  graph: SkillGraph,
  window: readonly (readonly number[])[],
  factors: readonly number[],
  eta: number,
  isMean: boolean
): number[] {
  const losses = factors.map((factor, j) => {
    const sum = window.reduce((total, own) => total + own[j], 0)
    return (factor * sum) / (isMean ? window.length : 1)
  })
  return sharesFromLogs(
    graph.map((row) => eta * row.reduce((sum, edge, j) => sum + edge * losses[j], 0))
  )
}
