// How long an analysis of a tiny set would take here, from steps of its own networks measured on this
// computer.
import { join } from 'node:path'
import type { AnalysisPanel, AnalysisTimes } from '../../api/dto/analysis.ts'
import { AnalysisEffort } from '../../api/dto/analysis.ts'
import type { DistilResult } from '../../api/dto/distil.ts'
import { analysisSizes, type AnalysisInputs } from '../evaluation/analysis/analysis.ts'
import { analysisWork, type NetworkWork } from '../evaluation/analysis/work.ts'
import { labelledValues } from '../networks/normalisation.ts'
import type { NetworkSpec } from '../networks/network.ts'
import type { DatasetRecord } from '../store/records.ts'
import type { NetworkProber, ProbedSpeed } from './network-prober.ts'
import { loadSplit, type FrozenSplit } from './frozen-split.ts'
import { networkFor, otherNetworkFor } from './network-choice.ts'
import { loadFacts, type SetFacts } from './run-files.ts'

export interface AnalyseEstimateDeps {
  readonly prober: Pick<NetworkProber, 'speed'>
  /** runs/ of the open project. */
  readonly runsFolder: string
  /** Device asked for in settings. */
  deviceRequest(): string
}

/** Times are known to about these factors: small steps, and panels of very different kinds. */
const lowFactor = 0.7
const highFactor = 2.2

/** What an analysis would read, without its values. */
function emptyInputs(
  { draft, classNames, decodedItems }: DistilResult,
  { shape, normalisation }: SetFacts,
  split: FrozenSplit
): AnalysisInputs {
  const classes = classNames.length
  const nothing = new Float32Array(0)
  const asked = split.test.length > 0 ? split.testLabels : split.validationLabels
  return {
    shape,
    normalisation,
    classes,
    network: networkFor(draft, shape),
    otherNetworks: [otherNetworkFor(shape)],
    set: {
      values: nothing,
      count: decodedItems,
      // As a set has them: equally many of each label.
      labels: Int32Array.from({ length: decodedItems }, (_, item) => item % classes),
      shares: nothing
    },
    train: labelledValues(nothing, split.trainLabels),
    test: labelledValues(nothing, asked),
    seed: 0
  }
}

/**
 * Time of each effort with these panels; none where the network could not be measured. Throws
 * AppError "file-damaged".
 */
export async function estimateAnalysis(
  deps: AnalyseEstimateDeps,
  result: DistilResult,
  dataset: DatasetRecord,
  panels: readonly AnalysisPanel[]
): Promise<AnalysisTimes> {
  const made = join(deps.runsFolder, result.run)
  const split = await loadSplit(join(made, 'split'))
  const facts = await loadFacts(made)
  const inputs = emptyInputs(result, facts, split)
  const speedOf = (network: NetworkSpec): Promise<ProbedSpeed | undefined> =>
    deps.prober.speed(dataset, facts.shape, network, false, deps.deviceRequest())
  const main = await speedOf(inputs.network)
  const others: (ProbedSpeed | undefined)[] = []
  if (panels.includes('recognition'))
    for (const network of inputs.otherNetworks) others.push(await speedOf(network))
  if (main === undefined) return { efforts: [], device: null }
  const read = split.train.length + split.validation.length + split.test.length
  const secondsOf = (work: NetworkWork, speed: ProbedSpeed | undefined): number =>
    speed === undefined ? 0 : work.trained * speed.trained + work.forward * speed.forward
  // Speeds are those of quiet moments; where others work beside it, it takes longer.
  const busy = Math.min(2, Math.max(1, main.slowdown))
  const efforts = AnalysisEffort.options.map((effort) => {
    const work = analysisWork(panels, inputs, analysisSizes(effort))
    const seconds =
      read * main.perPicture +
      secondsOf(work.main, main) +
      work.others.reduce((sum, one, at) => sum + secondsOf(one, others[at]), 0)
    return {
      effort,
      lowSeconds: Math.max(1, seconds * lowFactor),
      highSeconds: Math.max(2, seconds * highFactor * busy)
    }
  })
  return { efforts, device: main.device }
}
