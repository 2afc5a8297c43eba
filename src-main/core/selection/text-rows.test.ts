// Texts from the store to a file and back: what goes in comes out, row by row.
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import dsir from '../methods/selection/dsir/method.ts'
import type { DsirInfo } from '../methods/selection/dsir/explain.ts'
import { loadRun, reasonSentence } from './run-items.ts'
import {
  createFixture,
  draftFor,
  runJob,
  type Fixture,
  type SyntheticItem
} from './selection-fixture.ts'
import { openTexts, textsOf, writeTexts } from './text-rows.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await createFixture()
})
afterEach(() => fixture.dispose())

const itemOf = (text: string | undefined, row: number): SyntheticItem => ({
  label: 0,
  trueLabel: 0,
  // No two alike, so that no item counts as a repeat.
  numbers: Float32Array.from({ length: 8 }, (_, j) => Math.cos((j + 1) * (j + 2) * row)),
  content: `${row}`,
  ...(text === undefined ? {} : { text })
})

const breathe = (): Promise<void> => Promise.resolve()

/** Texts and first rows of all blocks of a file. */
async function readBack(
  path: string,
  rows: number
): Promise<{ texts: string[]; firsts: number[] }> {
  const texts: string[] = []
  const firsts: number[] = []
  for await (const block of openTexts(path, rows).blocks()) {
    expect(block.first).toBe(texts.length)
    firsts.push(block.first)
    texts.push(...block.texts)
  }
  return { texts, firsts }
}

describe('text rows', () => {
  it('come back as they are, whatever they hold, once and again', async () => {
    const odd = [
      'plain',
      '',
      undefined,
      'two\nlines\r\nand a tab\t',
      '"quoted" \\ back',
      'line\u2028separator\u2029\u0085\u0000',
      '你好 😀 \ud800'
    ]
    await fixture.addDataset('d', odd.map(itemOf))
    const path = join(fixture.folder, 'texts.jsonl')
    const rows = Uint32Array.from([0, 1, 2, 3, 4, 5, 6])
    await writeTexts(path, fixture.store, 'd', rows, breathe)
    // A lone half of a character cannot be stored; all else comes back.
    const expected = odd.map((text) => text ?? '')
    const stored = fixture.store.items.texts('d', 0, 7).map(([, text]) => text ?? '')
    expect(stored.slice(0, 6)).toEqual(expected.slice(0, 6))
    const source = openTexts(path, rows.length)
    expect(source.rows).toBe(7)
    for (let time = 0; time < 2; time++) expect((await readBack(path, 7)).texts).toEqual(stored)
  })

  it('are those of the rows asked for, across blocks and gaps', async () => {
    const count = 4500
    await fixture.addDataset(
      'd',
      Array.from({ length: count }, (_, row) => itemOf(`text ${row}`, row))
    )
    const path = join(fixture.folder, 'texts.jsonl')
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(count - 1), { maxLength: 60 }), async (picked) => {
        const rows = Uint32Array.from(picked).sort()
        const seen: string[] = []
        for await (const block of textsOf(fixture.store, 'd', rows)) seen.push(...block)
        expect(seen).toEqual([...rows].map((row) => `text ${row}`))
        await writeTexts(path, fixture.store, 'd', rows, breathe)
        expect((await readBack(path, rows.length)).texts).toEqual(seen)
      }),
      { numRuns: 15 }
    )
    const all = Uint32Array.from({ length: count }, (_, row) => row)
    await writeTexts(path, fixture.store, 'd', all, breathe)
    const whole = await readBack(path, count)
    expect(whole.firsts).toEqual([0, 2000, 4000])
    expect(whole.texts.at(-1)).toBe('text 4499')
  })

  it('a reader may stop early and start again', async () => {
    await fixture.addDataset(
      'd',
      Array.from({ length: 2500 }, (_, row) => itemOf(`text ${row}`, row))
    )
    const path = join(fixture.folder, 'texts.jsonl')
    const all = Uint32Array.from({ length: 2500 }, (_, row) => row)
    await writeTexts(path, fixture.store, 'd', all, breathe)
    const source = openTexts(path, 2500)
    for await (const { texts } of source.blocks()) {
      expect(texts).toHaveLength(2000)
      break
    }
    expect((await readBack(path, 2500)).texts).toHaveLength(2500)
  })

  it('writing stops when asked to, and what reads it later fails plainly', async () => {
    await fixture.addDataset('d', [itemOf('one', 0)])
    const path = join(fixture.folder, 'texts.jsonl')
    const stop = (): Promise<void> => Promise.reject(new Error('stopped'))
    await expect(writeTexts(path, fixture.store, 'd', Uint32Array.of(0), stop)).rejects.toThrow(
      'stopped'
    )
    const gone = join(fixture.folder, 'gone.jsonl')
    await expect(readBack(gone, 1)).rejects.toThrow('ENOENT')
  })
})

