// Kill -9 while a model of pictures is trained and while pictures are made with it: the project opens
// again, each goes on from where it was, and ends with the same model, pictures and figures as one that
// nobody disturbed.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ExpandResult } from '../../api/dto/expand.ts'
import { smallPictures } from '../networks/picture-sample.test-support.ts'
import { writeIdxPair } from '../datasets/write-idx.ts'
import { runUntil, type Ended } from './run-until.test-support.ts'
import type { Report } from './expand-kill.test-support.ts'

const script = join(import.meta.dirname, 'expand-kill.test-support.ts')

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-expand-kill-'))
  await mkdir(join(folder, 'sources'))
  const { train, trainPixels } = smallPictures(4, { train: 60, side: 8 })
  const images = { count: train.count, height: 8, width: 8, pixels: trainPixels }
  await writeIdxPair(join(folder, 'sources'), 'train', images, Uint8Array.from(train.labels))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function runOnce(place: string, isTime?: (seen: Report) => boolean): Promise<Ended<Report>> {
  return runUntil(folder, [script, join(folder, 'sources'), place], isTime)
}

/** What must not depend on having been killed; ids and times do. */
async function outcome(place: string, last: Report | undefined): Promise<unknown> {
  if (last?.at !== 'done') throw new Error('it did not end')
  const runs = join(place, 'Killed.winnow', 'runs')
  const text = await readFile(join(runs, last.job, 'result.json'), 'utf8')
  const { plan, model, seconds, ...rest } = ExpandResult.parse(JSON.parse(text))
  expect(seconds).toBeGreaterThan(0)
  return {
    rest,
    plan: { ...plan, model: '', dataset: '' },
    losses: model.losses,
    model: (await readFile(join(runs, last.model, 'model.safetensors'))).toString('base64'),
    made: (await readFile(join(runs, last.job, 'made.npy'))).toString('base64')
  }
}

describe('a process that expands a set and is killed with SIGKILL', () => {
  it('goes on from where it was and ends with the same bits', async () => {
    const [calm, place] = [join(folder, 'calm'), join(folder, 'killed')]
    await Promise.all([mkdir(calm), mkdir(place)])
    for (const [kind, least] of [
      ['train-pictures', 5],
      ['expand-set', 1]
    ] as const) {
      const cut = await runOnce(
        place,
        (seen) => seen.at === 'phase' && seen.kind === kind && seen.done >= least
      )
      expect(cut.wasKilled).toBe(true)
    }
    const last = await runOnce(place)
    const undisturbed = await runOnce(calm)
    expect(await outcome(place, last.reports.at(-1))).toEqual(
      await outcome(calm, undisturbed.reports.at(-1))
    )
  }, 600_000)
})
