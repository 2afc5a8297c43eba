// Counts of a dataset from its columns in memory: what the store would count by its index.
import type { DatasetCounts, ItemColumns } from '../../store/records.ts'

/** The counts of {@link DatasetCounts}; one pass over the columns. */
export function countColumns(columns: ItemColumns): DatasetCounts {
  const { labels, splits, aside, firstSame } = columns
  const classes = new Map<number, { count: number; train: number; test: number }>()
  const sums = { setAside: 0, exactDuplicates: 0, missingLabels: 0, train: 0, test: 0 }
  for (let row = 0; row < labels.length; row++) {
    const isTrain = splits[row] === 1 ? 1 : 0
    const isTest = splits[row] === 2 ? 1 : 0
    sums.setAside += aside[row]
    sums.exactDuplicates += firstSame[row] === row ? 0 : 1
    sums.train += isTrain
    sums.test += isTest
    if (labels[row] < 0) {
      sums.missingLabels++
      continue
    }
    let known = classes.get(labels[row])
    if (known === undefined) {
      known = { count: 0, train: 0, test: 0 }
      classes.set(labels[row], known)
    }
    known.count++
    known.train += isTrain
    known.test += isTest
  }
  const perClass = [...classes]
    .map(([index, counts]) => ({ index, ...counts }))
    .sort((a, b) => a.index - b.index)
  return { ...sums, perClass }
}
