// Compute task: how fast this computer multiplies matrices of a dataset's shape, on its own
// fingerprints when they are there. A quarter of a second of work; the base of every estimate.
import { createRandom } from '../compute/random.ts'
import { openNpy } from '../features/npy.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'

export interface ProbeTaskInput {
  /** Finished fingerprints, or undefined while there are none. */
  readonly featuresPath: string | undefined
  readonly columns: number
  readonly classes: number
  readonly device: string
}

export interface ProbeTaskOutput {
  /** Floating-point operations per second in a head's forward product. */
  readonly flopsPerSecond: number
  readonly device: string
}

const probeRows = 1024
const probeSeconds = 0.25

async function probeValues(input: ProbeTaskInput): Promise<{ values: Float32Array; rows: number }> {
  if (input.featuresPath !== undefined) {
    const source = await openNpy(input.featuresPath)
    try {
      const rows = Math.min(probeRows, source.rows)
      return { values: await source.readBlock(0, rows), rows }
    } finally {
      await source.close()
    }
  }
  const random = createRandom(1)
  return {
    values: Float32Array.from({ length: probeRows * input.columns }, () => random.normal()),
    rows: probeRows
  }
}

export const probeTask: ComputeTask<ProbeTaskInput, never, ProbeTaskOutput> = {
  name: 'probe-selection',
  // eslint-disable-next-line require-yield -- a quarter of a second: its result is its only event
  async *run(input, context) {
    const { tf, name } = await context.device(input.device)
    const { values, rows } = await probeValues(input)
    const left = tf.tensor2d(values, [rows, input.columns])
    const right = tf.fill([input.columns, Math.max(2, input.classes)], 0.01)
    try {
      // The first product pays for set-up and is not counted.
      const first = tf.matMul(left, right)
      await first.data()
      first.dispose()
      const start = performance.now()
      let rounds = 0
      while (rounds < 2 || performance.now() - start < probeSeconds * 1000) {
        context.signal.throwIfAborted()
        const product = tf.matMul(left, right)
        await product.data()
        product.dispose()
        rounds++
      }
      const seconds = Math.max(1e-6, (performance.now() - start) / 1000)
      const operations = 2 * rows * input.columns * Math.max(2, input.classes) * rounds
      return { flopsPerSecond: operations / seconds, device: name }
    } finally {
      tf.dispose([left, right])
    }
  }
}
