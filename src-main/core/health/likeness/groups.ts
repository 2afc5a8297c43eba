// Groups of near-duplicates from likeness between pairs. A chain of small steps must not end in a
// group of strangers: every member of a group is alike to the one that is kept.

/** Pairs that are alike enough. */
export interface AlikePairs {
  /** Two rows per pair. */
  readonly rows: Uint32Array
  /** Likeness of each pair, 0..1. */
  readonly likeness: Float32Array
}

export interface AlikeGroups {
  /** Rows, group after group; the kept one first, then by likeness to it. */
  readonly rows: Uint32Array
  /** 0-based group of each. */
  readonly groups: Uint32Array
  /** Likeness to the kept one; 1 for itself. */
  readonly likeness: Float32Array
}

/** Rows asked for in one go, and at most for one connected part: a chain must not cost hours. */
const comparedAtOnce = 1000
const comparedMost = 200_000

/**
 * Groups around kept rows. Within a connected part the best row is kept and takes all rows alike to
 * it; what is left starts over. Pairs nobody compared yet are asked for through `compare`.
 * @param rank per row of the dataset, the lower the better @param cut least likeness
 */
export async function groupAlike(
  pairs: AlikePairs,
  rank: (row: number) => number,
  cut: number,
  compare: (row: number, others: Uint32Array) => Promise<Float32Array>
): Promise<AlikeGroups> {
  const near = adjacency(pairs)
  const seen = new Set<number>()
  const rows: number[] = []
  const groups: number[] = []
  const likeness: number[] = []
  let group = 0
  // Ascending rows: the order of the pairs decides nothing.
  for (const start of [...near.keys()].sort((a, b) => a - b)) {
    if (seen.has(start)) continue
    const budget = { left: comparedMost }
    let open = connected(start, near, seen).sort((a, b) => rank(a) - rank(b) || a - b)
    while (open.length > 1) {
      const [kept, ...others] = open
      const members = await membersOf(
        kept,
        others,
        near.get(kept) ?? new Map(),
        cut,
        compare,
        budget
      )
      if (members.size > 0) {
        const ordered = [...members].sort((a, b) => b[1] - a[1] || a[0] - b[0])
        for (const [row, like] of [[kept, 1] as const, ...ordered]) {
          rows.push(row)
          groups.push(group)
          likeness.push(like)
        }
        group++
      }
      open = others.filter((row) => !members.has(row))
    }
  }
  return {
    rows: Uint32Array.from(rows),
    groups: Uint32Array.from(groups),
    likeness: Float32Array.from(likeness)
  }
}

type Neighbours = ReadonlyMap<number, number>

function adjacency({ rows, likeness }: AlikePairs): ReadonlyMap<number, Neighbours> {
  const near = new Map<number, Map<number, number>>()
  const link = (a: number, b: number, like: number): void => {
    let known = near.get(a)
    if (known === undefined) near.set(a, (known = new Map()))
    known.set(b, Math.max(like, known.get(b) ?? 0))
  }
  for (let i = 0; i < likeness.length; i++) {
    const [a, b] = [rows[2 * i], rows[2 * i + 1]]
    if (a === b) continue
    link(a, b, likeness[i])
    link(b, a, likeness[i])
  }
  return near
}

function connected(
  start: number,
  near: ReadonlyMap<number, Neighbours>,
  seen: Set<number>
): number[] {
  const part = [start]
  seen.add(start)
  for (let at = 0; at < part.length; at++) {
    for (const other of near.get(part[at])?.keys() ?? []) {
      if (seen.has(other)) continue
      seen.add(other)
      part.push(other)
    }
  }
  return part
}

/** Rows alike to the kept one, with their likeness. */
async function membersOf(
  kept: number,
  others: readonly number[],
  known: Neighbours,
  cut: number,
  compare: (row: number, others: Uint32Array) => Promise<Float32Array>,
  budget: { left: number }
): Promise<Map<number, number>> {
  const members = new Map<number, number>()
  const unknown: number[] = []
  for (const row of others) {
    const like = known.get(row)
    if (like !== undefined && like >= cut) members.set(row, like)
    else if (like === undefined && unknown.length < budget.left) unknown.push(row)
  }
  budget.left -= unknown.length
  for (let from = 0; from < unknown.length; from += comparedAtOnce) {
    const part = Uint32Array.from(unknown.slice(from, from + comparedAtOnce))
    const found = await compare(kept, part)
    part.forEach((row, i) => {
      if (found[i] >= cut) members.set(row, found[i])
    })
  }
  return members
}
