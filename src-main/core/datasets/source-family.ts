// What recognising a source works with: families of sources (pictures, arrays, records ...), each
// asked in turn whether a file or folder is one of its kind, and what it answers when it is.
import type { Dirent } from 'node:fs'
import type { ImportOptions, ImportPreview } from '../../api/dto/datasets.ts'
import type { DatasetReader } from './readers/reader.ts'

/** The start of a file, read once and shown to every family. */
export interface FileHead {
  /** Absolute. */
  readonly path: string
  readonly name: string
  /** Bytes on disk. */
  readonly size: number
  /** Up to {@link headBytes} of the file as it lies there. */
  readonly raw: Buffer
  readonly isGzip: boolean
  /** The same start, unpacked when `isGzip`. */
  readonly content: Buffer
}

/** A folder and the names right in it, read once and shown to every family. */
export interface FolderHead {
  /** Absolute. */
  readonly path: string
  readonly name: string
  /** Without files of the system; sorted by name. */
  readonly entries: readonly Dirent[]
}

/** What every family may look at beside the source itself. */
export interface Looking {
  readonly options: ImportOptions
  /** Bounds searches through the whole source (previews); Infinity for imports. */
  readonly maxBytes: number
}

/** A source that a family knows how to read. Lives in one thread and is never sent to another. */
export interface FoundSource {
  /** What it can be read as; the first is what it is by itself. */
  readonly readsAs: readonly NonNullable<ImportOptions['as']>[]
  /** Absolute. */
  readonly path: string
  /** True when the source is a file (others may lie beside it), false for a folder. */
  readonly isFile: boolean
  preview(options: ImportOptions): Promise<ImportPreview>
  openReader(options: ImportOptions): Promise<DatasetReader>
  /** The files a copy needs, as names below the folder they lie in ("/" between segments). */
  filesToCopy(options: ImportOptions): Promise<CopyList>
}

export interface CopyList {
  readonly folder: string
  readonly names: readonly string[]
}

/**
 * A family of sources. Both functions answer undefined when the source is none of theirs, and throw
 * AppError when it is one of theirs but cannot be read.
 */
export interface SourceFamily {
  file?(file: FileHead, looking: Looking): Promise<FoundSource | undefined>
  folder?(folder: FolderHead, looking: Looking): Promise<FoundSource | undefined>
}

/** Bytes of {@link FileHead.raw}. */
export const headBytes = 64 * 1024

/** True for zip archives, whatever they are called (xlsx and npz are zips too). */
export function isZipHead(head: Buffer): boolean {
  const magic = head.toString('latin1', 0, 4)
  return magic === 'PK\x03\x04' || magic === 'PK\x05\x06'
}
