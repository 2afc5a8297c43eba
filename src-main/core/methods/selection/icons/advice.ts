// When consensus is the wrong idea: tasks that want different rows give votes nothing to agree on.
import type { Overlap } from './vote.ts'

/**
 * Agreement beyond chance, (overlap - chance) / (1 - chance), that votes need. Measured: one-class
 * tasks on Fashion-MNIST, where votes lose to stratified random, lie at 0.06 and below at a budget
 * of 20 %; the published overlaps of ICONS, where votes win, average about 0.13
 * (docs/methods/icons.md, "When votes are the wrong idea").
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
