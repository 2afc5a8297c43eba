// What a project keeps only to be quicker: small pictures, fingerprints with the maps made of them, and
// the lists of large datasets.
// All of it is made again from the data when it is needed.
import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CacheId, CacheSize } from '../../api/dto/projects.ts'
import { plainStoreError } from '../store/connect.ts'
import { listsFolderOf, type OpenProject } from './open-project.ts'

const cacheIds: readonly CacheId[] = ['thumbnails', 'fingerprints', 'lists']

function folderOf(project: OpenProject, cache: CacheId): string {
  switch (cache) {
    case 'thumbnails':
      return join(project.mediaFolder, 'thumbnails')
    case 'fingerprints':
      return project.featuresFolder
    case 'lists':
      return listsFolderOf(project)
  }
}

/** What each takes on the disk now. */
export async function cacheSizes(project: OpenProject): Promise<CacheSize[]> {
  return Promise.all(
    cacheIds.map(async (id) => {
      const sizes = await Promise.all((await filesIn(folderOf(project, id))).map(sizeOf))
      return { id, files: sizes.length, bytes: sizes.reduce((sum, bytes) => sum + bytes, 0) }
    })
  )
}

/** Removes the files of one; returns the bytes freed. Nothing may be made of it meanwhile. */
export async function clearCache(project: OpenProject, cache: CacheId): Promise<number> {
  let freed = 0
  for (const path of await filesIn(folderOf(project, cache))) {
    const bytes = await sizeOf(path)
    try {
      await rm(path, { force: true })
      freed += bytes
    } catch (error) {
      throw plainStoreError(error)
    }
  }
  return freed
}

/** Files at any depth; nothing behind links, and no folders, which cost nothing. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name))
}

async function sizeOf(path: string): Promise<number> {
  return (await lstat(path).catch(() => undefined))?.size ?? 0
}
