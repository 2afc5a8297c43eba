// How far a person came in going through a finding. Kept with the window, like the screens it has
// seen: what was changed is in the project, this is only where to go on.

const key = 'winnow.reviews'
/** Findings remembered; the ones left longest ago give way. */
const keptReviews = 12
/** Verdicts remembered per finding. */
const keptVerdicts = 20_000

/** What was decided about an item or a group of a finding. */
export type Verdict = 'kept' | 'aside' | 'accepted' | 'best'
const verdicts: readonly Verdict[] = ['kept', 'aside', 'accepted', 'best']

/** Where a review was left. */
export interface ReviewProgress {
  /** Position in the finding's list of items. */
  readonly position: number
  /** Row of an item or number of a group -> what was decided. */
  readonly verdicts: ReadonlyMap<number, Verdict>
}

interface Entry {
  readonly review: string
  readonly position: number
  readonly verdicts: readonly (readonly [number, number])[]
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false
  return (
    'review' in value &&
    typeof value.review === 'string' &&
    'position' in value &&
    Number.isInteger(value.position) &&
    'verdicts' in value &&
    Array.isArray(value.verdicts) &&
    value.verdicts.every((pair) => Array.isArray(pair) && pair.every(Number.isInteger))
  )
}
function readAll(): Entry[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(value) ? value.filter(isEntry) : []
  } catch {
    // Written by something else, or storage is turned off: start from the beginning.
    return []
  }
}
/** A new check may find other items under the same finding, so its time is part of the name. */
function nameOf(dataset: string, finding: string, checkedAt: number | null): string {
  return `${dataset} ${finding} ${checkedAt ?? 0}`
}

/** Where a review was left; undefined when it was never begun. */
export function readProgress(
  dataset: string,
  finding: string,
  checkedAt: number | null
): ReviewProgress | undefined {
  const name = nameOf(dataset, finding, checkedAt)
  const entry = readAll().find(({ review }) => review === name)
  if (entry === undefined) return undefined
  return {
    position: Math.max(0, entry.position),
    verdicts: new Map(
      entry.verdicts.flatMap(([unit, index]) => {
        const verdict = verdicts[index]
        return verdict === undefined ? [] : [[unit, verdict] as const]
      })
    )
  }
}

/** Remembers where a review stands. */
export function writeProgress(
  dataset: string,
  finding: string,
  checkedAt: number | null,
  progress: ReviewProgress
): void {
  const name = nameOf(dataset, finding, checkedAt)
  const mine: Entry = {
    review: name,
    position: progress.position,
    verdicts: [...progress.verdicts]
      .slice(-keptVerdicts)
      .map(([unit, verdict]) => [unit, verdicts.indexOf(verdict)])
  }
  const others = readAll().filter(({ review }) => review !== name)
  try {
    localStorage.setItem(key, JSON.stringify([mine, ...others].slice(0, keptReviews)))
  } catch {
    // Storage is full or turned off: the decisions themselves are saved, only the place is not.
  }
}
