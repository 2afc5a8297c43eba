// Rows by lot that do not depend on where the rows stand: the lot hangs on the rows' ids.
import { tieOrder } from '../../../compute/kernels/ranking.ts'
import { hashString } from '../../../compute/random.ts'

/** Draws `count` of the rows for a purpose; ascending. */
export type Lot = (rows: Uint32Array, count: number, purpose: string) => Uint32Array

/** Lots of one seed over candidates with these ids. */
export function createLot(seed: number, rowIds: Uint32Array): Lot {
  return (rows, count, purpose) => {
    if (count >= rows.length) return rows
    const ids = Uint32Array.from(rows, (row) => rowIds[row])
    const order = tieOrder(hashString(`combined ${purpose}`, seed), ids)
    return Uint32Array.from(order.subarray(0, count), (at) => rows[at]).sort()
  }
}
