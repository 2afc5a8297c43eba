// Compute task: the shape of a run's items and how their numbers are scaled, read once from the
// training items.
import type { ComputeTask } from '../jobs/compute-task.ts'
import { openDistilData, type DataPlace } from './distil-data.ts'
import type { SetFacts } from './run-files.ts'

export const factsTask: ComputeTask<{ readonly data: DataPlace }, never, SetFacts> = {
  name: 'distil-facts',
  // eslint-disable-next-line require-yield -- one pass over the items: its result is its only event
  async *run({ data: place }) {
    const data = await openDistilData(place)
    try {
      return { shape: data.shape, normalisation: data.normalisation }
    } finally {
      await data.close()
    }
  }
}
