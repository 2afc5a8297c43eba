// Lists of usual numbers to choose from, after a first entry that stands for "as it is". Pure.

/** Stands for "as it is" in lists whose other values are numbers. */
export const own = 0

/** A choice of a list. */
export interface NumberOption {
  readonly value: number
  readonly label: string
  readonly disabled?: boolean
  readonly reason?: string
}

/** A list of usual numbers, with the chosen one among them, after "as it is". */
export function numberOptions(
  usual: readonly number[],
  chosen: number | null,
  first: string,
  format: (value: number) => string
): NumberOption[] {
  const all = [...new Set(chosen === null ? usual : [...usual, chosen])].sort((a, b) => a - b)
  return [{ value: own, label: first }, ...all.map((value) => ({ value, label: format(value) }))]
}

/** The number chosen; null for "as it is". */
export function orNull(value: number | undefined): number | null {
  return value === undefined || value === own ? null : value
}

/** Most seconds that a run may take without being called too slow: four hours. */
export const slowSeconds = 4 * 3600

/**
 * About how many seconds a run would take with pictures of another side: nearly all of the work goes
 * by the number of points of a picture.
 */
export function secondsAtSide(seconds: number, side: number, other: number): number {
  return seconds * (other / side) ** 2
}
