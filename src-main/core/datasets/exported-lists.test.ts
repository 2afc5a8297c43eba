// An exported list that is imported again gives the items it was made of.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listColumns, listedRole } from './exported-lists.ts'
import { readAll } from './testing/fixtures.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-lists-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const chat = (n: number): object[] => [
  { role: 'user', content: `What is ${n} plus ${n}?` },
  { role: 'assistant', content: `It is ${2 * n}.` }
]

/** What an export writes in front of the data's own columns. */
const ours = (n: number): object => ({
  id: `${n}`.padStart(16, 'a'),
  path: '',
  label: n % 2 === 0 ? 'even' : 'odd',
  split: 'train',
  rank: n,
  score: n / 7,
  votes: 0,
  reason_code: 'kept-by-lot',
  reason: `Kept by lot; it was number ${n}, of many.`,
  original: `Row ${n}`
})

/** Fingerprints of a JSON Lines file's items, and their names. */
async function itemsOf(
  name: string,
  rows: readonly object[]
): Promise<{ prints: string[]; names: string[] }> {
  const path = join(folder, `${name}.jsonl`)
  await writeFile(path, rows.map((row) => JSON.stringify(row)).join('\n'))
  const { items } = await readAll(path)
  return {
    prints: items.map(({ fingerprint }) => Buffer.from(fingerprint).toString('hex')),
    names: items.map((item) => item.name)
  }
}

describe('a list of ours', () => {
  const numbers = Array.from({ length: 20 }, (_, n) => n + 1)

  it('gives the same texts', async () => {
    const text = (n: number): string => `a short text about the number ${n} and its neighbours`
    const bare = await itemsOf(
      'bare',
      numbers.map((n) => ({ text: text(n), stars: n * 3 }))
    )
    const list = await itemsOf(
      'list',
      numbers.map((n) => ({ ...ours(n), text: text(n), stars: n * 3 }))
    )
    expect(list.prints).toEqual(bare.prints)
    expect(list.names[0]).toBe('Row 1')
  })

  it('gives the same conversations, under their own ids', async () => {
    const bare = await itemsOf(
      'bare',
      numbers.map((n) => ({ id: `c${n % 4}`, messages: chat(n) }))
    )
    const list = await itemsOf(
      'list',
      numbers.map((n) => ({
        ...ours(n),
        text: `user: What is ${n}`,
        'id (source)': `c${n % 4}`,
        messages: chat(n)
      }))
    )
    expect(list.prints).toEqual(bare.prints)
    expect(list.names[0]).toBe('c1')
  })
})

describe('another list', () => {
  it('that only shares some columns is read as any other', () => {
    const names = listColumns.filter((name) => name !== 'reason_code')
    expect(names.map((name) => listedRole(name, names, false))).toEqual(names.map(() => undefined))
  })
})
