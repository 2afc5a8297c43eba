// The best one-to-one pairing of two lists (the Hungarian method with potentials; Kuhn 1955, Jonker
// and Volgenant 1987): brings the groups of several starts into one order.

/**
 * Column of each row such that the summed value is largest.
 * @param values size x size, row-major, finite
 */
export function bestPairs(values: ArrayLike<number>, size: number): Uint32Array {
  // Potentials of rows and columns, and the row that has each column; position 0 stands for none.
  const ofRow = new Float64Array(size + 1)
  const ofColumn = new Float64Array(size + 1)
  const rowOf = new Uint32Array(size + 1)
  const before = new Uint32Array(size + 1)
  for (let row = 1; row <= size; row++) {
    rowOf[0] = row
    let column = 0
    const least = new Float64Array(size + 1).fill(Infinity)
    const isDone = new Uint8Array(size + 1)
    do {
      isDone[column] = 1
      const from = rowOf[column]
      let step = Infinity
      let next = 0
      for (let to = 1; to <= size; to++) {
        if (isDone[to] === 1) continue
        const cost = -values[(from - 1) * size + to - 1] - ofRow[from] - ofColumn[to]
        if (cost < least[to]) {
          least[to] = cost
          before[to] = column
        }
        if (least[to] < step) {
          step = least[to]
          next = to
        }
      }
      for (let to = 0; to <= size; to++)
        if (isDone[to] === 1) {
          ofRow[rowOf[to]] += step
          ofColumn[to] -= step
        } else least[to] -= step
      column = next
    } while (rowOf[column] !== 0)
    while (column !== 0) {
      const earlier = before[column]
      rowOf[column] = rowOf[earlier]
      column = earlier
    }
  }
  const pairs = new Uint32Array(size)
  for (let column = 1; column <= size; column++) pairs[rowOf[column] - 1] = column - 1
  return pairs
}
