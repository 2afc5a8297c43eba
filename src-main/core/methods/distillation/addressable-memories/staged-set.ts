// The set of labels that came in stages: one memory for each stage, side by side.
import { concatArrays } from '../../../networks/flat-arrays.ts'
import type { DistillationInputs, DistilledSet } from '../distillation-method.ts'
import type { ReadyTable } from '../soft-labels/tables.ts'
import { stageInputs } from './continual.ts'
import { memoryCode, type Memory } from './memory.ts'
import { memorySet, memoryStudent } from './memory-set.ts'
import type { MemoryParams } from './params.ts'
import { plannedFor } from './plan.ts'

/** The set of one stage's memory, its labels numbered as in the stage. */
export function stageSet(
  inputs: DistillationInputs,
  stage: readonly number[],
  memory: Memory,
  params: MemoryParams,
  done: number
): DistilledSet {
  const own = stageInputs(inputs, stage)
  const space = { ...own, classes: stage.length }
  const code = memoryCode(plannedFor(space, params), inputs.shape, stage.length)
  return memorySet(own, code, memory, params, done)
}

/** All stages' sets as one; arrays are stored under their names and the number of their stage. */
export function stagedSet(
  inputs: Pick<DistillationInputs, 'data' | 'shape'>,
  stages: readonly (readonly number[])[],
  sets: readonly DistilledSet[],
  tables: readonly ReadyTable[]
): DistilledSet {
  const sum = (name: string): number =>
    sets.reduce((total, { info }) => total + Number(info[name]), 0)
  const count = sets.reduce((total, set) => total + set.count, 0)
  return {
    ...sets[0],
    count,
    values: concatArrays(sets.map(({ values }) => values)),
    labels: Int32Array.from(
      sets.flatMap(({ labels }, stage) => Array.from(labels, (label) => stages[stage][label]))
    ),
    stored: sets.flatMap(({ stored }, stage) =>
      stored.map((array) => ({ ...array, name: `${array.name} ${stage + 1}` }))
    ),
    student: memoryStudent(count, inputs),
    info: {
      stages,
      iterations: sum('iterations'),
      bases: sets.map(({ info }) => info.bases),
      shrink: sets[0].info.shrink,
      itemsPerClass: sets.map(({ info }) => info.itemsPerClass),
      numbers: sum('numbers'),
      space: sum('space'),
      ...(tables.length > 0 ? { tables } : {})
    },
    notes: [
      `The labels came in ${sets.length} stages, and each stage's items were made from its own data alone.`
    ]
  }
}
