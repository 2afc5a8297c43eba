// Every compute task of data health, for the list in core/app.
import { findingsTask } from './findings-task.ts'
import { foldTask } from './labels/fold-task.ts'
import { planLabelsTask } from './labels/plan-labels-task.ts'
import { wrongLabelsTask } from './labels/wrong-labels-task.ts'
import { arrangeTask } from './likeness/arrange-task.ts'
import { neighboursTask } from './likeness/neighbours-task.ts'
import {
  pictureDecoysTask,
  pictureGroupsTask,
  pictureLikenessTask,
  picturePairsTask
} from './pictures/compare-tasks.ts'
import { lookTask } from './pictures/look-task.ts'
import { planTask } from './plan-task.ts'
import { nearRowsTask } from './tables/near-rows-task.ts'
import { nearTextsTask } from './texts/near-texts-task.ts'
import { readTextsTask } from './texts/text-task.ts'

export const healthTasks = [
  planTask,
  lookTask,
  readTextsTask,
  arrangeTask,
  neighboursTask,
  picturePairsTask,
  pictureLikenessTask,
  pictureDecoysTask,
  pictureGroupsTask,
  nearTextsTask,
  nearRowsTask,
  planLabelsTask,
  foldTask,
  wrongLabelsTask,
  findingsTask
] as const
