// What a method is: one declaration with its card, its parameters, its cost and its run. The
// wizard, the form, the results page, the report and the command line are all made from it.
// A method is pure: seeded, no clock, no disk, no SQL.
import type { z } from 'zod'
import type { Random } from '../compute/random.ts'
import type { Device } from '../compute/devices/device.ts'
import type { FeatureSource } from '../features/feature-matrix.ts'
import { checkDeclaration } from './check-declaration.ts'

export interface MethodReference {
  readonly title: string
  readonly authors: string
  /** Journal, conference or arXiv id. */
  readonly where: string
  /** What is the paper's and what is ours. */
  readonly note: string
}

export interface MethodCard {
  readonly name: string
  readonly oneLine: string
  readonly description: string
  readonly whenToUse: string
  readonly whenNotToUse: string
  /** What it reads: "embeddings", "labels", "example sets". */
  readonly reads: readonly string[]
  readonly gives: string
  /** Memory as a formula in words. */
  readonly memory: string
  readonly reference: MethodReference
}

/** One part of a target task: V example rows of features with their labels. */
export interface TaskPart {
  readonly name: string
  /** V x d, row-major. */
  readonly features: Float32Array
  /** V class indices; -1 = no label, which only methods that need no labels ever see. */
  readonly labels: Int32Array
  /** V texts, for methods that read texts. */
  readonly texts?: readonly string[]
  /** V x m rows per checkpoint of {@link SelectionInputs.gradients}, in its order. */
  readonly gradients?: readonly Float32Array[]
}

/** The candidates' texts, read in order; a method may go through them more than once. */
export interface TextSource {
  readonly rows: number
  /** All texts in blocks, each with the number of its first row. */
  blocks(): AsyncIterable<{ readonly first: number; readonly texts: readonly string[] }>
}

/** Where each candidate comes from: a web site, a camera, a data set it was mixed from. */
export interface Sources {
  /** N indices into `names`; -1 = unknown. */
  readonly ids: Int32Array
  readonly names: readonly string[]
}

/** Gradients of the candidates made elsewhere at one checkpoint of a training run. */
export interface GradientCheckpoint {
  readonly name: string
  /** N x m, streamed. */
  readonly rows: FeatureSource
}

/** Where a given list comes from, and what a person changed on it. Rows are candidate positions. */
export interface GivenBy {
  /** A file's name, or the name of the run that was changed. */
  readonly title: string
  /** Rows of the list that were added by hand. */
  readonly added: Uint32Array
  /** Rows that were taken off the list by hand. */
  readonly removed: Uint32Array
}

/** A target task: one part, or several that are joined by the maximum. */
export interface TargetTask {
  readonly name: string
  readonly importance: 'low' | 'normal' | 'high'
  readonly parts: readonly TaskPart[]
}

/** What a selection method sees. Rows are candidates only; the caller maps them to items. */
export interface SelectionInputs {
  /** N candidate rows x d features. */
  readonly features: FeatureSource
  /** N class indices; -1 = no label. */
  readonly labels: Int32Array
  readonly classNames: readonly string[]
  readonly tasks: readonly TargetTask[]
  /** How many to keep, 1..N. */
  readonly budget: number
  /** Stable ids of the candidate rows (dataset positions), for tie keys: length N, ascending. */
  readonly rowIds: Uint32Array
  /** Set for methods that read texts. */
  readonly texts?: TextSource
  /** Set where the draft names a column that says where items come from. */
  readonly sources?: Sources
  /** Set where the analyst joined gradients and asked for them; they replace a head's. */
  readonly gradients?: readonly GradientCheckpoint[]
  /** Candidate rows of a list made elsewhere or by hand, in its order. */
  readonly given?: Uint32Array
  /** Set with `given`. */
  readonly givenBy?: GivenBy
}

export interface MethodShape {
  readonly candidates: number
  readonly columns: number
  readonly classes: number
  readonly tasks: number
  readonly examples: number
  readonly budget: number
  /** Numbers of a row of each joined gradient matrix; absent where a head makes the gradients. */
  readonly gradients?: readonly number[]
}

