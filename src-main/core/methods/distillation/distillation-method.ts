// What a distillation method is: it makes a tiny training set out of a large one. One declaration
// with its card, parameters, cost and run, as for selection methods; pure: seeded, no clock, no disk.
import type { z } from 'zod'
import type { Device } from '../../compute/devices/device.ts'
import type { Random } from '../../compute/random.ts'
import type { ExpertRequest, ExpertSource } from '../../networks/experts.ts'
import type { InputShape, NetworkSpec } from '../../networks/network.ts'
import type { StudentRecipe } from '../../networks/student-recipe.ts'
import { checkDeclaration } from '../check-declaration.ts'
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
  /** Set when the method asked for experts. */
  readonly experts?: ExpertSource
}

/** What was asked, before any data is read: for estimates and defaults. */
export interface DistillationShape {
  readonly data: 'pictures' | 'vectors'
  readonly shape: InputShape
  readonly classes: number
  readonly trainItems: number
  readonly perClass: number
  readonly network: NetworkSpec
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
  /** count x classes shares that sum to 1 in every row; `from` says whose they are, in words. */
  | { readonly kind: 'soft'; readonly shares: Float32Array; readonly from: string }
  /** count x classes free numbers, learned by squared error (ridge methods). */
  | { readonly kind: 'values'; readonly values: Float32Array }

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
  /** Kernel sets serve kernel and nearest-prototype models, and do not carry over to networks. */
  readonly consumer: 'network' | 'kernel'
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
  readonly reads: readonly ('pictures' | 'vectors')[]
  /** "second": differentiates a training, which is slow without a graphics card. */
  readonly derivatives: 'none' | 'first' | 'second'
  /** Parameters of each effort; what is missing keeps its default. */
  readonly efforts: Readonly<Record<Effort, Partial<z.input<S>>>>
  /** Trained networks it starts from; undefined when it needs none. */
  experts(shape: DistillationShape, params: z.output<S>): ExpertRequest | undefined
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
