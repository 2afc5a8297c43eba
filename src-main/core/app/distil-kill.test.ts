// Kill -9 while a tiny set is made: the project opens again, the run goes on from where it was, and
// ends with the same set and the same test results as one that nobody disturbed.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DistilResult } from '../../api/dto/distil.ts'
import { createRandom } from '../compute/random.ts'
import { writeIdxPair } from '../datasets/write-idx.ts'
import { openStore } from '../store/open-store.ts'
import { runUntil, type Ended } from './run-until.test-support.ts'
import type { Report } from './distil-kill.test-support.ts'

const script = join(import.meta.dirname, 'distil-kill.test-support.ts')

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-distil-kill-'))
  await mkdir(join(folder, 'sources'))
  await writePictures(join(folder, 'sources'), 120)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const side = 12

/** Bars in four directions under noise. */
async function writePictures(place: string, count: number): Promise<void> {
  const random = createRandom(4)
  const pixels = new Uint8Array(count * side * side)
  const labels = Uint8Array.from({ length: count }, (_, picture) => picture % 4)
  for (let i = 0; i < pixels.length; i++) {
    const label = labels[Math.floor(i / (side * side))]
    const [x, y] = [i % side, Math.floor((i % (side * side)) / side)]
    const far = [
      Math.abs(x - side / 2),
      Math.abs(y - side / 2),
      Math.abs(x - y),
      Math.abs(side - 1 - x - y)
    ]
    pixels[i] = (far[label] < 2 ? 150 : 0) + random.below(100)
  }
  await writeIdxPair(place, 'train', { count, height: side, width: side, pixels }, labels)
}

function runOnce(place: string, isTime?: (seen: Report) => boolean): Promise<Ended<Report>> {
  return runUntil(folder, [script, join(folder, 'sources'), place], isTime)
}

/** What must not depend on having been killed. */
async function outcome(place: string): Promise<unknown> {
  const project = join(place, 'Killed.winnow')
  const store = openStore(join(project, 'project.sqlite'))
  try {
    expect(store.check()).toEqual([])
    const [run] = store.runs.list()
    const result = DistilResult.parse(run.result)
    const set = join(project, 'runs', run.id, 'set')
    return {
      check: result.check,
      curve: result.curve,
      randomLine: result.randomLine,
      experts: result.experts,
      hash: result.provenance['setHash'],
      values: (await readFile(join(set, 'values.npy'))).toString('base64')
    }
  } finally {
    store.dispose()
  }
}

describe('a process that makes a tiny set and is killed with SIGKILL', () => {
  it('goes on from where it was and ends with the same bits', async () => {
    const calm = join(folder, 'calm')
    await mkdir(calm)
    // Beside the one that is killed: most of either's time is one process after the other starting.
    const undisturbed = runOnce(calm)
    // Its failure is told below, where it is waited for.
    undisturbed.catch(() => undefined)
    const place = join(folder, 'killed')
    await mkdir(place)
    const phases = ['Training the helper model', 'Making the set', 'Testing the set']
    for (const phase of phases) {
      const cut = await runOnce(place, (seen) => seen.at === 'phase' && seen.name === phase)
      expect(cut.wasKilled).toBe(true)
    }
    const last = await runOnce(place)
    const opened = last.reports.find(({ at }) => at === 'opened')
    expect(opened).toMatchObject({ state: 'interrupted' })
    expect(last.reports.at(-1)).toMatchObject({ at: 'done', items: 4 })
    const { reports } = await undisturbed
    expect(reports.at(-1)).toMatchObject({ at: 'done', items: 4, listed: ['distil'] })
    expect(await outcome(place)).toEqual(await outcome(calm))
  }, 180_000)
})
