// Which points lie inside a drawn outline. Even-odd rule, as the outline is filled on the screen.
// Edges are sorted into horizontal bands first, so that a million points meet only a few edges each.

/** A closed outline in map units; the last corner joins the first. */
export interface Outline {
  readonly x: readonly number[]
  readonly y: readonly number[]
}

const bands = 256

/** Rows inside, ascending. `accept`: 1 for the rows that count; undefined = all. */
export function rowsInside(
  outline: Outline,
  x: Float32Array,
  y: Float32Array,
  accept?: Uint8Array
): Uint32Array<ArrayBuffer> {
  if (outline.x.length < 3) return new Uint32Array(0)
  const [left, right] = rangeOf(outline.x)
  const [low, high] = rangeOf(outline.y)
  const edges = edgesByBand(outline, low, high)
  const perBand = bands / Math.max(high - low, Number.MIN_VALUE)
  const rows: number[] = []
  for (let row = 0; row < x.length; row++) {
    if (accept !== undefined && accept[row] !== 1) continue
    const px = x[row] ?? 0
    const py = y[row] ?? 0
    if (px < left || px > right || py < low || py > high) continue
    const band = edges[Math.min(bands - 1, Math.floor((py - low) * perBand))]
    if (band !== undefined && isInside(band, px, py)) rows.push(row)
  }
  return Uint32Array.from(rows)
}

interface Edge {
  readonly fromX: number
  readonly fromY: number
  readonly toX: number
  readonly toY: number
}

function edgesByBand(outline: Outline, low: number, high: number): Edge[][] {
  const found = Array.from({ length: bands }, (): Edge[] => [])
  const perBand = bands / Math.max(high - low, Number.MIN_VALUE)
  const bandOf = (y: number): number => Math.min(bands - 1, Math.floor((y - low) * perBand))
  outline.x.forEach((fromX, i) => {
    const next = (i + 1) % outline.x.length
    const edge = {
      fromX,
      fromY: outline.y[i] ?? 0,
      toX: outline.x[next] ?? 0,
      toY: outline.y[next] ?? 0
    }
    // Level edges are never crossed by a level line.
    if (edge.fromY === edge.toY) return
    const first = bandOf(Math.min(edge.fromY, edge.toY))
    const last = bandOf(Math.max(edge.fromY, edge.toY))
    for (let band = first; band <= last; band++) found[band]?.push(edge)
  })
  return found
}

function isInside(edges: readonly Edge[], x: number, y: number): boolean {
  let inside = false
  for (const { fromX, fromY, toX, toY } of edges) {
    if (fromY > y === toY > y) continue
    if (x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) inside = !inside
  }
  return inside
}

function rangeOf(values: readonly number[]): [low: number, high: number] {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return [low, high]
}
