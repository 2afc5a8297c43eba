// What students learn, as the analyst chose: richer labels cut to their largest shares, or one plain
// label for each item although the method made richer ones.
import type { DistilLabels } from '../../api/dto/distil.ts'
import type { DistilledSet, StoredArray } from '../methods/distillation/distillation-method.ts'

/** The set with the labels chosen; the ledger says what these take. */
export function withLabels(set: DistilledSet, choice: DistilLabels, classes: number): DistilledSet {
  if (set.targets.kind !== 'soft') return set
  if (choice.kind === 'hard') return withPlainLabels(set)
  if (choice.keep === null || choice.keep >= classes) return set
  return withLargestShares(set, choice.keep, classes)
}

function othersOf(set: DistilledSet): StoredArray[] {
  return set.stored.filter(({ part }) => part !== 'labels' && part !== 'teacher')
}

function withPlainLabels(set: DistilledSet): DistilledSet {
  const isSmall = set.labels.every((label) => label < 256)
  return {
    ...set,
    targets: { kind: 'hard' },
    student: { ...set.student, loss: 'cross-entropy', temperature: 1 },
    stored: [
      ...othersOf(set),
      {
        name: 'labels',
        part: 'labels',
        shape: [set.count],
        values: isSmall ? Uint8Array.from(set.labels) : Int32Array.from(set.labels),
        bytesEach: isSmall ? 1 : 4
      }
    ]
  }
}

function withLargestShares(set: DistilledSet, keep: number, classes: number): DistilledSet {
  if (set.targets.kind !== 'soft') return set
  const shares = new Float32Array(set.count * classes)
  const kept = new Float32Array(set.count * keep)
  const names = new Int32Array(set.count * keep)
  for (let item = 0; item < set.count; item++) {
    const own = set.targets.shares.subarray(item * classes, (item + 1) * classes)
    const order = Array.from(own, (_, label) => label).sort((a, b) => own[b] - own[a] || a - b)
    const largest = order.slice(0, keep)
    const sum = largest.reduce((total, label) => total + own[label], 0) || 1
    largest.forEach((label, place) => {
      shares[item * classes + label] = own[label] / sum
      kept[item * keep + place] = own[label] / sum
      names[item * keep + place] = label
    })
  }
  return {
    ...set,
    targets: { ...set.targets, shares },
    stored: [
      ...othersOf(set),
      { name: 'shares', part: 'labels', shape: [set.count, keep], values: kept, bytesEach: 2 },
      {
        name: 'share-labels',
        part: 'labels',
        shape: [set.count, keep],
        values: names,
        bytesEach: 2
      }
    ]
  }
}
