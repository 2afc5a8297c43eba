// Which colour each group has, and what the legend says of it.
import type { GroupsHead } from '@api/dto/groups.ts'

/** Colours that tell groups apart; others share one. */
const colours = 7

/** A group with squares of its own. */
export interface DrawnGroup {
  readonly group: number
  readonly squares: number
  /** Means over its squares. */
  readonly agreement: number
  readonly confidence: number
  /** A CSS colour. */
  readonly colour: string
}

/** Confidence below this is called weak. */
export const weak01 = 0.1

/** Groups with squares, largest first; only the first ones have a colour of their own. */
export function drawnGroups({
  owners,
  agreement,
  confidence
}: Pick<GroupsHead, 'owners' | 'agreement' | 'confidence'>): DrawnGroup[] {
  const found = new Map<number, number[]>()
  owners.forEach((group, at) => found.set(group, [...(found.get(group) ?? []), at]))
  return [...found]
    .toSorted(([a, own], [b, other]) => other.length - own.length || a - b)
    .map(([group, squares], rank) => ({
      group,
      squares: squares.length,
      agreement: mean(squares.map((at) => agreement[at] ?? 0)),
      confidence: mean(squares.map((at) => confidence[at] ?? 0)),
      colour: rank < colours ? `var(--w-cat-${rank + 1})` : 'var(--w-cat-other)'
    }))
}

/** Mean; 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

/** Strength of a colour, never so faint that it is lost. */
export function opacityOf(share: number): number {
  return 0.1 + 0.7 * Math.min(1, Math.max(0, share))
}
