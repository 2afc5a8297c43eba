// Targets in the place of labels: scaled by the training rows alone, and read for every part.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeNpy } from '../features/npy.ts'
import { openScorer } from './open-scorer.ts'
import { openTargetRows } from './target-rows.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-targets-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const part = (...rows: number[]) => ({
  rows: Uint32Array.from(rows),
  labels: new Int32Array(rows.length)
})
const place = { train: part(0, 2, 3), validation: part(1), test: part(4) }

it('are centred and scaled by what the training rows are', async () => {
  const path = join(folder, 'prints.npy')
  await writeNpy(path, Float32Array.of(1, 6, 100, 100, 3, 6, 5, 6, -1, 8), 5, 2)
  const rows = await openTargetRows({ path, scale: 'centred' }, place)
  // Training rows 0, 2, 3: means 3 and 6; squares 4 + 0 + 4 over 6 numbers.
  const factor = 1 / Math.sqrt(8 / 6)
  expect(rows.columns).toBe(2)
  const near = (found: Float32Array, wanted: number[]): void =>
    wanted.forEach((value, i) => expect(found[i]).toBeCloseTo(value * factor, 5))
  near(rows.train(Uint32Array.of(2, 0)), [2, 0, -2, 0])
  near(await rows.part('validation'), [97, 94])
  near(await rows.part('test'), [-4, 2])
  const plain = await openTargetRows({ path, scale: 'none' }, place)
  expect(await plain.part('test')).toEqual(Float32Array.of(-1, 8))
})

it('of one value throughout stay what they are', async () => {
  const path = join(folder, 'prints.npy')
  await writeNpy(path, new Float32Array(10).fill(7), 5, 2)
  const rows = await openTargetRows({ path, scale: 'centred' }, place)
  expect(rows.train(Uint32Array.of(0, 1))).toEqual(new Float32Array(4))
})

it('are what the score of such sets needs', async () => {
  const path = join(folder, 'prints.npy')
  await writeNpy(path, Float32Array.of(1, 6, 0, 1, 3, 6, 5, 6, -1, 8), 5, 2)
  const targets = await openTargetRows({ path, scale: 'centred' }, place)
  expect(await openScorer('accuracy', {}, 'test')).toBeUndefined()
  expect(await openScorer('explained', { targets }, 'test')).toBeTypeOf('function')
  await expect(openScorer('explained', {}, 'test')).rejects.toThrow(/cannot be tested/)
})
