// Random real items, the same number of each label: what every tiny set is compared with.
import { createRandom } from '../../compute/random.ts'

/**
 * Positions among the training items, class by class: `perClass` of each, or all of a class that has
 * fewer. Of equal seeds, a larger draw holds the smaller one.
 */
export function drawPerClass(
  labels: Int32Array,
  classes: number,
  perClass: number,
  seed: number
): Uint32Array {
  const byClass = Array.from({ length: classes }, (): number[] => [])
  labels.forEach((label, position) => byClass[label]?.push(position))
  const random = createRandom(seed)
  return Uint32Array.from(
    byClass.flatMap((positions, label) => {
      const order = random.fork(`random items ${label}`).shuffle(positions.slice())
      return order.slice(0, perClass)
    })
  )
}
