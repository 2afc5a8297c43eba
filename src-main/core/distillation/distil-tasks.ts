// The compute tasks of this folder, for the list of all tasks.
import type { ComputeTask } from '../jobs/compute-task.ts'
import type { DistillationMethod } from '../methods/distillation/distillation-method.ts'
import { analyseTask } from './analyse-task.ts'
import { createDistilTask } from './distil-task.ts'
import { createDistilTestTask } from './distil-test-task.ts'
import { expertTask } from './expert-task.ts'
import { factsTask } from './facts-task.ts'
import { groupTask } from './group-task.ts'
import { nearestTask } from './nearest-items.ts'
import { addHelperTask } from './own-helper/add-helper-task.ts'
import { askHelperTask } from './own-helper/ask-helper-task.ts'
import { distilProbeTask } from './probe-task.ts'
import { missingHalvesTask } from './pairs/pair-data.ts'
import { readPicturesTask } from './read-pictures-task.ts'

/** All of them, over a list of methods. */
export function distilTasks(methods: readonly DistillationMethod[]): readonly ComputeTask<never>[] {
  return [
    createDistilTask(methods),
    createDistilTestTask(methods),
    expertTask,
    factsTask,
    groupTask,
    nearestTask,
    analyseTask,
    distilProbeTask,
    addHelperTask,
    askHelperTask,
    readPicturesTask,
    missingHalvesTask
  ]
}
