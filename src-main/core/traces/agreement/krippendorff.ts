// Krippendorff's alpha for answers without an order, any number of raters, missing answers allowed
// (Krippendorff 2004, Content Analysis, chapter 11). Pure.

/**
 * Alpha over units (what was rated), each with its raters' answers; null = not rated. Units with
 * fewer than two answers say nothing and are left out. Null where nothing varies.
 */
export function nominalAlpha(units: readonly (readonly (string | null)[])[]): number | null {
  const totals = new Map<string, number>()
  let values = 0
  let disagreement = 0
  for (const unit of units) {
    const counts = countsOf(unit)
    const rated = [...counts.values()].reduce((sum, count) => sum + count, 0)
    if (rated < 2) continue
    values += rated
    let equal = 0
    for (const [answer, count] of counts) {
      totals.set(answer, (totals.get(answer) ?? 0) + count)
      equal += count * (count - 1)
    }
    // Pairs within the unit that differ, each unit weighing as many as its answers.
    disagreement += (rated * (rated - 1) - equal) / (rated - 1)
  }
  const squares = [...totals.values()].reduce((sum, count) => sum + count * count, 0)
  const chance = values * values - squares
  return chance === 0 ? null : 1 - ((values - 1) * disagreement) / chance
}

function countsOf(unit: readonly (string | null)[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const answer of unit) if (answer !== null) counts.set(answer, (counts.get(answer) ?? 0) + 1)
  return counts
}
