// What is computed on blocks of rows, whoever computes it: products with directions and products
// of two blocks. Blocks have a fixed number of rows, which depends on the columns alone.
import type { RowType, RowValues } from './block-source.ts'

/** Row vectors that rows are multiplied with. */
export interface Directions {
  /** count x columns, row-major, finite. */
  readonly values: Float32Array
  readonly count: number
}

/** Multiplies blocks of a fixed number of rows with the same directions. */
export interface ScoreKernel {
  /** Rows of one block; a shorter last one is filled up with zeros. */
  readonly rows: number
  /** count x rows, direction after direction: products of the last block. */
  readonly dots: Float32Array
  /** Sums of squares of the last block's rows, one per row. */
  readonly squares: Float32Array
  /** @param values rows x columns numbers, row-major */
  run(values: RowValues): void
  dispose(): void
}

/** Multiplies two blocks of a fixed number of rows with each other. */
export interface PairKernel {
  readonly rows: number
  /** rows x rows: dot products of the last two blocks. */
  readonly products: Float32Array
  run(left: RowValues, right: RowValues): void
  dispose(): void
}

/** A way to compute on blocks in this thread. */
export interface BlockEngine {
  /** For the line "Computing on: ...". */
  readonly name: string
  /** Kinds of numbers it takes as they lie on disk; others are widened to float32 before. */
  readonly types: readonly RowType[]
  scoring(type: RowType, columns: number, directions: Directions): ScoreKernel
  pairs(type: RowType, columns: number): PairKernel
}

/**
 * Rows of one block: about 1.3 million numbers, which is where the native runtime is fastest
 * (5 MB of float32: larger ones fall out of the processor's cache, smaller ones are over before the
 * second core has joined). A multiple of 16 where rows are not very wide.
 */
export function kernelRows(columns: number): number {
  const rows = Math.floor(1_310_720 / Math.max(1, columns))
  if (rows < 16) return 4
  return Math.min(4096, rows - (rows % 16))
}
