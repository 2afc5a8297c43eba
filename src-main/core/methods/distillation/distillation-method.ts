// What a distillation method is: it makes a tiny training set out of a large one. One declaration
// with its card, parameters, cost and run, as for selection methods; pure: seeded, no clock, no disk.
import type { z } from 'zod'
import type { Device } from '../../compute/devices/device.ts'
import type { Random } from '../../compute/random.ts'
import type { ExpertRequest, ExpertSource } from '../../networks/experts.ts'
import type { InputShape, NetworkSpec } from '../../networks/network.ts'
import type { StudentRecipe } from '../../networks/student-recipe.ts'
import { checkDeclaration } from '../check-declaration.ts'
import type { ChangedLabels } from './label-compression/changed-labels.ts'
import type { MethodCard, MethodCheckpoint, ParamsSchema } from '../method.ts'

/** Items with their classes, as networks take them. */
export interface LabelledRows {
  readonly count: number
  /** `count` class indices, none missing. */
  readonly labels: Int32Array
  /** Normalised numbers of these rows one after the other: rows x height x width x channels. */
  read(rows: Uint32Array): Float32Array
}

/** How pixels (or columns) were scaled: value = (raw / 255 - mean) / sd for pictures. */
export interface Normalisation {
  /** One for each channel, or for each column of rows of numbers. */
  readonly mean: readonly number[]
  readonly sd: readonly number[]
}

/**
 * What students may learn: plain labels; richer ones stored once for each item; what a helper model
 * says about every changed picture, asked while they learn; or that for some passes, stored.
 */
export type LabelForm = 'hard' | 'soft' | 'teacher' | 'views'

/** What a distillation method sees. Test items are never among it. */
export interface DistillationInputs {
  /** "vectors" are rows of numbers (tables, fingerprints of texts): height and width are 1. */
  readonly data: 'pictures' | 'vectors'
  readonly shape: InputShape
  readonly normalisation: Normalisation
  readonly classNames: readonly string[]
  readonly train: LabelledRows
  /** For every choice that a method makes: epochs, rates, when to stop. */
  readonly validation: LabelledRows
  /** Items per class asked for (IPC). */
  readonly perClass: number
  /** The network that students are, and that matching methods match in. */
  readonly network: NetworkSpec
  /** The labels asked for; "soft" where absent. */
  readonly labels?: LabelForm
  /** Set when the method asked for experts. */
  readonly experts?: ExpertSource
  /** What items are to be learned as in place of labels; set for methods that learn such. */
  readonly targets?: TargetRows
  /** Set where a row is a picture's fingerprint, so many columns, and then that of its text. */
  readonly pairs?: { readonly pictureColumns: number }
}

/** What the items of a split are learned as where it is not their label: rows of numbers. */
export interface TargetRows {
  readonly columns: number
  /** Targets of training rows one after the other: rows x columns. */
  train(rows: Uint32Array): Float32Array
  /** Targets of all rows of another part, in its order. */
  part(name: 'validation' | 'test'): Promise<Float32Array>
}

/** What was asked, before any data is read: for estimates and defaults. */
export interface DistillationShape {
  readonly data: 'pictures' | 'vectors'
  readonly shape: InputShape
  readonly classes: number
  readonly trainItems: number
  readonly perClass: number
  readonly network: NetworkSpec
  /** The labels asked for; "soft" where absent. */
  readonly labels?: LabelForm
}

/**
 * Work in passes of one item through the network, so that a measured speed turns it into seconds.
 * One training step on n items is n `trained`.
 */
export interface NetworkWork {
  readonly forward: number
  /** Forward and first derivatives. */
  readonly trained: number
  /** Forward, first derivatives and the derivatives of these. */
  readonly second: number
  /** Work outside networks, in seconds on a usual processor. */
  readonly otherSeconds: number
  readonly megabytes: number
}

