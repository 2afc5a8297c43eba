// The two halves of data whose rows have a picture and a text: each as a dataset of its own kind, so
// that its similarity fingerprints are made the way those of pictures and of texts always are.
import type { DistilDraft } from '../../../api/dto/distil.ts'
import type { DatasetRecord, Store } from '../../store/records.ts'

/** Columns of the halves where neither fingerprints nor a measurement tell. */
export const usualHalfColumns = { pictures: 384, texts: 512 } as const

/** The same rows as pictures, and as texts. A joined matrix describes neither half, and is left out. */
export function halvesOf(dataset: DatasetRecord): {
  readonly pictures: DatasetRecord
  readonly texts: DatasetRecord
} {
  return {
    pictures: { ...dataset, kind: 'images', matrix: undefined },
    texts: { ...dataset, kind: 'text', matrix: undefined }
  }
}

/** Rows that name a picture; 0 where the data has no texts, or no pictures beside them. */
export function pairedItems(
  store: { readonly items: Pick<Store['items'], 'pictures'> },
  { id, kind }: Pick<DatasetRecord, 'id' | 'kind'>
): number {
  return kind === 'text' ? store.items.pictures(id) : 0
}

/** True when the draft asks for pairs. */
export function isPairs({ pairs }: Pick<DistilDraft, 'pairs'>): boolean {
  return pairs === true
}

/** What the one class of a set of pairs is called. */
export const pairClass = 'Pairs'
