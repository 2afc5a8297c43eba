// How far the ways of joining the tasks agree: what each would have chosen, side by side, as the
// paper's ablation compares them (arXiv 2501.00654, aggregation: mean, max, rank, norm, vote).
import type { RuleOverlap } from '../../../../api/dto/runs.ts'
import { choose, type Choice, type ChoiceInputs } from './choose.ts'
import type { IconsParams } from './params.ts'

/** The rules that are compared, in the order of the table. */
export const comparedRules = ['vote', 'mean', 'max', 'rank', 'norm'] as const

/**
 * What every rule would choose, as the share of places two of them have in common. Undefined for a
 * single task, where all agree. Votes break ties by lot here when the run's own tie rule would cost
 * more than that.
 * @param own the choice of the run
 */
export async function compareRules(
  params: Pick<IconsParams, 'combine' | 'tieRule'>,
  material: ChoiceInputs,
  own: Choice
): Promise<RuleOverlap | undefined> {
  if (material.active.filter(Boolean).length < 2) return undefined
  const { rows, budget } = material
  const tieRule = params.tieRule === 'variety' ? 'random' : params.tieRule
  const sets: Uint8Array[] = []
  for (const rule of comparedRules) {
    const isOwn = rule === params.combine
    const { order } = isOwn ? own : await choose(rule, tieRule, material, noVariety)
    const isIn = new Uint8Array(rows)
    for (const row of order.subarray(0, budget)) isIn[row] = 1
    sets.push(isIn)
  }
  const common = (a: Uint8Array, b: Uint8Array): number => {
    let both = 0
    for (let row = 0; row < rows; row++) both += a[row] & b[row]
    return both / budget
  }
  return { rules: [...comparedRules], overlap: sets.map((a) => sets.map((b) => common(a, b))) }
}

const noVariety = (): Promise<Uint32Array> =>
  Promise.reject(new Error('variety is not asked for here'))
