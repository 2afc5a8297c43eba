// A feature matrix: one float32 row per dataset item, on disk as .npy with a JSON side-car,
// read block by block. Row r belongs to the item at position r of the dataset.

/** Read access to rows of numbers, block by block. */
export interface FeatureSource {
  readonly rows: number
  readonly columns: number
  /** Rows start .. start+count-1, row-major float32, length count * columns. */
  readBlock(start: number, count: number): Promise<Float32Array>
  /** Rows by index (any order), row-major. */
  readRows(rows: Uint32Array | readonly number[]): Promise<Float32Array>
  /** The rows as they lie on disk, where they can be read so; for kernels that widen them. */
  readonly raw?: {
    readonly type: 'float16' | 'float32'
    /** Fills `into` with rows start .. start+count-1: little-endian, row-major. */
    readInto(start: number, count: number, into: Uint8Array): Promise<void>
  }
  close(): Promise<void>
}

/** The JSON side-car beside `<key>.npy`. */
export interface FeatureSidecar {
  readonly format: 1
  /** Extractor id and version, for example "image-small" 1. */
  readonly extractor: string
  readonly extractorVersion: number
  readonly dtype: 'float32'
  readonly rows: number
  readonly columns: number
  /** Content hash of the dataset the rows were made from. */
  readonly contentHash: string
  /** Cache key: hash of the above; also the file name. */
  readonly key: string
  readonly device: string
  /** False while blocks are missing. */
  readonly isComplete: boolean
  /** SHA-256 of the finished .npy file. */
  readonly sha256: string | null
  /** Content hash of the dataset the extractor was fitted on, where it needs one. */
  readonly fittedFrom?: string
  /** Items that could not be read; their rows are zeros. */
  readonly unreadable?: number
}
