// A project folder may come from anywhere, prepared lists with it: what is not a plain file of the
// expected size, and what its check holds for but lies, is passed over, and lists are what the project
// file says.
import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  readdirSync,
  renameSync,
  symlinkSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { temporaryFolder } from '../../store/store.test-support.ts'
import { createPreparedLists, type Prepared, type PreparedLists } from './prepared-lists.ts'

let folder: ReturnType<typeof temporaryFolder>
let lists: PreparedLists
const items = 200
const codes = (): Prepared => ({
  arrays: [Uint32Array.from({ length: items }, (_, row) => row % 3)],
  texts: ['', 'a', 'b'],
  number: 0
})
beforeEach(async () => {
  folder = temporaryFolder()
  lists = createPreparedLists(folder.path, false, 1)
  await lists.write('d', items, 'column a', '', codes())
})
afterEach(() => folder.remove())

function path(): string {
  const [name = ''] = readdirSync(folder.path, { recursive: true })
    .map(String)
    .filter((each) => each.endsWith('.list'))
  return join(folder.path, name)
}
const read = (): Promise<Prepared | undefined> => lists.read('d', items, 'column a', '')

it('is read as it was written', async () => {
  expect(await read()).toEqual(codes())
})

it.skipIf(process.platform === 'win32')('follows no link and waits for no pipe', async () => {
  const real = join(folder.path, 'elsewhere')
  const place = path()
  renameSync(place, real)
  symlinkSync(real, place)
  expect(await read()).toBeUndefined()
  renameSync(place, `${place}-link`)
  execFileSync('mkfifo', [place])
  expect(await read()).toBeUndefined()
})

it('does not read what is larger than it can be', async () => {
  const place = path()
  // A hole: it takes no room on the disk, and would take 4 GB of memory.
  truncateSync(place, 4 * 2 ** 30)
  expect(await read()).toBeUndefined()
})

it('believes no head', async () => {
  const place = path()
  for (const length of [0, 7, 0x7fffffff, 0xffffffff]) {
    const bytes = Buffer.alloc(64)
    bytes.write('WINLIST1')
    bytes.writeUInt32LE(length, 8)
    writeFileSync(place, bytes)
    expect(await read()).toBeUndefined()
  }
})

it('gives nothing of another dataset, another name, another state or another number of items', async () => {
  expect(await lists.read('e', items, 'column a', '')).toBeUndefined()
  expect(await lists.read('d', items, 'column b', '')).toBeUndefined()
  expect(await lists.read('d', items, 'column a', 'later')).toBeUndefined()
  expect(await lists.read('d', items - 1, 'column a', '')).toBeUndefined()
  // The same file where another is expected.
  await lists.write('d', items, 'column b', '', codes())
  const places = readdirSync(dirname(path())).map((name) => join(dirname(path()), name))
  const [first = '', second = ''] = places
  mkdirSync(join(folder.path, 'kept'))
  renameSync(first, join(folder.path, 'kept', 'first'))
  renameSync(second, first)
  renameSync(join(folder.path, 'kept', 'first'), second)
  expect(await read()).toBeUndefined()
})
