// Sharing a number of places out evenly. Pure.

/**
 * Shares `total` places evenly among kinds that have only so many: what a small kind cannot take
 * goes to the others. `least` of a kind are taken in any case.
 */
export function evenQuotas(
  available: readonly number[],
  total: number,
  least: readonly number[] = []
): number[] {
  const quotas = available.map((_, i) => least[i] ?? 0)
  let left = total - quotas.reduce((sum, quota) => sum + quota, 0)
  while (left > 0) {
    // The kinds that have the fewest so far and are not used up come next.
    const open = quotas.map((quota, i) => (quota < available[i] ? quota : Infinity))
    const lowest = Math.min(...open)
    if (lowest === Infinity) break
    const next = open.flatMap((quota, i) => (quota === lowest ? [i] : []))
    // As far as the lowest ones can rise together at once.
    const above = Math.min(...open.filter((quota) => quota > lowest), Infinity)
    const room = Math.min(above, ...next.map((i) => available[i])) - lowest
    const rise = Math.max(1, Math.min(room, Math.floor(left / next.length)))
    for (const i of next.slice(0, left)) quotas[i] += rise
    left -= rise * Math.min(next.length, left)
  }
  return quotas
}
