// What an analysis takes: items learned from and items named, counted before anything runs. The base
// of its time estimate.
import type { AnalysisPanel } from '../../../api/dto/analysis.ts'
import type { AnalysisInputs, AnalysisSizes } from './analysis.ts'
import { testPositionsOf } from './analysis.ts'
import { looksOf } from './paths.ts'
import { analysisUnits } from './run-analysis.ts'

/** Items that one network learns from and names. */
export interface NetworkWork {
  readonly trained: number
  readonly forward: number
}

export interface AnalysisWork {
  /** The network that students are. */
  readonly main: NetworkWork
  /** Other networks that are to recognise the set, in their order. */
  readonly others: readonly NetworkWork[]
}

/** The work of these panels. No item is read: values of `inputs` may be empty. */
export function analysisWork(
  panels: readonly AnalysisPanel[],
  inputs: AnalysisInputs,
  sizes: AnalysisSizes
): AnalysisWork {
  const unread = (key: string): never => {
    throw new RangeError(`${key} is not finished`)
  }
  const named = testPositionsOf(inputs, sizes).length
  const looks = looksOf(sizes).length
  const works = Array.from({ length: 1 + inputs.otherNetworks.length }, () => ({
    trained: 0,
    forward: 0
  }))
  for (const { key, cost } of analysisUnits(panels, inputs, sizes, unread)) {
    const [panel, at] = key.split('/')
    const work = works[panel === 'recognition' ? Number(at) : 0]
    if (panel === 'path') {
      // Its cost counts looks as training; here they are what they are.
      work.trained += sizes.steps * Math.min(sizes.batch, inputs.train.count)
      work.forward += looks * (named + inputs.set.count)
    } else {
      work.trained += cost
      if (panel !== 'curvature') work.forward += named
    }
  }
  const [main, ...others] = works
  return { main, others }
}
