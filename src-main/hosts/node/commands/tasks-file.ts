// The --tasks file: which example items stand for which task. JSON, one object per task:
//   [{ "name": "Footwear", "dataset": "Examples", "labels": ["Sandal", "Sneaker"],
//      "importance": "normal", "keys": [], "parts": [] }]
// `dataset` is a dataset's name in the project; left out, the pool itself.
import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import type { TaskSource } from '../../../api/dto/runs.ts'
import { UsageError } from './output.ts'

const Part = z.strictObject({
  name: z.string().min(1),
  labels: z.array(z.string()).default([]),
  keys: z.array(z.string()).default([])
})
const Task = z.strictObject({
  name: z.string().min(1).max(80),
  dataset: z.string().optional(),
  importance: z.enum(['low', 'normal', 'high']).default('normal'),
  labels: z.array(z.string()).default([]),
  keys: z.array(z.string()).default([]),
  parts: z.array(Part).default([])
})
const TasksFile = z.union([z.array(Task).min(1), z.strictObject({ tasks: z.array(Task).min(1) })])

/** Reads a tasks file; throws UsageError saying what is wrong with it. */
export async function readTasksFile(
  path: string,
  pool: string,
  datasetIdOf: (name: string) => Promise<string>
): Promise<TaskSource> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile() || found.size > 256 * 1024 * 1024) {
    throw new UsageError(`The tasks file "${path}" could not be read.`)
  }
  let value: unknown
  try {
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch {
    throw new UsageError(`The tasks file "${path}" is not JSON.`)
  }
  const parsed = TasksFile.safeParse(value)
  if (!parsed.success) {
    throw new UsageError(`The tasks file "${path}" is not right: ${z.prettifyError(parsed.error)}`)
  }
  const tasks = Array.isArray(parsed.data) ? parsed.data : parsed.data.tasks
  const sets = []
  for (const task of tasks) {
    const dataset = task.dataset === undefined ? pool : await datasetIdOf(task.dataset)
    sets.push({ ...task, dataset })
  }
  return { kind: 'sets', sets }
}
