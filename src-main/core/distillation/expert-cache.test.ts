// Helper models on disk: what they take, which of them a limit removes first, and that those of runs not
// yet ended stay.
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { JobState } from '../../api/dto/jobs.ts'
import type { Store } from '../store/records.ts'
import { freshState } from './distil-state.ts'
import {
  clearExperts,
  expertsInUse,
  expertStorage,
  listExperts,
  markUsed,
  trimExperts
} from './expert-cache.ts'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'winnow-experts-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

const key = (letter: string): string => letter.repeat(32)

/** Experts of 1,000 bytes, last used at this second. */
async function addExperts(letter: string, usedAt: number): Promise<void> {
  const place = join(folder, key(letter), 'expert-0')
  await mkdir(place, { recursive: true })
  await writeFile(join(place, 'moment-0.npy'), new Uint8Array(990))
  const named = join(folder, key(letter), 'experts.json')
  await writeFile(named, '0123456789')
  await utimes(named, usedAt, usedAt)
}

beforeEach(async () => {
  await addExperts('a', 300)
  await addExperts('b', 100)
  await addExperts('c', 200)
  // A file of the analyst's own is no helper model that could be trained again.
  await mkdir(join(folder, 'own'))
  await writeFile(join(folder, 'own', 'x.onnx'), new Uint8Array(5000))
})

const left = async (): Promise<string[]> => (await readdir(folder)).sort()

it('are counted, the one not used for longest first', async () => {
  expect((await listExperts(folder)).map(({ key: own }) => own[0])).toEqual(['b', 'c', 'a'])
  expect(await expertStorage(folder, new Set([key('a')]))).toMatchObject({
    bytes: 3000,
    clearableBytes: 2000
  })
  expect(await listExperts(join(folder, 'nowhere'))).toEqual([])
})

it('go beyond the limit in that order, but for those in use', async () => {
  expect(await trimExperts(folder, 3000, new Set())).toBe(0)
  expect(await trimExperts(folder, 2500, new Set([key('b')]))).toBe(1000)
  expect(await left()).toEqual([key('a'), key('b'), 'own'])
  await markUsed(join(folder, key('b')))
  expect(await trimExperts(folder, 1000, new Set())).toBe(1000)
  expect(await left()).toEqual([key('b'), 'own'])
})

it('go when they are cleared, but for those in use and files of the analyst', async () => {
  expect(await clearExperts(folder, new Set([key('c')]))).toBe(2000)
  expect(await left()).toEqual([key('c'), 'own'])
})

it('are in use by runs that have not ended', () => {
  const jobs = [
    { id: 'r', kind: 'distil', state: 'running', key: key('a') },
    { id: 'p', kind: 'distil', state: 'paused', key: key('b') },
    { id: 'f', kind: 'distil', state: 'finished', key: key('c') },
    { id: 's', kind: 'select', state: 'running', key: key('d') }
  ]
  const store = {
    jobs: {
      inStates: (states: readonly JobState[]) =>
        jobs.filter(({ state }) => (states as readonly string[]).includes(state)),
      checkpoint: (id: string) => ({
        ...freshState,
        experts: jobs.find((job) => job.id === id)?.key ?? null
      })
    }
  } as unknown as Pick<Store, 'jobs'> // only these calls are made
  expect([...expertsInUse(store)]).toEqual([key('a'), key('b')])
})
