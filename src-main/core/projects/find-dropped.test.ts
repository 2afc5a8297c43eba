// Where a dropped project lies: found by what a page can read of it, and never taken for another.
import { cpSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { temporaryFolder } from '../store/store.test-support.ts'
import { findDropped, type DroppedProject } from './find-dropped.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

function project(place: string, content = 'SQLite format 3 and more'): string {
  const made = join(folder.path, place, 'Shoes.winnow')
  mkdirSync(made, { recursive: true })
  writeFileSync(join(made, 'project.sqlite'), content)
  return made
}
function seen(made: string, change: Partial<DroppedProject> = {}): DroppedProject {
  const file = join(made, 'project.sqlite')
  return {
    name: 'Shoes.winnow',
    sizeBytes: statSync(file).size,
    modifiedAt: Math.floor(statSync(file).mtimeMs),
    head: readFileSync(file).subarray(0, 10),
    ...change
  }
}

it('is found among the known ones and in the usual places', async () => {
  const made = project('a')
  expect(await findDropped(seen(made), [made], [])).toBe(made)
  expect(await findDropped(seen(made), [], [join(folder.path, 'a')])).toBe(made)
  expect(
    await findDropped(seen(made), [], [folder.path, join(folder.path, 'gone')])
  ).toBeUndefined()
})

it('is not another of the same name', async () => {
  const made = project('a')
  const other = project('b', 'SQLITE format 3 and more')
  expect(await findDropped(seen(made), [other], [])).toBeUndefined()
  const longer = project('c', 'SQLite format 3 and more and more')
  expect(await findDropped(seen(made), [longer, made], [])).toBe(made)
  const older = join(folder.path, 'd', 'Shoes.winnow')
  cpSync(made, older, { recursive: true })
  utimesSync(join(older, 'project.sqlite'), 1000, 1000)
  expect(await findDropped(seen(made), [older], [])).toBeUndefined()
})

it('is not one of another name, nor a folder without a project file', async () => {
  const made = project('a')
  expect(await findDropped(seen(made, { name: 'Boots.winnow' }), [made], [])).toBeUndefined()
  expect(await findDropped(seen(made), [join(folder.path, 'a')], [])).toBeUndefined()
})
