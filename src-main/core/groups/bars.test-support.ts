// Pictures of bars in four directions under noise, which a small network learns in moments.
import { createRandom } from '../compute/random.ts'
import { writeIdxPair } from '../datasets/write-idx.ts'

/** Side of the pictures. */
export const barSide = 12

/** Writes so many pictures with their labels. */
export async function writeBars(place: string, count: number): Promise<void> {
  const random = createRandom(4)
  const pixels = new Uint8Array(count * barSide * barSide)
  const labels = Uint8Array.from({ length: count }, (_, picture) => picture % 4)
  for (let i = 0; i < pixels.length; i++) {
    const label = labels[Math.floor(i / (barSide * barSide))]
    const [x, y] = [i % barSide, Math.floor((i % (barSide * barSide)) / barSide)]
    const far = [
      Math.abs(x - barSide / 2),
      Math.abs(y - barSide / 2),
      Math.abs(x - y),
      Math.abs(barSide - 1 - x - y)
    ]
    pixels[i] = (far[label] < 2 ? 150 : 0) + random.below(100)
  }
  await writeIdxPair(place, 'train', { count, height: barSide, width: barSide, pixels }, labels)
}
