// Colours of the points: the seven commonest labels have one each, all others share "other". One
// byte per item says which colour it has and whether the filter lets it through.

/** Labels with a colour of their own. */
export const coloredLabels = 7
/** Index of "other labels". */
export const otherIndex = 7
/** Index of items without a label, and of all items of data without labels. */
export const unlabelledIndex = 8
/** Set in the byte of an item that the filter hides. */
export const hiddenBit = 128

/** One colour: its index, its name, the labels under it. */
export interface MapCategory {
  readonly index: number
  /** Undefined for "other" and "no label", whose names are words of the screen. */
  readonly name: string | undefined
  readonly labels: readonly string[]
}

/** Categories of a dataset, commonest label first; one entry for data without labels. */
export function categoriesOf(
  classes: readonly { readonly name: string; readonly count: number }[],
  missingLabels: number
): MapCategory[] {
  const order = [...classes].sort((one, other) => other.count - one.count)
  const own = order.slice(0, coloredLabels).map(({ name }, index) => ({
    index,
    name,
    labels: [name]
  }))
  const others = order.slice(coloredLabels).map(({ name }) => name)
  return [
    ...own,
    ...(others.length > 0 ? [{ index: otherIndex, name: undefined, labels: others }] : []),
    ...(missingLabels > 0 || classes.length === 0
      ? [{ index: unlabelledIndex, name: undefined, labels: [] }]
      : [])
  ]
}

/** One byte per item. `shown`: 1 = the filter lets it through; undefined = all are shown. */
export function stylesOf(
  items: number,
  categories: Uint8Array | undefined,
  shown: Uint8Array | undefined
): Uint8Array {
  const styles = new Uint8Array(items)
  for (let row = 0; row < items; row++) {
    const category = categories?.[row] ?? unlabelledIndex
    styles[row] = shown === undefined || shown[row] === 1 ? category : category | hiddenBit
  }
  return styles
}

/** Items per category that the filter lets through. */
export function countShown(styles: Uint8Array): number[] {
  const counts = new Array<number>(unlabelledIndex + 1).fill(0)
  for (const style of styles) if (style < hiddenBit) counts[style] = (counts[style] ?? 0) + 1
  return counts
}
