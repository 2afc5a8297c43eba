// When consensus is the wrong idea: tasks that want different rows give votes nothing to agree on.
import type { Overlap } from './vote.ts'

/**
 * Agreement beyond chance, (overlap - chance) / (1 - chance), below which advice is given. Measured
 * on Fashion-MNIST: one-class tasks lie at -0.10 to 0.02, overlapping ones at 0.05 to 0.15. It finds
 * tasks that conflict; it does not promise that votes help above it (docs/methods/icons.md).
 */
export const neededAgreement = 0.1

const percent = (share: number): string => `${Math.round(share * 100)} %`

/**
 * The sentence shown, or null when consensus fits.
 * @param isBalanced votes are cast within labels: they then sort out what does not belong to a
 * label, and tasks only have to share some labels
 */
export function adviceFor(
  overlap: Overlap,
  votingTasks: number,
  isBalanced: boolean
): string | null {
  if (votingTasks === 1) {
    return (
      'There is only one example task, so there is nothing to agree on: the result is its own best list. ' +
      'Add example tasks, or use Stratified random.'
    )
  }
  if (isBalanced) {
    if (overlap.mean > 0) return null
    return (
      'Every example task asks for labels of its own, so there is nothing to agree on: votes only sort out ' +
      'items that do not fit their label. If the data is clean, use Stratified random, or one task ' +
      'at a time (round-robin).'
    )
  }
  const agreement = (overlap.mean - overlap.chance) / Math.max(1e-9, 1 - overlap.chance)
  // Where tasks vote for nearly everything their votes say little but do no harm.
  if (overlap.chance > 0.9 || agreement >= neededAgreement) return null
  return (
    `The example tasks hardly want the same items: they share ${percent(overlap.mean)} of their choices, ` +
    `and ${percent(overlap.chance)} would be chance. Votes are the wrong idea here. Use Stratified random, ` +
    'or one task at a time (round-robin).'
  )
}
