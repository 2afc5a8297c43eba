// A finished tiny training set as exports and reports see it. core/app hands it in; nothing here
// knows where a run keeps its files.
import type { AnalysisResult } from '../../../api/dto/analysis.ts'
import type { DistilResult } from '../../../api/dto/distil.ts'
import type { JobContext } from '../../jobs/job-kind.ts'
import type {
  DistilledSet,
  ExportedFile,
  Normalisation,
  StoredArray,
  ViewTable
} from '../../methods/distillation/distillation-method.ts'
import type { InputShape, NetworkSpec } from '../../networks/network.ts'
import type { StudentRecipe } from '../../networks/student-recipe.ts'

/** A stored array; `values` is absent for pixels of real items, which lie where they came from. */
export interface TinyArray extends Omit<StoredArray, 'values'> {
  readonly values: StoredArray['values'] | undefined
}

export interface TinySet extends Pick<
  DistilledSet,
  'form' | 'count' | 'labels' | 'targets' | 'consumer' | 'info'
> {
  readonly student: StudentRecipe
  readonly stored: readonly TinyArray[]
  readonly result: DistilResult
  /** The run's manifest: source, input, labels, student, accuracy, ledger. */
  readonly manifest: Readonly<Record<string, unknown>>
  readonly facts: { readonly shape: InputShape; readonly normalisation: Normalisation }
  /** The network that students are. */
  readonly network: NetworkSpec
  /** Row of the dataset that each item is; undefined for items that are not real ones as they were. */
  readonly rows: Uint32Array | undefined
  /**
   * count x size numbers as students learn from them. Throws AppError "dataset-not-found" or
   * "file-not-readable" when real items are not where they were.
   */
  values(context: JobContext): Promise<Float32Array>
  /** PNGs of items as students see them; not for rows of numbers. Throws as `values`. */
  pictures(indices: readonly number[]): Promise<readonly Uint8Array[]>
  /** A grid of the first items of each label as a PNG; null for rows of numbers. */
  grid(values: Float32Array): Promise<Uint8Array | null>
  /** Labels of changed pictures with the changes; undefined where none are stored. */
  views?(): ViewTable | undefined
  /** What the method adds to an export. */
  files(): Promise<readonly ExportedFile[]>
}

/** The tiny sets of a project. */
export interface TinySets {
  /** True when the run makes a tiny set. */
  has(run: string): boolean
  /** Throws AppError "run-not-finished". */
  result(run: string): DistilResult
  /** Throws AppError "run-not-finished", or "file-damaged". */
  open(run: string): Promise<TinySet>
  /** What it teaches, where that was looked at and can be read; null otherwise. */
  analysis?(run: string): Promise<AnalysisResult | null>
}

/** True when the items are pictures, not rows of numbers. */
export function isPictures({ result }: Pick<TinySet, 'result'>): boolean {
  return result.picture !== null
}

/** Numbers that an item is learned as: one for each label, or what stands in the place of labels. */
export function targetColumns({
  targets,
  count,
  result
}: Pick<TinySet, 'targets' | 'count' | 'result'>): number {
  return targets.kind === 'values' && count > 0
    ? targets.values.length / count
    : result.classNames.length
}

/** True where items are learned as something else than their label: similarity fingerprints, texts. */
export function isWithoutLabels({ consumer }: Pick<TinySet, 'consumer'>): boolean {
  return consumer === 'representation' || consumer === 'pairs'
}

/** True when any of the set was made or changed by the computer. */
export function isSynthetic({ kind }: Pick<DistilResult, 'kind'>): boolean {
  return kind !== 'real'
}

/**
 * What students of the quoted accuracy learned: the set's own labels, or plain ones where these did
 * better on validation items, each with its own step size.
 */
export function quotedRecipe(set: Pick<TinySet, 'result' | 'student' | 'targets'>): {
  readonly labels: 'own' | 'plain'
  readonly recipe: StudentRecipe
} {
  const { check, network } = set.result
  const arm = check?.arms.find((one) => one.arm === check.chosenArm && one.network === network)
  const isPlain = set.targets.kind === 'hard' || check?.chosenArm === 'distilled-hard'
  const own = { ...set.student, rate: arm?.rate ?? set.student.rate }
  return isPlain
    ? { labels: 'plain', recipe: { ...own, loss: 'cross-entropy', temperature: 1 } }
    : { labels: 'own', recipe: own }
}
