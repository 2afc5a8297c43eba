// A seeded, stratified hold-out: the same share of every class goes to the test part, and items
// with the same content always go to the same part, so that no test item was seen in training.
import type { SplitChoice } from '../../api/dto/datasets.ts'
import { createRandom } from '../compute/random.ts'
import type { ItemColumns } from '../store/records.ts'

const train = 1
const test = 2

/** Split codes per row (1 train, 2 test) for a hold-out. Each class of two or more keeps one in both. */
export function holdOut(
  columns: Pick<ItemColumns, 'labels' | 'firstSame'>,
  classNames: readonly string[],
  choice: Extract<SplitChoice, { kind: 'holdout' }>
): Uint8Array {
  const { labels, firstSame } = columns
  const groups = new Map<number, number[]>()
  for (let row = 0; row < labels.length; row++) {
    if (firstSame[row] !== row) continue
    const list = groups.get(labels[row])
    if (list === undefined) groups.set(labels[row], [row])
    else list.push(row)
  }
  const splits = new Uint8Array(labels.length).fill(train)
  const random = createRandom(choice.seed).fork('hold-out')
  for (const [label, rows] of groups) {
    // Named by class, so that one class's draw does not depend on the others.
    const picked = random
      .fork(classNames[label] ?? '')
      .sample(rows.length, heldOut(rows.length, choice.testFraction01))
    for (const i of picked) splits[rows[i]] = test
  }
  for (let row = 0; row < labels.length; row++) splits[row] = splits[firstSame[row]]
  return splits
}

function heldOut(size: number, fraction01: number): number {
  if (size < 2) return 0
  return Math.min(size - 1, Math.max(1, Math.round(size * fraction01)))
}
