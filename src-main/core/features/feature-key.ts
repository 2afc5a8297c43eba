// Which extractor describes a dataset, and the cache key of a matrix: everything that its numbers
// depend on, hashed.
import { AppError } from '../../api/errors.ts'
import { sha256Hex } from '../files/hashes.ts'
import type { DatasetRecord } from '../store/records.ts'
import { imageExtractor } from './extractors/image-small/shape.ts'
import { numericExtractor } from './extractors/numeric-standard.ts'
import { textExtractor } from './extractors/text-sentences/encoder.ts'

/** What is wanted: rows for `dataset`, described the way `fittedFrom` is when that is given. */
export interface FeatureRequest {
  readonly dataset: DatasetRecord
  /** A dataset of the same kind whose fitted extractor is used, so that both can be compared. */
  readonly fittedFrom?: DatasetRecord | undefined
}

export interface ExtractorName {
  readonly id: string
  readonly version: number
}

/** What stands in for an extractor where a joined matrix describes the items. */
export const matrixExtractor: ExtractorName = { id: 'joined-matrix', version: 1 }

/**
 * The joined matrix that holds the rows asked for, undefined when the app makes them itself. Its id
 * names its numbers. Throws AppError "method-not-possible" when example items have no matrix while
 * the data they are to be compared with has one.
 */
export function describingMatrix({ dataset, fittedFrom }: FeatureRequest): string | undefined {
  if ((fittedFrom ?? dataset).matrix === undefined) return undefined
  if (dataset.matrix === undefined)
    throw new AppError(
      'method-not-possible',
      `The data is compared by a joined matrix, but “${dataset.name}” has none in use.`,
      {
        hint: 'Join a matrix of the same kind to it, or go back to the app’s own fingerprints for the data.'
      }
    )
  return dataset.matrix
}

/** The extractor of a kind of data. */
export function extractorFor(dataset: DatasetRecord): ExtractorName {
  switch (dataset.kind) {
    case 'images':
      return imageExtractor
    case 'text':
      return textExtractor
    case 'table':
      return numericExtractor
  }
}

/**
 * The dataset an extractor is fitted on, undefined when it needs none. Throws AppError
 * "method-not-possible" when the two datasets are of different kinds.
 */
export function fitSource({ dataset, fittedFrom }: FeatureRequest): DatasetRecord | undefined {
  if (fittedFrom !== undefined && fittedFrom.kind !== dataset.kind)
    throw new AppError(
      'method-not-possible',
      'The example items are of another kind than the data.',
      {
        hint: 'Choose example items of the same kind: pictures for pictures, texts for texts.'
      }
    )
  return dataset.kind === 'text' ? undefined : (fittedFrom ?? dataset)
}

/** Number columns of a table, in their order. Throws AppError "method-not-possible" without any. */
export function numberColumns(dataset: DatasetRecord): readonly string[] {
  const names = dataset.columns.filter(({ role }) => role === 'number').map(({ name }) => name)
  if (names.length === 0)
    throw new AppError(
      'method-not-possible',
      'This table has no number columns to compare items by.',
      {
        hint: 'Import it again and mark at least one column as a number.'
      }
    )
  return names
}

/** Name of a fit's files. Splits matter: only training rows are fitted on. */
export function fitKey(source: DatasetRecord): string {
  const { id, version } = extractorFor(source)
  const columns = source.kind === 'table' ? numberColumns(source) : []
  return shortHash(['fit', id, version, source.contentHash, splitChoice(source), columns])
}

/** Name of a matrix's files. */
export function featureKey(request: FeatureRequest): string {
  const matrix = describingMatrix(request)
  if (matrix !== undefined) {
    const { id, version } = matrixExtractor
    return shortHash(['rows', id, version, request.dataset.contentHash, matrix])
  }
  const { id, version } = extractorFor(request.dataset)
  const source = fitSource(request)
  const fit = source === undefined ? '' : fitKey(source)
  return shortHash(['rows', id, version, request.dataset.contentHash, fit])
}

// The content hash names items and labels; how they were split is part of the import's options.
function splitChoice({ options }: DatasetRecord): unknown {
  return typeof options === 'object' && options !== null && 'split' in options
    ? options.split
    : null
}

function shortHash(parts: unknown): string {
  return sha256Hex(JSON.stringify(parts)).slice(0, 32)
}
