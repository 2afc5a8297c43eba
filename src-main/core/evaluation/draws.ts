// Seeded draws of rows for a check: a plain random set, one with the class shares of its source,
// and the stratified hold-out of test items. Results are ascending row lists.
import { shareOut } from '../compute/kernels/largest-remainder.ts'
import { createRandom, hashString, type Random } from '../compute/random.ts'

/** Seed of repeat `repeat` of a check with seed `seed`. Used for draws and for training alike. */
export function repeatSeed(seed: number, repeat: number): number {
  return hashString(`check repeat ${repeat}`, seed)
}

/** `count` of the rows, each set of that size equally likely. */
export function drawRandom(rows: Uint32Array, count: number, seed: number): Uint32Array {
  const picked = createRandom(seed)
    .fork('random draw')
    .sample(rows.length, Math.min(count, rows.length))
  return picked.map((i) => rows[i]).sort()
}

/** Rows by label, classes in ascending order of index, rows in the given order. */
export function rowsByLabel(rows: Uint32Array, labels: Int32Array): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  for (const row of rows) {
    const group = groups.get(labels[row])
    if (group === undefined) groups.set(labels[row], [row])
    else group.push(row)
  }
  return new Map([...groups].sort((a, b) => a[0] - b[0]))
}

/**
 * `count` of the rows with the class shares of the source (largest remainder). `labels` is indexed
 * by row; -1 counts as a class of its own.
 */
export function drawStratified(
  rows: Uint32Array,
  labels: Int32Array,
  count: number,
  seed: number
): Uint32Array {
  const groups = rowsByLabel(rows, labels)
  const sizes = [...groups.values()].map((group) => group.length)
  const quotas = shareOut(Math.min(count, rows.length), sizes, sizes)
  const random = createRandom(seed)
  const out: number[] = []
  let at = 0
  for (const [label, group] of groups) {
    const picked = random.fork(`stratified draw ${label}`).sample(group.length, quotas[at++])
    for (const i of picked) out.push(group[i])
  }
  return Uint32Array.from(out).sort()
}

export interface HoldoutRequest {
  /** Rows that may become test items: labelled, each content once. */
  readonly rows: Uint32Array
  /** Class of each row of the dataset. */
  readonly labels: Int32Array
  /** Group of each row, or undefined; groups go to one side whole. */
  readonly groups: Int32Array | undefined
  readonly fraction01: number
  /** At most this many test items. */
  readonly limit: number
  readonly seed: number
}

/** How many test items each class should give: the share, at least 10, at most half of the class. */
export function holdoutQuota(count: number, fraction01: number): number {
  return Math.min(Math.floor(count / 2), Math.max(10, Math.round(count * fraction01)))
}

/**
 * A seeded stratified hold-out. Classes give their share, at least 10 items where they have 20 or
 * more, never more than half. With groups, whole groups are taken until every quota is met as far
 * as it can be without splitting one.
 */
export function drawHoldout(request: HoldoutRequest): Uint32Array {
  const random = createRandom(request.seed).fork('test items')
  const classes = rowsByLabel(request.rows, request.labels)
  const quotas = quotasOf(classes, request)
  if (request.groups === undefined) {
    const out: number[] = []
    for (const [label, group] of classes) {
      const picked = random.fork(`class ${label}`).sample(group.length, quotas.get(label) ?? 0)
      for (const i of picked) out.push(group[i])
    }
    return Uint32Array.from(out).sort()
  }
  return holdWholeGroups(request.rows, request.labels, request.groups, quotas, random)
}

function quotasOf(
  classes: ReadonlyMap<number, number[]>,
  request: HoldoutRequest
): Map<number, number> {
  const wanted = [...classes.values()].map((group) =>
    holdoutQuota(group.length, request.fraction01)
  )
  const sum = wanted.reduce((s, v) => s + v, 0)
  const shares = sum > request.limit ? shareOut(request.limit, wanted, wanted) : wanted
  return new Map([...classes.keys()].map((label, i) => [label, shares[i]]))
}

function holdWholeGroups(
  rows: Uint32Array,
  labels: Int32Array,
  groups: Int32Array,
  quotas: ReadonlyMap<number, number>,
  random: Random
): Uint32Array {
  // A row without a group is a unit of its own.
  const units = new Map<string, number[]>()
  for (const row of rows) {
    const key = groups[row] >= 0 ? `g${groups[row]}` : `r${row}`
    const unit = units.get(key)
    if (unit === undefined) units.set(key, [row])
    else unit.push(row)
  }
  const list = [...units.values()]
  const order = random.shuffle(Uint32Array.from(list, (_, i) => i))
  const left = new Map(quotas)
  const out: number[] = []
  for (const at of order) {
    const unit = list[at]
    const counts = new Map<number, number>()
    for (const row of unit) counts.set(labels[row], (counts.get(labels[row]) ?? 0) + 1)
    if (![...counts].every(([label, count]) => count <= (left.get(label) ?? 0))) continue
    for (const [label, count] of counts) left.set(label, (left.get(label) ?? 0) - count)
    for (const row of unit) out.push(row)
  }
  return Uint32Array.from(out).sort()
}
