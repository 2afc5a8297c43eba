// What an analysis of a tiny set works with, and the units it is cut into: each a few short trainings
// at most, whose result is kept, so that a stopped analysis goes on where it was. The questions are
// those of "What is Dataset Distillation Learning?" (Yang et al. 2024), sized for one computer.
import type { AnalysisEffort } from '../../../api/dto/analysis.ts'
import { createRandom, type Random } from '../../compute/random.ts'
import type { Device, TensorFlow } from '../../compute/devices/device.ts'
import type { LabelledRows, Normalisation } from '../../methods/distillation/distillation-method.ts'
import type { MethodCheckpoint } from '../../methods/method.ts'
import { createNetwork } from '../../networks/create-network.ts'
import type { InputShape, NetworkCode, NetworkSpec } from '../../networks/network.ts'
import { drawStratified } from '../draws.ts'
import { someRows } from '../distilled/judge.ts'

/** The set that is looked into, as students see it. */
export interface AnalysedSet {
  /** count x height x width x channels, normalised. */
  readonly values: Float32Array
  readonly count: number
  readonly labels: Int32Array
  /** count x classes shares that sum to 1 in every row. */
  readonly shares: Float32Array
}

export interface AnalysisInputs {
  readonly shape: InputShape
  readonly normalisation: Normalisation
  readonly classes: number
  /** What students are. */
  readonly network: NetworkSpec
  /** Other kinds of network that are to recognise the set. */
  readonly otherNetworks: readonly NetworkSpec[]
  readonly set: AnalysedSet
  /** Real items that may be learned from. */
  readonly train: LabelledRows
  /** Real items that took no part. */
  readonly test: LabelledRows
  readonly seed: number
}

/** How much is computed. */
export interface AnalysisSizes {
  /** Test items that networks are asked about. */
  readonly testItems: number
  /** Steps of every training, and items in a step. */
  readonly steps: number
  readonly batch: number
  /** Steps of the networks that are to recognise the set. */
  readonly judgeSteps: number
  /** Real items added for each label. */
  readonly added: readonly number[]
  readonly mixRepeats: number
  readonly students: number
  readonly subsetModels: number
  readonly paths: number
  /** Steps between two looks at a training on real items, after a denser start. */
  readonly lookEvery: number
  readonly curvatureEvery: number
  readonly probes: number
  readonly curvatureItems: number
  readonly influenceItems: number
  readonly influenceSteps: number
}

const sizes: Readonly<Record<AnalysisEffort, AnalysisSizes>> = {
  quick: {
    testItems: 300,
    steps: 100,
    batch: 64,
    judgeSteps: 300,
    added: [0, 2, 10, 50],
    mixRepeats: 1,
    students: 1,
    subsetModels: 8,
    paths: 2,
    lookEvery: 10,
    curvatureEvery: 20,
    probes: 4,
    curvatureItems: 100,
    influenceItems: 12,
    influenceSteps: 60
  },
  standard: {
    testItems: 1000,
    steps: 300,
    batch: 128,
    judgeSteps: 800,
    added: [0, 2, 10, 50, 250],
    mixRepeats: 1,
    students: 3,
    subsetModels: 30,
    paths: 5,
    lookEvery: 5,
    curvatureEvery: 10,
    probes: 4,
    curvatureItems: 250,
    influenceItems: 50,
    influenceSteps: 150
  },
  thorough: {
    testItems: 4000,
    steps: 300,
    batch: 256,
    judgeSteps: 3000,
    added: [0, 2, 10, 50, 250],
    mixRepeats: 3,
    students: 5,
    subsetModels: 120,
    paths: 10,
    lookEvery: 2,
    curvatureEvery: 5,
    probes: 8,
    curvatureItems: 1000,
    influenceItems: 500,
    influenceSteps: 300
  }
}

/** Sizes of an effort. The paper's own are near "thorough". */
export function analysisSizes(effort: AnalysisEffort): AnalysisSizes {
  return sizes[effort]
}

/** What a unit computes with. */
export interface AnalysisKit {
  readonly tf: TensorFlow
  readonly device: Device
  readonly inputs: AnalysisInputs
  readonly sizes: AnalysisSizes
  readonly network: NetworkCode
  /** Test items that networks are asked about, and their positions among all test items. */
  readonly test: LabelledRows
  readonly testPositions: Uint32Array
  readonly signal: AbortSignal
  /** An independent stream for each purpose. */
  random(purpose: string): Random
}

/** A kit for one analysis; the same seed takes the same test items. */
export function createKit(
  device: Device,
  inputs: AnalysisInputs,
  sizes: AnalysisSizes,
  signal: AbortSignal
): AnalysisKit {
  const testPositions = testPositionsOf(inputs, sizes)
  return {
    tf: device.tf,
    device,
    inputs,
    sizes,
    network: createNetwork(inputs.network, inputs.shape, inputs.classes),
    test: someRows(inputs.test, testPositions),
    testPositions,
    signal,
    random: (purpose) => createRandom(inputs.seed).fork('analysis').fork(purpose)
  }
}

/** Positions of the test items that networks are asked about: a share of every label. */
export function testPositionsOf(
  { test, seed }: Pick<AnalysisInputs, 'test' | 'seed'>,
  { testItems }: Pick<AnalysisSizes, 'testItems'>
): Uint32Array {
  const all = Uint32Array.from({ length: test.count }, (_, at) => at)
  return drawStratified(all, test.labels, testItems, seed)
}

/** The result of a unit: small numbers and arrays. Its `step` is the unit's key. */
export type UnitResult = MethodCheckpoint

/** Reads finished units. Throws a RangeError for one that is not finished. */
export type ReadUnit = (key: string) => UnitResult

export interface AnalysisUnit {
  /** Unique within an analysis, and the same after a stop. */
  readonly key: string
  /** Items trained on, about: what it costs beside other units. */
  readonly cost: number
  run(kit: AnalysisKit): Promise<Omit<UnitResult, 'step'>>
}

/** Floats of a unit's result. Throws a RangeError when there are none of this name. */
export function floatsOf({ step, arrays }: UnitResult, name: string): Float32Array {
  const array = arrays[name]
  if (!(array instanceof Float32Array)) throw new RangeError(`no ${name} in ${step}`)
  return array
}

/** Whole numbers of a unit's result. Throws a RangeError when there are none of this name. */
export function integersOf({ step, arrays }: UnitResult, name: string): Int32Array {
  const array = arrays[name]
  if (!(array instanceof Int32Array)) throw new RangeError(`no ${name} in ${step}`)
  return array
}
