// The family of IDX arrays (MNIST and its relatives): pictures and labels in files of their own.
import { readdir } from 'node:fs/promises'
import { AppError } from '../../../api/errors.ts'
import { previewIdx } from '../preview-idx.ts'
import { parseIdxHeader } from '../readers/idx-file.ts'
import { findIdxSet, type IdxSet } from '../readers/idx-pairs.ts'
import { createIdxReader } from '../readers/idx-reader.ts'
import type { CopyList, FoundSource, SourceFamily } from '../source-family.ts'

/** IDX files, alone or in a folder, packed or not. */
export const idxFamily: SourceFamily = {
  async folder({ path }) {
    const set = await findIdxSet(path)
    return set === undefined ? undefined : foundIdx(path, set)
  },
  async file({ path, name, content }) {
    if (parseIdxHeader(content) === undefined) return undefined
    const set = await findIdxSet(path)
    if (set !== undefined) return foundIdx(path, set)
    throw new AppError(
      'file-not-recognised',
      `“${name}” is an IDX array, but no pictures were found in it or beside it.`,
      { hint: 'Choose the folder that holds both the pictures and the labels.' }
    )
  }
}

function foundIdx(path: string, set: IdxSet): FoundSource {
  return {
    readsAs: ['images', 'arrays'],
    path,
    // A copy is the folder, whichever of its files was picked.
    isFile: false,
    preview: (options) => previewIdx(path, set, options),
    openReader: async () => createIdxReader(set),
    filesToCopy: () => idxFiles(set)
  }
}

async function idxFiles({ folder, pairs }: IdxSet): Promise<CopyList> {
  const names = pairs.flatMap((pair) =>
    pair.labels === undefined ? [pair.images] : [pair.images, pair.labels]
  )
  const extra = (await readdir(folder)).filter((name) =>
    /^(class|label)[-_]?(names|es)?\.txt$/i.test(name)
  )
  return { folder, names: [...names, ...extra] }
}