export interface MethodEstimate {
  readonly seconds: number
  readonly megabytes: number
  readonly why: string
}

/** Progress of a method; `checkpoint` may be handed back to a later `run` to go on from there. */
export interface MethodProgress {
  readonly phase: string
  readonly done: number
  readonly total: number
  readonly unit: string
  readonly checkpoint?: MethodCheckpoint
  /** A measured point for the run page's charts. */
  readonly live?: { readonly series: string; readonly x: number; readonly y: number }
}

export interface MethodCheckpoint {
  readonly step: string
  readonly arrays: Readonly<Record<string, Float32Array | Uint32Array | Int32Array | Uint8Array>>
  readonly values: Readonly<Record<string, number | string>>
}

export interface MethodContext {
  readonly random: Random
  readonly seed: number
  readonly signal: AbortSignal
  readonly device: Device
  /** Processor cores it may use; 1 where absent. No result depends on them. */
  readonly cores?: number
  readonly resume: MethodCheckpoint | undefined
}

/** Result of every selection method; one results page and one report render them all. */
export interface Selection {
  /** All N candidate rows, best first; the first `got` are chosen. */
  readonly order: Uint32Array
  /** How many were chosen (asked may differ: the caller reports both). */
  readonly got: number
  /** N scores in [0, 1], 1 = keep first. */
  readonly score: Float32Array
  /** One number with its meaning. */
  readonly summary: { readonly value: number; readonly meaning: string }
  /** Share of the budget decided by a tie rule, 0..1; 0 where no ties exist. */
  readonly tieShare: number
  /** Named per-row columns stored beside the scores and used by `explain`. */
  readonly columns: Readonly<Record<string, Uint8Array | Uint32Array | Float32Array>>
  /** Small JSON: vote histogram, overlap matrix, thresholds ... */
  readonly info: Readonly<Record<string, unknown>>
  readonly notes: readonly string[]
  /** True when nothing past the first `got` may be kept, whatever the rules leave out of these. */
  readonly isExact?: boolean
}

/** Why one row was kept or left out. `code` groups rows; `text` is the sentence shown. */
export interface Reason {
  readonly code: string
  readonly text: string
}

/** What `explain` sees: arrays may be read back from disk. */
export interface ExplainInputs {
  readonly row: number
  readonly isChosen: boolean
  /** 1-based place in the order. */
  readonly rank: number
  readonly candidates: number
  readonly label: string | undefined
  readonly columns: Selection['columns']
  readonly info: Selection['info']
}

export type ParamsSchema = z.ZodObject<Record<string, z.ZodType>>

export interface SelectionMethod<S extends ParamsSchema = ParamsSchema> {
  readonly id: string
  readonly family: 'selection'
  /** Bumped whenever numbers change. */
  readonly version: number
  readonly card: MethodCard
  readonly params: S
  /**
   * What must be there for the method to be possible; example tasks may also be used "if-given", by
   * methods that aim at them where there are some and do without where there are none.
   */
  readonly inputs: {
    /** "unless-gradients": labels are needed to make gradients, not where these are given. */
    readonly labels: boolean | 'unless-gradients'
    readonly tasks: boolean | 'if-given'
    readonly texts?: boolean
    readonly sources?: boolean
    /** True when the method can work on gradients made elsewhere. */
    readonly gradients?: boolean
    /** True when it keeps a list that was made elsewhere. */
    readonly given?: boolean
  }
  estimate(shape: MethodShape, params: z.output<S>): MethodEstimate
  run(
    context: MethodContext,
    inputs: SelectionInputs,
    params: z.output<S>
  ): AsyncGenerator<MethodProgress, Selection, void>
  explain(inputs: ExplainInputs): Reason
}

/** Checks a declaration when it is loaded; throws an Error naming what is missing. */
export function defineMethod<S extends ParamsSchema>(
  method: SelectionMethod<S>
): SelectionMethod<S> {
  checkDeclaration(method)
  return method
}
