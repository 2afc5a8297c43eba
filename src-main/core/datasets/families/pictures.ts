// The family of plain pictures: folders and zips of picture files.
import { openImageFolder, openImageZip } from '../readers/image-files.ts'
import { createImageReader } from '../readers/image-reader.ts'
import { previewPictures } from '../preview-pictures.ts'
import { isZipHead, type SourceFamily } from '../source-family.ts'
import { copyOfFile } from './copy-list.ts'

// Files listed of a folder for a quick look.
const filesListed = 50_000

/** Any folder and any zip that no other family knows. */
export const pictureFamily: SourceFamily = {
  folder: async ({ path }) => ({
    readsAs: ['images'],
    path,
    isFile: false,
    preview: async (options) =>
      previewPictures(path, 'image-folder', options, await openImageFolder(path, filesListed)),
    openReader: async () => createImageReader(await openImageFolder(path), 'image-folder'),
    async filesToCopy() {
      const files = await openImageFolder(path)
      return { folder: path, names: files.files.map((file) => file.path) }
    }
  }),
  async file({ path, raw }) {
    if (!isZipHead(raw)) return undefined
    return {
      readsAs: ['images'],
      path,
      isFile: true,
      preview: async (options) =>
        previewPictures(path, 'image-zip', options, await openImageZip(path)),
      openReader: async () => createImageReader(await openImageZip(path), 'image-zip'),
      filesToCopy: async () => copyOfFile(path)
    }
  }
}
