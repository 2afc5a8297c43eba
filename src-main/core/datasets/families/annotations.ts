// The family of annotated pictures: COCO, YOLO and Pascal VOC labels beside pictures.
import { basename } from 'node:path'
import { previewAnnotations } from '../readers/annotations/annotation-preview.ts'
import {
  createAnnotationReader,
  readAnnotations
} from '../readers/annotations/annotation-reader.ts'
import { openTree } from '../readers/annotations/annotation-tree.ts'
import { looksLikeCoco } from '../readers/annotations/coco.ts'
import {
  findInFolder,
  findInZip,
  type FoundAnnotations
} from '../readers/annotations/find-annotations.ts'
import { isZipHead, type CopyList, type FoundSource, type SourceFamily } from '../source-family.ts'
import { copyOfFile } from './copy-list.ts'

// Files of a folder listed for a quick look.
const filesListed = 50_000

/** Folders and zips of pictures with label files, and COCO files beside their pictures. */
export const annotationFamily: SourceFamily = {
  async folder({ path }) {
    const found = await findInFolder(path)
    return found === undefined ? undefined : annotated(path, found, false)
  },
  async file({ path, raw, isGzip }) {
    if (isZipHead(raw)) {
      const found = await findInZip(path)
      return found === undefined ? undefined : annotated(path, found, true)
    }
    if (isGzip || !looksLikeCoco(raw)) return undefined
    return annotated(path, { format: 'coco', cocoFiles: [basename(path)] }, false)
  }
}

function annotated(path: string, found: FoundAnnotations, isZip: boolean): FoundSource {
  return {
    readsAs: ['images'],
    path,
    // A copy of a label file is the folder with its pictures.
    isFile: isZip,
    preview: async (options) =>
      previewAnnotations(path, await openTree(path, filesListed), found, options),
    openReader: async () => createAnnotationReader(await openTree(path), found),
    filesToCopy: async () => (isZip ? copyOfFile(path) : filesOf(path, found))
  }
}

async function filesOf(path: string, found: FoundAnnotations): Promise<CopyList> {
  const tree = await openTree(path)
  try {
    const reading = readAnnotations(tree, found, { bytes: Infinity, files: Infinity })
    let step = await reading.next()
    while (step.done !== true) step = await reading.next()
    const names = [...new Set([...step.value.pictures, ...step.value.files])]
    return { folder: tree.root.path, names }
  } finally {
    await tree.close()
  }
}
