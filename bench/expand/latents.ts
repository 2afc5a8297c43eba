// Where the latents of unseen kinds of clothes lie beside those of the kinds that the model learned:
// distances and angles, how well a straight line tells the two apart, and whether pictures drawn from
// noise alone ever come out as an unseen kind (specification A2, table 2 and section A2.7).
import type { Device } from '../../src-main/core/compute/devices/device.ts'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { probeFeatures } from '../../src-main/core/groups/probes.ts'
import { measureRanges, meanAndSpread } from '../../src-main/core/synthesis/latent-geometry.ts'
import type { Points } from '../../src-main/core/synthesis/made-measures.ts'

/** What the measures are taken with. */
export interface LatentBench {
  readonly device: Device
  /** `count` test pictures of a label, from its own `from`th on. */
  pictures(label: number, from: number, count: number): Points
  invert(values: Float32Array, most: number): Promise<Float32Array>
  denoise(values: Float32Array, most: number): Promise<Float32Array>
  /** Share of pictures that a judge names as one of these labels. */
  judged(values: Float32Array, labels: readonly number[]): Promise<number>
  readonly seen: readonly number[]
  readonly unseen: readonly number[]
  readonly names: readonly string[]
}

/** Highest noise levels of the usual way and of the published one. */
const levels = [500, 900]

/** Says the geometry of `count` latents of each kind, and what noise alone gives. */
export async function tellLatents(bench: LatentBench, count: number): Promise<void> {
  const size = 784
  const white = Math.sqrt(2 * size).toFixed(1)
  console.log(`\nLatents, ${count} of each kind; white noise: distance ${white}, angles 90 and 60`)
  for (const most of levels) {
    const each = Math.ceil(count / bench.seen.length)
    const seen: Float32Array[] = []
    for (const label of bench.seen)
      seen.push(await bench.invert(bench.pictures(label, 0, each).values, most))
    const known = joined(seen)
    tell(`kinds it learned, ${most}`, known)
    for (const label of [8, 7]) {
      const values = await bench.invert(bench.pictures(label, 0, count).values, most)
      tell(`${bench.names[label]}, ${most}`, values)
      console.log(
        `latents, ${bench.names[label]}, ${most}: told from learned kinds ${(100 * (await separable(values, known))).toFixed(0)} % of held-back ones by a line`
      )
    }
  }
  const random = createRandom(5)
  const noise = Float32Array.from({ length: 100 * size }, () => random.normal())
  const made = await bench.denoise(noise, 900)
  const share = await bench.judged(made, bench.unseen)
  console.log(`noise alone, 900: ${(100 * share).toFixed(0)} % judged an unseen kind, of 100`)

  function tell(name: string, values: Float32Array): void {
    const latents = { values, count: values.length / size, size }
    const { distance, origin, triangle } = measureRanges(latents, createRandom(3))
    const { sd } = meanAndSpread(latents)
    console.log(
      `latents, ${name}: sd ${sd.toFixed(2)}, distance ${distance.mean.toFixed(1)}, angle at the origin ${origin.mean.toFixed(1)}, in the triangle ${triangle.mean.toFixed(1)}`
    )
  }

  /** Every other row of both is learned from. */
  async function separable(own: Float32Array, others: Float32Array): Promise<number> {
    const both = joined([own, others])
    const rows = [...Array(both.length / size).keys()]
    const label = (row: number): number => (row < own.length / size ? 1 : 0)
    const part = (rest: number) => {
      const taken = rows.filter((row) => row % 2 === rest)
      return {
        values: joined(taken.map((row) => both.subarray(row * size, (row + 1) * size))),
        labels: Int32Array.from(taken, label)
      }
    }
    const signal = new AbortController().signal
    return (await probeFeatures(bench.device, part(0), part(1), size, 2, signal)).probe01
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
