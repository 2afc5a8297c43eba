// Compute task: lays two attempts of a project side by side; long ones take a moment.
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { openTraceReader } from '../../store/trace-reader.ts'
import { loadTrace } from '../stored/load-trace.ts'
import { compareTraces, type ComparedSteps } from './compare.ts'

export interface CompareInput {
  /** The project file. */
  readonly path: string
  readonly left: number
  readonly right: number
}

/** {@link compareTraces} of two stored attempts. Errors as `loadTrace` and there. */
export const compareTracesTask: ComputeTask<CompareInput, never, ComparedSteps> = {
  name: 'traces.compare',
  // eslint-disable-next-line require-yield -- one answer: its result is its only event
  async *run({ path, left, right }) {
    const reader = openTraceReader(path)
    try {
      return await Promise.resolve(compareTraces(loadTrace(reader, left), loadTrace(reader, right)))
    } finally {
      reader.close()
    }
  }
}
