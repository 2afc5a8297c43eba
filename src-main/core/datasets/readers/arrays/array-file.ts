// One interface over every file of arrays: what is in it, and rows of one of them. Which format a
// file has is told from its first bytes.
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../../../api/errors.ts'
import { readHead } from '../idx-file.ts'
import { refusedArray } from './array-errors.ts'
import type { ArrayType } from './array-types.ts'
import { isNpyHead } from './npy-fields.ts'
import { openNpyFile } from './npy-file.ts'
import { openNpzFile } from './npz-file.ts'
import { isSafetensorsHead, openSafetensors } from './safetensors-file.ts'
import type { TensorRows } from './tensor-rows.ts'
import { isLegacyTorchHead, isTorchHead, openTorchFile } from './torch-file.ts'

/** The formats of array files. */
export type ArrayFormat = 'npy' | 'npz' | 'safetensors' | 'torch'

/** One array of a file, as its description says. */
export interface FoundTensor {
  /** Name inside the file; "" for a file of one array. */
  readonly name: string
  readonly shape: readonly number[]
  /** Kind of values for people: "float16", "text". */
  readonly dtype: string
  /** Undefined for kinds that are not numbers. */
  readonly type: ArrayType | undefined
  /** Bytes of all values, unpacked. */
  readonly sizeBytes: number
  /** A sentence on why it cannot be read, undefined when it can. */
  readonly problem: string | undefined
  /** True when its values are packed and have to be unpacked before rows can be read. */
  readonly isPacked: boolean
}

/** An opened file. */
export interface ArrayFile {
  readonly format: ArrayFormat
  readonly tensors: readonly FoundTensor[]
  /**
   * Rows of an array of numbers. Packed ones are unpacked into a temporary file first, which is
   * gone when the rows are closed. Throws AppError "column-not-found" for an unknown name,
   * "file-not-recognised" with the array's problem, "file-damaged", "too-large" or "disk-full".
   */
  rows(name: string, signal?: AbortSignal): Promise<TensorRows>
  /** Values of a short list of texts. Throws as {@link ArrayFile.rows}; "too-large" over 64 MiB. */
  texts(name: string): Promise<readonly string[]>
  close(): Promise<void>
}

/**
 * Which array format the file has by its first bytes (at least 64 KiB, or the whole of a smaller
 * file), undefined for none.
 */
export function arrayFormatOf(head: Uint8Array, fileBytes: number): ArrayFormat | undefined {
  if (isNpyHead(head)) return 'npy'
  if (isTorchHead(head) || isLegacyTorchHead(head)) return 'torch'
  if (isNpzHead(head)) return 'npz'
  return isSafetensorsHead(head, fileBytes) ? 'safetensors' : undefined
}

// NumPy writes only .npy entries, so the first one tells; the others are checked when it is opened.
function isNpzHead(head: Uint8Array): boolean {
  if (head.length < 34 || head[0] !== 0x50 || head[1] !== 0x4b) return false
  if (head[2] !== 3 || head[3] !== 4) return false
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
  return bytes.toString('latin1', 30, 30 + bytes.readUInt16LE(26)).endsWith('.npy')
}

const headBytes = 64 * 1024

/**
 * Opens a file of arrays. Throws AppError "file-not-readable", "file-not-recognised" when it is
 * none, "file-damaged", "archive-unsafe" or "too-large".
 */
export async function openArrayFile(path: string): Promise<ArrayFile> {
  const name = basename(path)
  const facts = await stat(path).catch((error: unknown) => {
    throw new AppError('file-not-readable', `“${name}” is not there any more.`, { cause: error })
  })
  if (!facts.isFile()) throw refusedArray(name, 'it is not a file')
  const head = await readHead(path, headBytes)
  switch (arrayFormatOf(head, facts.size)) {
    case 'npy':
      return openNpyFile(path, facts.size)
    case 'npz':
      return openNpzFile(path)
    case 'torch':
      return openTorchFile(path, head)
    case 'safetensors':
      return openSafetensors(path, facts.size)
    case undefined:
      throw refusedArray(
        name,
        'it is not an array file the app reads',
        'It reads .npy, .npz, .safetensors and .pt files.'
      )
  }
}

/** Changes when the file does: its size and time. Throws AppError "file-not-readable". */
export async function fileStamp(path: string): Promise<string> {
  const facts = await stat(path).catch((error: unknown) => {
    throw new AppError('file-not-readable', `“${basename(path)}” is not where it was.`, {
      cause: error
    })
  })
  return `${facts.size}:${facts.mtimeMs}`
}
