// Which items a network learns from in each step of its training.
import type { Random } from '../../../compute/random.ts'

/** Draws slots without putting back, class by class, until all were drawn; then anew. */
export interface SlotOrder {
  /** `perClass` items of every class, one class after the other: positions in the memory. */
  next(): Uint32Array
}

/** @param slots items of each class in the memory */
export function slotOrder(
  random: Random,
  classes: number,
  slots: number,
  perStep: number
): SlotOrder {
  const taken = Math.min(perStep, slots)
  const orders = Array.from({ length: classes }, (): { order: Uint32Array; at: number } => ({
    order: new Uint32Array(0),
    at: 0
  }))
  return {
    next() {
      const rows = new Uint32Array(classes * taken)
      orders.forEach((deck, c) => {
        for (let i = 0; i < taken; i++) {
          if (deck.at === deck.order.length) {
            deck.order = random.sample(slots, slots)
            deck.at = 0
          }
          rows[c * taken + i] = c * slots + deck.order[deck.at++]
        }
      })
      return rows
    }
  }
}
