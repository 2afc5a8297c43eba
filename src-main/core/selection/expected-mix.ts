// What the class bars show before anything runs: how many items of each class a draft will
// probably keep.
import { shareOut } from '../compute/kernels/largest-remainder.ts'
import type { SelectDraft } from '../../api/dto/runs.ts'
import { classLimits } from './chosen-set.ts'
import { quotasOf } from './rule-quotas.ts'

/**
 * The budget shared by the data's mix: no class over its maximum, classes that would fall under
 * their minimum lifted to it first, and classes with a share of the target mix at that share as
 * far as they have the items. What such classes cannot fill goes to the others.
 */
export function expectedMix(
  available: readonly number[],
  keep: number,
  draft: Pick<SelectDraft, 'rules'>,
  classNames: readonly string[]
): number[] {
  const rules = classLimits(draft, classNames)
  const shares = Float64Array.from(available, (_, i) => rules.get(i)?.share01 ?? NaN)
  const quotas = quotasOf(keep, shares)
  const limits = available.map((items, i) => {
    const max = Math.min(items, rules.get(i)?.max ?? Infinity)
    const min = Math.min(max, rules.get(i)?.min ?? 0)
    if (Number.isNaN(quotas[i])) return { min, max }
    const quota = Math.min(max, Math.max(min, quotas[i]))
    return { min: quota, max: quota }
  })
  const held = withLifted(available, keep, limits)
  const left = keep - held.reduce((sum, items) => sum + items, 0)
  if (left <= 0 || shares.every(Number.isNaN)) return held
  // Places that the shares leave open are filled by everything else that may still be kept.
  const caps = available.map((items, i) => Math.min(items, rules.get(i)?.max ?? Infinity) - held[i])
  const more = shareOut(
    left,
    available.map((items, i) => items - held[i]),
    caps
  )
  return held.map((items, i) => items + more[i])
}

/** Shares by the data's mix within limits; a class under its minimum is lifted and the rest shared again. */
function withLifted(
  available: readonly number[],
  keep: number,
  limits: readonly { readonly min: number; readonly max: number }[]
): number[] {
  const lifted = new Set<number>()
  for (;;) {
    const held = [...lifted].reduce((sum, i) => sum + limits[i].min, 0)
    const weights = available.map((items, i) => (lifted.has(i) ? 0 : items))
    const caps = available.map((_, i) => (lifted.has(i) ? 0 : limits[i].max))
    const shares = shareOut(Math.max(0, keep - held), weights, caps)
    const under = available.flatMap((_, i) =>
      !lifted.has(i) && shares[i] < limits[i].min ? [i] : []
    )
    if (under.length === 0)
      return available.map((_, i) => (lifted.has(i) ? limits[i].min : shares[i]))
    lifted.add(under[0])
  }
}