describe('a run that reads texts', () => {
  const kinds = ['refund my invoice payment', 'the team scored a goal', 'bake flour and butter']
  const textOf = (row: number): string =>
    `${kinds[row % 3]} ${['please', 'today', 'again', 'now'][row % 4]} ${row % 7}`

  async function addTexts(): Promise<void> {
    const items = (count: number, from: number): SyntheticItem[] =>
      Array.from({ length: count }, (_, i) => ({
        ...itemOf(textOf(i), from + i),
        label: i % 3,
        trueLabel: i % 3,
        content: `${from + i}`
      }))
    await fixture.addDataset('pool', items(300, 0))
    const examples = items(60, 1000).filter((_, i) => i % 3 === 0)
    await fixture.addDataset('ex', examples, { purpose: 'examples' })
  }

  const draft = draftFor('pool', {
    tasks: { kind: 'sets', sets: [{ name: 'Billing questions', dataset: 'ex' }] },
    budget: { kind: 'percent', percent: 20 },
    method: { id: dsir.id, params: { chance: 0 } }
  })

  it('chooses by them, from the draft to the reasons', async () => {
    await addTexts()
    const run = await runJob(fixture, draft, { id: 'r1' })
    expect(run.error).toBeUndefined()
    const record = fixture.store.runs.get('r1')
    expect(record?.result).toMatchObject({ method: 'dsir' })
    const loaded = await loadRun(join(fixture.folder, 'runs', 'r1'))
    const chosen = [...loaded.chosen]
    expect(chosen.map((row) => row % 3)).toEqual(chosen.map(() => 0))
    const sentence = reasonSentence(loaded, chosen[0], dsir, draft, ['c0', 'c1', 'c2'], undefined)
    expect(sentence).toMatch(/^Kept because its words are like "Billing questions": "/)
    // Written by this method; the cast undoes only the loss of its type on disk.
    const info = loaded.selection.info as unknown as DsirInfo
    expect(info.targets[0].distanceKept).toBeLessThan(info.targets[0].distanceByLot)
  })

  it('reads a finished file only: one cut short is written again', async () => {
    await addTexts()
    const whole = await runJob(fixture, draft, { id: 'whole' })
    expect(whole.error).toBeUndefined()
    let left = 0
    let stopAfter = 1
    for (; stopAfter < 40; stopAfter++) {
      const run = await runJob(fixture, draft, { id: 'again', stopAfter: 1 })
      if (run.error === undefined) break
      left++
    }
    expect(left).toBeGreaterThan(2)
    const bytes = (id: string): Promise<Buffer> =>
      readFile(join(fixture.folder, 'runs', id, 'order.npy'))
    expect(await bytes('again')).toEqual(await bytes('whole'))
    await expect(
      access(join(fixture.folder, 'runs', 'again', 'order.npy'))
    ).resolves.toBeUndefined()
  })
})
