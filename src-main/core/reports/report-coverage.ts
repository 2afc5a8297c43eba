// The section of the report that shows how the chosen set covers the data: the similarity map with
// the chosen items on it, and the regions with the fewest of them.
import { escapeHtml, htmlTable, section } from './html-parts.ts'
import { countText } from './words.ts'

/** Regions of alike items, those without a chosen item first. */
export interface ReportCoverage {
  readonly sentence: string
  readonly regions: number
  readonly emptyRegions: number
  readonly emptyAtRandom: number
  readonly rows: readonly {
    readonly name: string
    readonly pool: number
    readonly chosen: number
    readonly expected: number
  }[]
}

/** Points of the dataset's map, -1..1, one per item; `isChosen` is 1 for chosen ones. */
export interface ReportMap {
  readonly x: Float32Array
  readonly y: Float32Array
  readonly isChosen: Uint8Array
  readonly sentence: string
}

const regionsListed = 12
/** Points drawn of each kind: more would hide each other and make the page slow. */
const pointsDrawn = 4000
const size = 560

/** HTML of the section. Says what is missing when the map or the regions are not there. */
export function coverageSection(
  coverage: ReportCoverage | undefined,
  map: ReportMap | undefined
): string {
  if (coverage === undefined && map === undefined)
    return section(
      'Coverage',
      '<p class="quiet">The similarity map of this data was not made, so what the chosen set covers is not shown.</p>'
    )
  return section(
    'Coverage',
    `${map === undefined ? '<p class="quiet">The similarity map of this data was not made.</p>' : mapPart(map)}
${coverage === undefined ? '' : regionPart(coverage)}`
  )
}

function mapPart(map: ReportMap): string {
  const rows = Array.from(map.x.keys())
  const chosen = rows.filter((row) => map.isChosen[row] === 1)
  const others = rows.filter((row) => map.isChosen[row] !== 1)
  const drawn = Math.min(chosen.length, pointsDrawn) + Math.min(others.length, pointsDrawn)
  const isCut = drawn < rows.length
  return `<p class="quiet">Each point is an item; near each other means alike. Large dots: chosen. Small dots: the others.${
    isCut ? ` ${countText(drawn)} of ${countText(rows.length)} points are drawn.` : ''
  } ${escapeHtml(map.sentence)}</p>
<svg viewBox="0 0 ${size} ${size}" width="${size}" height="${size}" role="img" aria-label="Similarity map with the chosen items">
${dots(map, others, '#868F9C', 2)}
${dots(map, chosen, '#0B5FA5', 5)}
</svg>
${htmlTable(
  [{ name: 'On the map' }, { name: 'Items', isNumber: true }],
  [
    ['Chosen', countText(chosen.length)],
    ['The others', countText(others.length)]
  ]
)}`
}

/** One path with a round dot for each row: small, and drawn at once. */
function dots(map: ReportMap, rows: readonly number[], colour: string, width: number): string {
  const step = Math.max(1, rows.length / pointsDrawn)
  const parts: string[] = []
  for (let at = 0; at < rows.length; at += step) {
    const row = rows[Math.floor(at)]
    const [x, y] = [map.x[row], map.y[row]]
    if (Number.isFinite(x) && Number.isFinite(y)) parts.push(`M${place(x)} ${place(-y)}h0`)
  }
  return `<path d="${parts.join('')}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round"/>`
}

function place(value: number): string {
  const inside = Math.max(-1, Math.min(1, value))
  return (8 + ((inside + 1) / 2) * (size - 16)).toFixed(1)
}

function regionPart(coverage: ReportCoverage): string {
  const rows = coverage.rows
    .slice(0, regionsListed)
    .map((row) => [
      row.name,
      countText(row.pool),
      countText(row.chosen),
      row.expected.toFixed(row.expected < 10 ? 1 : 0)
    ])
  return `<h3>Regions of alike items with the fewest chosen ones</h3>
<p>${countText(coverage.emptyRegions)} of ${countText(coverage.regions)} regions have no chosen item; a random choice of this size leaves about ${coverage.emptyAtRandom.toFixed(1)} empty.</p>
<p class="quiet">${escapeHtml(coverage.sentence)}</p>
${htmlTable(
  [
    { name: 'Region' },
    { name: 'Items', isNumber: true },
    { name: 'Chosen', isNumber: true },
    { name: 'At random', isNumber: true }
  ],
  rows
)}`
}
