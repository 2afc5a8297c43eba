// Objective first wrong steps where a log names the calls of a right solution (benchmarks do): the
// first change beyond them, else the end of an attempt that lacks one of them.
import { actionKey, type ArgumentRules } from '../model/action-keys.ts'
import type { EffectRule } from '../model/effects.ts'
import { effectsOf } from '../model/effects.ts'
import { effectiveWrites, writeCounts } from '../model/ledger.ts'
import type { Trace } from '../model/trace.ts'

/** "commission": a wrong change; "omission": a missing one; "other": all changes are right. */
export interface GoldLabel {
  readonly kind: 'commission' | 'omission' | 'other'
  /** Null for "other". */
  readonly step: number | null
}

/** The label of an attempt; undefined when its log names no right solution. */
export function goldLabel(
  trace: Trace,
  rules: { readonly effects: readonly EffectRule[]; readonly arguments: ArgumentRules }
): GoldLabel | undefined {
  if (trace.gold === null) return undefined
  const effectOf = effectsOf(rules.effects)
  const right = new Map<string, number>()
  for (const { name, args } of trace.gold) {
    if (effectOf(name) !== 'write') continue
    const key = actionKey(name, args, rules.arguments)
    right.set(key, (right.get(key) ?? 0) + 1)
  }
  const counts = new Map<string, number>()
  for (const { step, action } of effectiveWrites(trace)) {
    const count = (counts.get(action.key) ?? 0) + 1
    counts.set(action.key, count)
    if (count > (right.get(action.key) ?? 0)) return { kind: 'commission', step }
  }
  const own = writeCounts(trace)
  const isMissing = [...right].some(([key, count]) => (own.get(key) ?? 0) < count)
  return isMissing
    ? { kind: 'omission', step: trace.steps.length - 1 }
    : { kind: 'other', step: null }
}