/** One array that has to be stored so that the set can be used again. */
export interface StoredArray {
  readonly name: string
  /** What it counts as in the storage ledger. */
  readonly part: 'items' | 'labels' | 'decoder' | 'coefficients' | 'teacher'
  readonly shape: readonly number[]
  readonly values: Float32Array | Uint8Array | Int32Array | Uint32Array
  /** Bytes of one number as stored: 4 for float32, 2 for half precision, 1 for bytes. */
  readonly bytesEach: 1 | 2 | 4
}

/** What students learn for an item. */
export type Targets =
  | { readonly kind: 'hard' }
  /**
   * count x classes shares that sum to 1 in every row, those of the items as they are; `from` says
   * whose they are, in words. Where items are changed while they are learned, `changed` gives the
   * shares of the changed ones; without it these keep the shares of their item.
   */
  | {
      readonly kind: 'soft'
      readonly shares: Float32Array
      readonly from: string
      readonly changed?: ChangedLabels
    }
  /**
   * Free numbers, learned by squared error: count x classes (ridge methods), or count x columns of
   * whatever stands in place of labels.
   */
  | { readonly kind: 'values'; readonly values: Float32Array }

/** Stored labels of changed pictures, and the changes, as plain numbers. */
export interface ViewTable {
  /** Item of every kept view, batch after batch. */
  readonly items: Int32Array
  /** First view of each batch, and the number of views at the end. */
  readonly starts: Int32Array
  /** Which batch each step takes; after the last one from the start. */
  readonly order: Int32Array
  /** Changes of each view, one after the other. */
  readonly stages: number
  /**
   * views x stages x 5: the kind of change and its numbers. 1 = colour (brightness, saturation,
   * contrast), 2 = mirrored if 1, 3 = shifted (down, right), 4 = sampled at a 2 x 2 matrix of the
   * place, 5 = a hole (top, bottom, left, right), 0 = nothing.
   */
  readonly changes: Float32Array
  /** views x classes. */
  readonly shares: Float32Array
}

/** A tiny training set, and all that is needed to train with it, store it and explain it. */
export interface DistilledSet {
  /**
   * rows: real items; pixels: computer-made ones; tiles: several real or made items in one;
   * memories: bases and addresses; latents: distributions and a decoder; perturbed: real items plus
   * shared changes.
   */
  readonly form: 'rows' | 'pixels' | 'tiles' | 'memories' | 'latents' | 'perturbed'
  /** Items as students see them (after decoding). */
  readonly count: number
  /** count x height x width x channels, normalised. */
  readonly values: Float32Array
  /** count class indices: what each item stands for. */
  readonly labels: Int32Array
  readonly targets: Targets
  /** Training rows that items are, or are made of: count x (rows per item); absent if none. */
  readonly sourceRows?: Uint32Array
  /** What has to be on disk; real items that the analyst owns are stored as bytes of their pixels. */
  readonly stored: readonly StoredArray[]
  /** How students are best trained on it. */
  readonly student: StudentRecipe
  /**
   * Whom it teaches, and with it how students are scored (evaluation/distilled/measures.ts). Kernel
   * sets serve kernel and nearest-prototype models, and do not carry over to networks;
   * "representation" sets teach networks a fingerprint, "pairs" sets which text belongs to an item.
   */
  readonly consumer: 'network' | 'kernel' | 'representation' | 'pairs'
  /** Small JSON: epoch and temperature chosen, tables measured on the way, ... */
  readonly info: Readonly<Record<string, unknown>>
  readonly notes: readonly string[]
}

/** Progress of a method; a `checkpoint` may be handed back to a later `run` to go on from there. */
export interface DistillationProgress {
  readonly phase: string
  readonly done: number
  readonly total: number
  readonly unit: string
  /** A short part before the main one: it is counted, and does not move the bar of the run. */
  readonly isPrelude?: boolean
  readonly checkpoint?: MethodCheckpoint
  /** A measured point for the run page's charts. */
  readonly live?: { readonly series: string; readonly x: number; readonly y: number }
  /**
   * The set as it is now. Yielded after fixed numbers of iterations (never by the clock), together
   * with a checkpoint: the caller shows it, tests it on validation items and keeps the best.
   */
  readonly candidate?: DistilledSet
}

