// Pages get ids, never paths; the in-page browser shows nothing outside its roots.
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { FolderListing } from '../../api/dto/files.ts'
import { browseFolder } from './browse.ts'
import { createGrants, placeForDisplay } from './grants.ts'

let folder = ''
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'winnow-browse-')))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('turns grants back into paths and refuses others', () => {
  const grants = createGrants('/home/kim')
  const grant = grants.issue('/home/kim/data/x.csv', 'file')
  expect(grant).toMatchObject({ name: 'x.csv', place: '~/data/x.csv', kind: 'file' })
  expect(grant.id).not.toContain('kim')
  expect(grants.issue('/home/kim/data/x.csv', 'file').id).toBe(grant.id)
  expect(grants.resolve(grant.id, 'file').path).toBe('/home/kim/data/x.csv')
  expect(() => grants.resolve(grant.id, 'folder')).toThrow('needs a folder')
  expect(() => grants.resolve('guess')).toThrow('Choose it again')
  expect(() => createGrants().resolve(grant.id)).toThrow('Choose it again')
  expect(placeForDisplay('/home/kimberly/x', '/home/kim')).toBe('/home/kimberly/x')
})

it('lists a folder inside the roots only', async () => {
  const grants = createGrants()
  const root = join(folder, 'root')
  await mkdir(join(root, 'sub', 'Deep.winnow'), { recursive: true })
  await writeFile(join(root, 'sub', 'Deep.winnow', 'project.sqlite'), '')
  await writeFile(join(root, 'file10.csv'), 'x')
  await writeFile(join(root, 'file9.csv'), 'xy')
  await writeFile(join(root, '.hidden'), '')
  await mkdir(join(folder, 'outside'))
  await symlink(join(folder, 'outside'), join(root, 'way-out'))
  await symlink(join(root, 'sub'), join(root, 'within'))
  const listing = FolderListing.parse(await browseFolder(root, [root], grants))
  expect(listing.entries.map((entry) => entry.grant.name)).toEqual([
    'sub',
    'within',
    'file9.csv',
    'file10.csv'
  ])
  expect(listing.parent).toBeNull()
  const sub = await browseFolder(join(root, 'sub'), [root], grants)
  expect(sub.entries[0]).toMatchObject({ isProject: true })
  expect(sub.parent === null ? undefined : grants.resolve(sub.parent.id).path).toBe(root)
  for (const path of [folder, join(root, '..'), join(root, 'way-out'), join(root, 'gone'), '/'])
    await expect(browseFolder(path, [root], grants)).rejects.toMatchObject({
      code: 'file-not-readable'
    })
})
