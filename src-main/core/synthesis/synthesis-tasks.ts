// All tasks of expanding small sets, for the list of what compute threads can do.
import { makeTask } from './make-task.ts'
import { measureTask } from './measure-task.ts'
import { addOwnModelTask } from './own-model/add-own-model-task.ts'
import { probeModelTask, trainModelTask } from './train-model-task.ts'

/** Made, measured, trained, timed and taken from files in compute threads. */
export const synthesisTasks = [
  makeTask,
  measureTask,
  trainModelTask,
  probeModelTask,
  addOwnModelTask
] as const
