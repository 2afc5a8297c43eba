// The test of a set of pairs: which students judge it, in words.
import { pairFactsOf, type PairFacts } from '../../evaluation/pairs/judge-pairs.ts'
import type { SavedSet } from '../set-files.ts'

/** Students of a set of pairs. */
export interface PairJudge {
  readonly name: string
  readonly facts: PairFacts
}

/** Heads as the set was made for, or of the other kind; undefined where it is no set of pairs. */
export function pairJudgeOf(
  set: Pick<SavedSet, 'consumer' | 'info'>,
  which: 'main' | 'other'
): PairJudge | undefined {
  const own = pairFactsOf(set)
  if (own === undefined) return undefined
  const facts = which === 'main' ? own : { ...own, hidden: own.hidden === 0 ? own.space : 0 }
  return { name: describeHeads(facts), facts }
}

/** "matching heads, 64 numbers"; "matching heads with 64 hidden units, 64 numbers". */
export function describeHeads({ space, hidden }: Pick<PairFacts, 'space' | 'hidden'>): string {
  const layer = hidden === 0 ? '' : ` with ${hidden} hidden units`
  return `matching heads${layer}, ${space} numbers`
}
