// Confident learning: which labels are likely wrong, from probabilities that were predicted for
// rows a model had not seen (Northcutt, Jiang and Chuang 2021, sections 3 and 4). The rows come in
// blocks, three times over, so that rows x classes numbers are never in memory at once.
import { shareOut } from '../../compute/kernels/largest-remainder.ts'

/** Class probabilities of rows, block by block, always in the same order. */
export interface ProbabilityBlocks {
  readonly rows: number
  readonly classes: number
  /** Calls `take` with consecutive blocks: count x classes numbers from row `first` on. */
  forEach(take: (values: ArrayLike<number>, first: number, count: number) => void): Promise<void>
}

/** Which rows of the confident joint are flagged; the words are the paper's. */
export type NoiseFilter = 'noise-rate' | 'class' | 'both' | 'joint'

export interface ConfidentLearning {
  /** Mean probability of class k over rows labelled k. */
  readonly thresholds: Float64Array
  /** classes x classes counts, given label by confident label; the diagonal is at least 1. */
  readonly joint: Uint32Array
  /** The joint brought to the label counts, whole numbers: classes x classes. */
  readonly calibrated: Uint32Array
  /** 1 = likely wrong. */
  readonly flags: Uint8Array
  /** Probability of the given label. */
  readonly given: Float32Array
  /** Most likely other class and its probability. */
  readonly suggested: Int32Array
  readonly other: Float32Array
}

// Northcutt's reference lets a row count as confident when it misses the threshold by rounding.
const slack = 1e-6

/**
 * Finds likely wrong labels. Rows with label -1 take no part.
 * @param labels one class index per row of `blocks`
 */
export async function confidentLearning(
  blocks: ProbabilityBlocks,
  labels: Int32Array,
  filter: NoiseFilter
): Promise<ConfidentLearning> {
  const { classes, rows } = blocks
  const labelCounts = new Uint32Array(classes)
  for (const label of labels) if (label >= 0) labelCounts[label]++
  const thresholds = await meanOwnProbability(blocks, labels, labelCounts)
  const given = new Float32Array(rows)
  const other = new Float32Array(rows)
  const suggested = new Int32Array(rows).fill(-1)
  const isOffDiagonal = new Uint8Array(rows)
  const joint = new Uint32Array(classes * classes)
  await blocks.forEach((values, first, count) => {
    for (let i = 0; i < count; i++) {
      const label = labels[first + i]
      if (label < 0) continue
      const at = i * classes
      let best = -1
      let confident = -1
      for (let c = 0; c < classes; c++) {
        const p = values[at + c]
        if (c !== label && (best < 0 || p > values[at + best])) best = c
        if (p < thresholds[c] - slack) continue
        if (confident < 0 || p > values[at + confident]) confident = c
      }
      given[first + i] = values[at + label]
      suggested[first + i] = best
      other[first + i] = best < 0 ? 0 : values[at + best]
      if (confident < 0) continue
      joint[label * classes + confident]++
      isOffDiagonal[first + i] = confident === label ? 0 : 1
    }
  })
  for (let c = 0; c < classes; c++) joint[c * classes + c] = Math.max(1, joint[c * classes + c])
  const calibrated = calibrateJoint(joint, labelCounts)
  const found = { thresholds, joint, calibrated, given, suggested, other }
  const flags =
    filter === 'joint'
      ? isOffDiagonal
      : await prune(blocks, labels, labelCounts, calibrated, filter, given)
  keepUsable(flags, labels, labelCounts, given, other)
  return { ...found, flags }
}

async function meanOwnProbability(
  blocks: ProbabilityBlocks,
  labels: Int32Array,
  labelCounts: Uint32Array
): Promise<Float64Array> {
  const { classes } = blocks
  const sums = new Float64Array(classes)
  await blocks.forEach((values, first, count) => {
    for (let i = 0; i < count; i++) {
      const label = labels[first + i]
      if (label >= 0) sums[label] += values[i * classes + label]
    }
  })
  // A class nobody has can be nobody's confident class.
  return sums.map((sum, c) => (labelCounts[c] === 0 ? Infinity : sum / labelCounts[c]))
}

/** Each row of the joint scaled to its label count, in whole numbers that add up to it. */
export function calibrateJoint(joint: Uint32Array, labelCounts: Uint32Array): Uint32Array {
  const classes = labelCounts.length
  const out = new Uint32Array(joint.length)
  for (let s = 0; s < classes; s++) {
    const row = Array.from(joint.subarray(s * classes, (s + 1) * classes))
    const limits = row.map(() => labelCounts[s])
    out.set(shareOut(labelCounts[s], row, limits), s * classes)
  }
  return out
}

