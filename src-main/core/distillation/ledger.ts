// What a tiny set takes on disk, part by part: items, labels, decoders, coefficients, and a helper
// model where labels need it (specs of the storage ledger: nothing that is needed is left out).
import type { LedgerLine } from '../../api/dto/distil.ts'
import type { StoredArray } from '../methods/distillation/distillation-method.ts'
import { inputSize, type InputShape } from '../networks/network.ts'

/** Names of the parts, as people say them. */
export const partNames: Readonly<Record<StoredArray['part'], string>> = {
  items: 'Items',
  labels: 'Labels',
  decoder: 'Decoder',
  coefficients: 'How items are put together',
  teacher: 'Helper model kept for labels'
}

/** Bytes of one real item as it comes: a byte for each colour of a pixel, four for each number. */
export function realItemBytes(shape: InputShape): number {
  const isRow = shape.height === 1 && shape.width === 1
  return inputSize(shape) * (isRow ? 4 : 1)
}

/** One line for each part that is there, in a fixed order. */
export function ledgerOf(
  stored: readonly Pick<StoredArray, 'part' | 'shape' | 'bytesEach'>[]
): LedgerLine[] {
  const parts = Object.keys(partNames) as StoredArray['part'][]
  return parts.flatMap((part) => {
    const arrays = stored.filter((array) => array.part === part)
    if (arrays.length === 0) return []
    const numbersOf = (shape: readonly number[]): number => shape.reduce((n, side) => n * side, 1)
    return {
      name: partNames[part],
      numbers: arrays.reduce((sum, { shape }) => sum + numbersOf(shape), 0),
      bytes: arrays.reduce((sum, { shape, bytesEach }) => sum + numbersOf(shape) * bytesEach, 0)
    }
  })
}

/** Bytes of all parts. */
export function ledgerBytes(lines: readonly LedgerLine[]): number {
  return lines.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** Real items for each label that take as many bytes, each with its label: one byte unless told. */
export function perClassOfBytes(
  bytes: number,
  shape: InputShape,
  classes: number,
  labelBytes = 1
): number {
  return bytes / ((realItemBytes(shape) + labelBytes) * Math.max(1, classes))
}