export interface DistillationContext {
  readonly random: Random
  readonly seed: number
  readonly signal: AbortSignal
  readonly device: Device
  readonly resume: MethodCheckpoint | undefined
}

export type Effort = 'quick' | 'standard' | 'thorough'

/** A file that a method adds to an exported set. */
export type ExportedFile = {
  /** Of letters, digits, dots and hyphens: "decoder.onnx"; arrays end in ".npy". */
  readonly name: string
  /** What it is, in a sentence for the folder's README.txt. */
  readonly text: string
} & (
  | { readonly bytes: Uint8Array }
  | { readonly array: { readonly shape: readonly number[]; readonly values: Float32Array } }
)

export interface DistillationMethod<S extends ParamsSchema = ParamsSchema> {
  readonly id: string
  readonly family: 'distillation'
  /** Bumped whenever numbers change. */
  readonly version: number
  readonly card: MethodCard
  readonly params: S
  /** Real items with richer labels, computer-made items, or real items that were changed. */
  readonly makes: 'real' | 'made' | 'mixed'
  /** What takes the place of labels in {@link DistillationInputs.targets}; absent = labels. */
  readonly learns?: 'representation' | 'pairs'
  readonly reads: readonly ('pictures' | 'vectors')[]
  /** "second": differentiates a training, which is slow without a graphics card. */
  readonly derivatives: 'none' | 'first' | 'second'
  /** Its usual efforts do well without a card, although it can differentiate trainings. */
  readonly needsNoCard?: true
  /** Parameters of each effort; what is missing keeps its default. */
  readonly efforts: Readonly<Record<Effort, Partial<z.input<S>>>>
  /** Trained networks it starts from; undefined when it needs none. */
  experts(shape: DistillationShape, params: z.output<S>): ExpertRequest | undefined
  /**
   * Set when only what helper models say counts, so that any model that names labels will do: about
   * how many items they are asked about, for estimates with a slow one.
   */
  itemsAsked?(shape: DistillationShape, params: z.output<S>): number
  /**
   * Share of its work after which the first candidate is there; where absent, a hundredth for methods
   * that make items (matching/schedule.ts), and not known for others.
   */
  firstCandidate01?(shape: DistillationShape, params: z.output<S>): number
  /** Without the experts, which the caller counts. */
  work(shape: DistillationShape, params: z.output<S>): NetworkWork
  run(
    context: DistillationContext,
    inputs: DistillationInputs,
    params: z.output<S>
  ): AsyncGenerator<DistillationProgress, DistilledSet, void>
  /**
   * Fresh items of a set in form "latents", count x size, for the next pass of a student. The stored
   * arrays are those of the set.
   */
  sample?(
    device: Device,
    set: Pick<DistilledSet, 'stored' | 'count' | 'labels' | 'info'>,
    shape: InputShape,
    random: Random
  ): Promise<Float32Array>
  /**
   * Further files of an exported set, such as a decoder that other programs can run. Only what is
   * stored is known of the set: its items may be read again from elsewhere.
   */
  exportFiles?(
    set: Pick<DistilledSet, 'form' | 'count' | 'labels' | 'stored' | 'info'>,
    facts: { readonly shape: InputShape; readonly normalisation: Normalisation }
  ): Promise<readonly ExportedFile[]>
}

/** Checks a declaration when it is loaded; throws an Error naming what is missing. */
export function defineDistillation<S extends ParamsSchema>(
  method: DistillationMethod<S>
): DistillationMethod<S> {
  checkDeclaration(method)
  return method
}
