// "What is it learning?": all panels that were asked for, as units that are kept, so that a stopped
// analysis goes on where it was, and the results ready to draw.
import type { AnalysisPanel, AnalysisParts } from '../../../api/dto/analysis.ts'
import type { Device } from '../../compute/devices/device.ts'
import { agreementResult, agreementUnits } from './agreement-panel.ts'
import {
  createKit,
  type AnalysisInputs,
  type AnalysisKit,
  type AnalysisSizes,
  type AnalysisUnit,
  type ReadUnit,
  type UnitResult
} from './analysis.ts'
import { curvatureResult, curvatureUnits } from './curvature-panel.ts'
import { influenceResult, influenceUnits } from './influence-panel.ts'
import { learnedResult } from './learned-panel.ts'
import { mixingResult, mixingUnits } from './mixing.ts'
import { pathUnits } from './paths.ts'
import { recognitionResult, recognitionUnits } from './recognition.ts'

export interface AnalysisContext {
  readonly device: Device
  readonly signal: AbortSignal
  /** Units that an earlier run finished. */
  readonly finished: readonly UnitResult[]
  /** Row of the dataset of a test item, by its position among them. */
  rowOf(position: number): number
}

export interface AnalysisProgress {
  /** Which panel (or "path": trainings on real items that several of them read). */
  readonly panel: string
  /** About how much work: items trained on. */
  readonly done: number
  readonly total: number
  /** The unit that was just finished; hand it back as `finished` to go on after it. */
  readonly unit: UnitResult
}

/** Trainings on real items that these panels read. */
function pathsFor(panels: readonly AnalysisPanel[], sizes: AnalysisSizes): number {
  if (panels.includes('agreement')) return sizes.paths
  if (panels.includes('learned')) return Math.min(3, sizes.paths)
  return panels.includes('curvature') ? 1 : 0
}

/** The units of these panels, in an order in which each finds what it reads. */
export function analysisUnits(
  panels: readonly AnalysisPanel[],
  inputs: AnalysisInputs,
  sizes: AnalysisSizes,
  read: ReadUnit
): AnalysisUnit[] {
  const has = (panel: AnalysisPanel): boolean => panels.includes(panel)
  return [
    ...(has('recognition') ? recognitionUnits(inputs, sizes) : []),
    ...(has('mixing') ? mixingUnits(inputs, sizes) : []),
    ...pathUnits(sizes, pathsFor(panels, sizes), has('curvature')),
    ...(has('agreement') ? agreementUnits(inputs, sizes) : []),
    ...(has('curvature') ? curvatureUnits(sizes, inputs.set.count, read) : []),
    ...(has('influence') ? influenceUnits(inputs, sizes) : [])
  ]
}

/**
 * Runs the panels. Equal inputs and device give the same bits, in one go or after stops. Throws the
 * signal's reason within a step of a training.
 */
export async function* runAnalysis(
  panels: readonly AnalysisPanel[],
  inputs: AnalysisInputs,
  sizes: AnalysisSizes,
  context: AnalysisContext
): AsyncGenerator<AnalysisProgress, AnalysisParts, void> {
  const kit = createKit(context.device, inputs, sizes, context.signal)
  const results = new Map(context.finished.map((unit) => [unit.step, unit]))
  const read: ReadUnit = (key) => {
    const found = results.get(key)
    if (found === undefined) throw new RangeError(`${key} is not finished`)
    return found
  }
  const units = analysisUnits(panels, inputs, sizes, read)
  const total = units.reduce((sum, { cost }) => sum + cost, 0)
  let done = 0
  for (const unit of units) {
    done += unit.cost
    if (results.has(unit.key)) continue
    const result: UnitResult = { step: unit.key, ...(await unit.run(kit)) }
    results.set(unit.key, result)
    yield { panel: unit.key.split('/')[0], done, total, unit: result }
  }
  return partsOf(panels, kit, read, context.rowOf)
}

function partsOf(
  panels: readonly AnalysisPanel[],
  kit: AnalysisKit,
  read: ReadUnit,
  rowOf: AnalysisContext['rowOf']
): AnalysisParts {
  const has = (panel: AnalysisPanel): boolean => panels.includes(panel)
  return {
    recognition: has('recognition') ? recognitionResult(kit, read, rowOf) : null,
    mixing: has('mixing') ? mixingResult(kit, read) : null,
    agreement: has('agreement') ? agreementResult(kit, read) : null,
    learned: has('learned') ? learnedResult(kit, read, pathsFor(panels, kit.sizes)) : null,
    curvature: has('curvature') ? curvatureResult(kit, read) : null,
    influence: has('influence') ? influenceResult(kit, read, rowOf) : null
  }
}
