// Folds for predictions of unseen rows: every class spread evenly, and items that are copies of
// each other in one fold, so that no label is predicted from its own copy.
import { createRandom } from '../../compute/random.ts'

/**
 * Fold 0..folds-1 of each row; 255 for rows without a label. Groups go largest first, each to the
 * fold that has the least of its classes; singles are dealt class by class in a seeded order.
 * @param groups a number per row that copies share
 */
export function stratifiedFolds(
  labels: Int32Array,
  groups: Uint32Array,
  folds: number,
  seed: number
): Uint8Array {
  const fold = new Uint8Array(labels.length).fill(255)
  const classes = labels.reduce((most, label) => Math.max(most, label), -1) + 1
  const load = Array.from({ length: folds }, () => new Uint32Array(classes + 1))
  const random = createRandom(seed).fork('folds')
  const order = Uint32Array.from({ length: labels.length }, (_, row) => row)
  random.shuffle(order)
  const members = new Map<number, number[]>()
  const copied = sharedGroups(labels, groups)
  const singles: number[] = []
  for (const row of order) {
    if (labels[row] < 0) continue
    const known = members.get(groups[row])
    if (known !== undefined) known.push(row)
    else if (copied.has(groups[row])) members.set(groups[row], [row])
    else singles.push(row)
  }
  const assign = (rows: readonly number[]): void => {
    const to = emptiest(
      load,
      rows.map((row) => labels[row]),
      classes
    )
    for (const row of rows) {
      fold[row] = to
      load[to][labels[row]]++
      load[to][classes]++
    }
  }
  for (const rows of [...members.values()].sort((a, b) => b.length - a.length)) assign(rows)
  for (const row of singles) assign([row])
  return fold
}

/** Groups with more than one labelled row. */
function sharedGroups(labels: Int32Array, groups: Uint32Array): ReadonlySet<number> {
  const seen = new Set<number>()
  const shared = new Set<number>()
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] < 0) continue
    if (seen.has(groups[row])) shared.add(groups[row])
    else seen.add(groups[row])
  }
  return shared
}

/** The fold with the fewest rows of these labels; then the fewest rows; then the first. */
function emptiest(load: readonly Uint32Array[], labels: readonly number[], total: number): number {
  let best = 0
  let bestOwn = Infinity
  for (let f = 0; f < load.length; f++) {
    let own = 0
    for (const label of labels) own += load[f][label]
    if (own < bestOwn || (own === bestOwn && load[f][total] < load[best][total])) {
      best = f
      bestOwn = own
    }
  }
  return best
}
