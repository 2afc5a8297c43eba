// How long the test of a selection will take, from measured speeds: the fast linear model by the
// product speed of the probe, the others by a probe of their own (check-probe-task.ts).
import type { CheckModel, DraftReview, SelectDraft } from '../../api/dto/runs.ts'
import { curveSizes } from '../evaluation/learning-curve.ts'
import { modelFacts } from '../evaluation/models/model-facts.ts'
import { mostPictures } from '../evaluation/models/picture-side.ts'
import type { DraftScope } from './draft-scope.ts'
import { checkModels } from './check-models.ts'
import type { ModelSpeed } from './check-probe-task.ts'

/** Measured speeds by model; a model that is absent was not measured. */
export type CheckSpeeds = Readonly<Partial<Record<CheckModel, ModelSpeed>>>

export interface CheckCost {
  readonly draft: SelectDraft
  readonly scope: Pick<DraftScope, 'asked' | 'candidates' | 'testRows' | 'dataset'>
  readonly speed: {
    readonly columns: number
    readonly flopsPerSecond: number
    readonly check?: CheckSpeeds
  }
  readonly threads: number
}

/** Passes over its rows a head takes until it is trained, on average. */
const headPasses = 60
/** Bytes a network's training takes in a thread beside its items, generously. */
const networkBytes = 250e6

/** Seconds of work in one thread for one unit of a model; undefined when it was not measured. */
export function unitSeconds(cost: CheckCost, model: CheckModel, rows: number): number | undefined {
  const { speed, scope } = cost
  const tests = scope.testRows.length
  if (model === 'linear') {
    const classes = Math.max(2, scope.dataset.classNames.length)
    // Forward and backward product per row and pass.
    return (4 * speed.columns * classes * headPasses * rows) / speed.flopsPerSecond
  }
  const measured = speed.check?.[model]
  if (measured === undefined) return undefined
  return measured.perTraining + tests * (measured.perTestItem + rows * measured.perPair)
}

/** Rows of every unit of a model: the arms that stay, the draws, and the methods tried beside. */
function unitRows({ draft, scope }: CheckCost, model: CheckModel): number[] {
  const { repeats } = draft.check
  const { hasLuck, reads } = modelFacts[model]
  const all = scope.candidates.length
  const most = reads === 'pictures' ? mostPictures : Infinity
  const set = Math.min(scope.asked, all, most)
  const others = model === draft.check.model ? draft.alsoTry.length : 0
  const fixed = [set, Math.min(all, most), ...Array<number>(others).fill(set)]
  const anew = hasLuck ? repeats : 1
  return [
    ...Array.from({ length: anew }, () => fixed).flat(),
    ...Array<number>(2 * repeats).fill(set)
  ]
}

/** Rows of the learning curve's units that the check itself does not train. */
function curveRows({ draft, scope }: CheckCost): number[] {
  const all = scope.candidates.length
  const set = Math.min(scope.asked, all)
  const sizes = curveSizes({
    chosen: { length: set },
    candidates: { length: all },
    trainLimit: { fingerprints: Infinity, pictures: mostPictures }
  })
  const isTrained = draft.check.model === 'linear' || draft.check.alsoModels.includes('linear')
  const added = sizes.filter((size) => !isTrained || size !== set)
  const runs = 2 * draft.check.repeats + 1
  return [...added.flatMap((size) => Array<number>(runs).fill(size)), ...(isTrained ? [] : [all])]
}

/** Seconds the test takes with one model; undefined when it is not known. */
function modelSeconds(cost: CheckCost, model: CheckModel): number | undefined {
  let seconds = 0
  const rows = unitRows(cost, model)
  for (const count of rows) {
    const unit = unitSeconds(cost, model, count)
    if (unit === undefined) return undefined
    seconds += unit
  }
  const decoding = pictureCount(cost, model) * (cost.speed.check?.[model]?.perPicture ?? 0)
  return decoding + seconds / Math.max(1, Math.min(cost.threads, rows.length))
}

/** Pictures decoded once for the test. */
function pictureCount({ draft, scope }: CheckCost, model: CheckModel): number {
  if (modelFacts[model].reads !== 'pictures') return 0
  const all = scope.candidates.length
  const drawn = 2 * draft.check.repeats * Math.min(scope.asked, mostPictures)
  return Math.min(all, mostPictures + drawn) + scope.testRows.length
}

function modelsOf({ draft, scope }: CheckCost): readonly CheckModel[] {
  return checkModels(draft.check, scope.dataset.kind === 'images')
}

function isChecked({ draft, scope }: CheckCost): boolean {
  return draft.check.isOn && scope.testRows.length > 0
}

/** Seconds of the whole test; models that could not be measured are not in it. */
export function checkSeconds(cost: CheckCost): number {
  if (!isChecked(cost)) return 0
  const seconds = modelsOf(cost).reduce((sum, model) => sum + (modelSeconds(cost, model) ?? 0), 0)
  if (!cost.draft.check.curve) return seconds
  const curve = curveRows(cost).reduce(
    (sum, rows) => sum + (unitSeconds(cost, 'linear', rows) ?? 0),
    0
  )
  return seconds + curve / Math.max(1, cost.threads)
}

/** Most bytes the test holds at once. */
export function checkBytes(cost: CheckCost): number {
  if (!isChecked(cost)) return 0
  const rows = cost.scope.candidates.length
  const perThread = modelsOf(cost).map((model) => {
    const { reads, hasLuck } = modelFacts[model]
    const extra = hasLuck ? networkBytes : 0
    if (reads === 'pictures')
      return extra + (Math.min(rows, mostPictures) + cost.scope.testRows.length) * 3072
    // A model holds its rows twice: as read and as the device keeps them.
    return extra + Math.min(2 * rows * 4 * cost.speed.columns, 2 ** 29)
  })
  return Math.max(0, ...perThread) * cost.threads
}

/** Bytes of decoded pictures on the disk while the test goes on. */
export function checkDiskBytes(cost: CheckCost): number {
  if (!isChecked(cost)) return 0
  return modelsOf(cost).reduce((sum, model) => sum + pictureCount(cost, model) * 3072, 0)
}

/** What the test takes with each model whose speed is known, for the wizard. */
export function checkTimes(cost: CheckCost): DraftReview['checkTimes'] {
  if (!isChecked(cost)) return []
  return (Object.keys(modelFacts) as CheckModel[]).flatMap((model) => {
    const seconds = modelSeconds(cost, model)
    return seconds === undefined
      ? []
      : [{ model, lowSeconds: Math.max(1, seconds * 0.6), highSeconds: Math.max(2, seconds * 1.8) }]
  })
}
