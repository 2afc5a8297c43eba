// Every task a compute thread can run, in one list.
import { copyTask, importTask } from '../datasets/import-task.ts'
import { previewTask } from '../datasets/preview.ts'
import { pictureTask, thumbnailTask } from '../datasets/thumbnails.ts'
import { distilTasks } from '../distillation/distil-tasks.ts'
import { alikeTask } from '../features/alike.ts'
import { featureTasks } from '../features/feature-tasks.ts'
import { healthTasks } from '../health/tasks.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import { mapTasks } from '../maps/map-tasks.ts'
import { matrixPreviewTask } from '../matrices/matrix-fit.ts'
import { plausibilityTask, traceGraphTask } from '../traces/graph/graph-task.ts'
import { runTrialsTask } from '../traces/runner/run-trials-task.ts'
import { checkpointTask } from '../traces/import/checkpoints.ts'
import { importTracesTask } from '../traces/import/import-task.ts'
import { previewTracesTask } from '../traces/import/preview-task.ts'
import { deriveTracesTask } from '../traces/stored/derive-task.ts'
import { searchTraceTask } from '../traces/stored/search-task.ts'
import { compareTracesTask } from '../traces/compare/compare-task.ts'
import { buildExportTask } from '../traces/exports/build-task.ts'
import { scoreTask } from '../traces/suggestions/score-task.ts'
import { modelQuestionTask } from '../traces/suggestions/model-question-task.ts'
import { suggestionTask } from '../traces/suggestions/suggestion-task.ts'
import { reportTask } from '../traces/reviews/report/report-task.ts'
import { planQueueTask } from '../traces/reviews/start-queue.ts'
import { suggestTracesTask } from '../traces/suggest-task.ts'
import { matrixTasks } from '../matrices/matrix-tasks.ts'
import { distillationMethods } from '../methods/distillation/registry.ts'
import { selectionMethods } from '../methods/registry.ts'
import { roomTasks } from '../rooms/walk-task.ts'
import { synthesisTasks } from '../synthesis/synthesis-tasks.ts'
import { groupTasks } from '../groups/use-tasks.ts'
import { checkPixelsTask } from '../selection/check-pixels.ts'
import { checkProbeTask } from '../selection/check-probe-task.ts'
import { originalRecordsTask } from '../reports/layouts/original-records-task.ts'
import { checkTask } from '../selection/check-task.ts'
import { coverageTask } from '../selection/coverage-task.ts'
import { measureTask } from '../selection/measure-task.ts'
import { probeTask } from '../selection/probe-task.ts'
import { readListTask } from '../selection/read-list-task.ts'
import { createSelectTask } from '../selection/select-task.ts'
import { checkProjectTask } from './check-project-task.ts'
import { deviceTask } from './device-task.ts'

/** A task with its types forgotten; the pool's callers know them. */
type AnyTask = ComputeTask<never>

export const computeTasks: readonly AnyTask[] = [
  importTask,
  copyTask,
  previewTask,
  thumbnailTask,
  pictureTask,
  ...featureTasks,
  alikeTask,
  checkProjectTask,
  ...mapTasks,
  matrixPreviewTask,
  suggestTracesTask,
  compareTracesTask,
  buildExportTask,
  scoreTask,
  suggestionTask,
  modelQuestionTask,
  importTracesTask,
  checkpointTask,
  previewTracesTask,
  deriveTracesTask,
  searchTraceTask,
  runTrialsTask,
  traceGraphTask,
  ...roomTasks,
  ...synthesisTasks,
  ...groupTasks,
  planQueueTask,
  reportTask,
  plausibilityTask,
  ...matrixTasks,
  ...healthTasks,
  createSelectTask(selectionMethods),
  checkTask,
  checkPixelsTask,
  checkProbeTask,
  measureTask,
  coverageTask,
  probeTask,
  readListTask,
  originalRecordsTask,
  ...distilTasks(distillationMethods),
  deviceTask
]
