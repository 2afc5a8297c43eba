// Changes to what tools do, gathered until they are applied. Pure.
import type { TraceRules, TraceRulesChange } from '@api/dto/trace-sets.ts'
import type { ActionEffect } from '@api/dto/traces.ts'

/** What was changed and not applied yet. */
export interface RuleEdits {
  /** By tool; null goes back to the guess. */
  readonly effects: Readonly<Record<string, ActionEffect | null>>
  /** Undefined = as it is. */
  readonly volatile: readonly string[] | undefined
  readonly isOrderFree: boolean | undefined
}

const sorted = (names: readonly string[]): string => JSON.stringify([...names].sort())
const isOtherList = (rules: TraceRules, edits: RuleEdits): boolean =>
  edits.volatile !== undefined && sorted(edits.volatile) !== sorted(rules.volatile)
const isOtherOrder = (rules: TraceRules, edits: RuleEdits): boolean =>
  edits.isOrderFree !== undefined && edits.isOrderFree !== rules.isOrderFree

/** How many things would change; what was changed back does not count. */
export function countChanges(rules: TraceRules, edits: RuleEdits): number {
  return (
    Object.keys(edits.effects).length +
    (isOtherList(rules, edits) ? 1 : 0) +
    (isOtherOrder(rules, edits) ? 1 : 0)
  )
}
/** The request that makes the changes: only what differs. */
export function changeOf(set: string, rules: TraceRules, edits: RuleEdits): TraceRulesChange {
  return {
    set,
    effects: { ...edits.effects },
    ...(isOtherList(rules, edits) ? { volatile: [...(edits.volatile ?? [])] } : {}),
    ...(isOtherOrder(rules, edits) ? { isOrderFree: edits.isOrderFree } : {})
  }
}
