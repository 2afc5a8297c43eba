// What a source looks like before anything is created: a bounded part is read, all of it when it
// is small. Runs in a compute thread.
import type { ImportOptions, ImportPreview } from '../../api/dto/datasets.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import { recognise } from './recognise.ts'

export interface PreviewInput {
  /** Absolute. */
  readonly path: string
  readonly options: ImportOptions
}

// Bytes searched for the encoding of a text.
const encodingBytes = 64 * 2 ** 20

/** Looks at a source. Errors as `recognise` and the readers throw them. */
export const previewTask: ComputeTask<PreviewInput, never, ImportPreview> = {
  name: 'datasets.preview',
  // eslint-disable-next-line require-yield
  async *run({ path, options }, { signal }) {
    signal.throwIfAborted()
    return previewSource(path, options)
  }
}

/** The preview of a source, see {@link previewTask}. */
export async function previewSource(path: string, options: ImportOptions): Promise<ImportPreview> {
  const found = await recognise(path, options, encodingBytes)
  return found.preview(options)
}
