// The arrays a dataset is read from, whatever they lie in: one .npz or .safetensors file, or .npy
// files side by side in a folder.
import { open, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../../../api/errors.ts'
import { realContainedPath } from '../../../files/contain.ts'
import { fileStamp, openArrayFile, type ArrayFile, type FoundTensor } from './array-file.ts'
import { isNpyHead, npyMagic } from './npy-fields.ts'
import type { TensorRows } from './tensor-rows.ts'

/** Arrays by name. Rows stay open until the store is closed. */
export interface ArrayStore {
  readonly format: 'npy' | 'npz' | 'safetensors'
  readonly arrays: readonly FoundTensor[]
  /** The array the analyst picked, when it is one file among others. */
  readonly picked: string | undefined
  rows(name: string, signal?: AbortSignal): Promise<TensorRows>
  texts(name: string): Promise<readonly string[]>
  /** Folder and names of the files behind these arrays; all files without names. */
  files(arrays: readonly string[]): { readonly folder: string; readonly names: readonly string[] }
  close(): Promise<void>
}

// A folder with more arrays than this is no dataset; keeps recognising quick.
const filesLooked = 200

/** Names of the .npy files in a folder, told by their first bytes; at most 200. */
export async function npyFilesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.npy'))
    .map(({ name }) => name)
    .sort()
    .slice(0, filesLooked)
  const found: string[] = []
  for (const name of names) if (await startsLikeNpy(join(folder, name))) found.push(name)
  return found
}

async function startsLikeNpy(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => undefined)
  if (file === undefined) return false
  try {
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(npyMagic.length),
      0,
      npyMagic.length,
      0
    )
    return bytesRead === npyMagic.length && isNpyHead(buffer)
  } finally {
    await file.close()
  }
}

/**
 * Opens the arrays at a path: a file of arrays, or a folder of .npy files. Throws AppError
 * "nothing-to-import" for a folder without any, "file-not-recognised" for PyTorch files, and as
 * openArrayFile.
 */
export async function openArrayStore(path: string): Promise<ArrayStore> {
  if ((await stat(path)).isDirectory()) return openNpyFolder(path, undefined)
  const file = await openArrayFile(path)
  if (file.format === 'npy') {
    await file.close()
    return openNpyFolder(dirname(path), basename(path))
  }
  if (file.format === 'torch') {
    await file.close()
    throw new AppError('file-not-recognised', `“${basename(path)}” is a PyTorch file of arrays.`, {
      hint: 'Join it to a dataset as a matrix, or save its pictures as .npz or .safetensors.'
    })
  }
  const kept = keepRows((name, signal) => file.rows(name, signal))
  return {
    format: file.format,
    arrays: file.tensors,
    picked: undefined,
    rows: kept.rows,
    texts: (name) => file.texts(name),
    files: () => ({ folder: dirname(path), names: [basename(path)] }),
    async close() {
      await kept.close()
      await file.close()
    }
  }
}

async function openNpyFolder(folder: string, picked: string | undefined): Promise<ArrayStore> {
  const names = new Set(await npyFilesIn(folder))
  if (picked !== undefined) names.add(picked)
  if (names.size === 0) throw new AppError('nothing-to-import', 'There are no arrays here.')
  const files = new Map<string, ArrayFile>()
  for (const name of names) {
    // A broken neighbour is no reason to refuse the file that was picked.
    const file = await openArrayFile(join(folder, name)).catch((error: unknown) => {
      if (name === picked || !(error instanceof AppError)) throw error
    })
    if (file !== undefined) files.set(name, file)
  }
  const fileOf = (name: string): ArrayFile => {
    const file = files.get(name)
    if (file === undefined)
      throw new AppError('column-not-found', `There is no array “${name}” here.`)
    return file
  }
  const kept = keepRows((name, signal) => fileOf(name).rows('', signal))
  return {
    format: 'npy',
    arrays: [...files].map(([name, { tensors }]) => ({ ...tensors[0], name })),
    picked,
    rows: kept.rows,
    texts: async (name) => fileOf(name).texts(''),
    files: (arrays) => ({ folder, names: [...new Set(arrays)] }),
    close: kept.close
  }
}

interface KeptRows {
  rows(name: string, signal?: AbortSignal): Promise<TensorRows>
  close(): Promise<void>
}

/** Opens each array once; packed ones would otherwise be unpacked again and again. */
function keepRows(
  openRows: (name: string, signal: AbortSignal | undefined) => Promise<TensorRows>
): KeptRows {
  const kept = new Map<string, Promise<TensorRows>>()
  return {
    rows(name, signal) {
      let opened = kept.get(name)
      if (opened === undefined) {
        opened = openRows(name, signal)
        kept.set(name, opened)
        opened.catch(() => kept.delete(name))
      }
      return opened
    },
    async close() {
      for (const opened of kept.values())
        await opened.then((rows) => rows.close()).catch(() => undefined)
      kept.clear()
    }
  }
}

/** Rows of one array of a source, for showing items: `name` is checked to lie inside the folder. */
export async function openItemArrays(path: string): Promise<KeptRows> {
  if (!(await stat(path)).isDirectory()) {
    const file = await openArrayFile(path)
    if (file.format !== 'npy') {
      const kept = keepRows((name) => file.rows(name))
      return {
        rows: kept.rows,
        async close() {
          await kept.close()
          await file.close()
        }
      }
    }
    await file.close()
  }
  const folder = (await stat(path)).isDirectory() ? path : dirname(path)
  return keepRows(async (name) =>
    (await openArrayFile(await realContainedPath(folder, name))).rows('')
  )
}

/** Stamp and size of the files behind some arrays of a store. Throws AppError "file-not-readable". */
export async function storeState(
  store: ArrayStore,
  arrays: readonly string[]
): Promise<{ readonly stamp: string; readonly sizeBytes: number }> {
  const { folder, names } = store.files(arrays)
  const stamps: string[] = []
  let sizeBytes = 0
  for (const name of names) {
    stamps.push(`${name}:${await fileStamp(join(folder, name))}`)
    sizeBytes += (await stat(join(folder, name))).size
  }
  return { stamp: stamps.join('|'), sizeBytes }
}
