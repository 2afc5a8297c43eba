// What a project keeps to be quicker: counted as it lies on the disk, and removed without anything else.
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { temporaryFolder } from '../store/store.test-support.ts'
import { cacheSizes, clearCache } from './caches.ts'
import { listsFolderOf } from './open-project.ts'
import { createProject, type OpenedProject } from './projects.ts'

let folder: ReturnType<typeof temporaryFolder>
let project: OpenedProject
beforeEach(async () => {
  folder = temporaryFolder()
  project = await createProject(folder.path, 'Flowers', 0)
  mkdirSync(join(project.mediaFolder, 'thumbnails', 'ab'), { recursive: true })
  writeFileSync(join(project.mediaFolder, 'thumbnails', 'ab', '1.webp'), Buffer.alloc(100))
  writeFileSync(join(project.mediaFolder, 'original.png'), Buffer.alloc(7000))
  writeFileSync(join(project.featuresFolder, 'a.npy'), Buffer.alloc(500))
  writeFileSync(join(project.featuresFolder, 'a.json'), Buffer.alloc(20))
  mkdirSync(join(listsFolderOf(project), 'cd'), { recursive: true })
  writeFileSync(join(listsFolderOf(project), 'cd', 'e.list'), Buffer.alloc(30))
  symlinkSync(join(project.mediaFolder, 'original.png'), join(project.featuresFolder, 'link.npy'))
})
afterEach(() => {
  project.close()
  folder.remove()
})

it('is counted in bytes and files, nothing behind links', async () => {
  expect(await cacheSizes(project)).toEqual([
    { id: 'thumbnails', files: 1, bytes: 100 },
    { id: 'fingerprints', files: 2, bytes: 520 },
    { id: 'lists', files: 1, bytes: 30 }
  ])
})

it('is cleared one by one, and nothing else goes', async () => {
  expect(await clearCache(project, 'thumbnails')).toBe(100)
  expect(await cacheSizes(project)).toEqual([
    { id: 'thumbnails', files: 0, bytes: 0 },
    { id: 'fingerprints', files: 2, bytes: 520 },
    { id: 'lists', files: 1, bytes: 30 }
  ])
  expect(await clearCache(project, 'lists')).toBe(30)
  expect(await clearCache(project, 'fingerprints')).toBe(520)
  expect(readdirSync(project.featuresFolder)).toEqual(['link.npy'])
  expect(existsSync(join(project.mediaFolder, 'original.png'))).toBe(true)
  expect(await clearCache(project, 'thumbnails')).toBe(0)
})
