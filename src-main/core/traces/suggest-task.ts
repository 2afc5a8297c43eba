// Compute task: looks through a file of traces in a thread, so that a large one stops nobody.
import type { TraceSuggestions } from '../../api/dto/traces.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import { suggestForFile, type SuggestFileInput } from './suggest-file.ts'

/** {@link suggestForFile} in a compute thread. */
export const suggestTracesTask: ComputeTask<SuggestFileInput, never, TraceSuggestions> = {
  name: 'traces.suggest',
  // eslint-disable-next-line require-yield -- one answer: its result is its only event
  async *run(input, { signal }) {
    return await suggestForFile(input, signal, () => performance.now())
  }
}
