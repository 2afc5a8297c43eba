// Compute task: "What does it teach?" for one tiny set. Units that an earlier start finished are read
// from files; each new one is handed out as it is done.
import type { AnalysisEffort, AnalysisPanel, AnalysisParts } from '../../api/dto/analysis.ts'
import { AppError } from '../../api/errors.ts'
import {
  analysisSizes,
  testPositionsOf,
  type AnalysedSet,
  type UnitResult
} from '../evaluation/analysis/analysis.ts'
import { runAnalysis } from '../evaluation/analysis/run-analysis.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import type { NetworkSpec } from '../networks/network.ts'
import { oneHotShares } from '../networks/normalisation.ts'
import { loadCheckpointArrays, type CheckpointRef } from '../selection/selection-files.ts'
import { openDistilData, type DataPlace, type DistilData } from './distil-data.ts'
import { loadSet } from './set-files.ts'

export interface AnalyseTaskInput {
  readonly data: DataPlace
  /** Folder of the set. */
  readonly set: string
  readonly network: NetworkSpec
  readonly otherNetworks: readonly NetworkSpec[]
  readonly panels: readonly AnalysisPanel[]
  readonly effort: AnalysisEffort
  readonly seed: number
  /** Where finished units lie, and which. */
  readonly folder: string
  readonly finished: readonly CheckpointRef[]
  readonly device: string
}

export interface AnalyseTaskEvent {
  readonly panel: string
  readonly done: number
  readonly total: number
  readonly unit: UnitResult
}

export interface AnalyseTaskOutput {
  readonly parts: AnalysisParts
  readonly setItems: number
  readonly testItems: number
  readonly device: string
}

export const analyseTask: ComputeTask<AnalyseTaskInput, AnalyseTaskEvent, AnalyseTaskOutput> = {
  name: 'distil-analyse',
  async *run(input, context) {
    const device = await context.device(input.device)
    const data = await openDistilData(input.data)
    try {
      const { network, otherNetworks, seed } = input
      const { shape, normalisation, classNames, train } = data
      const classes = classNames.length
      const sizes = analysisSizes(input.effort)
      const set = await analysedSet(input.set, data)
      const test = await data.part('test')
      const inputs = {
        shape,
        normalisation,
        classes,
        network,
        otherNetworks,
        set,
        train,
        test,
        seed
      }
      const finished: UnitResult[] = []
      for (const ref of input.finished) {
        const unit = await loadCheckpointArrays(input.folder, ref).catch(() => undefined)
        // What is damaged, and all that came after it, is computed again.
        if (unit === undefined) break
        finished.push(unit)
      }
      const rowOf = (position: number): number => input.data.test.rows[position]
      const steps = runAnalysis(input.panels, inputs, sizes, {
        device,
        signal: context.signal,
        finished,
        rowOf
      })
      let step = await steps.next()
      while (step.done !== true) {
        yield step.value
        step = await steps.next()
      }
      return {
        parts: step.value,
        setItems: set.count,
        testItems: testPositionsOf(inputs, sizes).length,
        device: device.name
      }
    } finally {
      await data.close()
    }
  }
}

/** The set with shares as labels. Free numbers of ridge methods are no shares: plain labels count. */
async function analysedSet(folder: string, data: DistilData): Promise<AnalysedSet> {
  const { values, sourceRows, targets, count, labels } = await loadSet(folder)
  if (values === undefined && sourceRows === undefined) throw new AppError('file-damaged')
  return {
    values: values ?? data.train.read(sourceRows ?? new Uint32Array(0)),
    count,
    labels,
    shares: targets.kind === 'soft' ? targets.shares : oneHotShares(labels, data.classNames.length)
  }
}
