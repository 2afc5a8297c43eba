// Hostile lists: huge lines, binary, odd numbers, broken JSON. Each gets a plain answer.
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppError } from '../../api/errors.ts'
import { createListFixture, llavaRecords, type ListFixture } from './read-list.test-support.ts'

let fixture: ListFixture
beforeEach(async () => {
  fixture = await createListFixture()
  await fixture.pool('pool.json', JSON.stringify(llavaRecords(8)))
})
afterEach(() => fixture.dispose())

const message = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'was read',
    (error: unknown) => (error instanceof AppError ? error.message : `not plain: ${String(error)}`)
  )

it('numbers that are none are told apart', async () => {
  const odd = ['1e400', '-0', '0x5', '1.5', '+3', '2.0', '٣', '99999999999999999999', 'NaN', '1e2']
  const list = await fixture.list('odd.txt', odd.join('\r\n'), { as: 'rows' })
  expect(fixture.rowsOf(list.keys)).toEqual([0, 3, 2])
  expect(list.unknown).toBe(7)
  expect(list.unknownFirst.map(({ entry }) => entry)).toEqual(
    odd.filter((entry) => !['-0', '+3', '2.0'].includes(entry))
  )
})

it.each([
  ['an empty file', '', 'is empty'],
  ['white space', ' \n \n', 'holds no text'],
  ['binary', Buffer.from([0, 1, 2, 0, 255, 3, 0, 9]), 'is not a list the app can read'],
  ['a cut-off Parquet file', Buffer.from('PAR1\0\0\0\0'), 'damaged'],
  ['an endless line', '7'.repeat(17 * 2 ** 20), 'longer than 16 MB'],
  ['strangers only', 'a\nb\nc\n', 'Nothing in'],
  ['a list of nothing', '[]', 'no rows|Nothing in|no entries'],
  ['deep nesting', `${'['.repeat(2000)}${']'.repeat(2000)}`, 'Nothing in|no rows|read']
])('%s is refused in plain words', async (_, content, words) => {
  const said = await message(fixture.list('list.txt', content))
  expect(said).not.toContain('not plain')
  expect(said).toMatch(new RegExp(words))
})

it('a long line among good ones is one unknown entry', async () => {
  const list = await fixture.list('list.txt', `1\n${'9'.repeat(100_000)}\n2\n`)
  expect(fixture.rowsOf(list.keys)).toEqual([1, 2])
  expect(list.unknownFirst[0]?.entry.length).toBeLessThanOrEqual(200)
})

it('a record file that breaks off names what was read and where it ends', async () => {
  const whole = JSON.stringify(llavaRecords(3))
  const list = await fixture.list('cut.json', whole.slice(0, -40))
  expect(list.keys.length).toBe(2)
  expect(list.unknown).toBe(1)
})

it('UTF-16 and gzip do not matter', async () => {
  const { gzipSync } = await import('node:zlib')
  const wide = await fixture.list('wide.txt', Buffer.from('\uFEFF5\n6\n', 'utf16le'))
  expect(fixture.rowsOf(wide.keys)).toEqual([5, 6])
  const packed = await fixture.list('packed.txt.gz', gzipSync('5\n6\n'))
  expect(fixture.rowsOf(packed.keys)).toEqual([5, 6])
})

it('no text makes it fail in another way than by a plain error', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 6 }),
      async (parts) => {
        const said = await message(fixture.list('fuzz.txt', parts.join('\n')))
        expect(said).not.toContain('not plain')
      }
    ),
    { numRuns: 60 }
  )
})
