// Tables that name picture files: items are pictures, labels come from the table, names stay below
// the folder.
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openItemSource } from '../../item-source.ts'
import { previewSource } from '../../preview.ts'
import { recognise } from '../../recognise.ts'
import { optionsOf, pngOf, readAll, writeTree } from '../../testing/fixtures.ts'

let folder = ''
let path = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-named-'))
  path = join(folder, 'in', 'labels.csv')
  await writeTree(folder, {
    ...Object.fromEntries(
      await Promise.all(
        Array.from({ length: 6 }, async (_, i) => [`in/train images/${i}.dat`, await pngOf(i)])
      )
    ),
    'in/train images/bad.dat': 'no picture',
    'secret.png': await pngOf(99)
  })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const names = [0, 1, 2, 3, 4, 5].map((i) => `${i}.dat`)

async function write(rows: readonly string[]): Promise<void> {
  const lines = rows.map((name, i) => `${name},${i % 2 === 0 ? 'cat' : 'dog'},${i}`)
  await writeFile(path, `file,label,n\n${lines.join('\n')}\n`)
}

it('makes pictures of the files a column names', async () => {
  await write([...names, 'gone.dat', 'bad.dat', '../../secret.png'])
  const preview = await previewSource(path, optionsOf())
  expect(preview).toMatchObject({ kind: 'images', format: 'csv' })
  expect(preview.columns.map(({ name, role }) => [name, role])).toEqual([
    ['file', 'picture'],
    ['label', 'label'],
    ['n', 'keep']
  ])
  const { plan, items, problems } = await readAll(path)
  expect(plan.classNames).toEqual(['cat', 'dog'])
  expect(items.map((item) => item.name)).toEqual(names)
  expect(items[2]).toMatchObject({
    locator: 'file|train images/2.dat',
    width: 8,
    height: 6,
    label: 0,
    values: { file: '2.dat', n: 2 }
  })
  expect(problems.map(({ reason }) => reason)).toEqual([
    'The picture “gone.dat” is not there.',
    'This is not a picture the app can read.',
    'The picture “../../secret.png” is not there.'
  ])
  const copy = await (await recognise(path, optionsOf())).filesToCopy(optionsOf())
  expect(copy).toMatchObject({ folder: join(folder, 'in') })
  expect(copy.names).toEqual([
    'labels.csv',
    ...names.map((name) => `train images/${name}`),
    'train images/bad.dat'
  ])
  const source = await openItemSource({ kind: 'images', format: 'csv', path, storage: 'link' })
  const original = await source.originalFile({ ...items[1], key: '' })
  expect(original.name).toBe('1.dat.png')
  const { failed } = await source.readPixels(
    [items[0].locator, 'file|train images/gone.dat', 'file|../secret.png'],
    { size: 4, channels: 3 }
  )
  expect(failed).toEqual([1, 2])
  await source.close()
})

it('does not follow folders that are links out of the folder', async () => {
  await symlink(folder, join(folder, 'in', 'up'))
  await writeFile(path, `file,label\n${'up/secret.png,cat\n'.repeat(5)}`)
  const { plan } = await readAll(path, { roles: { label: 'text' } })
  expect(plan.kind).toBe('text')
})

it('reads the same table as text or numbers when asked to', async () => {
  await write(names)
  const { plan } = await readAll(path, { as: 'table', roles: { n: 'number' } })
  expect(plan.kind).toBe('table')
  await writeFile(path, 'a,b\n1,2\n3,4\n')
  await expect(readAll(path, { as: 'images' })).rejects.toThrow(
    'No column of this data holds pictures'
  )
})
