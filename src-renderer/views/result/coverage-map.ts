// The similarity map of a chosen set: which colour each item has, and circles around the regions
// without a chosen item. Pure.
import { noRegion, type Coverage } from '@api/dto/coverage.ts'
import { unlabelledIndex, type MapCategory } from '../../components/map/map-categories.ts'
import type { MapRing } from '../../components/map/map-marks.ts'
import { coverage as words } from '../../text/hand-changes.ts'

/** What an item is to the chosen set; "other" = not in scope, an example, a repeat. */
export type CoverageGroup = 'chosen' | 'gap' | 'left' | 'test' | 'other'

/** Colour index of each group on the map. */
const colorOf: Readonly<Record<Exclude<CoverageGroup, 'other'>, number>> = {
  chosen: 0,
  gap: 1,
  test: 2,
  left: unlabelledIndex
}

/** Groups as the map's legend shows them. */
export const coverageCategories: readonly MapCategory[] = (
  ['chosen', 'gap', 'left', 'test'] as const
).map((group) => ({ index: colorOf[group], name: words.groups[group], labels: [group] }))

/** Shown at first: the chosen items and the gaps stand out from the rest. */
export const firstShown: ReadonlySet<number> = new Set([colorOf.chosen, colorOf.gap])

/** Marks of items that belong to no group. */
const otherColor = 255

/** Colour index per item of the dataset; 255 = in none of the groups. */
export function coverageColors(items: number, coverage: Coverage): Uint8Array {
  const colors = new Uint8Array(items).fill(otherColor)
  const isGap = new Set(
    coverage.regions.filter(({ chosen }) => chosen === 0).map(({ region }) => region)
  )
  for (const row of coverage.leftOut)
    colors[row] = isGap.has(coverage.regionOf[row] ?? noRegion) ? colorOf.gap : colorOf.left
  for (const row of coverage.test) colors[row] = colorOf.test
  for (const row of coverage.chosen) colors[row] = colorOf.chosen
  return colors
}

/** The group of a colour index. */
export function groupOf(color: number | undefined): CoverageGroup {
  const found = Object.entries(colorOf).find(([, index]) => index === color)
  // Keys of the record above.
  return (found?.[0] as CoverageGroup | undefined) ?? 'other'
}

/** Items per colour index. */
export function countColors(colors: Uint8Array): number[] {
  const counts = Array.from({ length: unlabelledIndex + 1 }, () => 0)
  for (const color of colors) {
    const before = counts[color]
    if (before !== undefined) counts[color] = before + 1
  }
  return counts
}

/** 1 for items of the pressed colours; all groups when none is pressed. */
export function shownItems(colors: Uint8Array, pressed: ReadonlySet<number>): Uint8Array {
  return colors.map((color) => {
    if (color === otherColor) return 0
    return pressed.size === 0 || pressed.has(color) ? 1 : 0
  })
}

/** Colours as the map draws them: what belongs to no group is drawn as hidden, in grey. */
export function drawnColors(colors: Uint8Array): Uint8Array {
  return colors.map((color) => (color === otherColor ? unlabelledIndex : color))
}

function middle(values: number[]): number {
  values.sort((a, b) => a - b)
  return values[Math.floor(values.length / 2)] ?? 0
}

/**
 * A circle for every region without a chosen item: around the middle of its items on the map (the
 * median, because a few may lie elsewhere), so large that it holds half of them.
 */
export function gapRings(coverage: Coverage, x: Float32Array, y: Float32Array): MapRing[] {
  const members = new Map<number, number[]>()
  for (const { region, chosen } of coverage.regions) if (chosen === 0) members.set(region, [])
  for (const row of coverage.leftOut) members.get(coverage.regionOf[row] ?? noRegion)?.push(row)
  return [...members.values()]
    .filter((rows) => rows.length > 0)
    .map((rows) => {
      const at = {
        x: middle(rows.map((row) => x[row] ?? 0)),
        y: middle(rows.map((row) => y[row] ?? 0))
      }
      const distances = rows.map((row) => Math.hypot((x[row] ?? 0) - at.x, (y[row] ?? 0) - at.y))
      return { ...at, radius: middle(distances) }
    })
}
