// The family of arrays: NumPy's .npy and .npz files and .safetensors files of pictures or tables.
import type { ImportOptions } from '../../../api/dto/datasets.ts'
import { arrayFormatOf } from '../readers/arrays/array-file.ts'
import { previewArrays } from '../readers/arrays/array-preview.ts'
import { arraysOf, createArrayReader } from '../readers/arrays/array-reader.ts'
import { chooseArrays, type ArraySet } from '../readers/arrays/array-set.ts'
import { npyFilesIn, openArrayStore, type ArrayStore } from '../readers/arrays/array-store.ts'
import type { CopyList, FoundSource, SourceFamily } from '../source-family.ts'

/** Files of arrays by their first bytes, and folders of nothing but .npy files. */
export const arrayFamily: SourceFamily = {
  async folder({ path, name, entries }, { options }) {
    const files = entries.filter((entry) => entry.isFile())
    const arrays = files.filter((entry) => entry.name.toLowerCase().endsWith('.npy'))
    // A stray array among other things is no dataset of arrays.
    if (arrays.length === 0 || 2 * arrays.length < entries.length) return undefined
    if ((await npyFilesIn(path)).length === 0) return undefined
    return found(path, name, options, false)
  },
  async file({ path, name, raw, size, isGzip }, { options }) {
    const format = isGzip ? undefined : arrayFormatOf(raw, size)
    if (format === undefined) return undefined
    return found(path, name, options, format !== 'npy')
  }
}

async function found(
  path: string,
  name: string,
  options: ImportOptions,
  isAlone: boolean
): Promise<FoundSource> {
  const [set, isFile] = await withStore(path, async (store): Promise<[ArraySet, boolean]> => {
    const chosen = chooseArrays(store, options, name)
    return [
      chosen,
      isAlone || (store.picked !== undefined && store.files(arraysOf(chosen)).names.length === 1)
    ]
  })
  return {
    readsAs: [set.kind === 'images' ? 'images' : 'table', 'arrays'],
    path,
    isFile,
    async preview(asked) {
      const store = await openArrayStore(path)
      return previewArrays(path, store, await chosenIn(store, asked, name), asked)
    },
    async openReader(asked) {
      const store = await openArrayStore(path)
      return createArrayReader(store, await chosenIn(store, asked, name), asked)
    },
    filesToCopy: (asked) =>
      withStore(path, async (store): Promise<CopyList> => {
        const names = arraysOf(chooseArrays(store, asked, name))
        return store.files(names)
      })
  }
}

async function chosenIn(
  store: ArrayStore,
  options: ImportOptions,
  name: string
): Promise<ArraySet> {
  try {
    return chooseArrays(store, options, name)
  } catch (error) {
    await store.close()
    throw error
  }
}

async function withStore<T>(path: string, work: (store: ArrayStore) => Promise<T>): Promise<T> {
  const store = await openArrayStore(path)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
