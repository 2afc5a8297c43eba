// Finds points by place: the one under the pointer and the next one in a direction. A grid over the
// square -1..1 with the rows of each cell side by side.

export interface PointGrid {
  /** The nearest accepted row within `reach` map units; undefined when there is none. */
  nearest(x: number, y: number, reach: number, accept: Accept): number | undefined
  /**
   * The next accepted row from a place in a direction (unit length, map units), at least `step`
   * away: the nearest within a right angle around it, those straight ahead first.
   */
  towards(
    x: number,
    y: number,
    direction: { readonly x: number; readonly y: number },
    step: number,
    accept: Accept
  ): number | undefined
}

export type Accept = (row: number) => boolean

/** Points sorted into cells; both arrays are kept, not copied. */
export function createPointGrid(x: Float32Array, y: Float32Array): PointGrid {
  const side = Math.max(1, Math.min(512, Math.ceil(Math.sqrt(x.length / 4))))
  const cellAt = (value: number): number =>
    Math.min(side - 1, Math.max(0, Math.floor(((value + 1) / 2) * side)))
  const { starts, rows } = sorted(x, y, side, cellAt)
  const cellSize = 2 / side

  /** Calls `visit` for the rows of the cells on a ring around a cell; false when it is all outside. */
  function ring(cx: number, cy: number, distance: number, visit: (row: number) => void): boolean {
    let isAny = false
    for (let ry = cy - distance; ry <= cy + distance; ry++) {
      if (ry < 0 || ry >= side) continue
      const isEdge = Math.abs(ry - cy) === distance
      for (let rx = cx - distance; rx <= cx + distance; rx += isEdge ? 1 : 2 * distance || 1) {
        if (rx < 0 || rx >= side) continue
        isAny = true
        const cell = ry * side + rx
        for (let at = starts[cell] ?? 0; at < (starts[cell + 1] ?? 0); at++) visit(rows[at] ?? 0)
      }
    }
    return isAny
  }

  /** The row with the least cost; `bound`: the least cost any point of a ring can have. */
  function search(
    px: number,
    py: number,
    most: number,
    cost: (row: number) => number
  ): number | undefined {
    const cx = cellAt(px)
    const cy = cellAt(py)
    let best: number | undefined
    let bestCost = most
    for (let distance = 0; ; distance++) {
      if ((distance - 1) * cellSize > bestCost) return best
      const isAny = ring(cx, cy, distance, (row) => {
        const value = cost(row)
        if (value < bestCost || (value === bestCost && best !== undefined && row < best)) {
          best = row
          bestCost = value
        }
      })
      if (!isAny) return best
    }
  }

  return {
    nearest: (px, py, reach, accept) =>
      search(px, py, reach, (row) => {
        const distance = Math.hypot((x[row] ?? 0) - px, (y[row] ?? 0) - py)
        return distance <= reach && accept(row) ? distance : Infinity
      }),
    towards: (px, py, direction, step, accept) =>
      search(px, py, Infinity, (row) => {
        const dx = (x[row] ?? 0) - px
        const dy = (y[row] ?? 0) - py
        const ahead = dx * direction.x + dy * direction.y
        const aside = Math.abs(dx * direction.y - dy * direction.x)
        if (ahead < step || aside > ahead || !accept(row)) return Infinity
        // Never less than the distance, so that the search may stop at a ring.
        return Math.hypot(dx, dy) + aside
      })
  }
}

function sorted(
  x: Float32Array,
  y: Float32Array,
  side: number,
  cellAt: (value: number) => number
): { starts: Uint32Array; rows: Uint32Array } {
  const starts = new Uint32Array(side * side + 1)
  const cells = new Uint32Array(x.length)
  for (let row = 0; row < x.length; row++) {
    const cell = cellAt(y[row] ?? 0) * side + cellAt(x[row] ?? 0)
    cells[row] = cell
    starts[cell + 1] = (starts[cell + 1] ?? 0) + 1
  }
  for (let cell = 0; cell < side * side; cell++)
    starts[cell + 1] = (starts[cell + 1] ?? 0) + (starts[cell] ?? 0)
  const next = starts.slice()
  const rows = new Uint32Array(x.length)
  for (let row = 0; row < x.length; row++) {
    const cell = cells[row] ?? 0
    const at = next[cell] ?? 0
    rows[at] = row
    next[cell] = at + 1
  }
  return { starts, rows }
}
