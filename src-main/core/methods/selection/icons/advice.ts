// When consensus is the wrong idea: tasks that want different rows give votes nothing to agree on.
import type { Overlap } from './vote.ts'

/**
 * Consensus needs the tasks' choices to overlap at least this many times as much as chance.
 * Measured on Fashion-MNIST, see docs/methods/icons.md, "When votes are the wrong idea".
 */
export const overlapFactor = 1.25

const percent = (share: number): string => `${Math.round(share * 100)} %`

/** The sentence shown, or null when consensus fits. */
export function adviceFor(overlap: Overlap, votingTasks: number): string | null {
  if (votingTasks < 2) {
    return votingTasks === 1
      ? 'There is one example task only, so there is nothing to vote on: the result is its own best list. Add example tasks, or use Stratified random.'
      : null
  }
  // Tasks that vote for nearly everything always overlap; their votes say little but do no harm.
  if (overlap.chance > 0.9 || overlap.mean >= overlapFactor * overlap.chance) return null
  return (
    `The example tasks hardly want the same items: they share ${percent(overlap.mean)} of their choices, ` +
    `and ${percent(overlap.chance)} would be chance. Votes are the wrong idea here. Use one task at a time ` +
    '(round-robin) or Stratified random.'
  )
}
