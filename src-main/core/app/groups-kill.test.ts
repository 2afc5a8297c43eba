// Kill -9 while groups are learned: the project opens again, learning goes on from where it was, and
// ends with the same model, features and figures as one that nobody disturbed.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { GroupsResult } from '../../api/dto/groups.ts'
import { writeBars } from '../groups/bars.test-support.ts'
import type { Report } from './groups-kill.test-support.ts'
import { runUntil, type Ended } from './run-until.test-support.ts'

const script = join(import.meta.dirname, 'groups-kill.test-support.ts')

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-groups-kill-'))
  await mkdir(join(folder, 'sources'))
  await writeBars(join(folder, 'sources'), 70)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function runOnce(place: string, isTime?: (seen: Report) => boolean): Promise<Ended<Report>> {
  return runUntil(folder, [script, join(folder, 'sources'), place], isTime)
}

/** What must not depend on having been killed. */
async function outcome(place: string, job: string): Promise<unknown> {
  const run = join(place, 'Killed.winnow', 'runs', job)
  const read = async (name: string): Promise<string> =>
    (await readFile(join(run, name))).toString('base64')
  const { measures, ahead, modelSha256, sentences, variety01 } = GroupsResult.parse(
    JSON.parse(await readFile(join(run, 'result.json'), 'utf8'))
  )
  return {
    ...{ ahead, modelSha256, sentences },
    // Of the steps since the last start, which is another one here.
    hasVariety: variety01 !== null,
    measures: measures.map(({ milliseconds: _time, ...measure }) => measure),
    files: await Promise.all(['model.npy', 'features.npy', 'parts.npy'].map(read))
  }
}

function jobOf({ reports }: Ended<Report>): string {
  const last = reports.at(-1)
  if (last?.at !== 'done') throw new Error(`not done: ${JSON.stringify(last)}`)
  return last.job
}

it('killed with SIGKILL while learning and while measuring, it ends with the same bits', async () => {
  const [calm, killed] = ['calm', 'killed'].map((name) => join(folder, name)) as [string, string]
  await mkdir(calm)
  await mkdir(killed)
  const undisturbed = runOnce(calm)
  // Its failure is told below, where it is waited for.
  undisturbed.catch(() => undefined)
  for (const [phase, share01] of [
    ['Learning', 0.3],
    ['Measuring', 0]
  ] as const) {
    const cut = await runOnce(
      killed,
      (seen) => seen.at === 'phase' && seen.name === phase && seen.fraction01 >= share01
    )
    expect(cut.wasKilled).toBe(true)
  }
  const last = await runOnce(killed)
  expect(last.reports.find(({ at }) => at === 'opened')).toMatchObject({ state: 'interrupted' })
  const expected = await outcome(calm, jobOf(await undisturbed))
  expect(await outcome(killed, jobOf(last))).toEqual(expected)
}, 300_000)
