// Target tasks as arrays for a method, once fingerprints exist: the rows of the planned examples,
// with their texts and gradients where methods of the run read those.
import type { FeatureSource } from '../features/feature-matrix.ts'
import { openMatrixRows, placeOfMatrix } from '../matrices/matrix-rows.ts'
import type { TargetTask, TaskPart } from '../methods/method.ts'
import type { Store } from '../store/records.ts'
import type { PlannedCheckpoint } from './gradients.ts'
import type { PlannedPart, PlannedTask } from './tasks.ts'
import { textsOf } from './text-rows.ts'

/** What else is read of each part; undefined = not needed. */
export interface AlsoRead {
  readonly texts: ((part: PlannedPart) => Promise<string[]>) | undefined
  readonly gradients: (part: PlannedPart) => Promise<Float32Array[]>
}

/** Reads the example rows of planned tasks; `open` gives the fingerprints of a dataset. */
export async function loadTasks(
  tasks: readonly PlannedTask[],
  open: (dataset: string) => Promise<FeatureSource>,
  also: AlsoRead
): Promise<TargetTask[]> {
  const loaded: TargetTask[] = []
  for (const task of tasks) {
    const parts: TaskPart[] = []
    for (const part of task.parts) {
      const source = await open(part.dataset)
      const gradients = await also.gradients(part)
      parts.push({
        name: part.name,
        features: await source.readRows(part.rows),
        labels: part.labels,
        ...(also.texts === undefined ? {} : { texts: await also.texts(part) }),
        ...(gradients.length === 0 ? {} : { gradients })
      })
    }
    loaded.push({ name: task.name, importance: task.importance, parts })
  }
  return loaded
}

/** Texts of a part's rows. */
export async function exampleTexts(
  store: Pick<Store, 'items'>,
  part: PlannedPart
): Promise<string[]> {
  const texts: string[] = []
  for await (const block of textsOf(store, part.dataset, part.rows)) texts.push(...block)
  return texts
}

/** Gradients of a part's rows, one V x m array per checkpoint. */
export async function exampleGradients(
  checkpoints: readonly PlannedCheckpoint[],
  part: PlannedPart,
  mediaFolder: string
): Promise<Float32Array[]> {
  const all: Float32Array[] = []
  for (const { examples } of checkpoints) {
    const record = examples.get(part.dataset)
    if (record === undefined) throw new Error('the gradients of the examples were not planned')
    const source = await openMatrixRows(placeOfMatrix(record, mediaFolder))
    try {
      all.push(await source.readRows(part.rows))
    } finally {
      await source.close()
    }
  }
  return all
}

/** The part with its labelled examples only. */
export function labelledPart(part: TaskPart): TaskPart {
  const kept = [...part.labels.keys()].filter((i) => part.labels[i] >= 0)
  const rowsOf = (values: Float32Array): Float32Array => {
    const columns = values.length / part.labels.length
    const out = new Float32Array(kept.length * columns)
    kept.forEach((row, i) => {
      out.set(values.subarray(row * columns, (row + 1) * columns), i * columns)
    })
    return out
  }
  return {
    name: part.name,
    features: rowsOf(part.features),
    labels: Int32Array.from(kept, (i) => part.labels[i]),
    ...(part.texts === undefined ? {} : { texts: kept.map((i) => part.texts?.[i] ?? '') }),
    ...(part.gradients === undefined ? {} : { gradients: part.gradients.map(rowsOf) })
  }
}