/** Flags by the calibrated counts: see specs of the two prunings in the paper, section 3.2. */
async function prune(
  blocks: ProbabilityBlocks,
  labels: Int32Array,
  labelCounts: Uint32Array,
  calibrated: Uint32Array,
  filter: 'noise-rate' | 'class' | 'both',
  given: Float32Array
): Promise<Uint8Array> {
  const byClass =
    filter === 'noise-rate' ? undefined : pruneByClass(labels, labelCounts, calibrated, given)
  if (filter === 'class' && byClass !== undefined) return byClass
  const byRate = await pruneByNoiseRate(blocks, labels, labelCounts, calibrated)
  return byClass === undefined ? byRate : byRate.map((flag, row) => flag & byClass[row])
}

/** Per label s: as many rows as the off-diagonal counts of s say, least likely to be s first. */
function pruneByClass(
  labels: Int32Array,
  labelCounts: Uint32Array,
  calibrated: Uint32Array,
  given: Float32Array
): Uint8Array {
  const classes = labelCounts.length
  const flags = new Uint8Array(labels.length)
  const picks = Array.from({ length: classes }, (_, s) => {
    const wrong = labelCounts[s] - calibrated[s * classes + s]
    return createTop(Math.min(wrong, labelCounts[s] - 1))
  })
  for (let row = 0; row < labels.length; row++)
    if (labels[row] >= 0) picks[labels[row]].offer(-given[row], row)
  for (const pick of picks) for (const row of pick.rows()) flags[row] = 1
  return flags
}

/** Per given s and other y: the J[s][y] rows labelled s with the largest p_y - p_s. */
async function pruneByNoiseRate(
  blocks: ProbabilityBlocks,
  labels: Int32Array,
  labelCounts: Uint32Array,
  calibrated: Uint32Array
): Promise<Uint8Array> {
  const { classes } = blocks
  const picks: { readonly y: number; readonly top: Top }[][] = []
  for (let s = 0; s < classes; s++) {
    picks.push([])
    for (let y = 0; y < classes; y++) {
      const wanted = y === s ? 0 : Math.min(calibrated[s * classes + y], labelCounts[s] - 1)
      if (wanted > 0) picks[s].push({ y, top: createTop(wanted) })
    }
  }
  await blocks.forEach((values, first, count) => {
    for (let i = 0; i < count; i++) {
      const label = labels[first + i]
      if (label < 0) continue
      const at = i * classes
      for (const { y, top } of picks[label])
        top.offer(values[at + y] - values[at + label], first + i)
    }
  })
  const flags = new Uint8Array(labels.length)
  for (const cell of picks.flat()) for (const row of cell.top.rows()) flags[row] = 1
  return flags
}

/** Takes back flags where the given label is the most likely one, and a class's last good row. */
function keepUsable(
  flags: Uint8Array,
  labels: Int32Array,
  labelCounts: Uint32Array,
  given: Float32Array,
  other: Float32Array
): void {
  const flagged = new Uint32Array(labelCounts.length)
  const surest = new Int32Array(labelCounts.length).fill(-1)
  for (let row = 0; row < flags.length; row++) {
    if (flags[row] === 0) continue
    if (given[row] >= other[row]) {
      flags[row] = 0
      continue
    }
    const label = labels[row]
    flagged[label]++
    if (surest[label] < 0 || given[row] > given[surest[label]]) surest[label] = row
  }
  for (let c = 0; c < labelCounts.length; c++)
    if (flagged[c] > 0 && flagged[c] === labelCounts[c]) flags[surest[c]] = 0
}

interface Top {
  offer(value: number, row: number): void
  rows(): Iterable<number>
}

/** The `size` largest values offered; of equal ones the earlier rows. A binary heap, worst first. */
function createTop(size: number): Top {
  const values: number[] = []
  const rows: number[] = []
  const isWorse = (a: number, b: number): boolean =>
    values[a] < values[b] || (values[a] === values[b] && rows[a] > rows[b])
  function swap(a: number, b: number): void {
    ;[values[a], values[b]] = [values[b], values[a]]
    ;[rows[a], rows[b]] = [rows[b], rows[a]]
  }
  function sink(): void {
    for (let at = 0; ;) {
      const left = 2 * at + 1
      if (left >= rows.length) return
      const child = left + 1 < rows.length && isWorse(left + 1, left) ? left + 1 : left
      if (!isWorse(child, at)) return
      swap(at, child)
      at = child
    }
  }
  return {
    offer(value, row) {
      if (rows.length < size) {
        values.push(value)
        rows.push(row)
        for (let at = rows.length - 1; at > 0;) {
          const parent = (at - 1) >> 1
          if (!isWorse(at, parent)) return
          swap(at, parent)
          at = parent
        }
        return
      }
      if (size === 0 || value < values[0] || (value === values[0] && row > rows[0])) return
      values[0] = value
      rows[0] = row
      sink()
    },
    rows: () => rows
  }
}

/** Probabilities that are all in memory: rows x classes numbers. */
export function probabilitiesInMemory(
  values: ArrayLike<number>,
  classes: number
): ProbabilityBlocks {
  const rows = values.length / classes
  return {
    rows,
    classes,
    forEach(take) {
      take(values, 0, rows)
      return Promise.resolve()
    }
  }
}
