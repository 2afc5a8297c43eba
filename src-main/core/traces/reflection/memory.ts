// Structured memory of the attempts at one task: per step the latest correction and the banned clicks.
// A new correction forgets what was learnt after it; bans bind; what was tried and failed stays known.
// The same memory takes corrections of people and of models (Li et al. 2023, section 3.4).
import { hash } from 'node:crypto'
import { formatAction, isSameAction, type PageAction } from './actions.ts'

/** "At step `step`, do `instead` and not `taken`." */
export interface Correction {
  /** 0-based. */
  readonly step: number
  readonly taken: PageAction
  readonly instead: PageAction
  readonly why: string
}

/** What is switched off to show what it is for; both on by default. */
export interface MemoryRules {
  /** Clicks that were corrected are banned at their step. */
  readonly bans: boolean
  /** An action that failed after the same actions before is refused, in whichever attempt it was. */
  readonly refusesRepeats: boolean
}

/** Memory as the paper's authors describe it, and the refusal of exact repeats. */
export const wholeMemory: MemoryRules = { bans: true, refusesRepeats: true }

/** Memory of one task with one seed over all its attempts. */
export interface ReflectionMemory {
  /** Steps it remembers. */
  readonly size: number
  /** Stores a correction and forgets all steps after it. `prefix` = the actions before its step. */
  correct(correction: Correction, prefix: readonly PageAction[]): void
  /** The latest correction at a step, enforceable or not. */
  at(step: number): Correction | undefined
  /** The action that must be done at a step; undefined without one, or when it is banned or failed before. */
  enforced(step: number, prefix: readonly PageAction[]): PageAction | undefined
  /** Elements that may not be clicked at a step. */
  banned(step: number): ReadonlySet<number>
  /** Notes that doing `action` after `prefix` ended an attempt without success. */
  failed(prefix: readonly PageAction[], action: PageAction): void
  /** True when `action` after `prefix` failed, or was corrected, in any attempt before. */
  isRefused(prefix: readonly PageAction[], action: PageAction): boolean
}

/** Hash of actions in order. */
export function prefixHash(actions: readonly PageAction[]): string {
  return hash('sha256', actions.map(formatAction).join('\n')).slice(0, 16)
}

/** An empty memory of `size` steps. Throws RangeError for corrections outside them. */
export function createMemory(size: number, rules: MemoryRules = wholeMemory): ReflectionMemory {
  const corrections: (Correction | undefined)[] = Array.from({ length: size }, () => undefined)
  const bans = Array.from({ length: size }, () => new Set<number>())
  const tried = new Set<string>()
  const keyOf = (prefix: readonly PageAction[], action: PageAction): string =>
    `${prefixHash(prefix)} ${formatAction(action)}`
  const isBanned = (step: number, action: PageAction): boolean =>
    action.kind === 'click' && (bans[step]?.has(action.id) ?? false)

  return {
    size,
    correct(correction, prefix) {
      const { step, taken, instead } = correction
      if (!Number.isInteger(step) || step < 0 || step >= size)
        throw new RangeError(`step ${step} is not one of ${size}`)
      if (rules.bans && taken.kind === 'click' && instead.kind === 'click') {
        if (!isSameAction(taken, instead)) bans[step].add(taken.id)
      }
      tried.add(keyOf(prefix, taken))
      corrections[step] = correction
      for (let later = step + 1; later < size; later++) {
        corrections[later] = undefined
        bans[later].clear()
      }
    },
    at: (step) => corrections[step],
    enforced(step, prefix) {
      const action = corrections[step]?.instead
      if (action === undefined || isBanned(step, action)) return undefined
      return rules.refusesRepeats && tried.has(keyOf(prefix, action)) ? undefined : action
    },
    banned: (step) => bans[step] ?? new Set(),
    failed: (prefix, action) => void tried.add(keyOf(prefix, action)),
    isRefused: (prefix, action) => rules.refusesRepeats && tried.has(keyOf(prefix, action))
  }
}
